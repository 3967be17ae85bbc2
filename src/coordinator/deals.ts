import type { Desk } from '../app/desk/desk.ts';
import { assignmentDeals } from './assignment-deals.ts';
import type { Deals } from './deal.ts';
import { missionDeals } from './mission-deals.ts';
import { peopleDeals } from './people-deals.ts';

/** Every change that a button or a form can ask for, by name. */
export function dealsOf(desk: Desk): Deals {
  return { ...missionDeals(desk), ...assignmentDeals(desk), ...peopleDeals(desk) };
}
