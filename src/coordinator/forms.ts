import type { Desk } from '../app/desk/desk.ts';
import { assignmentForms } from './assignment-forms.ts';
import type { Forms } from './form.ts';
import { missionForms } from './mission-forms.ts';

/** Every form that a command or a button can open, by name. */
export function formsOf(desk: Desk): Forms {
  return { ...missionForms(desk), ...assignmentForms(desk) };
}
