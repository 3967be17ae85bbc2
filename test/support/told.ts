import type { Deed } from '../../src/domain/model.ts';
import type { Done, Refused } from '../../src/engine/flow.ts';

/** A command's changes at a glance: `+table`, `table=status`, `table` and the events, in order; or why it was refused. */
export function told(result: Done | Refused | readonly Deed[]): readonly string[] {
  if ('ok' in result && !result.ok) return [`refused ${result.why}`];
  return deedsIn(result).flatMap((deed) => {
    if (deed.kind === 'event') return [deed.event.name];
    if (deed.kind === 'insert') return [`+${deed.table}`];
    if (deed.kind !== 'update') return [];
    return 'status' in deed.set ? [`${deed.table}=${String(deed.set['status'])}`] : [deed.table];
  });
}

/** What a command wants saved; nothing when it was refused. */
export function deedsIn(result: Done | Refused | readonly Deed[]): readonly Deed[] {
  if (!('ok' in result)) return result;
  return result.ok ? (result.deeds as readonly Deed[]) : []; // the engine keeps deeds opaque
}
