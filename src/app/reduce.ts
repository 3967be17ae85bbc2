import type { Said } from '../engine/message.ts';

/**
 * Takes out of a message what must not be kept (rule 5), before anything is stored: strings shaped like
 * passport, identity, card or bank numbers are masked. Dates, telephone numbers and our own codes stay.
 */
export function reduce(said: Said): Said {
  if (said.kind === 'text') return { kind: 'text', text: mask(said.text) };
  if (said.kind === 'media' && said.caption !== undefined) return { ...said, caption: mask(said.caption) };
  return said;
}

/** Enough for any answer of ours; the rest of a very long message is not kept. */
const longest = 10_000;

export function mask(text: string): string {
  return shapes.reduce(
    (masked, shape) => masked.replace(shape, (found) => '•'.repeat(Math.min(found.length, 12))),
    text.slice(0, longest),
  );
}

const shapes: readonly RegExp[] = [
  // Rwandan identity number: 16 digits, usually in groups, beginning with 1 to 3 and a year of birth.
  /(?<![\d+])[1-3] ?(?:19|20)\d{2} ?\d ?\d{7} ?\d ?\d{2}(?!\d)/g,
  // Payment cards: 13 to 19 digits in groups of four.
  /(?<![\d+])(?:\d{4}[ -]?){3}\d{1,7}(?!\d)/g,
  // IBAN.
  /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,4})?\b/g,
  // Passports: one or two letters and six to eight digits (RW PC123456, BE EN123456, FR 12AB34567).
  /\b[A-Z]{1,2} ?\d{6,8}\b/g,
  /\b\d{2}[A-Z]{2}\d{5}\b/g,
];
