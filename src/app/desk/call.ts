import { openCall } from '../../domain/mission.ts';
import type { Deed, Mission, Need } from '../../domain/model.ts';
import { isSecond, may, needsApproval } from '../../domain/permissions.ts';
import type { Done, Refused } from '../../engine/flow.ts';
import type { Param, Params } from '../../engine/message.ts';
import type { ByCode } from './needs.ts';
import type { AudienceCounts, Broadcast, CallRows, Coordinator, DeskDeps } from './ports.ts';
import { shortName } from './short-name.ts';
import { refusal, type UseCase, useCase } from './use-case.ts';

/** Below so many recipients their names are shown before sending. */
const smallAudience = 5;

/** The text that invites, and where an answer to it begins. */
export const inviteKey = 'call.invite.text';
const inviteStep = 'answer';

export type ShownCall = {
  readonly mission: Mission;
  readonly needs: readonly Need[];
  readonly audience: AudienceCounts;
  /** Only for a small audience: first name and initial. */
  readonly names: readonly string[];
  /** A second person has to approve before anything leaves. */
  readonly needsSecond: boolean;
  /** Of the broadcast, once it is made. */
  readonly code: string | null;
};

export type CallUseCases = {
  /** Opens the call if it is not open yet, and sends it; or asks a second person where one is needed. */
  readonly send: UseCase<ByCode, ShownCall>;
  /** The second person's yes to a broadcast: sends it to the audience of this moment. */
  readonly approve: UseCase<ByCode, ShownCall>;
  readonly stop: UseCase<
    ByCode,
    { readonly broadcast: Broadcast; readonly progress: Readonly<Record<string, number>> }
  >;
};

type CallFacts = {
  readonly mission: Mission;
  readonly needs: readonly Need[];
  readonly audience: AudienceCounts;
  readonly broadcast: Broadcast | null;
};

/** The call of a mission to the members whose work and country it asks for. Nobody is told twice. */
export function callUseCases(deps: DeskDeps): CallUseCases {
  const { reads } = deps;
  const factsOf = async (mission: Mission, broadcast: Broadcast | null): Promise<CallFacts> => ({
    mission,
    needs: (await reads.missionNeeds(mission.id)).filter(({ status }) => status === 'published'),
    audience: await reads.audience(mission.id),
    broadcast,
  });
  const show = async (facts: CallFacts, code: string | null, needsSecond: boolean): Promise<ShownCall> => {
    const { mission, needs, audience } = facts;
    const isSmall = audience.selected < smallAudience;
    const names = isSmall ? await reads.audienceNames(mission.id, smallAudience) : [];
    return { mission, needs, audience, names: names.map(shortName), needsSecond, code };
  };
  const rows = ({ mission, needs, audience }: CallFacts, broadcastId: number): CallRows => ({
    broadcastId,
    missionId: mission.id,
    recipients: audience.selected,
    key: inviteKey,
    class: 'call',
    params: Object.fromEntries(
      [...new Set(needs.map(({ profession }) => profession))].map((profession) => [
        profession,
        invitation(mission, needs, profession),
      ]),
    ),
    opens: {
      flow: 'call',
      version: versionOf(deps, 'call'),
      step: inviteStep,
      data: { missionId: mission.id },
    },
  });

  return {
    send: useCase(deps, {
      name: 'call.send',
      action: 'send_broadcast',
      fresh: { broadcast: 1 },
      async load({ code }: ByCode) {
        const mission = await reads.mission(code);
        return mission && factsOf(mission, null);
      },
      decide: (_, { fresh, ...facts }, actor, now) => {
        const obstacle = obstacleOf(facts, actor);
        if (obstacle) return refusal(obstacle);
        const needsSecond = needsApproval(facts.audience.selected, 0);
        // Until the second person has agreed nothing happens, the opening of the call included.
        const opened =
          needsSecond || facts.mission.status === 'call_open' ? nothing : openCall({}, facts, actor);
        if (!opened.ok) return opened;
        const id = fresh.broadcast?.[0] ?? 0;
        const code = fresh.codes?.broadcast?.[0] ?? '';
        return {
          ok: true,
          deeds: [
            ...opened.deeds,
            {
              kind: 'insert',
              table: 'broadcast',
              id,
              row: {
                code,
                mission_id: facts.mission.id,
                kind: 'call',
                status: needsSecond ? 'waiting' : 'sent',
                created_by: actor.personId,
                preview: facts.audience,
                sent_at: needsSecond ? null : now.toISOString(),
              },
            },
            told(needsSecond ? 'call.approval_asked' : 'call.sent', facts, code, actor),
          ],
        };
      },
      show: (_, facts, fresh) =>
        show(facts, fresh?.codes?.broadcast?.[0] ?? null, needsApproval(facts.audience.selected, 0)),
      save: (wanted, _, { fresh, ...facts }) =>
        needsApproval(facts.audience.selected, 0)
          ? deps.store.save(wanted)
          : reads.saveCall(wanted, rows(facts, fresh.broadcast?.[0] ?? 0)),
    }),

    approve: useCase(deps, {
      name: 'call.approve',
      action: 'approve_broadcast',
      async load({ code }: ByCode) {
        const broadcast = await reads.broadcast(code);
        const mission = broadcast && (await reads.missionById(broadcast.missionId));
        return mission && factsOf(mission, broadcast);
      },
      decide: (_, facts, actor, now) => {
        const { broadcast, mission } = facts;
        if (broadcast?.status !== 'waiting') return refusal('wrong_state');
        if (!isSecond('approve_broadcast', { personId: broadcast.createdBy }, actor))
          return refusal('second_person');
        const obstacle = obstacleOf(facts, actor);
        if (obstacle) return refusal(obstacle);
        // The coordinator who asked opens the call; the second person lends the weight.
        const asked = { personId: broadcast.createdBy, role: 'coord_rw' } as const;
        const opened = mission.status === 'call_open' ? nothing : openCall({}, facts, asked);
        if (!opened.ok) return opened;
        const set = {
          status: 'sent',
          approved_by: actor.personId,
          preview: facts.audience,
          sent_at: now.toISOString(),
        };
        return {
          ok: true,
          deeds: [
            ...opened.deeds,
            { kind: 'update', table: 'broadcast', id: broadcast.id, revision: broadcast.revision, set },
            told('call.sent', facts, broadcast.code, actor),
          ],
        };
      },
      show: (_, facts) => show(facts, facts.broadcast?.code ?? null, false),
      save: (wanted, _, facts) => reads.saveCall(wanted, rows(facts, facts.broadcast?.id ?? 0)),
    }),

    stop: useCase(deps, {
      name: 'call.stop',
      action: 'send_broadcast',
      async load({ code }: ByCode) {
        const broadcast = await reads.broadcast(code);
        return broadcast && { broadcast, progress: await reads.progress(broadcast.id) };
      },
      decide: (_, { broadcast }, actor): Done | Refused => {
        if (broadcast.status === 'stopped') return refusal('wrong_state');
        const { id, revision, code, missionId } = broadcast;
        const deeds: Deed[] = [
          { kind: 'update', table: 'broadcast', id, revision, set: { status: 'stopped' } },
          {
            kind: 'event',
            event: {
              name: 'call.stopped',
              subject: { kind: 'mission', id: missionId },
              by: actor.personId,
              data: { broadcast: code },
            },
          },
        ];
        return { ok: true, deeds };
      },
      show: async (_, { broadcast }) => ({ broadcast, progress: await reads.progress(broadcast.id) }),
      save: (wanted, _, { broadcast }) => reads.stopBroadcast(wanted, broadcast),
    }),
  };
}

