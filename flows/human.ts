import { defineFlow } from '../src/engine/flow.ts';
import { text } from '../src/language/slots.ts';

/** A person takes over. What it is about may be said, or not. */
export const human = defineFlow({
  id: 'human',
  version: 1,
  start: 'about',
  slots: { about: text({ max: 500, voice: true, questions: true }) },
  steps: {
    about: { kind: 'ask', slot: 'about', optional: true, next: 'handed' },
    handed: { kind: 'hand_over', reason: 'human' },
  },
});
