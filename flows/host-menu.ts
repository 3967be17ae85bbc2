import { acting, awaitsHost, isShared, type Who } from '../src/domain/host.ts';
import type { Context } from '../src/domain/model.ts';
import { hasChecklist, isDirector } from '../src/domain/readiness-items.ts';
import { awaitingCode } from '../src/domain/sign-off.ts';
import { defineFlow, type Named, type Slot } from '../src/engine/flow.ts';
import type { Option } from '../src/engine/message.ts';
import { listening } from '../src/language/listening.ts';
import { name, phone } from '../src/language/person-slots.ts';
import { namesItem } from '../src/language/read-item-reply.ts';
import { choiceOf } from '../src/language/slots.ts';

/** What a hospital can do here. Greets by role; nothing of any member is shown. */

type Typed = { readonly said: string };
type Told = {
  readonly answers: { readonly next?: string | Typed; readonly who?: Who };
  readonly context: Context;
  readonly now: Date;
};

const isStranger = ({ context }: Told) => context.host === null;
const leaves = ({ answers }: Told) => answers.next === 'leave';

const openTasks: Named<readonly Option[]> = ({ answers, context }: Told) => {
  const assignments = context.host?.assignments ?? [];
  const role = acting({ answers, context })?.role;
  return [
    ...(assignments.some(awaitsHost) ? [{ id: 'placements' }] : []),
    ...(role && isDirector(role) && awaitingCode(context).length > 0 ? [{ id: 'code' }] : []),
    ...(assignments.some(hasChecklist) ? [{ id: 'items' }] : []),
    { id: 'language' },
    { id: 'human' },
    { id: 'leave' },
    { id: 'enrol' },
  ].map((option) => ({ ...option, label: { key: `host_menu.menu.choices.${option.id}` } }));
};

const greeting = ({ answers, context }: Told) => ({
  hospital: context.host?.contact.hospital.name ?? '',
  role: { key: `host_enrol.role.choices.${acting({ answers, context })?.role ?? 'focal'}` },
});

const flowsBehind: Readonly<Record<string, string>> = {
  placements: 'placement',
  code: 'sign_off',
  items: 'readiness',
  language: 'language',
  human: 'human',
  enrol: 'host_enrol',
};

/** The conversation for what a host wrote: a checklist's item (`R5 yes …`), a director's six digits, or a choice of the menu. */
export function hostFlowFor(said: string): { readonly flow: string; readonly data?: Typed } | null {
  if (namesItem(said)) return { flow: 'readiness', data: { said } };
  return /^\s*\d{3}[\s-]?\d{3}\s*$/.test(said) ? { flow: 'sign_off', data: { said } } : null;
}

const chosenFlow = ({ answers }: Told) => {
  const { next } = answers;
  if (typeof next === 'object') return hostFlowFor(next.said);
  return { flow: flowsBehind[next ?? ''] ?? 'human' };
};

export const hostMenu = defineFlow({
  id: 'host_menu',
  version: 1,
  start: 'begin',
  slots: { next: listening(taskOrItem()), successor: name(), phone: phone(() => 'RW') },
  steps: {
    begin: {
      kind: 'decide',
      next: [{ when: isStranger, go: 'stranger' }, { when: isShared, go: 'who' }, 'menu'],
    },
    stranger: { kind: 'end', then: () => ({ flow: 'hello' }) },
    who: { kind: 'call', flow: 'host_who', next: 'menu' },
    menu: {
      kind: 'ask',
      slot: 'next',
      params: greeting,
      next: [{ when: leaves, go: 'successor' }, 'go'],
    },
    go: { kind: 'end', silent: true, then: chosenFlow },
    successor: { kind: 'ask', slot: 'successor', next: 'phone' },
    phone: { kind: 'ask', slot: 'phone', next: 'leaving' },
    leaving: { kind: 'review', next: 'left' },
    left: { kind: 'hand_over', reason: 'not_responsible' },
  },
});

/** The menu's choices, and beside them what needs no menu: `R5 yes …`, six digits. */
function taskOrItem(): Slot<string | Typed> {
  const tasks = choiceOf('task', openTasks);
  return {
    kind: 'task',
    leads: true,
    options: openTasks,
    read(typed, scope) {
      if (hostFlowFor(typed)) return { kind: 'value', value: { said: typed }, confidence: 'certain' };
      return tasks.read(typed, scope);
    },
    show: (value, scope) => (typeof value === 'string' ? tasks.show(value, scope) : value.said),
  };
}
