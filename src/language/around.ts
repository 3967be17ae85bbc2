import type { Lang } from '../engine/message.ts';
import data from './around.json' with { type: 'json' };
import { clausesOf } from './clauses.ts';
import { words } from './lexicon.ts';
import { type Hit, longestAt, type Phrases, phrases, wordsOf } from './phrases.ts';
import type { Token } from './tokens.ts';

/** What a word beside an answer does to it; see around.json. `unknown` words lower confidence. */
export type Role = 'filler' | 'common' | 'hedge' | 'or' | 'but' | 'not' | 'block' | 'until' | 'instead';

/** What is left of a message beside what a reader understood. */
export type Rest = {
  readonly roles: ReadonlySet<Role>;
  /** Words that nobody here knows, in the part of the message that answers. */
  readonly unknown: number;
  /** A limit stands in a part of the message that does not answer ("the 5th, after my exams"). */
  readonly limited: boolean;
  /** A word stands there that makes something else of the answer. */
  readonly doubted: boolean;
  /** Unknown words of other parts ("thursday, *my manager signed the leave*"): remarks, which change nothing. */
  readonly remarks: number;
};

type Span = { readonly from: number; readonly to: number };

export type Beside = {
  /** Words that mean nothing beside this kind of answer, such as "hospital" beside a profession. */
  readonly words?: ReadonlySet<string> | undefined;
  /** Stretches accounted for that answer nothing. */
  readonly spans?: readonly Span[];
  /** Words that say no to some answers of this kind only ("le 5 mai *je travaille*"). */
  readonly doubtful?: ReadonlySet<string> | undefined;
  /** Something was taken back: the words beside it may tell why ("the 12th, no, the 14th, *I work on the 12th*"). */
  readonly corrected?: boolean;
  /** Numbers say nothing of this kind: "nurse since 2019". */
  readonly numbers?: true | undefined;
};

/** Accounts for every token that no span covers. */
export function restOf(
  tokens: readonly Token[],
  answers: readonly Span[],
  lang: Lang,
  { words: also, numbers, doubtful, corrected, spans: beside = [] }: Beside = {},
): Rest {
  const spans = beside.length > 0 ? [...answers, ...beside] : answers;
  const roles = new Set<Role>();
  const clauses = clausesOf(tokens);
  const answering = new Set(answers.map(({ from }) => clauses[from]));
  let [unknown, remarks, limited] = [0, 0, false];
  const doubted =
    doubtful !== undefined &&
    tokens.some(
      ({ text }, at) =>
        doubtful.has(text) &&
        (answering.has(clauses[at]) || !(corrected || apologises(tokens, clauses, at))) &&
        !beside.some(({ from, to }) => from <= at && at < to) &&
        !isBooking(tokens, clauses, at),
    );
  for (let at = 0; at < tokens.length; ) {
    const span = spans.find(({ from, to }) => from <= at && at < to);
    if (span) {
      at = span.to;
      continue;
    }
    const hit = roleAt(tokens, at, lang);
    if (hit) {
      const aside = !answering.has(clauses[at]);
      const departs = hit.value === 'block' && isDeparture(tokens, at, spans, lang);
      if (hit.value === 'block' && aside && !departs) limited = true;
      else if (hit.value === 'not' && aside && says(tokens, clauses, at, lang)) limited = true;
      else if (!departs) roles.add(hit.value);
      at += hit.length;
      continue;
    }
    const { text = '', value } = tokens[at] ?? {};
    if (isCode(tokens, at)) {
      at += 2;
      continue;
    }
    const little = text.length === 1 && /\p{L}/u.test(text);
    if (value !== undefined && numbers) at++;
    // A number that nobody claimed: a small one may be half of a range, so nothing beside it is the answer.
    else if (value !== undefined && text.length <= 2) {
      if (answering.has(clauses[at])) roles.add('block');
      else limited = true;
      at++;
    } else if (also?.has(text) || little) at++;
    else if (answering.has(clauses[at]) && !isPlace(tokens, at, spans, lang)) {
      unknown++;
      at++;
    } else {
      remarks++;
      at++;
    }
  }
  return { roles, unknown, remarks, limited, doubted };
}

/** "Sorry, I was on shift. The 9th": an excuse in a part of its own. */
function apologises(tokens: readonly Token[], clauses: readonly number[], at: number): boolean {
  return tokens.some(({ text }, other) => clauses[other] === clauses[at] && apologies.has(text));
}

/** "Flights *booked*", "billet *pris*": a journey that is settled. "*Shift* swapped": work that is out of the way. */
const tickets = new Set(
  'flight flights ticket tickets billet billets vol vols conge conges leave itike'.split(' '),
);
const settled = new Set('swapped covered sorted echange echangee remplace remplacee'.split(' '));
function isBooking(tokens: readonly Token[], clauses: readonly number[], at: number): boolean {
  const { text = '' } = tokens[at] ?? {};
  const others = /^(?:booked|pris|prise)$/.test(text) ? tickets : duties.has(text) ? settled : undefined;
  return (
    others !== undefined &&
    tokens.some((one, other) => clauses[other] === clauses[at] && others.has(one.text))
  );
}

