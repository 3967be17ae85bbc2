import type { Reading } from '../engine/message.ts';
import { isOneSlipAway } from './near.ts';
import { bare } from './normalise.ts';
import { numberFromWords } from './number-words.ts';
import { ambiguous, certain, likely, type ReadScope, unclear } from './reading.ts';

/** An option of the open question with the words the person saw. */
export type Labelled = { readonly id: string; readonly label: string };

/**
 * One option by its number (`2`, `2.`, `2️⃣`) or its label. When labels are numbers themselves, a number that is one
 * option's place and another's label is `ambiguous`. `no_such_choice` for a number out of range, else `not_a_choice`.
 */
export function readChoice(text: string, options: readonly Labelled[], { lang }: ReadScope): Reading<string> {
  const said = bare(text);
  const labels = options.map(({ label }) => bare(label));
  const named = options.filter((_, at) => labels[at] === said).map(({ id }) => id);
  const digits = /^(?:(?:option|choix|no|numero|nimero|number|n°) ?)?(\d{1,3})$/.exec(said)?.[1];
  const numbered = digits === undefined ? undefined : options[Number(digits) - 1]?.id;
  const exact = [...new Set([...named, ...(numbered === undefined ? [] : [numbered])])];
  const [only] = exact;
  if (only !== undefined) return exact.length === 1 ? certain(only) : ambiguous(exact);
  if (digits !== undefined) return unclear(text, 'no_such_choice');

  const near = said.length < 5 ? [] : options.filter((_, at) => isOneSlipAway(said, labels[at] ?? ''));
  if (near.length === 1 && near[0]) return likely(near[0].id);
  const count = numberFromWords(said, lang);
  const counted = count === undefined ? undefined : options[count - 1]?.id;
  return counted === undefined ? unclear(text, 'not_a_choice') : likely(counted);
}

/**
 * Several options in the order typed: `2,1`, `2 1`, or labels parted by commas. `chosen_twice`, `too_many`, and the
 * reasons of {@link readChoice}.
 */
export function readChoices(
  text: string,
  options: readonly Labelled[],
  scope: ReadScope,
  { max }: { readonly max: number },
): Reading<readonly string[]> {
  const folded = bare(text);
  const parts = /^[\d\s,;.&+/-]+$/.test(folded)
    ? folded.split(/[^\d]+/)
    : folded.split(/\s*[,;+&/]\s*|\s+(?:et|and|na)\s+/);
  const chosen: string[] = [];
  let sure = true;
  for (const part of parts.filter((piece) => piece !== '').slice(0, 20)) {
    const reading = readChoice(part, options, scope);
    if (reading.kind === 'ambiguous') return unclear(text, 'not_a_choice');
    if (reading.kind === 'other') return { kind: 'other', other: reading.other };
    if (reading.kind === 'unclear') return reading;
    if (chosen.includes(reading.value)) return unclear(text, 'chosen_twice');
    chosen.push(reading.value);
    sure &&= reading.confidence === 'certain';
  }
  if (chosen.length === 0) return unclear(text, 'not_a_choice');
  if (chosen.length > max) return unclear(text, 'too_many');
  return sure ? certain(chosen) : likely(chosen);
}
