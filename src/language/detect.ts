import type { Lang } from '../engine/message.ts';
import { readCourtesy, readLanguageWish } from './commands.ts';
import { bare } from './normalise.ts';

/**
 * The language a first message is surely written in: a greeting, or the wish for a language. Null when unsure;
 * then the person is asked.
 */
export function detectLanguage(text: string): Lang | null {
  const wish = readLanguageWish(text, 'en');
  if (wish && wish !== 'switch') return wish;
  const [first = ''] = bare(text).split(' ');
  const home = borrowed.get(first);
  if (home) return home;
  const greeted = known.filter((lang) => readCourtesy(text, lang) === 'greeting');
  return greeted.length === 1 ? (greeted[0] ?? null) : null;
}

const known: readonly Lang[] = ['rw', 'fr', 'en'];

/** Greetings that all three languages know, and which of them they come from. */
const borrowed: ReadonlyMap<string, Lang> = new Map([
  ['muraho', 'rw'],
  ['bonjour', 'fr'],
  ['hello', 'en'],
]);