const duties = new Set('shift shifts garde gardes'.split(' '));
const apologies = new Set('sorry apologies pardon desole desolee excusez mwihangane mumbabarire'.split(' '));

/** "KL535", "WB 700" without its space: the number of a flight or a room. */
function isCode(tokens: readonly Token[], at: number): boolean {
  const [letters, digits] = [tokens[at], tokens[at + 1]];
  const glued = digits?.value !== undefined && !digits.spaced && digits.sep === '';
  return glued && letters?.value === undefined && (letters?.text.length ?? 9) <= 3 && digits.text.length >= 2;
}

const placing = new Set(
  "in at with from near au aux a chez avec dans en sur pres de du mu muri kwa ku i bya by'".split(' '),
);
const farthest = 4;

/** "14 May *from Heathrow*": a place to leave, and no limit. */
function isDeparture(tokens: readonly Token[], at: number, spans: readonly Span[], lang: Lang): boolean {
  const next = tokens[at + 1];
  if (
    !/^(?:from|depuis)$/.test(tokens[at]?.text ?? '') ||
    at === 0 ||
    next === undefined ||
    next.value !== undefined
  )
    return false;
  const named = spans.some(({ from, to }) => from <= at + 1 && at + 1 < to);
  const role = longestAt(around, tokens, at + 1, lang)?.value;
  return !named && (role === undefined || (role === 'common' && tokens[at]?.text === 'depuis'));
}

/** "au CHU de Liège", "avec RwandAir", "mu bitaro bya Kibagabaga": names behind a word of place or company. */
function isPlace(tokens: readonly Token[], at: number, spans: readonly Span[], lang: Lang): boolean {
  for (let before = at - 1; before >= 0 && before >= at - farthest; before--) {
    if (spans.some(({ from, to }) => from <= before && before < to)) return false;
    if (placing.has(tokens[before]?.text ?? '')) return true;
    const role = longestAt(around, tokens, before, lang);
    if (role && !isEmpty(role.value)) return false;
  }
  return false;
}

/** "…, I have no other date": a denial with a content of its own. "…, je ne peux pas" takes back the answer. */
function says(tokens: readonly Token[], clauses: readonly number[], denial: number, lang: Lang): boolean {
  return tokens.some(({ text, value }, at) => {
    if (clauses[at] !== clauses[denial] || text.length < 3 || value !== undefined) return false;
    const role = longestAt(around, tokens, at, lang)?.value;
    return role === undefined || role === 'common';
  });
}

/** Words that neither add to an answer nor take from it. */
export function isEmpty(role: Role): boolean {
  return role === 'filler' || role === 'common';
}

/** The role of the words at one place, if any. */
export function roleAt(tokens: readonly Token[], at: number, lang: Lang): Hit<Role> | undefined {
  if (last.tokens !== tokens || last.lang !== lang) last = { tokens, lang, roles: [] };
  const known = last.roles[at];
  if (known !== undefined) return known ?? undefined;
  const found = findRole(tokens, at, lang);
  if (at >= 0 && at < tokens.length) last.roles[at] = found ?? null;
  return found;
}

/** Every reader of a message, and whatever weighs what they found, asks for the same roles. Null where there is none. */
let last: {
  readonly tokens: readonly Token[];
  readonly lang: Lang;
  readonly roles: (Hit<Role> | null | undefined)[];
} = { tokens: [], lang: 'en', roles: [] };

function findRole(tokens: readonly Token[], at: number, lang: Lang): Hit<Role> | undefined {
  const known = longestAt(around, tokens, at, lang);
  if (known || lang !== 'rw' || !negated.test(tokens[at]?.text ?? '')) return known;
  return { value: 'not', length: 1, lang };
}

/** Kinyarwanda denies in the verb itself: *sinkiba*, *sintuye*, *ntibizakunda*. Only endings that verbs have. */
export const negated = /^(?:si[nm]|nti|ntu|nta)(?![aeiou])\p{L}{1,}(?:a|e|ye)$/u;

const languages: readonly Lang[] = ['rw', 'fr', 'en'];
const single: readonly Role[] = [
  'not',
  'but',
  'or',
  'instead',
  'block',
  'until',
  'hedge',
  'filler',
  'common',
];

function* entries(): Generator<readonly [Lang, string, Role]> {
  for (const lang of languages) {
    const own = data[lang];
    for (const role of single) {
      const joined: Partial<Record<Role, string>> = own.phrases;
      for (const phrase of (joined[role] ?? '').split('|')) if (phrase !== '') yield [lang, phrase, role];
    }
    for (const role of single) for (const word of own[role].split(' ')) yield [lang, word, role];
    const polite = [...words[lang].greetings, ...words[lang].thanks, ...words[lang].goodbye];
    for (const phrase of polite) yield [lang, phrase, 'filler'];
  }
}

const around: Phrases<Role> = phrases(entries());

/** Every word known here: none of them is a slip of another word. */
export const aroundWords: ReadonlySet<string> = wordsOf(around);
