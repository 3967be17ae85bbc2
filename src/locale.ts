import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import i18next from 'i18next';
import { z } from 'zod';
import { type Lang, languages, type Param, type Params } from './engine/message.ts';
import { plural, professionName, writeCountry, writeNumber } from './language/write.ts';
import { writeDate, writeDateRange, writeInstant, writeMonth } from './language/write-date.ts';

/**
 * Every word the product says, from `locales/`.
 *
 * - `<lang>/<file>.json` holds nested texts; a text's key is the file's name and its path: `registration.city.text`.
 *   `registration.v1.json` holds those of an older version, `registration.v1.city.text` (rule 23).
 * - Values go in as `{{name}}`. A text about a number has the keys `…_zero`, `…_one`, `…_other` and the value
 *   `count`; which one is said is our own rule, since Node knows no Kinyarwanda plural.
 * - A text `fallback:fr` or `fallback:en` is said in that language, on purpose (rule 24).
 * - `classes.json`: what may hold a text (rule 13), by the longest prefix of its key.
 * - `review.json`: `sensitive`, prefixes of texts whose unattested Kinyarwanda is shown with French beneath; and for
 *   each language the state of its texts by key or prefix. Only what is not `composed` is listed. `reviewed` says who
 *   read a text and when, with the hash of its source and of itself on that day: when one of them changes, the review
 *   is void and the check fails until somebody reads it again.
 */

export const textClasses = ['reply', 'service', 'call', 'urgent'] as const;
export type TextClass = (typeof textClasses)[number];

export type TextState = 'attested' | 'composed' | 'fallback';

/** `on` is a day; `source` and `text` are {@link hashOf} what the reviewer had before them. */
export type Review = {
  readonly by: string;
  readonly on: string;
  readonly source: string;
  readonly text: string;
};

/** The language that a translation is read against. */
export const sourceOf: Readonly<Record<Lang, Lang>> = { rw: 'fr', en: 'fr', fr: 'en' };

/** Enough of SHA-256 to see that a text is not the same any more. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

export type Words = {
  /** Throws when there is no such text, or a value it names is missing: the check finds both before. */
  text(lang: Lang, key: string, params?: Params): string;
  /** A value as it is written in that language, a text by its key included. */
  write(lang: Lang, param: Param): string;
  has(key: string): boolean;
  /** All keys of one language, plural forms one by one. */
  keys(lang: Lang): readonly string[];
  /** As in the file, for checks. */
  raw(lang: Lang, key: string): string | undefined;
  stateOf(lang: Lang, key: string): TextState;
  reviewOf(lang: Lang, key: string): Review | undefined;
  classOf(key: string): TextClass | undefined;
};

/** Reads everything at once; throws, with the file's name, when a file is not what it should be. */
export function createWords(folder: string): Words {
  const raw: Readonly<Record<Lang, ReadonlyMap<string, string>>> = {
    rw: readTexts(join(folder, 'rw')),
    fr: readTexts(join(folder, 'fr')),
    en: readTexts(join(folder, 'en')),
  };
  const classes = readJson(join(folder, 'classes.json'), z.record(z.string(), z.enum(textClasses)));
  const review = readJson(join(folder, 'review.json'), reviewFile);
  const translate = translator(raw);

  const has = (key: string): boolean => forms.some((form) => raw.en.has(`${key}${form}`));

  /** The text that is said for this key and, where it falls back, the language it is said in. */
  function find(lang: Lang, key: string, params: Params): { readonly lang: Lang; readonly key: string } {
    const { count } = params;
    const known = formsFor(lang, count).find((form) => raw[lang].has(`${key}${form}`));
    if (known === undefined) throw new Error(`no text "${key}" in ${lang}`);
    const other = fallbackOf(raw[lang].get(`${key}${known}`) ?? '');
    return other ? find(other, key, params) : { lang, key: `${key}${known}` };
  }

  function text(lang: Lang, key: string, params: Params = {}): string {
    const found = find(lang, key, params);
    const values = Object.fromEntries(
      Object.entries(params).map(([name, value]) => [name, write(found.lang, value)]),
    );
    const said = translate(found.lang, found.key, values);
    if (found.lang !== 'rw' || !isSensitive(key) || stateOf('rw', found.key) === 'attested') return said;
    return `${said}\n—\n${text('fr', key, params)}`;
  }

  function write(lang: Lang, param: Param): string {
    if (typeof param === 'string') return param;
    if (typeof param === 'number') return writeNumber(lang, param);
    if ('key' in param) return text(lang, param.key, param.params);
    if ('date' in param) return writeDate(lang, param.date);
    if ('from' in param) return writeDateRange(lang, param.from, param.to);
    if ('month' in param) return writeMonth(lang, param.month);
    if ('instant' in param) return writeInstant(lang, param.instant, param.zone);
    if ('text' in param) return param.text[fallbackOf(param.text[lang]) ?? lang];
    if ('country' in param) return writeCountry(lang, param.country, { in: param.in === true });
    if ('profession' in param) return professionName(lang, param.profession);
    if ('lines' in param) return param.lines.map((line) => write(lang, line)).join('\n');
    throw new Error('a personal value was not filled in before the message was written');
  }

  /** Words on a button have no room for a second language. */
  function isSensitive(key: string): boolean {
    return !/\.choices\.|\.label$/.test(key) && longestPrefix(review.sensitive, key) !== undefined;
  }

  function stateOf(lang: Lang, key: string): TextState {
    if (fallbackOf(raw[lang].get(key) ?? '')) return 'fallback';
    const states = review[lang];
    const known = longestPrefix(Object.keys(states), key);
    const state = known === undefined ? undefined : states[known];
    return (typeof state === 'string' ? state : state?.state) ?? 'composed';
  }

  return {
    text,
    write,
    has,
    keys: (lang) => [...raw[lang].keys()],
    raw: (lang, key) => raw[lang].get(key),
    stateOf,
    reviewOf(lang, key) {
      const state = review[lang][key];
      return typeof state === 'string' ? undefined : state?.reviewed;
    },
    classOf(key) {
      const known = longestPrefix(Object.keys(classes), key);
      return known === undefined ? undefined : classes[known];
    },
  };
}

