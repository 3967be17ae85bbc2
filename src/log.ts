import { type DestinationStream, type Logger, pino } from 'pino';
import type { Config } from './config.ts';

/**
 * JSON lines that say what happened to which row, and nothing about anybody. Use cases log ids in the first place;
 * what is here holds where they err, and where an error or a provider quotes what a person wrote.
 */
export function createLog(
  level: Config['logLevel'],
  destination: DestinationStream,
  /** Facts for every line, such as the ids of a trace. */
  more: () => object = () => ({}),
): Logger {
  return pino(
    {
      level,
      base: null,
      mixin: () => more(),
      redact: { paths: secretPaths, censor: '[redacted]' },
      serializers: {
        err: errorFacts,
        error: (value: unknown) => (typeof value === 'string' ? unquoted(value) : errorFacts(value)),
        detail: unquoted,
        why: unquoted,
        path: unquoted,
      },
      hooks: {
        // The SDKs' own lines come through us too, with words that we did not choose. A line without a message
        // gets an empty one, since pino would take the error's.
        logMethod(line, method) {
          const [first, message = ''] = line as unknown[]; // pino types each form of a call, we take any
          const facts = first instanceof Error ? { err: first } : first;
          const safe = typeof facts === 'string' ? [unquoted(facts)] : [facts, unquoted(message)];
          method.apply(this, safe as typeof line);
        },
      },
    },
    destination,
  );
}

/** Columns and properties that hold something of a person, at the top of a line's facts and one and two steps in. */
const secrets = [
  ...[
    'text',
    'body',
    'message',
    'parts',
    'params',
    'plain',
    'event',
    'said',
    'session',
    'answers',
    'caption',
  ],
  ...['name', 'names', 'phone', 'email', 'address', 'alias', 'city', 'to', 'from', 'langHint'],
  ...['motivation', 'notes', 'plan', 'specialty', 'nationality', 'nationality_group', 'profession_text'],
  ...['token', 'password', 'authorization', 'values', 'parameters', 'rows', 'payload'],
];
const secretPaths = secrets.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/** Of a pg error only what names our own schema: its message, detail, hint and context quote rows and parameters. */
const columnsOfPg = ['severity', 'schema', 'table', 'column', 'dataType', 'constraint', 'routine'] as const;

/**
 * An error by its class, its code and where it was thrown. Never its message: `JSON.parse`, PostgreSQL and `in` all
 * quote the value they stumbled over. The first place in the stack tells which of our messages it is.
 */
export function errorFacts(error: unknown, depth = 0): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown }; // read as unknown
  const facts: { [fact: string]: unknown } = { type: wordOf(error.name) ?? 'Error', at: framesOf(error) };
  if (wordOf(code) !== null) facts['code'] = wordOf(code);
  for (const column of columnsOfPg) {
    const value = wordOf((error as unknown as { [column: string]: unknown })[column]); // likewise
    if (value !== null) facts[column] = value;
  }
  if (cause !== undefined && depth < 3) facts['cause'] = errorFacts(cause, depth + 1);
  if (Array.isArray(errors) && depth < 3)
    facts['errors'] = errors.slice(0, 5).map((each) => errorFacts(each, depth + 1));
  return facts;
}

/** Codes and identifiers are short and have no spaces: `23505`, `ECONNREFUSED`, `conversation_pkey`. */
function wordOf(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && /^[A-Za-z0-9_.-]{1,63}$/.test(value) ? value : null;
}

/** The places in the stack; its head repeats the message, whose lines may look like anything. */
function framesOf({ stack = '', message }: Error): string[] {
  const head = message === '' ? -1 : stack.indexOf(message);
  return (head < 0 ? stack : stack.slice(head + message.length))
    .split('\n')
    .filter((line) => /^ {4}at .*(?:\.[cm]?[jt]sx?|node:[\w/]+|<anonymous>)(?::\d+:\d+)?\)?$/.test(line))
    .slice(0, 12)
    .map((line) => line.slice(7));
}

/** Without what stands in quotes, e-mail addresses and long numbers, which is where providers repeat a message. */
function unquoted(value: unknown): unknown {
  if (typeof value !== 'string') return value === undefined ? undefined : typeof value;
  return value
    .replace(/"[^"]*"?|“[^”]*”?|«[^»]*»?|`[^`]*`?|(?<!\p{L})'[^']*'?/gu, '"…"')
    .replace(/\S+@\S+/g, '…@…')
    .replace(/\+?\d(?:[\s().-]?\d){6,}/g, '…');
}
