import { addDays } from './days.ts';
import { type Gate, type GateCode, gateCodes, type Mode, type Role, type Scope } from './model.ts';

export type Gates = Readonly<Record<GateCode, Gate>>;

/** Which gates an assignment has to pass. `inRwanda`: the member is there already and neither enters nor flies. */
export function neededGates(mode: Mode, inRwanda = false): readonly GateCode[] {
  if (mode === 'virtual') return virtualGates;
  return inRwanda ? gateCodes.filter((code) => !travelOnly.includes(code)) : gateCodes;
}

/** All that are needed `open`, the others `not_needed`. Teaching alone needs a letter of scope in place of a licence. */
export function initialGates(mode: Mode, scope: Scope, inRwanda = false): Gates {
  const needed = neededGates(mode, inRwanda);
  const gate = (code: GateCode): Gate => {
    if (!needed.includes(code)) return { state: 'not_needed' };
    return code === 'G1' && scope === 'teaching_only'
      ? { state: 'open', note: 'scope_letter' }
      : { state: 'open' };
  };
  return Object.fromEntries(gateCodes.map((code) => [code, gate(code)])) as Gates; // fromEntries forgets that every code is there
}

/** Needed gates that nobody has to look at any more. */
export function allGreen(gates: Gates): boolean {
  return openGates(gates).length === 0;
}

export function openGates(gates: Gates): readonly GateCode[] {
  return gateCodes.filter((code) => !settled.includes(gates[code].state));
}

export function withGate(gates: Gates, code: GateCode, gate: Gate): Gates {
  return { ...gates, [code]: gate };
}

/**
 * Why a gate may not be waived: `never_hands_on` (no licence, no patients), `second_person` (these gates need
 * another coordinator or the ministry), or null.
 */
export function waiverRefusal(
  code: GateCode,
  scope: Scope,
  second: { readonly role: Role } | undefined,
): string | null {
  if (code === 'G1' && scope === 'hands_on') return 'never_hands_on';
  if (!twoPersons.includes(code)) return null;
  return second && (second.role === 'coord_rw' || second.role === 'moh') ? null : 'second_person';
}

const virtualGates: readonly GateCode[] = ['G1', 'G6', 'G11'];
const travelOnly: readonly GateCode[] = ['G2', 'G9'];
const twoPersons: readonly GateCode[] = ['G1', 'G4', 'G6', 'G10'];
const settled: readonly Gate['state'][] = ['green', 'waived', 'not_needed'];

/** When a gate should be green: so many days before the first working day. A proposal, to be agreed with the programme. */
export function gateDueOn(code: GateCode, startsOn: string): string {
  return addDays(startsOn, -dueDays[code]);
}

const dueDays: Readonly<Record<GateCode, number>> = {
  G1: 60,
  G2: 30,
  G3: 60,
  G4: 30,
  G5: 30,
  G6: 30,
  G7: 21,
  G8: 30,
  G9: 30,
  G10: 14,
  G11: 14,
};
