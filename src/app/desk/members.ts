import type { Member } from '../../domain/model.ts';
import { may } from '../../domain/permissions.ts';
import type { Done, Refused } from '../../engine/flow.ts';
import type { ByCode } from './needs.ts';
import type { Coordinator, DeskDeps, DeskReads, MemberFile } from './ports.ts';
import { shortName } from './short-name.ts';
import { refusal, type UseCase, useCase } from './use-case.ts';

/** What the coordinator has looked at: the registration at home, or that teaching is all that is wanted. */
export const memberChecks = ['licence', 'teaching'] as const;
export type MemberCheck = (typeof memberChecks)[number];
export type Activation = ByCode & { readonly check: MemberCheck };

/** A member as Slack may show one: no whole name, number, address or group. */
export type MaskedMember = Pick<
  Member,
  'code' | 'status' | 'country' | 'profession' | 'years' | 'licensed' | 'levels' | 'flags'
> & {
  readonly name: string;
  readonly optedOut: boolean;
  readonly calls: boolean;
  readonly windows: readonly { readonly from: string; readonly to: string; readonly status: string }[];
  readonly assignments: readonly { readonly code: string; readonly status: string }[];
};

/** Null where there is none, or none that this person may see. */
export async function findMember(
  reads: DeskReads,
  code: string,
  actor: Coordinator,
): Promise<MaskedMember | null> {
  const file = may(actor, 'see_member') ? await reads.member(code) : null;
  if (!file || !may(actor, 'see_member', file.member.country)) return null;
  const assignments = await reads.assignmentsOf(file.person.id);
  return { ...mask(file), assignments: assignments.map(({ code: own, status }) => ({ code: own, status })) };
}

/** Somebody who registered joins the roster. */
export function activateUseCase(deps: DeskDeps): UseCase<Activation, MaskedMember> {
  return useCase<Activation, MemberFile, MaskedMember>(deps, {
    name: 'member.activate',
    action: 'activate_member',
    async load({ code }: Activation, actor): Promise<MemberFile | null> {
      const file = await deps.reads.member(code);
      return file && may(actor, 'activate_member', file.member.country) ? file : null;
    },
    decide: activate,
    show: (_, file) => mask(file),
  });
}

function activate({ check }: Activation, { member, person }: MemberFile, actor: Coordinator): Done | Refused {
  if (member.status !== 'submitted') return refusal('wrong_state');
  if (check === 'licence' && member.licensed !== 'yes') return refusal('not_licensed');
  const flags = check === 'teaching' ? [...new Set([...member.flags, 'teaching_only'])] : member.flags;
  const { id, revision, code, profession, country } = member;
  return {
    ok: true,
    deeds: [
      { kind: 'update', table: 'member', id, revision, set: { status: 'active', flags } },
      {
        kind: 'event',
        event: {
          name: 'member.activated',
          subject: { kind: 'person', id: person.id },
          by: actor.personId,
          data: { personId: person.id, member: id, code, profession, country, check },
        },
      },
    ],
  };
}

function mask({ person, member, windows }: MemberFile): MaskedMember {
  const { code, status, country, profession, years, licensed, levels, flags } = member;
  return {
    code,
    status,
    country,
    profession,
    years,
    licensed,
    levels,
    flags,
    name: shortName(person.name),
    optedOut: person.optedOut,
    calls: person.consents.mission_calls === 'given',
    windows: windows.map(({ fromDay, toDay, status: state }) => ({
      from: fromDay,
      to: toDay,
      status: state,
    })),
    assignments: [],
  };
}
