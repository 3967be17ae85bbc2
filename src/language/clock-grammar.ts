import type { Lang } from '../engine/message.ts';
import type { Clock } from './clock-hours.ts';
import { amountAt, isNumberWord, type Tokens, table } from './day-words.ts';
import { longestAt } from './phrases.ts';
import { saaAt } from './saa-clock.ts';

/** A clock time at one place, or `impossible` where the whole message cannot be one ("in two hours", 14:75). */
export function clockAt(tokens: Tokens, at: number, lang: Lang): Clock | 'impossible' | undefined {
  // "In two hours": a length, and no hour of the day.
  if (
    /^(?:dans|in|within|nyuma|pendant)$/.test(tokens[at]?.text ?? '') &&
    lengthOfHours(tokens, at + 1, lang)
  )
    return 'impossible';
  return (
    saaAt(tokens, at, figuresAt) ??
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
  return {
    from: at,
    to: extra?.to ?? to,
    ...clockOf(hit.value * 60 + (extra?.minute ?? 0)),
    style: 'written',
  };
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
  const whole = clockOf(hour.hour * 60 + (past ? count : -count));
  const suffix = suffixAt(tokens, hour.to);
  const style = twelve !== undefined || hour.hour > 12 ? 'written' : 'spoken';
  const clock = {
    from: at,
    to: suffix?.to ?? hour.to,
    hour: whole.hour || (style === 'spoken' ? 12 : 0),
    minute: whole.minute,
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

export function figuresAt(tokens: Tokens, at: number): Clock | 'impossible' | undefined {
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
    const { hour, minute } = clockOf(token.value * 60 + behind.minute);
    const made = token.value > 24 ? 'impossible' : make(hour, minute, behind.to, 'written');
    const spoken = made !== 'impossible' && token.value <= 12 && isSpoken(tokens, at + 2);
    return spoken ? { ...made, sure: false } : made;
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
  if (unit === 'o' && third?.text === 'clock')
    return make(token.value, 0, at + 3, token.value > 12 ? 'written' : 'spoken');
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
    const { hour, minute } = clockOf(whole.count * 60 + (behind?.minute ?? 0));
    const clock = { from: at, to: behind?.to ?? whole.to + 1, hour, minute };
    // Nobody says "moins le quart" of the clock with 24 hours.
    if (whole.count <= 12 && isSpoken(tokens, whole.to + 1))
      return { ...clock, hour: hour || 12, style: 'spoken' };
    // Said in words, an hour before noon may be in the afternoon.
    return { ...clock, style: 'written', ...(whole.count < 12 && { sure: false as const }) };
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

/** Minutes since midnight on the clock; a quarter to midnight is before it. */
function clockOf(minutes: number): Pick<Clock, 'hour' | 'minute'> {
  const whole = (minutes + 1440) % 1440;
  return { hour: Math.floor(whole / 60), minute: whole % 60 };
}

/** "Et demie", "et quart", "moins dix". */
function isSpoken(tokens: Tokens, at: number): boolean {
  return /^(?:et|moins)$/.test(tokens[at]?.text ?? '');
}

/** Behind a French hour: "30", "trente", "et demie", "et quart", "moins le quart", "moins dix". */
function minutesBehind(
  tokens: Tokens,
  at: number,
  lang: Lang,
): { readonly to: number; readonly minute: number } | undefined {
  const [a, b, c] = [tokens[at]?.text, tokens[at + 1]?.text, tokens[at + 2]?.text];
  // "21h, *une fois* la petite couchée"
  if (/^une?$/.test(a ?? '') && (b === 'fois' || tokens[at]?.sep.includes(','))) return undefined;
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
