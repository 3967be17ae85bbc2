import { liveAssignments, optOut } from '../src/domain/contact.ts';
import type { Context } from '../src/domain/model.ts';
import { defineFlow } from '../src/engine/flow.ts';
import { yesNo } from '../src/language/slots.ts';

/**
 * STOP works at once and asks nothing (rule 14). Only a softer wish, which may have meant something else
 * (`data.unsure`), gets one yes-or-no question.
 */
type Asked = {
  readonly answers: { readonly sure?: 'yes' | 'no' };
  readonly data: { readonly unsure?: boolean };
};

const isPlain = ({ data }: Asked) => data.unsure !== true;
const staysOn = ({ answers }: Asked) => answers.sure === 'no';
/** Somebody on a mission is phoned instead; who was never known has nothing that could go on. */
const situation = ({ context }: { context: Context }) =>
  liveAssignments(context).length > 0 ? 'live' : 'plain';

export const stop = defineFlow({
  id: 'stop',
  version: 1,
  start: 'sure',
  slots: { sure: yesNo() },
  steps: {
    sure: { kind: 'ask', slot: 'sure', unless: isPlain, next: [{ when: staysOn, go: 'kept' }, 'out'] },
    out: { kind: 'do', run: optOut, next: 'stopped' },
    stopped: { kind: 'end', last: true, variant: situation },
    kept: { kind: 'end' },
  },
});
