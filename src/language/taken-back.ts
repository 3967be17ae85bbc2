import type { Lang } from '../engine/message.ts';
import { isEmpty, roleAt } from './around.ts';
import { saidBefore } from './said-before.ts';
import type { Token } from './tokens.ts';

/** What was so and is no more: "used to be a nurse, now a physio". */
export const formerly: ReadonlySet<string> = new Set(
  'used formerly previously was ex ancien ancienne anciennement etais nahoze nari originally before born raised left ne nee originaire vivais habitais quitte quitter navuye mvuye navutse avant autrefois jadis nabaga nabanje'.split(
    ' ',
  ),
);
const nothing: ReadonlySet<string> = new Set();

type Span = { readonly from: number; readonly to: number };

/** Answers that stand, and the stretches of a message that are taken back, with the words that take them back. */
export type Corrected<T> = { readonly kept: readonly T[]; readonly dropped: readonly Span[] };

/**
 * What somebody says and takes back in one message: "12, not 21", "si 12, ni 14", "7 no sorry 8", "le 12, pardon, le 13".
 * When nothing would be left, nothing is taken back. `past` are words that deny what is no longer so.
 */
export function corrected<T extends Span>(
  found: readonly T[],
  tokens: readonly Token[],
  lang: Lang,
  past: ReadonlySet<string> = nothing,
): Corrected<T> {
  if (found.length === 0) return { kept: found, dropped: [] };
  const dropped = new Map<T, Span>();
  for (const [at, one] of found.entries()) {
    const before = found[at - 1];
    const from = denialBefore(tokens, one.from, before?.to ?? 0, lang, past);
    if (from !== undefined) dropped.set(one, { from, to: withBut(tokens, one.to, lang) });
    else if (before && !dropped.has(before)) {
      const to = takenBackBy(tokens, before.to, one.from, lang);
      const said = to === undefined ? saidBefore(tokens, before, one.from, lang) : undefined;
      if (to !== undefined) dropped.set(before, { from: before.from, to });
      else if (said !== undefined) dropped.set(before, { from: said, to: one.from });
    }
  }
  const kept = dropped.size === 0 ? found : found.filter((one) => !dropped.has(one));
  if (kept.length === 0) return { kept: found, dropped: [] };
  const opening = firstNo(tokens, found[0]?.from ?? 0, lang);
  return { kept, dropped: [...dropped.values(), ...opening] };
}

/** Between a denial and what it denies: "ntabwo ndi umuganga", "not the 5th", "pas en mars". */
const lean = 4;
/** "*Used to* work as a midwife" */
const wide = 6;
/** "5, no, 6" takes back what was said before it; other denials take back what follows. */
export const leftward: ReadonlySet<string> = new Set('no non oya nope nah nan never ashwi'.split(' '));

function denialBefore(
  tokens: readonly Token[],
  from: number,
  limit: number,
  lang: Lang,
  past: ReadonlySet<string>,
): number | undefined {
  let denial: number | undefined;
  for (let at = from - 1; at >= limit && at >= from - wide; at--) {
    if (/[,;.!]/.test(tokens[at + 1]?.sep ?? '')) break;
    const role = roleAt(tokens, at, lang);
    const near = at >= from - lean;
    if (
      near &&
      role?.value === 'not' &&
      role.length <= from - at + 1 &&
      !leftward.has(tokens[at]?.text ?? '')
    )
      denial = at;
    if (past.has(tokens[at]?.text ?? '') && (near || tokens[at]?.text === 'used')) return at;
    if (role && !isEmpty(role.value) && role.value !== 'not') break;
  }
  return denial;
}

/** "Not 5 *but* 6": the word goes with what is denied, and casts no doubt on the rest. */
function withBut(tokens: readonly Token[], to: number, lang: Lang): number {
  const role = roleAt(tokens, to, lang);
  return role?.value === 'but' ? to + role.length : to;
}

/** Where the words end that take back what stands before `from`. */
function takenBackBy(tokens: readonly Token[], from: number, to: number, lang: Lang): number | undefined {
  let end: number | undefined;
  for (let at = from; at < to; ) {
    const role = roleAt(tokens, at, lang);
    const takes =
      role?.value === 'instead' || (role?.value === 'not' && leftward.has(tokens[at]?.text ?? ''));
    if (takes) end = at + role.length;
    else if (role?.value === 'or' || role?.value === 'block') return undefined;
    at += role?.length ?? 1;
  }
  return end;
}

/** "5 to 19 June, oops I mean 20": a number alone behind words that take back. Which day it stands for is not said. */
export function isMendedBehind(tokens: readonly Token[], from: number, lang: Lang): boolean {
  return tokens.some((token, at) => {
    const role = at < from ? undefined : roleAt(tokens, at, lang);
    const takes = at >= from && (role?.value === 'instead' || mending.has(token.text));
    return (
      takes &&
      tokens.slice(at + 1, at + 1 + lean).some(({ text }) => /^\d{1,2}(?:st|nd|rd|th|er)?$/.test(text))
    );
  });
}

const mending: ReadonlySet<string> = new Set(
  'mean meant sorry oops oups pardon desole desolee dire non no oya mbabarira mwihangane plutot rather make'.split(
    ' ',
  ),
);

/** "Non, le 5 mai" denies what was said to the writer, not the day. */
function firstNo(tokens: readonly Token[], from: number, lang: Lang): readonly Span[] {
  const again = roleAt(tokens, 1, lang)?.value === 'not';
  const opens = leftward.has(tokens[0]?.text ?? '') && (again || /[,;.!]/.test(tokens[1]?.sep ?? ''));
  return opens && from > 0 ? [{ from: 0, to: 1 }] : [];
}
