import type { Reading } from '../engine/message.ts';
import { certain, type ReadScope, unclear } from './reading.ts';

/**
 * A person's name of 2 to 80 characters: letters, spaces, apostrophes, hyphens. Kept as typed, order and capitals
 * included (family names often come first or in capitals); only surplus spaces go.
 */
export function readName(text: string, _scope: ReadScope): Reading<string> {
  const name = text.normalize('NFC').replace(/\s+/gu, ' ').trim();
  if (/\p{N}/u.test(name)) return unclear(text, 'name_with_digits');
  const letters = name.replace(/[^\p{L}]/gu, '').length;
  if (!/^[\p{L}\p{M} '’‘ʼ-]+$/u.test(name) || letters === 0) return unclear(text, 'not_a_name');
  if (letters < 2) return unclear(text, 'too_short');
  return name.length > 80 ? unclear(text, 'too_long') : certain(name);
}
