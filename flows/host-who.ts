import { answersNow } from '../src/domain/host.ts';
import type { Context } from '../src/domain/model.ts';
import { defineFlow } from '../src/engine/flow.ts';
import { choiceOf } from '../src/language/slots.ts';

/** A phone that several people of a hospital share: who is answering? Called by the flows that bind somebody (rule 1). */
const contactsHere = ({ context }: { context: Context }) =>
  (context.host?.sharing?.contacts ?? []).map(({ personId, role, name }) => ({
    id: String(personId),
    label: !name ? { key: `host_enrol.role.choices.${role}` } : short(name),
  }));

/** As long as a button may be on any channel. */
function short(name: string): string {
  const letters = [...name];
  return letters.length <= 20 ? name : `${letters.slice(0, 19).join('')}…`;
}

export const hostWho = defineFlow({
  id: 'host_who',
  version: 1,
  start: 'person',
  slots: { person: choiceOf('contact', contactsHere) },
  steps: {
    person: { kind: 'ask', slot: 'person', next: 'linked' },
    linked: { kind: 'do', run: answersNow, next: 'done' },
    done: { kind: 'end', silent: true },
  },
});
