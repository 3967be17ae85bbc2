import type { Mission, Need } from '../../domain/model.ts';
import { may } from '../../domain/permissions.ts';
import type { ApplicantRow, Coordinator, DeskReads, MemberLine } from './ports.ts';
import { shortName } from './short-name.ts';

export type Interested = {
  readonly member: MemberLine;
  /** First name and initial. */
  readonly name: string;
  readonly application: ApplicantRow['application'];
  /** The post that fits best, the member's own order first. */
  readonly need: Need | null;
  /** Why this one stands here: words of `reasons`, the good ones first. */
  readonly reasons: readonly Reason[];
};
export const reasons = [
  'wished_post',
  'dates_fit',
  'language',
  'licensed',
  'experienced',
  'dates_differ',
  'no_language',
  'teaching_only',
  'late',
] as const;
export type Reason = (typeof reasons)[number];

/**
 * Who answered the call, those first whom most speaks for. A person decides: the order is help, and says why.
 * Null where the code is unknown.
 */
export async function listInterested(
  reads: DeskReads,
  code: string,
  actor: Coordinator,
): Promise<{ readonly mission: Mission; readonly list: readonly Interested[] } | null> {
  if (!may(actor, 'see_member')) return null;
  const asked = code.startsWith('N-') ? await reads.need(code) : null;
  const mission = asked
    ? asked.missionId === null
      ? null
      : await reads.missionById(asked.missionId)
    : await reads.mission(code);
  if (!mission) return null;
  const needs = await reads.missionNeeds(mission.id);
  const rows = await reads.applicants(mission.id);
  const list = rows
    .filter(({ member }) => may(actor, 'see_member', member.country))
    .filter(({ member }) => !asked || member.profession === asked.profession)
    .map((row) => weigh(row, asked ? [asked] : needs))
    .toSorted((a, b) => weightOf(b) - weightOf(a) || a.application.id - b.application.id);
  return { mission, list };
}

function weigh({ application, member }: ApplicantRow, needs: readonly Need[]): Interested {
  const fitting = needs.filter(({ profession }) => profession === member.profession);
  const wished = application.needs.flatMap((id) => fitting.find((need) => need.id === id) ?? []);
  const need = wished[0] ?? fitting[0] ?? null;
  const { fromDay, toDay } = application;
  const datesFit =
    need !== null && fromDay !== null && toDay !== null && need.earliest <= fromDay && toDay <= need.latest;
  const speaks = need?.languages.some((lang) => member.levels[lang] >= goodLevel) ?? false;
  const found: readonly (readonly [Reason, boolean])[] = [
    ['wished_post', wished.length > 0],
    ['dates_fit', datesFit],
    ['language', speaks],
    ['licensed', member.licensed === 'yes'],
    ['experienced', member.years >= manyYears],
    ['dates_differ', !datesFit],
    ['no_language', !speaks],
    ['teaching_only', member.licensed !== 'yes'],
    ['late', application.status === 'late'],
  ];
  return {
    member,
    name: shortName(member.name),
    application,
    need,
    reasons: found.filter(([, holds]) => holds).map(([reason]) => reason),
  };
}

const goodLevel = 2;
const manyYears = 5;
const weights: Readonly<Partial<Record<Reason, number>>> = {
  wished_post: 3,
  dates_fit: 3,
  language: 2,
  licensed: 2,
  experienced: 1,
  late: -2,
};

function weightOf({ reasons: given }: Interested): number {
  return given.reduce((sum, reason) => sum + (weights[reason] ?? 0), 0);
}
