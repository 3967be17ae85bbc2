import type { Done } from '../engine/flow.ts';
import type { Deed } from './model.ts';

/**
 * What becomes of a conversation in whose middle somebody fell silent (domain rules 5.1, C0): hours after their last
 * word at which they are reminded, by the flow they were in. Every flow is named. An empty list stands for those that
 * have reminders and deadlines of their own, and for those in which nothing is lost by silence.
 */
export const nudgeHours: { readonly [flow: string]: readonly number[] } = {
  registration: [24, 72],
  availability: [24, 72],
  call: [24, 72],
  human: [24, 72],
  // Before anybody agreed to be written to: once.
  hello: [24],
  host_enrol: [24],
  // The calendar asks again (calendar.ts, readiness-calendar.ts).
  offer: [],
  placement: [],
  sign_off: [],
  readiness: [],
  recheck: [],
  itinerary: [],
  travel_card: [],
  day_before: [],
  arrival: [],
  host_arrival: [],
  // Looked at and left. Nobody is talked into leaving, or into being deleted.
  menu: [],
  questions: [],
  host_menu: [],
  host_who: [],
  language: [],
  staff: [],
  my_data: [],
  withdraw: [],
  stop: [],
  start: [],
  // A person takes over at the first word.
  sos: [],
  resume: [],
};

/** A reminder that could not go for so long is let go: after a week nobody remembers being in the middle. */
export const nudgeLapsesAfterHours = 7 * 24;

/** How many reminders a conversation in this flow may still get after a word of its person. */
export function nudgesFor(flow: string | null): number {
  return flow === null ? 0 : (nudgeHours[flow]?.length ?? 0);
}

/** The table by what the database knows: in `flow`, with `left` reminders still to come, the next is due `hours` after the last word. */
export const nudgeTimes: readonly {
  readonly flow: string;
  readonly left: number;
  readonly hours: number;
}[] = Object.entries(nudgeHours).flatMap(([flow, ladder]) =>
  ladder.map((hours, nth) => ({ flow, left: ladder.length - nth, hours })),
);

/** "Later": everything stays where it is, and nothing reminds of it until the next word. */
export function putOff(): Done {
  const deeds: readonly Deed[] = [{ kind: 'rest' }];
  return { ok: true, deeds };
}
