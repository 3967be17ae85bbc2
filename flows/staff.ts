import type { Context } from '../src/domain/model.ts';
import { defineFlow } from '../src/engine/flow.ts';

/** Coordinators work in Slack or on the web, where every change is previewed; not on a messenger. */
const channel = ({ context }: { context: Context }) =>
  context.conversation.channel === 'slack' ? 'slack' : 'messenger';

export const staff = defineFlow({
  id: 'staff',
  version: 1,
  start: 'where',
  slots: {},
  steps: { where: { kind: 'end', variant: channel } },
});
