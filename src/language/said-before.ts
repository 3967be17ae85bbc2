import type { Lang } from '../engine/message.ts';
import { roleAt } from './around.ts';
import type { Token } from './tokens.ts';

/**
 * "J'avais mis 5 *mais c'est* 6", "I put 5 *but it's* 6", "nanditse 5 *ariko ni* 6": what somebody wrote before and now
 * mends. Where the words begin that tell of the former answer; undefined where it is not taken back, or not surely.
 */
export function saidBefore(
  tokens: readonly Token[],
  former: { readonly from: number; readonly to: number },
  next: number,
  lang: Lang,
): number | undefined {
  let said = former.from - 1;
  // "J'avais mis *le* 5", "nanditse *ibyumweru* 5"
  while (said >= 0 && said > former.from - 1 - lead && !saying.has(tokens[said]?.text ?? '')) said--;
  const verb = tokens[said]?.text ?? '';
  if (!saying.has(verb)) return undefined;
  const begins = own.has(verb) ? said : ownerBefore(tokens, said);
  if (begins === undefined) return undefined;
  let is = -1;
  for (let at = former.to; at < next; ) {
    const { text = '' } = tokens[at] ?? {};
    const role = roleAt(tokens, at, lang);
    if (role && doubting.has(role.value) && !earlier.has(text)) return undefined;
    if (being.has(text)) is = at;
    at += role?.length ?? 1;
  }
  // "Mais *c'est* vous qui disiez 6" goes on about somebody else.
  return is >= next - near && next - former.to <= farthest ? begins : undefined;
}

/** "I('d) … put", "j'avais … mis": only what the writer did. */
function ownerBefore(tokens: readonly Token[], verb: number): number | undefined {
  for (let at = verb - 1; at >= 0 && at >= verb - 3; at--) {
    const word = tokens[at]?.text ?? '';
    if (owners.has(word)) return at;
    if (!helping.has(word)) return undefined;
  }
  return undefined;
}

const lead = 3;
const farthest = 6;
const near = 3;
const earlier = new Set('before earlier avant mbere'.split(' '));
const own = new Set('nanditse navuze'.split(' '));
const saying = new Set([
  ...own,
  ...'mis dit ecrit note marque tape put said wrote typed entered written'.split(' '),
]);
const owners = new Set("j' je jai javais i i'd i've id ive".split(' '));
const helping = new Set("avais ai had have first d'abord deja already".split(' '));
const being = new Set("c' c cest est it's its is ni make".split(' '));
const doubting = new Set(['not', 'or', 'hedge', 'block', 'until']);
