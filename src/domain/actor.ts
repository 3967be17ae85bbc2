import type { Done, Refused } from '../engine/flow.ts';
import type { Deed, Role } from './model.ts';

/** Who gives a command from a coordinator's front end. */
export type Actor = { readonly personId: number; readonly role: Role };

export function done(deeds: readonly Deed[]): Done {
  return { ok: true, deeds };
}

/** `why` ends a text key. */
export function refused(why: string): Refused {
  return { ok: false, why };
}
