import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { makeFolder } from './store/folder.ts';

/** How one provider is reached: its own servers, or the stand-ins. */
export type TelegramConfig =
  | { readonly kind: 'simulated' }
  | { readonly kind: 'polling'; readonly botToken: string }
  | { readonly kind: 'webhook'; readonly botToken: string; readonly webhookSecret: string };
export type WhatsAppConfig =
  | { readonly kind: 'simulated' }
  /** `from` is written `whatsapp:+…`. */
  | {
      readonly kind: 'webhook';
      readonly accountSid: string;
      readonly authToken: string;
      readonly from: string;
    };
export type SlackConfig =
  | { readonly kind: 'simulated' }
  | {
      readonly kind: 'socket';
      readonly botToken: string;
      readonly appToken: string;
      readonly channel: string;
    }
  | {
      readonly kind: 'webhook';
      readonly botToken: string;
      readonly signingSecret: string;
      readonly channel: string;
    };

export type Config = {
  /** 0 lets the system pick a free port. */
  readonly port: number;
  readonly dataDir: string;
  /** Absent: the embedded server keeps its data in `dataDir`. */
  readonly databaseUrl?: string;
  /** Without a slash at its end. Present whenever a real provider calls us. */
  readonly publicBaseUrl?: string;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  /** Messages a second by channel, for tests; absent: the providers' own limits, and none against stand-ins. */
  readonly ratePerSecond?: { readonly [channel in 'whatsapp' | 'telegram' | 'slack']?: number };
  /** Stand-ins that run as a process of their own; absent: in this process, if any provider is simulated. */
  readonly simulatorUrl?: string;
  readonly telegram: TelegramConfig;
  readonly whatsapp: WhatsAppConfig;
  readonly slack: SlackConfig;
  /** True while at least one provider is a stand-in. */
  readonly simulated: boolean;
  /** 32 bytes. */
  readonly masterKey: Uint8Array;
};

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the configuration, and finds every problem at once: one line each, that names the variable and what
 * it should be, and never repeats its value. An empty variable counts as an absent one.
 *
 * `keptKey` gives the master key where none has to be configured; see {@link keepMasterKey}.
 */
export function readConfig(
  env: Environment = process.env,
  keptKey: (dataDir: string) => Uint8Array = keepMasterKey,
):
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly string[] } {
  const set = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const read = variables.safeParse(set);
  const problems = [
    ...(read.error?.issues ?? []).map(({ path, message }) => `${path.join('.')} must be ${message}`),
    ...needs.flatMap((need) => missing(need, set)),
  ];
  if (!read.success || problems.length > 0) return { ok: false, problems };

  const given = read.data;
  const masterKey = given.MASTER_KEY ?? keptOrNull(given.DATA_DIR, keptKey);
  if (!masterKey) return { ok: false, problems: ['DATA_DIR must be a folder that can be written to'] };
  const providers = { telegram: telegramOf(given), whatsapp: whatsappOf(given), slack: slackOf(given) };
  return {
    ok: true,
    config: {
      port: given.PORT,
      dataDir: given.DATA_DIR,
      logLevel: given.LOG_LEVEL,
      ...(given.DATABASE_URL !== undefined && { databaseUrl: given.DATABASE_URL }),
      ...(given.PUBLIC_BASE_URL !== undefined && { publicBaseUrl: given.PUBLIC_BASE_URL }),
      ...(given.SIMULATOR_URL !== undefined && { simulatorUrl: given.SIMULATOR_URL }),
      ...(given.RATE_LIMITS !== undefined && { ratePerSecond: given.RATE_LIMITS }),
      ...providers,
      simulated: Object.values(providers).some(({ kind }) => kind === 'simulated'),
      masterKey,
    },
  };
}

/**
 * The master key of a programme that nobody configured, made at the first start and kept beside its data.
 * Whoever deletes the folder loses both together, which is what the key is for.
 */