const forms = ['', '_zero', '_one', '_other'] as const;

/** The endings to try for this number, best first: nought without words of its own counts as its language counts. */
function formsFor(lang: Lang, count: Param | undefined): readonly string[] {
  if (typeof count !== 'number') return ['', '_other'];
  const form = plural(lang, count);
  return form === 'zero' && lang === 'fr' ? ['_zero', '_one', '_other', ''] : [`_${form}`, '_other', ''];
}

/** The language that a text is deliberately said in instead; none for an ordinary text. */
export function fallbackOf(value: string): Lang | undefined {
  return languages.find((lang) => value === `fallback:${lang}`);
}

type Texts = { readonly [name: string]: string | Texts };
const textsFile: z.ZodType<Texts> = z.record(
  z.string(),
  z.lazy(() => z.union([z.string(), textsFile])),
);

const hash = z.string().regex(/^[0-9a-f]{16}$/);
const reviewState = z.enum(['attested', 'composed']);
const reviewEntry = z.union([
  reviewState,
  z.object({
    state: reviewState,
    reviewed: z.object({ by: z.string(), on: z.iso.date(), source: hash, text: hash }).optional(),
  }),
]);
const reviewStates = z.record(z.string(), reviewEntry).default({});
const reviewFile = z.object({
  sensitive: z.array(z.string()),
  rw: reviewStates,
  fr: reviewStates,
  en: reviewStates,
});

function readTexts(folder: string): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith('.json')) continue;
    flatten(readJson(join(folder, file), textsFile), file.slice(0, -'.json'.length), texts);
  }
  return texts;
}

function flatten(texts: Texts, prefix: string, into: Map<string, string>): void {
  for (const [name, value] of Object.entries(texts)) {
    const key = `${prefix}.${name}`;
    if (typeof value === 'string') into.set(key, value);
    else flatten(value, key, into);
  }
}

function readJson<T>(file: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new Error(`${file} cannot be used`, { cause: error });
  }
}

/** The longest of the prefixes that ends where a part of the key ends. */
function longestPrefix(prefixes: readonly string[], key: string): string | undefined {
  const base = key.replace(/_(?:zero|one|other)$/, '');
  let longest: string | undefined;
  for (const prefix of prefixes) {
    if (key !== prefix && base !== prefix && !key.startsWith(`${prefix}.`)) continue;
    if (longest === undefined || prefix.length > longest.length) longest = prefix;
  }
  return longest;
}

/** i18next for putting values into texts, and nothing else of it: keys are whole, plurals and fallbacks are ours. */
function translator(raw: Readonly<Record<Lang, ReadonlyMap<string, string>>>) {
  const instance = i18next.createInstance();
  const namespaced = (lang: Lang) => ({ texts: Object.fromEntries(raw[lang]) });
  void instance.init({
    initAsync: false,
    ns: ['texts'],
    defaultNS: 'texts',
    fallbackLng: false,
    supportedLngs: [...languages],
    resources: { rw: namespaced('rw'), fr: namespaced('fr'), en: namespaced('en') },
    keySeparator: false,
    nsSeparator: false,
    // Texts are plain; each channel escapes for its own dialect.
    interpolation: { escapeValue: false },
    missingInterpolationHandler: (text: string, match: readonly string[]) => {
      throw new Error(`a text has no value for "${match[1]}": ${text.slice(0, 40)}`);
    },
  });
  return (lang: Lang, key: string, values: Readonly<Record<string, string>>): string =>
    // Without `nest: false` a person called "$t(…)" would be replaced by another text.
    instance.t(key, { lng: lang, nest: false, replace: values });
}
