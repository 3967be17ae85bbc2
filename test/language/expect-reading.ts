import { expect } from 'vitest';
import type { Lang, Reading } from '../../src/engine/message.ts';
import type { ReadScope } from '../../src/language/reading.ts';

/** Monday 23 November 2026. */
export const today = '2026-11-23';

export const scope = (lang: Lang, country?: string): ReadScope => ({
  lang,
  cautious: true,
  today,
  ...(country && { country }),
});

/**
 * A reading in one short form, so that a table shows what matters: the value itself when certain, `{likely}`,
 * `{oneOf}`, `{why}` or `{other}`.
 */
export function brief<T>(reading: Reading<T>): unknown {
  switch (reading.kind) {
    case 'value':
      return reading.confidence === 'certain' ? reading.value : { likely: reading.value };
    case 'ambiguous':
      return { oneOf: reading.candidates };
    case 'unclear':
      return { why: reading.why };
    case 'other':
      return { other: reading.other };
  }
}

/** One soft failure per row, so that a table is judged as a whole. */
export function expectRows<T>(
  rows: readonly (readonly [Lang, string, unknown])[],
  read: (text: string, scope: ReadScope) => Reading<T>,
): void {
  for (const [lang, text, expected] of rows) {
    expect.soft(brief(read(text, scope(lang))), `${lang} "${text}"`).toEqual(expected);
  }
}
