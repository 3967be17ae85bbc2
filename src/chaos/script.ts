import type { Seen } from './stand-ins.ts';

/**
 * What invented people say: the way from "Hello" through consent to a registration, whose questions the product
 * numbers. Each deed answers the message at the same place and brings exactly one message, the next: that is what
 * makes a lost, a repeated and a misplaced deed visible from the phone alone.
 */
export type Deed = {
  /** Typed. A `{name}` stands for the person's own. */
  readonly say: string;
  /** Pressed instead, by some, where there are buttons. */
  readonly press?: string;
  /**
   * The next deed may be done at once, before its question was read: then neither deed fits the other's question,
   * and being applied twice or in the wrong order makes the product ask again.
   */
  readonly quick?: true;
};

export const script: readonly Deed[] = [
  { say: 'Hello' },
  { say: '1', press: 'professional' },
  { say: '1', press: 'agree' },
  { say: 'no', press: 'no' },
  { say: '{name}' },
  { say: 'yes', press: 'yes', quick: true },
  { say: 'Belgium', press: 'BE' },
  { say: 'skip', press: 'skip', quick: true },
  { say: 'Rwandan', press: 'rwandan' },
  { say: 'Nurse or midwife', press: 'g_nursing' },
  { say: 'General nurse', press: 'RN_GEN' },
  { say: 'skip', press: 'skip', quick: true },
  { say: '12', quick: true },
  { say: 'yes', press: 'yes', quick: true },
  { say: '323' },
  { say: 'no', press: 'no' },
  { say: 'skip', press: 'skip' },
  { say: 'skip', press: 'skip' },
  { say: 'Not yet', press: 'not_yet' },
  { say: 'Confirm', press: 'confirm' },
];

/** The messages that these deeds brought while nothing was broken; index as in {@link script}. */
export type Reference = readonly string[];

/** Where in the script a message stands. `again`: it repeats that question, with something said before it. */
export type Place = { readonly at: number; readonly again: boolean };

/** Null for a message that is none of the script's, such as a mission call. */
export function placeOf(reference: Reference, text: string, name: string): Place | null {
  const plain = withoutValues(text, name);
  const at = reference.indexOf(plain);
  if (at >= 0) return { at, again: false };
  // Asked again, the question stands at the end, below what is said about the answer.
  const last = reference.findLastIndex((known) => plain.endsWith(lastPart(known)));
  return last < 0 ? null : { at: last, again: true };
}

/**
 * What a message says to everybody alike: without the person's name, the code that was given to them, and the numbers
 * that stand in for buttons where WhatsApp's layouts could not be looked up at that moment.
 */
export function withoutValues(text: string, name: string): string {
  return text
    .replaceAll(name, '…')
    .replace(/\bD-\d+/g, 'D-…')
    .replace(/\n\n(\d+\. [^\n]*(\n|$))+$/, '');
}

function lastPart(text: string): string {
  return text.split('\n\n').at(-1) ?? text;
}

/** The id of the choice that ends so. */
export function choiceIn(message: Seen | undefined, option: string): string | undefined {
  return message?.choices.find(({ id }) => id === option || id.endsWith(`:${option}`))?.id;
}

const firstNames =
  'Aline Beata Chantal Diane Esther Fanny Grace Honorine Immy Jeanne Keza Liliane Marie Nadine Odette Pascaline Rose Solange Theo Uwera Vestine Winnie Yvonne Zoe'.split(
    ' ',
  );
const lastNames =
  'Abayo Bizimana Cyusa Dusabe Eza Furaha Gatera Habimana Ingabire Jabo Kamanzi Lionga Mugabo Niyonzima Ofenia Pendo Rukundo Sibomana Tuyishime Umutesi'.split(
    ' ',
  );

/** A name that no two of the first 480 people share. */
export function nameOf(index: number): string {
  return `${firstNames[index % firstNames.length]} ${lastNames[Math.floor(index / firstNames.length) % lastNames.length]}`;
}
