import { z } from 'zod';
import type { Desk } from '../app/desk/desk.ts';
import { shortName } from '../app/desk/short-name.ts';
import type { UseCase } from '../app/desk/use-case.ts';
import { gateCodes } from '../domain/model.ts';
import { type Deal, type Deals, deal, follow } from './deal.ts';
import { assignmentLines, days, legLine, needLine } from './facts.ts';
import { byCode, date, scope } from './inputs.ts';
import { plain } from './words.ts';

/** From the offer to the decision to travel. */
export function assignmentDeals({ offer, assignments, travel }: Desk): Deals {
  return {
    'offer.make': deal(
      newOffer,
      offer,
      ({ member, name, need, mission, input }) => ({
        title: `Offer to ${member}`,
        lines: [
          `${member} (${name})`,
          needLine(need),
          `Mission ${mission.code}: ${mission.title.en}`,
          `Days: ${days(input.fromDay, input.toDay)} · ${plain(input.scope)}`,
          'Member and hospital are asked at the same time; the member has 72 hours.',
        ],
      }),
      ({ member, need, code }) => ({
        title: `Assignment ${code}`,
        lines: `${need.code} is offered to ${member}: ${code}.`,
        buttons: code ? [{ label: `Follow ${code}`, does: { page: 'assignment', code } }] : [],
      }),
    ),
    'assignment.clear': onAssignment(
      assignments.startClearing,
      'Contract signed',
      'Contract and code of conduct are signed: its gates are worked on.',
    ),
    'assignment.ready': onAssignment(
      assignments.readyToTravel,
      'Ready to travel',
      'All gates are settled: the member may travel.',
    ),
    'assignment.resume': onAssignment(assignments.resume, 'Resume', 'The assignment is worked on again.'),
    'assignment.hold': onAssignment(assignments.hold, 'Hold', 'The assignment is put on hold.', byReason),
    'assignment.release': onAssignment(
      assignments.release,
      'Release',
      'The assignment is released; member and hospital hear of it.',
      byReason,
    ),
    'assignment.dates': deal(
      byCode.extend({ from: date, to: date }),
      assignments.changeDates,
      (assignment, { from, to }) => ({
        title: `New dates, ${assignment.code}`,
        lines: [
          `${days(assignment.startsOn, assignment.endsOn)} becomes ${days(from, to)}.`,
          'Both sides are asked again; dated gates open again.',
        ],
      }),
      ({ code }, { from, to }) => ({
        title: `Assignment ${code}`,
        lines: `Offered again for ${days(from, to)}.`,
        buttons: follow(code),
      }),
    ),
    'gate.set': deal(
      byCode.extend({
        gates: z.partialRecord(z.enum(gateCodes), z.enum(['open', 'in_progress', 'green', 'red'])),
        note: z.string().max(280).optional(),
      }),
      assignments.setGates,
      (assignment, { gates, note }) => ({
        title: `Gates of ${assignment.code}`,
        lines: [
          ...Object.entries(gates)
            .filter(([gate, state]) => assignment.gates[gate as keyof typeof gates].state !== state) // keys of a record by gate
            .map(
              ([gate, state]) =>
                `${gate}: ${plain(assignment.gates[gate as keyof typeof gates].state)} → ${plain(state)}`,
            ),
          note ? `Note: ${note}` : '',
        ],
      }),
      ({ code }) => ({ title: `Gates of ${code}`, lines: 'Noted.', buttons: follow(code) }),
    ),
    'gate.waive': deal(
      byCode.extend({
        gate: z.enum(gateCodes),
        note: z.string().min(1).max(280),
        askedBy: z.number().optional(),
      }),
      assignments.waiveGate,
      ({ code }, { gate, note }) => ({ title: `Waive ${gate} of ${code}`, lines: `Reason: ${note}` }),
      ({ code }, { gate }) => ({
        title: `Gates of ${code}`,
        lines: `${gate} is waived.`,
        buttons: follow(code),
      }),
    ),
    'travel.propose': deal(
      byCode.extend({
        legs: z
          .array(
            z.strictObject({
              from: z.string(),
              to: z.string(),
              number: z.string(),
              departs: z.string(),
              arrives: z.string(),
            }),
          )
          .max(4),
        pickup: z.strictObject({ name: z.string().max(80), phone: z.string().max(20) }).nullable(),
        lodging: z.string().max(200).nullable(),
      }),
      travel.propose,
      // Who waits at the airport, and where the member sleeps, is shown to the member alone.
      ({ assignment }, { legs, pickup, lodging }) => ({
        title: `Journey of ${assignment.code}`,
        lines: [
          ...legs.map(legLine),
          `Pick-up: ${pickup ? 'given' : 'none'} · Lodging: ${lodging ? 'given' : 'none'}`,
          'The member is asked to confirm it.',
        ],
      }),
      ({ assignment: { code } }) => ({
        title: `Journey of ${code}`,
        lines: 'The member is asked to confirm it.',
        buttons: follow(code),
      }),
    ),
    'travel.ticket': onAssignment(travel.ticket, 'Ticket bought', 'The ticket is recorded.'),
  };
}

type OnAssignment<I> = UseCase<I, Parameters<typeof assignmentLines>[0]>;

function onAssignment(useCase: OnAssignment<{ readonly code: string }>, title: string, done: string): Deal;
function onAssignment<I extends { readonly code: string }>(
  useCase: OnAssignment<I>,
  title: string,
  done: string,
  input: z.ZodType<I>,
): Deal;
function onAssignment<I extends { readonly code: string }>(
  useCase: OnAssignment<I>,
  title: string,
  done: string,
  input: z.ZodType<I> = byCode as unknown as z.ZodType<I>, // the overload without input has no other field than the code
): Deal {
  return deal(
    input,
    useCase,
    (assignment) => ({
      title: `${title}: ${assignment.code}`,
      lines: assignmentLines(assignment, shortName(assignment.memberName)),
    }),
    ({ code }) => ({ title: `Assignment ${code}`, lines: done, buttons: follow(code) }),
  );
}

const byReason = byCode.extend({ reason: z.string().min(1).max(80) });
const newOffer = z.strictObject({ member: z.string(), need: z.string(), from: date, to: date, scope });