export function keepMasterKey(dataDir: string): Uint8Array {
  const path = join(dataDir, 'master.key');
  const draft = `${path}.${process.pid}`;
  makeFolder(dataDir, 0o711);
  writeFileSync(draft, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
  try {
    linkSync(draft, path); // whole or not at all, and never over an older one
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return new Uint8Array(Buffer.from(readFileSync(path, 'utf8'), 'base64'));
}

/** Null where the folder cannot be made or written. */
function keptOrNull(dataDir: string, keptKey: (dataDir: string) => Uint8Array): Uint8Array | null {
  try {
    return keptKey(dataDir);
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null; // the file system's own refusals carry a code
    throw error;
  }
}

const text = (pattern: RegExp, description: string) => z.string().regex(pattern, description);
const address = (description: string, ...protocols: string[]) =>
  z
    .string()
    .refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol), description);
const web = (description: string) =>
  address(description, 'http:', 'https:').transform((value) => value.replace(/\/+$/, ''));

const variables = z.object({
  PORT: text(/^\d{1,5}$/, 'a number from 0 to 65535 (0 picks a free port)')
    .transform(Number)
    .refine((port) => port <= 65_535, 'a number from 0 to 65535 (0 picks a free port)')
    .default(3000),
  DATA_DIR: z.string().default('.data'),
  DATABASE_URL: address(
    'a PostgreSQL address, postgresql://user:password@host:5432/name',
    'postgres:',
    'postgresql:',
  ).optional(),
  PUBLIC_BASE_URL: web('the address under which the providers reach us, https://…').optional(),
  SIMULATOR_URL: web('the address of a running "intumwa simulator", http://…').optional(),
  RATE_LIMITS: text(
    /^(whatsapp|telegram|slack)=\d+(\.\d+)?(,(whatsapp|telegram|slack)=\d+(\.\d+)?)*$/,
    'messages a second by channel, for tests: whatsapp=80,telegram=25,slack=5',
  )
    .transform(
      (list) => Object.fromEntries(list.split(',').map((pair) => pair.split(/=/) as [string, string])), // by the pattern
    )
    .transform(({ whatsapp, telegram, slack }) => ({
      ...(whatsapp !== undefined && { whatsapp: Number(whatsapp) }),
      ...(telegram !== undefined && { telegram: Number(telegram) }),
      ...(slack !== undefined && { slack: Number(slack) }),
    }))
    .optional(),
  MASTER_KEY: text(/^[A-Za-z0-9+/]{43}=$/, '32 random bytes in base64 (openssl rand -base64 32)')
    .transform((key) => new Uint8Array(Buffer.from(key, 'base64')))
    .optional(),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'one of fatal, error, warn, info, debug, trace, silent',
    })
    .default('info'),
  TELEGRAM_BOT_TOKEN: text(/^\d+:[\w-]{30,}$/, 'the token that BotFather gave, 123456:ABC…').optional(),
  TELEGRAM_WEBHOOK_SECRET: text(/^[\w-]{1,256}$/, '1 to 256 letters, digits, _ or -').optional(),
  TELEGRAM_MODE: z.enum(['polling', 'webhook'], { error: 'polling or webhook' }).default('polling'),
  TWILIO_ACCOUNT_SID: text(/^AC[0-9a-zA-Z]{32}$/, 'an account SID, AC and 32 characters').optional(),
  TWILIO_AUTH_TOKEN: text(/^\S{16,}$/, 'the auth token of the account').optional(),
  TWILIO_WHATSAPP_FROM: text(/^(whatsapp:)?\+\d{7,15}$/, 'the WhatsApp sender, whatsapp:+ and its number')
    .transform((from) => `whatsapp:${from.replace('whatsapp:', '')}`)
    .optional(),
  SLACK_BOT_TOKEN: text(/^xoxb-\S+$/, 'the bot token of the app, xoxb-…').optional(),
  SLACK_SIGNING_SECRET: text(/^\S{16,}$/, 'the signing secret of the app').optional(),
  SLACK_APP_TOKEN: text(/^xapp-\S+$/, 'an app-level token for Socket Mode, xapp-…').optional(),
  SLACK_COORDINATOR_CHANNEL: text(/^[CG][A-Z0-9]{2,}$/, 'the id of the coordinators’ channel, C…').optional(),
});
type Given = z.infer<typeof variables>;