const nothing: Done = { ok: true, deeds: [] };

function obstacleOf({ mission, needs, audience }: CallFacts, actor: Coordinator): string | null {
  // A country office writes to its own country alone.
  if (
    !Object.keys(audience.byCountry).every(
      (country) => may(actor, 'send_broadcast', country) || may(actor, 'approve_broadcast', country),
    )
  )
    return 'not_allowed';
  if (mission.status !== 'approved' && mission.status !== 'call_open') return 'wrong_state';
  if (needs.length === 0) return 'no_needs';
  return audience.selected === 0 ? 'nobody' : null;
}

/** What a member of this profession reads: public facts of the mission and of the posts for them. */
function invitation(mission: Mission, needs: readonly Need[], profession: string): Params {
  return {
    code: mission.code,
    title: { text: mission.title },
    from: { date: mission.startsOn },
    to: { date: mission.endsOn },
    closes: { date: mission.closesOn },
    posts: {
      lines: needs.filter((need) => need.profession === profession && need.taken < need.posts).map(postLine),
    },
  };
}

function postLine({ code, hospital, department, earliest, latest, minDays }: Need): Param {
  const days = { key: 'call.days', params: { count: minDays } };
  const params = {
    code,
    hospital: hospital.name,
    department,
    from: { date: earliest },
    to: { date: latest },
    days,
  };
  return { key: 'call.post', params };
}

function told(name: string, { mission, audience }: CallFacts, broadcast: string, actor: Coordinator): Deed {
  return {
    kind: 'event',
    event: {
      name,
      subject: { kind: 'mission', id: mission.id },
      by: actor.personId,
      data: {
        missionId: mission.id,
        code: mission.code,
        title: mission.title,
        broadcast,
        recipients: audience.selected,
      },
    },
  };
}

function versionOf({ program }: DeskDeps, flow: string): number {
  const newest = program.newest(flow);
  if (!newest) throw new Error(`a call opens flow "${flow}", which this build lacks`);
  return newest.version;
}
