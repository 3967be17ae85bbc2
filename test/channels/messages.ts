import type { Choice, Delivery, Rendered } from '../../src/app/ports.ts';

export function choicesOf(count: number): Choice[] {
  return Array.from({ length: count }, (_, index) => ({
    token: `q7:demo.pick:c${index + 1}`,
    label: `Choice ${index + 1}`,
  }));
}

export function rendered(text: string, count: number): Rendered {
  return { text, choices: choicesOf(count), listButton: 'Choose' };
}

let last = 0;

/** A ledger row of its own for each call. */
export function delivery(address: string, message: Rendered, more: Partial<Delivery> = {}): Delivery {
  last += 1;
  return { ledgerId: String(last), address, lang: 'en', message, windowOpen: true, ...more };
}