/** `because` is set (to `is`, where given), and `unless` is not: then each of `wants` has to be set too. */
type Need = {
  readonly because: string;
  readonly is?: string;
  readonly unless?: string;
  readonly wants: readonly string[];
};
const whole = (...names: string[]): Need[] =>
  names.map((because) => ({ because, wants: names.filter((name) => name !== because) }));

const needs: readonly Need[] = [
  { because: 'TELEGRAM_WEBHOOK_SECRET', wants: ['TELEGRAM_BOT_TOKEN'] },
  { because: 'TELEGRAM_MODE', wants: ['TELEGRAM_BOT_TOKEN'] },
  { because: 'TELEGRAM_MODE', is: 'webhook', wants: ['TELEGRAM_WEBHOOK_SECRET', 'PUBLIC_BASE_URL'] },
  ...whole('TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_WHATSAPP_FROM'),
  { because: 'TWILIO_ACCOUNT_SID', wants: ['PUBLIC_BASE_URL'] },
  ...whole('SLACK_BOT_TOKEN', 'SLACK_COORDINATOR_CHANNEL'),
  { because: 'SLACK_APP_TOKEN', wants: ['SLACK_BOT_TOKEN', 'SLACK_COORDINATOR_CHANNEL'] },
  { because: 'SLACK_SIGNING_SECRET', wants: ['SLACK_BOT_TOKEN', 'SLACK_COORDINATOR_CHANNEL'] },
  // Without Socket Mode, Slack calls us and signs what it sends.
  {
    because: 'SLACK_BOT_TOKEN',
    unless: 'SLACK_APP_TOKEN',
    wants: ['SLACK_SIGNING_SECRET', 'PUBLIC_BASE_URL'],
  },
  // A key that lives on one machine is no key for real people's data, nor for replicas.
  ...['TELEGRAM_BOT_TOKEN', 'TWILIO_ACCOUNT_SID', 'SLACK_BOT_TOKEN', 'DATABASE_URL'].map((because) => ({
    because,
    wants: ['MASTER_KEY'],
  })),
];

function missing({ because, is, unless, wants }: Need, set: Environment): string[] {
  const holds = is === undefined ? set[because] !== undefined : set[because] === is;
  if (!holds || (unless !== undefined && set[unless] !== undefined)) return [];
  const reason = `${because} is ${is ?? 'set'}${unless === undefined ? '' : ` and ${unless} is not`}`;
  return wants
    .filter((name) => set[name] === undefined)
    .map((name) => `${name} must be set, because ${reason}`);
}

function telegramOf({
  TELEGRAM_BOT_TOKEN: botToken,
  TELEGRAM_MODE: kind,
  TELEGRAM_WEBHOOK_SECRET: webhookSecret,
}: Given): TelegramConfig {
  if (botToken === undefined) return { kind: 'simulated' };
  if (kind === 'webhook' && webhookSecret !== undefined) return { kind, botToken, webhookSecret };
  return { kind: 'polling', botToken };
}

function whatsappOf({
  TWILIO_ACCOUNT_SID: accountSid,
  TWILIO_AUTH_TOKEN: authToken,
  TWILIO_WHATSAPP_FROM: from,
}: Given): WhatsAppConfig {
  if (accountSid === undefined || authToken === undefined || from === undefined) return { kind: 'simulated' };
  return { kind: 'webhook', accountSid, authToken, from };
}

function slackOf(given: Given): SlackConfig {
  const { SLACK_BOT_TOKEN: botToken, SLACK_COORDINATOR_CHANNEL: channel } = given;
  const { SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret } = given;
  if (botToken === undefined || channel === undefined) return { kind: 'simulated' };
  if (appToken !== undefined) return { kind: 'socket', botToken, appToken, channel };
  return signingSecret === undefined
    ? { kind: 'simulated' }
    : { kind: 'webhook', botToken, signingSecret, channel };
}
