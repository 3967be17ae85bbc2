import { optIn } from '../src/domain/contact.ts';
import { defineFlow } from '../src/engine/flow.ts';

/** The way back after STOP. */
export const start = defineFlow({
  id: 'start',
  version: 1,
  start: 'in',
  slots: {},
  steps: {
    in: { kind: 'do', run: optIn, next: 'started' },
    started: { kind: 'end' },
  },
});
