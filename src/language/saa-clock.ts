import type { Clock } from './clock-hours.ts';
import { amountAt, type Tokens } from './day-words.ts';

type Figures = (tokens: Tokens, at: number) => Clock | 'impossible' | undefined;

/** `saa`, `isaa ya`, `saa mbiri n'igice`, `saa 8`, `saa 14:30`. */
export function saaAt(tokens: Tokens, at: number, figuresAt: Figures): Clock | undefined {
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
