import type { Lang } from '../engine/message.ts';
import { languages } from '../engine/message.ts';
import { readCourtesy, readLanguageWish } from './commands.ts';

/**
 * The language a first message is surely written in: a greeting that only one of the three knows, or the wish for
 * a language. Null when unsure; then the person is asked.
 */
export function detectLanguage(text: string): Lang | null {
  const wish = readLanguageWish(text, 'en');
  if (wish && wish !== 'switch') return wish;
  const greeted = languages.filter((lang) => readCourtesy(text, lang) === 'greeting');
  return greeted.length === 1 ? (greeted[0] ?? null) : null;
}
