import { room } from '../engine/check.ts';
import type { Lang } from '../engine/message.ts';
import { fallbackOf, hashOf, type Review, sourceOf, type Words } from '../locale.ts';
import { readCsv, writeCsv } from './csv.ts';
import { allKeys, fileOf, type Translated, translatedOf } from './review.ts';
import { readXliff, writeXliff } from './xliff.ts';

/** What a reviewer gives back about one text. */
export type Row = {
  readonly key: string;
  /** A new wording; null keeps the one that is there. */
  readonly text: string | null;
  readonly approved: boolean;
  /** What the reviewer had before them, where the file says so. */
  readonly source?: string;
  readonly sawText?: string;
  /** Why the row cannot be what was sent out and read. */
  readonly spoilt?: string;
};

export type Accepted = { readonly key: string; readonly text: string; readonly review: Review };
export type Judged = {
  readonly accepted: readonly Accepted[];
  readonly refused: readonly { readonly key: string; readonly why: string }[];
};

const columns = [
  'key',
  'state',
  'source',
  'also',
  'text',
  'at most',
  'ok',
  'new text',
  'comment',
  'mark',
] as const;

/** The texts in one of these states as a spreadsheet: read, write `yes` under *ok*, or better words under *new text*. */
export function exportCsv(words: Words, lang: Lang, states: readonly Translated[]): string {
  const rows = wanted(words, lang, states).map(({ key, state, source, also, text }) => [
    key,
    state,
    source,
    also,
    text,
    isLabel(key) ? String(room.label) : '',
    '',
    '',
    '',
    `${hashOf(source)} ${hashOf(text)}`,
  ]);
  return writeCsv([columns, ...rows]);
}

export function exportXliff(words: Words, lang: Lang, states: readonly Translated[]): string {
  const units = wanted(words, lang, states).map(({ key, state, source, also, text }) => ({
    file: `${fileOf(key)}.json`,
    key,
    source,
    target: text,
    approved: state === 'reviewed',
    note: [isLabel(key) ? `at most ${room.label} characters` : '', also].filter(Boolean).join('\n'),
  }));
  return writeXliff(units, sourceOf[lang], lang);
}

/** Throws, with a line for the reader, when the file is not one that {@link exportCsv} or {@link exportXliff} made. */
export function readSheet(content: string, words: Words, lang: Lang): readonly Row[] {
  return /^\s*(?:\ufeff)?\s*<\?xml|<xliff/.test(content.slice(0, 500))
    ? readXliff(content).map(({ key, source, target, approved }) => ({
        key,
        approved,
        text: target === (words.raw(lang, key) ?? '') ? null : target,
        source: hashOf(source),
      }))
    : readSpreadsheet(content);
}

function readSpreadsheet(content: string): readonly Row[] {
  const [head, ...rows] = readCsv(content);
  const at = (name: (typeof columns)[number]) => head?.indexOf(name) ?? -1;
  for (const name of ['key', 'ok', 'new text', 'mark'] as const)
    if (at(name) < 0) throw new Error(`the first line has no column "${name}"`);
  return rows.map((row, index) => {
    if (head && row.length < head.length)
      throw new Error(`row ${index + 2} has ${row.length} of ${head.length} cells: it was cut off`);
    const cell = (name: (typeof columns)[number]) => row[at(name)] ?? '';
    const [source, sawText] = cell('mark').split(' ');
    const plain = (name: (typeof columns)[number]) => cell(name).replaceAll('\r\n', '\n');
    const text = plain('new text').trim();
    const ok = cell('ok').trim();
    const spoilt =
      sawText === undefined
        ? 'its mark is gone, which says what was read'
        : at('text') >= 0 && hashOf(plain('text')) !== sawText
          ? 'the column "text" was changed: better words go under "new text"'
          : undefined;
    return {
      key: cell('key').trim(),
      text: text === '' ? null : text,
      // Better words are the reviewer's own: they need no second yes, but stand no "no".
      approved: (text !== '' && ok === '') || /^(?:yes|y|x|ok|oui|o|yego|1|✓)$/i.test(ok),
      ...(spoilt && { spoilt }),
      ...(source && { source }),
      ...(sawText && { sawText }),
    };
  });
}

/**
 * Which rows can be taken over. A row that says nothing is passed over; one whose source or text has changed since the
 * export is refused, since nobody has read what stands there now.
 */
export function judge(
  rows: readonly Row[],
  words: Words,
  lang: Lang,
  { by, on }: Pick<Review, 'by' | 'on'>,
): Judged {
  const accepted: Accepted[] = [];
  const refused: { key: string; why: string }[] = [];
  const said = rows.filter(({ approved, text, spoilt }) => approved || text !== null || spoilt);
  const count = new Map<string, number>();
  for (const { key } of said) count.set(key, (count.get(key) ?? 0) + 1);
  for (const row of said) {
    const twice = (count.get(row.key) ?? 0) > 1 ? 'it stands in the file more than once' : null;
    const unread = row.approved ? null : 'it was changed, but not approved';
    const why = twice ?? row.spoilt ?? unread ?? whyNot(row, words, lang);
    if (why !== null) {
      refused.push({ key: row.key, why });
      continue;
    }
    const text = row.text ?? words.raw(lang, row.key) ?? '';
    const source = hashOf(words.raw(sourceOf[lang], row.key) ?? '');
    accepted.push({ key: row.key, text, review: { by, on, source, text: hashOf(text) } });
  }
  return { accepted, refused };
}

function whyNot({ key, text, source, sawText }: Row, words: Words, lang: Lang): string | null {
  const known = words.raw(lang, key);
  if (known === undefined) return 'there is no such text';
  const original = words.raw(sourceOf[lang], key) ?? '';
  if (source !== undefined && source !== hashOf(original)) return 'its source has changed since the export';
  if (sawText !== undefined && sawText !== hashOf(known)) return 'it has changed since the export';
  const said = text ?? known;
  if (fallbackOf(said))
    return text === null
      ? 'there is nothing to review: it is said in another language'
      : 'a wording is wanted, not a fallback';
  if (said.trim() === '') return 'it is empty';
  if (/[^\P{Cc}\n]/u.test(said)) return 'it has control characters';
  if (isLabel(key) && said.length > room.label)
    return `it is ${said.length} characters long, at most ${room.label}`;
  const odd = difference(
    placeholders(said),
    placeholders(fallbackOf(known) || known === '' ? original : known),
  );
  return odd.length > 0 ? `its values differ: ${odd.join(', ')}` : null;
}

/** As in the flow check: words on a button, in a list, or in front of a value. */
function isLabel(key: string): boolean {
  return /\.choices\.[^.]+$|\.label$|^common\.words\./.test(key);
}

function placeholders(text: string): readonly string[] {
  return [...text.matchAll(/\{\{\s*([^}\s]+)\s*\}\}/g)]
    .map((match) => match[1] ?? '')
    .filter((name) => name !== 'count');
}

function difference(some: readonly string[], others: readonly string[]): readonly string[] {
  return [...some.filter((name) => !others.includes(name)), ...others.filter((name) => !some.includes(name))];
}

function wanted(words: Words, lang: Lang, states: readonly Translated[]) {
  const from = sourceOf[lang];
  const third = (['en', 'fr', 'rw'] as const).find((other) => other !== lang && other !== from) ?? 'en';
  return allKeys(words).flatMap((key) => {
    const state = translatedOf(words, lang, key);
    if (!states.includes(state)) return [];
    const raw = (of: Lang) => words.raw(of, key) ?? '';
    return [{ key, state, source: raw(from), also: raw(third), text: raw(lang) }];
  });
}
