import type { Lang, Reading } from '../engine/message.ts';
import { restOf } from './around.ts';
import { mentionsIn } from './day-grammar.ts';
import { amountAt, isNumberWord, type Tokens, table } from './day-words.ts';
import { joinerBetween } from './joiners.ts';
import { longestAt } from './phrases.ts';
import { type ReadScope, unclear } from './reading.ts';
import { type Found, settle } from './settle.ts';
import { tokenise } from './tokens.ts';

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
      clock.push(found);
      at = found.to;
    } else at++;
  }
  // "2 or 3 pm": the first has the half of the day of the second.
  for (const [index, one] of clock.entries()) {
    const next = clock[index + 1];
    if (!next?.part || one.part || one.style !== 'bare') continue;
    if (joinerBetween(tokens, one.to, next.from, lang) === 'or')
      clock[index] = { ...one, style: 'spoken', part: next.part };
  }
  const parts = partsIn(tokens, clock, lang);
  const values = clock.map(
    (one): Found<string> => ({ from: one.from, to: one.to, ...hoursOf(one, parts.value) }),
  );
  for (const [at, one] of clock.entries()) {
    const before = clock[at - 1];
    if (before && joinerBetween(tokens, before.to, one.from, lang) === 'to')
      return unclear(text, 'not_a_time');
  }
  const days = mentionsIn(tokens, lang, today).filter(
    ({ is, from, to }) =>
      (is === 'day' || is === 'days') && !values.some((one) => one.from < to && from < one.to),
  );
  const rest = restOf(tokens, [...values, ...parts.spans, ...days], lang, beside);
  return settle(values, rest, { text, why: 'not_a_time' });
}

const beside = new Set(
  'sharp pile precises precise heure local locale bruxelles brussels kigali time isaha'.split(' '),
);

type PartOfDay = 'morning' | 'day' | 'evening' | 'night';

/**
 * `written` shows all 24 hours; `spoken` runs twice a day; `saa` runs twice a day and begins six hours later; `mixed` is
 * `saa` before written figures, where people mean either.
 */
type Clock = {
  readonly from: number;
  readonly to: number;
  readonly hour: number;
  readonly minute: number;
  readonly style: 'written' | 'spoken' | 'saa' | 'mixed' | 'bare';
  readonly part?: 'am' | 'pm';
  readonly sure?: false;
};

function clockAt(tokens: Tokens, at: number, lang: Lang): Clock | 'impossible' | undefined {
  // "In two hours": a length, and no hour of the day.
  if (/^(?:dans|within|nyuma|pendant)$/.test(tokens[at]?.text ?? '') && lengthOfHours(tokens, at + 1, lang))
    return 'impossible';
  return (
    saaAt(tokens, at) ??
    namedAt(tokens, at, lang) ??
    pastAt(tokens, at, lang) ??
    figuresAt(tokens, at) ??
    wordsAt(tokens, at, lang)
  );
}

function lengthOfHours(tokens: Tokens, at: number, lang: Lang): boolean {
  const amount = amountAt(tokens, at, lang);
  return amount !== undefined && /^(?:h|heures?|hours?|minutes?|min)$/.test(tokens[amount.to]?.text ?? '');
}

function namedAt(tokens: Tokens, at: number, lang: Lang): Clock | undefined {
  const hit = longestAt(named, tokens, at, lang);
  // "Après-midi" is no noon.
  if (!hit || (tokens[at]?.text === 'midi' && /^(?:apres|cet)$/.test(tokens[at - 1]?.text ?? '')))
    return undefined;
  const to = at + hit.length;
  const extra = hit.value === 12 || hit.value === 0 ? minutesBehind(tokens, to, 'fr') : undefined;
  return { from: at, to: extra?.to ?? to, hour: hit.value, minute: extra?.minute ?? 0, style: 'written' };
}

const named = table<number>({
  rw: [
    ["saa sita z' amanywa|saa sita z' amanwa|sasita z' amanywa|saa sita z' manywa", 12],
    ["saa sita z' ijoro|saa sita za nijoro|sasita z' ijoro", 0],
  ],
  fr: [
    ['midi', 12],
    ['minuit', 0],
  ],
  en: [
    ['noon|midday|12 noon|high noon', 12],
    ['midnight|12 midnight', 0],
  ],
});

