import type { Slot } from '../engine/flow.ts';
import type { Lang } from '../engine/message.ts';
import { bare } from './normalise.ts';
import { certain } from './reading.ts';
import { yesNo } from './slots.ts';

/**
 * The answer to "shall we go on?". Whoever writes anything at all has come back; only a clear no, or "later", puts it
 * off. So a "yes" meant for the reminder is never taken for one to the question that was interrupted.
 */
export function goingOn(): Slot<'go_on' | 'later'> {
  const asked = yesNo();
  return {
    kind: 'going_on',
    options: () => [{ id: 'go_on' }, { id: 'later' }],
    read(text, scope) {
      const reading = asked.read(text, scope);
      const isNo = reading.kind === 'value' && reading.confidence === 'certain' && reading.value === 'no';
      return certain(isNo || isLater(text) ? 'later' : 'go_on');
    },
    show: (value) => value,
  };
}

/** In any of the languages: people mix them. */
const later: Readonly<Record<Lang, readonly string[]>> = {
  rw: ['nyuma', 'ikindi gihe', 'nyibutsa nyuma'],
  fr: ['plus tard', 'pas maintenant', 'une autre fois'],
  en: ['later', 'not now', 'another time', 'some other time'],
};
const laterWords = new Set(Object.values(later).flat());

function isLater(text: string): boolean {
  return laterWords.has(bare(text));
}
