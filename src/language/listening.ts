import type { Slot } from '../engine/flow.ts';
import { distressIn } from './distress.ts';

/**
 * A question whose typed answer is also heard for a cry for help. Only for check-ins, feedback and the menus that stand
 * open when nothing is asked (rule 10): never for what belongs to the trade. The answer is kept, but for words of abuse,
 * which are kept nowhere.
 */
export function listening<T>(slot: Slot<T>): Slot<T> {
  return {
    ...slot,
    read(text, scope) {
      const cry = distressIn(text);
      if (cry === 'abuse') return { kind: 'other', other: 'distress', abuse: true };
      const reading = slot.read(text, scope);
      if (cry === null) return reading;
      return reading.kind === 'value'
        ? { kind: 'other', other: 'distress', value: reading.value }
        : { kind: 'other', other: 'distress' };
    },
  };
}