/** `saa`, `isaa ya`, `saa mbiri n'igice`, `saa 8`, `saa 14:30`. */
function saaAt(tokens: Tokens, at: number): Clock | undefined {
  const start = tokens[at]?.text ?? '';
  const glued = /^(?:i?saa?)(moya|mbiri|tatu|ine|yine|tanu|sita|saba|munani|cyenda|kenda|kumi|cumi)$/.exec(
    start,
  )?.[1];
  if (!glued && !/^i?s+a+$/.test(start)) return undefined;
  const next = glued ? at : at + 1;
  const word = glued ?? tokens[next]?.text ?? '';
  const token = tokens[next];
  if (!glued && token?.value !== undefined) {
    const figures = figuresAt(tokens, next);
    if (figures === 'impossible' || token.value > 24) return undefined;
    if (
      figures &&
      figures.style === 'written' &&
      figures.to > next + 1 &&
      figures.minute + figures.hour > 0
    ) {
      return figures.hour > 12 || figures.hour === 0
        ? { ...figures, from: at }
        : { ...figures, from: at, style: 'mixed' };
    }
    const behind = saaMinutes(tokens, next + 1);
    if (token.value > 12 || token.value === 0)
      return { from: at, to: behind.to, hour: token.value, minute: behind.minute, style: 'written' };
    return { from: at, to: behind.to, hour: token.value, minute: behind.minute, style: 'saa' };
  }
  const hour = saaHours.get(word.replaceAll('l', 'r'));
  if (hour === undefined) return undefined;
  let to = next + 1;
  let value = hour;
  if (hour === 10) {
    // "kumi n'imwe" is eleven, "kumi n'igice" half past ten.
    const lean = /^(?:na|n'|n)$/.test(tokens[to]?.text ?? '') ? to + 1 : to;
    const unit = tokens[lean]?.text ?? '';
    if (/^(?:n?imwe|rimwe|umwe|n?umwe)$/.test(unit)) [value, to] = [11, lean + 1];
    else if (/^(?:n?ebyiri|n?ebyri|kabiri|n?ibiri|n?abiri|ebyili)$/.test(unit)) [value, to] = [12, lean + 1];
  }
  const behind = saaMinutes(tokens, to);
  return { from: at, to: behind.to, hour: value, minute: behind.minute, style: 'saa' };
}

const saaHours: ReadonlyMap<string, number> = new Map([
  ['moya', 1],
  ['mbiri', 2],
  ['mbili', 2],
  ['mbri', 2],
  ['tatu', 3],
  ['ine', 4],
  ['yine', 4],
  ['kane', 4],
  ['tanu', 5],
  ['sita', 6],
  ['saba', 7],
  ['munani', 8],
  ['umunani', 8],
  ['cyenda', 9],
  ['icyenda', 9],
  ['kenda', 9],
  ['kumi', 10],
  ['cumi', 10],
  ['icumi', 10],
]);

/** "n'igice", "n'iminota 15", "n'iminota cumi n'itanu", "na 30". */
function saaMinutes(tokens: Tokens, at: number): { readonly to: number; readonly minute: number } {
  const lean = /^(?:na|n'|n)$/.test(tokens[at]?.text ?? '') ? at + 1 : at;
  const word = tokens[lean]?.text ?? '';
  if (/^n?igice$/.test(word)) return { to: lean + 1, minute: 30 };
  if (/^n?iminota$/.test(word)) {
    const amount = amountAt(tokens, lean + 1, 'rw');
    if (amount && amount.count < 60) return { to: amount.to, minute: amount.count };
  }
  const token = tokens[lean];
  if (lean > at && token?.value !== undefined && token.value < 60)
    return { to: lean + 1, minute: token.value };
  return { to: at, minute: 0 };
}

/** "half past two", "quarter to nine", "ten past three". */
function pastAt(tokens: Tokens, at: number, lang: Lang): Clock | undefined {
  const amount = halfWords.get(tokens[at]?.text ?? '');
  const article = tokens[at]?.text === 'a' ? halfWords.get(tokens[at + 1]?.text ?? '') : undefined;
  const count = amount ?? article ?? amountAt(tokens, at, lang)?.count;
  let next =
    amount !== undefined ? at + 1 : article !== undefined ? at + 2 : (amountAt(tokens, at, lang)?.to ?? at);
  if (count === undefined || next === at || count >= 60) return undefined;
  if (/^minutes?$/.test(tokens[next]?.text ?? '')) next++;
  const word = tokens[next]?.text ?? '';
  const past = word === 'past' || word === 'after';
  // "half two" is half past two.
  if (!past && word !== 'to' && word !== 'before') {
    const hour = amount === 30 && !article ? hourAt(tokens, next, lang) : undefined;
    if (!hour || hour.hour > 12 || tokens[at]?.text !== 'half') return undefined;
    const suffix = suffixAt(tokens, hour.to);
    return {
      from: at,
      to: suffix?.to ?? hour.to,
      hour: hour.hour,
      minute: 30,
      style: 'spoken',
      ...(suffix && { part: suffix.part }),
    };
  }
  const named = tokens[next + 1]?.text;
  const twelve = named === 'noon' || named === 'midday' ? 12 : named === 'midnight' ? 0 : undefined;
  const hour = twelve === undefined ? hourAt(tokens, next + 1, lang) : { hour: twelve, to: next + 2 };
  if (!hour || hour.hour > 24) return undefined;
  const minutes = hour.hour * 60 + (past ? count : -count);
  const whole = (minutes + 1440) % 1440;
  const suffix = suffixAt(tokens, hour.to);
  const style = twelve !== undefined || hour.hour > 12 ? 'written' : 'spoken';
  const clock = {
    from: at,
    to: suffix?.to ?? hour.to,
    hour: Math.floor(whole / 60) || (style === 'spoken' ? 12 : 0),
    minute: whole % 60,
    style,
  } as const;
  return suffix ? { ...clock, part: suffix.part } : clock;
}

const halfWords: ReadonlyMap<string, number> = new Map([
  ['half', 30],
  ['quarter', 15],
]);

function hourAt(tokens: Tokens, at: number, lang: Lang) {
  const amount = amountAt(tokens, at, lang);
  return amount && amount.count <= 24 ? { hour: amount.count, to: amount.to } : undefined;
}

function figuresAt(tokens: Tokens, at: number): Clock | 'impossible' | undefined {
  const [token, next, third] = [tokens[at], tokens[at + 1], tokens[at + 2]];
  if (token?.value === undefined || token.ordinal) return undefined;
  if (next?.sep === ':' && next.text.length !== 2) return 'impossible';
  const make = (hour: number, minute: number, to: number, style: Clock['style']): Clock | 'impossible' => {
    const suffix = suffixAt(tokens, to);
    if (hour > 24 || minute > 59 || (hour === 24 && minute > 0)) return 'impossible';
    if (suffix && hour > 12) return { from: at, to: suffix.to, hour, minute, style: 'written' };
    if (suffix) return { from: at, to: suffix.to, hour, minute, style: 'spoken', part: suffix.part };
    return { from: at, to, hour: hour % 24, minute, style };
  };
  if (
    next?.value !== undefined &&
    /^[:.]$/.test(next.sep) &&
    next.text.length === 2 &&
    token.text.length <= 2
  ) {
    // "12.05.2027" is a date.
    if (third?.value !== undefined && /^[./-]$/.test(third.sep)) return undefined;
    // "14:30h" and "14:30:00".
    const seconds = third?.value !== undefined && third.sep === ':' ? at + 3 : at + 2;
    const unit = /^(?:h|hrs?|heures?|uur|uhr)$/.test(tokens[seconds]?.text ?? '') ? seconds + 1 : seconds;
    return make(token.value, next.value, unit, 'written');
  }
  const unit = next?.text ?? '';
  if (/^(?:h|hr|hrs|hre|hres|heure|heures|heurs|hours|uur|uhr)$/.test(unit) && token.text.length <= 2) {
    const behind = minutesBehind(tokens, at + 2, 'fr');
    if (!behind) return make(token.value, 0, at + 2, 'written');
    const total = token.value * 60 + behind.minute;
    return make(Math.floor(total / 60), total % 60, behind.to, 'written');
  }
  if (token.text.length === 4 && token.value < 2400 && token.value % 100 < 60) {
    const hours = /^(?:h|hrs?|hours)$/.test(unit);
    const made = make(Math.floor(token.value / 100), token.value % 100, hours ? at + 2 : at + 1, 'written');
    return made === 'impossible'
      ? undefined
      : hours || token.text.startsWith('0')
        ? made
        : { ...made, sure: false };
  }
  if (token.text.length > 2) return undefined;
  if (/^(?:o'clock|oclock|clock)$/.test(unit))
    return make(token.value, 0, at + 2, token.value > 12 ? 'written' : 'spoken');
  if (suffixAt(tokens, at + 1)) return make(token.value, 0, at + 1, 'spoken');
  // "2 30 pm".
  if (
    next?.value !== undefined &&
    next.text.length === 2 &&
    next.value < 60 &&
    next.sep === '' &&
    next.spaced
  ) {
    return make(token.value, next.value, at + 2, 'bare');
  }
  return token.value <= 24 ? make(token.value, 0, at + 1, 'bare') : undefined;
}

/** "two thirty pm", "quatorze heures trente", "huit heures et demie", "neuf heures moins le quart". */
function wordsAt(tokens: Tokens, at: number, lang: Lang): Clock | undefined {
  if (!isNumberWord(tokens[at]?.text ?? '')) return undefined;
  const whole = amountAt(tokens, at, lang);
  if (whole && whole.count <= 24 && /^heures?$/.test(tokens[whole.to]?.text ?? '')) {
    const behind = minutesBehind(tokens, whole.to + 1, 'fr');
    const total = whole.count * 60 + (behind?.minute ?? 0);
    const hour = Math.floor(total / 60) % 24;
    // Said in words, an hour before seven is as often in the afternoon.
    return {
      from: at,
      to: behind?.to ?? whole.to + 1,
      hour,
      minute: total % 60,
      style: 'written',
      ...(whole.count < 7 && { sure: false as const }),
    };
  }
  // The shortest hour first: "two thirty", "seven forty five".
  for (let length = 1; length <= 2; length++) {
    const hour = amountAt(tokens.slice(0, at + length), at, lang);
    if (!hour || hour.to !== at + length || hour.count < 1 || hour.count > 23) continue;
    const minute = amountAt(tokens, hour.to, 'en');
    const two = minute && minute.count >= 5 && minute.count < 60 && hour.count <= 12 ? minute : undefined;
    const to = two?.to ?? hour.to;
    const suffix = suffixAt(tokens, to);
    const clock = /^(?:o'clock|oclock)$/.test(tokens[to]?.text ?? '');
    if (!two && whole && whole.to > hour.to) continue;
    const style = suffix || clock || two ? ('spoken' as const) : ('bare' as const);
    return {
      from: at,
      to: suffix?.to ?? (clock ? to + 1 : to),
      hour: hour.count,
      minute: two?.count ?? 0,
      style,
      ...(suffix && { part: suffix.part }),
    };
  }
  return undefined;
}

/** Behind a French hour: "30", "trente", "et demie", "et quart", "moins le quart", "moins dix". */
function minutesBehind(
  tokens: Tokens,
  at: number,
  lang: Lang,
): { readonly to: number; readonly minute: number } | undefined {
  const [a, b, c] = [tokens[at]?.text, tokens[at + 1]?.text, tokens[at + 2]?.text];
  if (a === 'et' && /^demie?$/.test(b ?? '')) return { to: at + 2, minute: 30 };
  if (a === 'et' && b === 'quart') return { to: at + 2, minute: 15 };
  if (a === 'moins' && b === 'le' && c === 'quart') return { to: at + 3, minute: -15 };
  if (a === 'moins' && b === 'quart') return { to: at + 2, minute: -15 };
  const minus = a === 'moins' ? 1 : 0;
  const token = tokens[at + minus];
  if (minus === 0 && token?.value !== undefined && (token.sep !== '' || token.text.length !== 2))
    return undefined;
  if (token?.value === undefined && !isNumberWord(token?.text ?? '')) return undefined;
  const amount = amountAt(tokens, at + minus, lang);
  if (!amount || amount.count >= 60) return undefined;
  const unit = /^(?:min|mn|minutes?|m)$/.test(tokens[amount.to]?.text ?? '') ? 1 : 0;
  return { to: amount.to + unit, minute: minus ? -amount.count : amount.count };
}

function suffixAt(
  tokens: Tokens,
  at: number,
): { readonly to: number; readonly part: 'am' | 'pm' } | undefined {
  const [a, b] = [tokens[at]?.text, tokens[at + 1]?.text];
  if (a === 'am' || a === 'pm') return { to: at + 1, part: a };
  if ((a === 'a' || a === 'p') && b === 'm') return { to: at + 2, part: a === 'a' ? 'am' : 'pm' };
  return undefined;
}

const dayParts = table<PartOfDay>({
  rw: [
    [
      "za mu gitondo|mu gitondo|z' igitondo|za mugitondo|zo mu gitondo|gitondo|mugitondo|bwa mu gitondo|zamugitondo|za gitondo|z' mu gitondo",
      'morning',
    ],
    [
      "z' amanywa|z' amanwa|ku manywa|z' manywa|za ku manywa|zo ku manywa|za saa sita|amanywa|ku gicamunsi|za nyuma ya saa sita|z' igicamunsi|nyuma ya saa sita",
      'day',
    ],
    [
      "za nimugoroba|z' umugoroba|nimugoroba|za ni mugoroba|ni mugoroba|umugoroba|zo ku mugoroba|ku mugoroba|za ku mugoroba|z' mugoroba|za mugoroba|zi mugoroba",
      'evening',
    ],
    ["z' ijoro|za nijoro|nijoro|z' joro|mu ijoro|ninjoro|za ninjoro|zijoro|ijoro", 'night'],
  ],
  fr: [
    ['du matin|le matin|matin|ce matin|dans la matinee|demain matin', 'morning'],
    ["de l' apres midi|apres midi|l' apres midi|cet apres midi|de l' aprem|aprem|de l' apm|pm", 'day'],
    ['du soir|ce soir|le soir|soir|en soiree|dans la soiree', 'evening'],
    ['de la nuit|la nuit|cette nuit', 'night'],
  ],
  en: [
    ['in the morning|morning|this morning|tomorrow morning', 'morning'],
    ['in the afternoon|afternoon|this afternoon|after lunch|arvo', 'day'],
    ['in the evening|evening|this evening|tonight', 'evening'],
    ['at night|in the night', 'night'],
  ],
});

/** Words for parts of the day, greetings aside. */
function partsIn(tokens: Tokens, clock: readonly Clock[], lang: Lang) {
  const spans: { from: number; to: number }[] = [];
  let value: PartOfDay | undefined;
  for (let at = 0; at < tokens.length; ) {
    const taken = clock.find(({ from, to }) => from <= at && at < to);
    if (taken) {
      at = taken.to;
      continue;
    }
    const hit = /^(?:good|bonne|bon)$/.test(tokens[at - 1]?.text ?? '')
      ? undefined
      : longestAt(dayParts, tokens, at, lang);
    if (hit) {
      spans.push({ from: at, to: at + hit.length });
      value ??= hit.value;
    }
    at += hit?.length ?? 1;
  }
  return { spans, value };
}

function hoursOf(clock: Clock, day: PartOfDay | undefined): Pick<Found<string>, 'values' | 'sure'> {
  const { hour, minute, style, part } = clock;
  const sure = clock.sure !== false;
  const at = (value: number) => `${String(value % 24).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
  if (part) return { values: [at((hour % 12) + (part === 'pm' ? 12 : 0))], sure };
  if (style === 'saa') {
    const light = (hour % 12) + 6;
    if (!day) return { values: [at(light), at(light + 12)], sure };
    return { values: [at(saaHour(hour, light, day))], sure };
  }
  if (style === 'mixed') {
    const spoken = (hour % 12) + 6;
    if (day) {
      const written = partly(hour, day);
      const counted = saaHour(hour, spoken, day);
      return { values: [...new Set([at(written), at(counted)])], sure: false };
    }
    return { values: [at(hour), at(spoken)], sure };
  }
  if (hour > 12 || hour === 0) return { values: [at(hour)], sure: sure && style !== 'bare' };
  if (day) return { values: [at(partly(hour, day))], sure: true };
  if (style === 'written') return { values: [at(hour)], sure };
  return { values: [at(hour), at(hour + 12)], sure };
}

/** The hour of `saa` in a part of the day: light is that hour between 6:00 and 17:00. */
function saaHour(hour: number, light: number, day: PartOfDay): number {
  const dark = (light + 12) % 24;
  switch (day) {
    case 'morning':
      return hour % 12 <= 5 && hour !== 12 ? light : hour >= 10 ? (dark === 6 ? 6 : dark % 24) : light;
    case 'day':
      return light;
    case 'evening':
      return hour >= 9 && hour < 12 ? light : dark;
    case 'night':
      return dark;
  }
}

/** A twelve-hour figure in a part of the day. */
function partly(hour: number, day: PartOfDay): number {
  const twelve = hour % 12;
  switch (day) {
    case 'morning':
      return twelve;
    case 'day':
      // "11 in the day" is before noon.
      return hour >= 10 && hour <= 11 ? hour : twelve + 12;
    case 'evening':
      return twelve + 12;
    case 'night':
      return hour >= 7 && hour <= 11 ? hour + 12 : twelve;
  }
}
