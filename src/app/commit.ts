import type { Deed, Intent } from '../domain/model.ts';
import { react } from '../domain/reactions/reactions.ts';
import type { Program } from '../engine/flow.ts';
import type { Outgoing } from './store.ts';

/** What a person may be told without having written first, by class (rule 13). */
export type ClassOf = (key: string) => string;

/**
 * The messages that follow from deeds: every event's reactions (rule 22), as rows of the same transaction.
 * Used by every use case alike, chat or Slack or timer.
 */
export function consequences(deeds: readonly Deed[], program: Program, classOf: ClassOf): Outgoing[] {
  return deeds
    .flatMap((deed) => (deed.kind === 'event' ? react(deed.event) : []))
    .map((intent) => outgoingOf(intent, program, classOf));
}

export function outgoingOf(
  { to, key, params, opens }: Omit<Intent, 'to'> & { readonly to: NonNullable<Outgoing['to']> },
  program: Program,
  classOf: ClassOf,
): Outgoing {
  const kind = classOf(key);
  return {
    lane: kind === 'urgent' ? 'urgent' : 'proactive',
    class: kind,
    key,
    to,
    plain: { key, params },
    ...(opens && { opens: { ...opens, version: newestVersion(program, opens.flow) } }),
  };
}

function newestVersion(program: Program, flow: string): number {
  const newest = program.newest(flow);
  if (!newest) throw new Error(`a reaction opens flow "${flow}", which this build lacks`);
  return newest.version;
}
