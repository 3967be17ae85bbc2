import type { Lang, Reading } from '../engine/message.ts';
import { type Beside, type Role, restOf, roleAt } from './around.ts';
import { isAside, isTold } from './asides.ts';
import { asksBack } from './asks-back.ts';
import { clausesOf } from './clauses.ts';
import { isDeed } from './deeds.ts';
import { isLeftToOthers, lifeClauses } from './life-clauses.ts';
import { isOfOthers } from './others.ts';
import { ambiguous, certain, likely, unclear } from './reading.ts';
import { corrected, isMendedBehind } from './taken-back.ts';
import { asks, type Token } from './tokens.ts';

/** An answer found in a message: where, and what it may be. `sure` is false where the reader itself guessed. */
export type Found<T> = {
  readonly from: number;
  readonly to: number;
  readonly values: readonly T[];
  readonly sure: boolean;
  /** A slip was mended to find it. */
  readonly slip?: true;
  /** Must be asked back although there is one candidate only (12/31/2027). */
  readonly ask?: true;
};

export type Setting = {
  readonly tokens: readonly Token[];
  readonly lang: Lang;
  readonly text: string;
  /** The reason given where there is no answer. */
  readonly why: string;
  /** Stretches that belong to the answer without being one: "at 5 pm" beside a day. */
  readonly also?: readonly { readonly from: number; readonly to: number }[];
  readonly beside?: Beside;
  /** What was so and is no more is no answer: "used to be a nurse". */
  readonly past?: ReadonlySet<string>;
  /** The question is about the writer: what is said of a relative is no answer. */
  readonly personal?: boolean;
  /** Roles that do not count for this kind. */
  readonly harmless?: readonly Role[];
  /** The answer is a time, and may be said to fall somewhere in the writer's life: "juin, après les examens". */
  readonly timely?: true;
};

/** Beyond this many unknown words a message tells a story; what was found in it is no answer to rely on. */
const story = 8;
const longStory = 16;

/**
 * Weighs what was found against the rest of the message. What is taken back is left aside. One value with nothing but
 * courtesy and remarks around it is certain; a hedge, a question mark, a "but" or an unknown word beside it makes it
 * likely; a denial or a limit makes it unclear. Two values are ambiguous. A question in return is no answer at all.
 */
export function settle<T>(found: readonly Found<T>[], setting: Setting): Reading<T> {
  const {
    tokens,
    lang,
    text,
    why,
    also = [],
    beside = plainly,
    harmless = [],
    past,
    personal,
    timely,
  } = setting;
  if (found.length === 0) return unclear(text, why);
  const { kept: standing, dropped } = corrected(found, tokens, lang, past);
  const end = Math.max(0, ...standing.map(({ to }) => to));
  const life = timely ? lifeClauses(tokens, end, lang) : nothing;
  // They all stand behind the answers, whose places do not change.
  const said =
    life.length === 0
      ? tokens
      : tokens.filter((_, at) => !life.some(({ from, to }) => from <= at && at < to));
  const kept = standing.filter(({ from }) => !isAside(said, from) && !(personal && isOfOthers(tokens, from)));
  const rest = restOf(tokens, kept, lang, {
    words: beside.words,
    doubtful: beside.doubtful,
    numbers: beside.numbers,
    corrected: dropped.length > 0,
    spans: dropped.length + life.length > 0 ? [...dropped, ...also, ...life] : also,
  });
  // "I used to live in Belgium" names no other: what is no more is not believed for want of better.
  const over = past !== undefined && kept.every(({ from }) => isOver(tokens, from, gone));
  if (over || kept.length === 0 || rest.unknown > story || rest.unknown + rest.remarks > longStory)
    return unclear(text, why);
  if (asksBack(text) || (asks(text) && rest.unknown + rest.remarks > 1))
    return { kind: 'other', other: 'question' };
  const values = distinct(kept.flatMap((one) => one.values));
  const confirmed = values.length === 1 && kept.length > 1 && isConfirmed(kept, tokens, lang);
  const has = (role: Role) =>
    rest.roles.has(role) && !harmless.includes(role) && !(confirmed && role === 'hedge');
  // "Logopède (orthophoniste comme disent les Français)": the same again, and a remark about it.
  const unknown =
    values.length === 1 && kept.length > 1 && rest.unknown > 0
      ? unknownBeside(confirmed ? [...kept].reverse() : kept, tokens, setting)
      : rest.unknown;
  const [only] = values;
  if (only === undefined || has('block') || values.length > 4) return unclear(text, why);
  const denied = has('not') && !(values.length > 1 && has('or'));
  if (denied) return unclear(text, why);
  if (values.length > 1 || kept.some(({ ask }) => ask)) return ambiguous(values);
  const former = past !== undefined && kept.some(({ from }) => isOver(tokens, from, once));
  const clear =
    !former &&
    !kept.some(({ from }) => isDeed(said, from, lang)) &&
    !(timely && (isLeftToOthers(tokens, end) || isMendedBehind(tokens, end, lang))) &&
    !kept.some(({ from }) => isTold(tokens, from)) &&
    kept.every(({ sure }) => sure) &&
    unknown === 0 &&
    !has('hedge') &&
    !has('but') &&
    !has('or') &&
    !has('until') &&
    !rest.doubted &&
    !(rest.limited && !harmless.includes('block')) &&
    !asks(text);
  return clear ? certain(only) : likely(only);
}

/** "Juin je crois… *oui juin*": said again after a yes, with no doubt behind it. */
function isConfirmed<T>(kept: readonly Found<T>[], tokens: readonly Token[], lang: Lang): boolean {
  const last = kept.at(-1);
  if (last === undefined) return false;
  const said = tokens.slice(Math.max(0, last.from - 3), last.from).findIndex(({ text }) => assent.has(text));
  if (said < 0) return false;
  const from = Math.max(0, last.from - 3) + said;
  return tokens.every((_, at) => at < from || roleAt(tokens, at, lang)?.value !== 'hedge');
}

const assent = new Set('oui yes yep yeah yego ouais'.split(' '));

/** How many strange words stand in the part that answers first. */
function unknownBeside<T>(kept: readonly Found<T>[], tokens: readonly Token[], setting: Setting): number {
  const [first, ...again] = kept;
  if (first === undefined) return 0;
  const { lang, beside, also = [] } = setting;
  return restOf(tokens, [first], lang, { ...beside, spans: [...also, ...again] }).unknown;
}

const nothing: readonly { from: number; to: number }[] = [];
const plainly: Beside = {};

function isOver(tokens: readonly Token[], from: number, words: ReadonlySet<string>): boolean {
  const clauses = clausesOf(tokens);
  return tokens
    .slice(Math.max(0, from - 4), from)
    .some(({ text }, at) => words.has(text) && clauses[Math.max(0, from - 4) + at] === clauses[from]);
}

const gone = new Set('nabaga nahoze navuye habitais vivais formerly'.split(' '));
/** "I *was* a midwife": most who say so are none now. */
const once = new Set('was etais nari yari'.split(' '));

export function distinct<T>(values: readonly T[]): readonly T[] {
  if (values.length < 2) return values;
  const seen = new Set<string>();
  return values.filter((value) => {
    const key = JSON.stringify(value);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
