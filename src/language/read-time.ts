import type { Reading } from '../engine/message.ts';
import { clausesOf } from './clauses.ts';
import { clockAt } from './clock-grammar.ts';
import { type Clock, hoursOf } from './clock-hours.ts';
import { mentionsIn } from './day-grammar.ts';
import { partsOfDayIn } from './day-parts.ts';
import { beginning } from './doubtful.ts';
import { joinerBetween } from './joiners.ts';
import { exceptions } from './read-date.ts';
import { likely, type ReadScope, unclear } from './reading.ts';
import { type Found, settle } from './settle.ts';
import { type Token, tokenise } from './tokens.ts';

/**
 * A time of day, `HH:MM`. `14h30`, `14:30` and `8h` are the written clock and certain; `8 pm`, "huit heures du soir" and
 * "half past two in the afternoon" too. Twelve-hour words without a part of the day are asked back with both hours.
 * Kinyarwanda `saa` counts from six in the morning: *saa munani* is 14:00 or 2:00, *saa mbiri za mu gitondo* is 8:00.
 * `not_a_time` otherwise, two ends of a stretch included.
 */
export function readTime(text: string, { lang, today }: ReadScope): Reading<string> {
  const tokens = tokenise(text);
  const clock: Clock[] = [];
  for (let at = 0; at < tokens.length; ) {
    const found = clockAt(tokens, at, lang);
    if (found === 'impossible') return unclear(text, 'not_a_time');
    if (found) {
      if (!isCount(tokens, found)) clock.push(found);
      at = found.to;
    } else at++;
  }
  if (clock.length === 0 || tokens.some(({ text: word }) => exceptions.has(word)))
    return unclear(text, 'not_a_time');
  // "I finish at 7 pm" is when something else ends.
  if (clock.length === 1 && tokens.some(({ text: word }) => endings.has(word)))
    return unclear(text, 'not_a_time');
  // "Nyuma ya saa sita" is a part of the day, and "saa sita" in it no hour.
  const named = partsOfDayIn(tokens, [], lang);
  for (let index = clock.length - 1; index >= 0; index--) {
    const one = clock[index];
    if (one && named.some(({ from, to }) => from < one.from && one.to <= to)) clock.splice(index, 1);
  }
  // "Entre 14 et 16h": two ends that are asked back.
  const clauses = clausesOf(tokens);
  const between =
    clock.length === 2 &&
    clauses[clock[0]?.from ?? 0] === clauses[clock[1]?.from ?? 0] &&
    tokens.slice(0, clock[0]?.from).some(({ text: word }) => betweens.test(word));
  // "2 or 3 pm": the first has the half of the day of the second.
  for (const [index, one] of clock.entries()) {
    const next = clock[index + 1];
    if (!next || one.part || one.style !== 'bare') continue;
    const joiner = joinerBetween(tokens, one.to, next.from, lang);
    if (next.style === 'written' && between) clock[index] = { ...one, style: 'written' };
    if (next.part && (joiner === 'or' || between))
      clock[index] = { ...one, style: 'spoken', part: next.part };
  }
  // "17:45, I land with two colleagues": a number in words is no hour beside one that is written.
  const written = clock.filter(({ style }) => style === 'written');
  const [hour] = written.length === 1 ? written : [];
  for (let index = clock.length - 1; hour && index >= 0; index--) {
    const one = clock[index];
    if (one?.style !== 'bare') continue;
    // "Ndi *kumwe* n'abandi *babiri*"
    const counted =
      tokens[one.from]?.value === undefined && !alternatives.has(tokens[one.from - 1]?.text ?? '');
    if (counted || clauses[one.from] !== clauses[hour.to - 1]) clock.splice(index, 1);
  }
  const parts = partsOfDayIn(tokens, clock, lang);
  const values = clock.map(
    (one): Found<string> => ({ from: one.from, to: one.to, ...hoursOf(one, parts[0]?.part) }),
  );
  for (const [at, one] of clock.entries()) {
    const before = clock[at - 1];
    if (before && !between && joinerBetween(tokens, before.to, one.from, lang) === 'to')
      return unclear(text, 'not_a_time');
  }
  const days = mentionsIn(tokens, lang, today).filter(
    ({ is, from, to }) =>
      (is === 'day' || is === 'days') && !values.some((one) => one.from < to && from < one.to),
  );
  const reading = settle(values, {
    tokens,
    lang,
    text,
    why: 'not_a_time',
    personal: true,
    timely: true,
    also: [...parts, ...days, ...reasonBehind(tokens, clock), ...nearly(tokens, clock)],
    harmless: between ? ['block'] : [],
    beside: { words: beside, doubtful: beginning },
  });
  // "14h heure de Kigali": by whose clock, we do not know here.
  return reading.kind === 'value' && zoned.test(text) ? likely(reading.value) : reading;
}

const zoned =
  /(?<!\p{L})(?:time|heure (?:de|du)|isaha y(?:a|['’] ?i)) ?(?:kigali|rwanda)|(?<!\p{L})(?:kigali|rwanda(?:n)?) time(?!\p{L})/iu;

/** "9h ou 10h, *les deux* me vont", "l'*une* ou l'autre": so many of what was named, and no hour. */
function isCount(tokens: readonly Token[], { from, to, style }: Clock): boolean {
  return (
    style === 'bare' &&
    to === from + 1 &&
    counts.test(tokens[from]?.text ?? '') &&
    articles.has(tokens[from - 1]?.text ?? '')
  );
}

const counts = /^(?:deux|two|2|une?|one)$/;
const articles = new Set("les des ces tous toutes the those these l' either".split(' '));

/** "18 h *après mon boulot*", "8h30 *before my shift*": what is named behind the hour is when that is, and no limit. */
function reasonBehind(
  tokens: readonly Token[],
  clock: readonly Clock[],
): readonly { from: number; to: number }[] {
  const end = clock.at(-1)?.to ?? tokens.length;
  return tokens.flatMap(({ text }, at) =>
    at >= end &&
    relating.has(text) &&
    tokens[at + 1]?.value === undefined &&
    tokens[at + 1] !== undefined &&
    !alternatives.has(tokens[at - 1]?.text ?? '') &&
    !alternatives.has(tokens[at + 1]?.text ?? '')
      ? [{ from: at, to: tokens.length }]
      : [],
  );
}

/** "*Vers* 18 h", "8.30pm *ish*", "15h *si possible*": how people name the hour of a call, and no doubt of it. */
function nearly(tokens: readonly Token[], clock: readonly Clock[]): readonly { from: number; to: number }[] {
  return clock.flatMap(({ from, to }) => [
    ...(about.has(tokens[from - 1]?.text ?? '') ? [{ from: from - 1, to: from }] : []),
    ...(tokens[to]?.text === 'ish' ? [{ from: to, to: to + 1 }] : []),
    ...(/^(?:si|if)$/.test(tokens[to]?.text ?? '') && tokens[to + 1]?.text === 'possible'
      ? [{ from: to, to: to + 2 }]
      : []),
  ]);
}

const about = new Set('vers around about environ approx'.split(' '));

const relating = new Set('avant apres before after mbere nyuma'.split(' '));
const alternatives = new Set('or ou cyangwa and et but mais not pas if si possible'.split(' '));

const endings = new Set('termine finis finish finishes ends ndangiza rangira'.split(' '));

const betweens = /^(?:entre|between|hagati)$/;

const beside = new Set(
  'sharp pile precises precise heure local locale bruxelles brussels kigali time isaha'.split(' '),
);
