import { z } from 'zod';
import type { Desk } from '../app/desk/desk.ts';
import { languages } from '../engine/message.ts';
import { type Deals, deal } from './deal.ts';
import { audienceLines, missionLines, needLine, needLines, progressLine } from './facts.ts';
import { byCode, date, scope } from './inputs.ts';

/** From a hospital's need to the call that members receive. */
export function missionDeals({ needs, missions, calls }: Desk): Deals {
  return {
    'need.create': deal(
      newNeed,
      needs.create,
      ({ hospital, input }) => ({ title: 'New need', lines: needLines(input, hospital) }),
      ({ hospital, input, code }) => ({
        title: `Need ${code}`,
        lines: ['Submitted: the ministry validates it.', ...needLines(input, hospital)],
        buttons: code
          ? [{ label: `Validate ${code}`, does: { deal: 'need.validate', input: { code } } }]
          : [],
      }),
    ),
    'need.validate': deal(
      byCode,
      needs.validate,
      (need) => ({ title: `Validate ${need.code}`, lines: needLines(need, need.hospital) }),
      ({ code }) => ({
        title: `Need ${code}`,
        lines: `${code} is validated.`,
        buttons: [{ label: 'New mission with it', does: { form: 'mission', given: { needs: code } } }],
      }),
    ),
    'need.return': deal(
      byCode,
      needs.returnIt,
      (need) => ({
        title: `Return ${need.code}`,
        lines: ['Back to the hospital with questions.', needLine(need)],
      }),
      ({ code }) => ({ title: `Need ${code}`, lines: `${code} went back to the hospital.` }),
    ),
    'mission.create': deal(
      newMission,
      missions.create,
      ({ input, needs: posts }) => ({ title: 'New mission', lines: missionLines(input, posts) }),
      ({ input, code }) => ({
        title: `Mission ${code}`,
        lines: [`${code}, ${input.title.en}: a draft that a coordinator and the ministry both approve.`],
        buttons: code
          ? [{ label: `Approve ${code}`, does: { deal: 'mission.approve', input: { code } } }]
          : [],
      }),
    ),
    'mission.approve': deal(
      byCode,
      missions.approve,
      ({ mission, needs: posts, waits }) => ({
        title: `Approve ${mission.code}`,
        lines: [
          ...missionLines(mission, posts),
          waits ? 'A second person has to approve after you.' : 'With your approval it is approved.',
        ],
      }),
      ({ mission: { code }, waits }) => ({
        title: `Mission ${code}`,
        lines: waits
          ? `${code} has its first approval; a second person has to approve.`
          : `${code} is approved.`,
        buttons: waits
          ? []
          : [{ label: `Open the call of ${code}`, does: { deal: 'call.send', input: { code } } }],
      }),
    ),
    'mission.extend': deal(
      byCode.extend({ closesOn: date }),
      missions.extend,
      ({ mission }, { closesOn }) => ({
        title: `Extend ${mission.code}`,
        lines: [`Closing date: ${mission.closesOn} → ${closesOn}`],
      }),
      ({ mission }, { closesOn }) => ({
        title: `Mission ${mission.code}`,
        lines: `The call is open until ${closesOn}.`,
      }),
    ),
    'mission.close': deal(
      byCode,
      missions.close,
      ({ mission }) => ({
        title: `Close ${mission.code}`,
        lines: 'The call closes; who answers later is kept as late.',
      }),
      ({ mission: { code } }) => ({
        title: `Mission ${code}`,
        lines: `The call of ${code} is closed.`,
        buttons: [{ label: 'Who is interested', does: { page: 'match', code } }],
      }),
    ),
    'call.send': deal(
      byCode,
      calls.send,
      ({ mission, audience, names, needsSecond }) => ({
        title: `Call of ${mission.code}`,
        lines: [
          `${mission.title.en} · open until ${mission.closesOn}`,
          ...audienceLines(audience, names),
          needsSecond ? 'More than 20 recipients: a second person has to approve before it leaves.' : '',
        ],
      }),
      ({ mission, audience, needsSecond, code }) => ({
        title: `Call of ${mission.code}`,
        lines: needsSecond
          ? `Broadcast ${code} to ${audience.selected} members waits for a second person.`
          : `Broadcast ${code}: the call is open and on its way to ${audience.selected} members.`,
        buttons: [
          ...(needsSecond && code
            ? [{ label: `Approve ${code}`, does: { deal: 'call.approve', input: { code } } }]
            : []),
          { label: 'Who is interested', does: { page: 'match', code: mission.code } },
        ],
      }),
    ),
    'call.approve': deal(
      byCode,
      calls.approve,
      ({ mission, audience, names, code }) => ({
        title: `Approve ${code}`,
        lines: [`Call of ${mission.code}, ${mission.title.en}`, ...audienceLines(audience, names)],
      }),
      ({ audience, code }) => ({
        title: `Broadcast ${code}`,
        lines: `On its way to ${audience.selected} members.`,
      }),
    ),
    'call.stop': deal(
      byCode,
      calls.stop,
      ({ broadcast, progress }) => ({
        title: `Stop ${broadcast.code}`,
        lines: ['What has not left yet is cancelled.', progressLine(progress)],
      }),
      ({ broadcast, progress }) => ({
        title: `Broadcast ${broadcast.code}`,
        lines: ['Stopped.', progressLine(progress)],
      }),
    ),
  };
}

const newNeed = z.strictObject({
  hospital: z.string(),
  department: z.string().max(80),
  profession: z.string(),
  posts: z.number(),
  scope,
  mode: z.enum(['physical', 'virtual', 'blended']),
  objectives: z.string().max(600).nullable(),
  languages: z.array(z.enum(languages)),
  earliest: date,
  latest: date,
  minDays: z.number(),
  maxDays: z.number(),
  lodging: z.boolean(),
});
const title = z.string().max(120);
const newMission = z.strictObject({
  needs: z.array(z.string()).max(20),
  title: z.strictObject({ rw: title, fr: title, en: title }),
  opensOn: date,
  closesOn: date,
  startsOn: date,
  endsOn: date,
  countries: z.array(z.string().length(2)).max(10),
});
