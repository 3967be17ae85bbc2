import {
  approveMission,
  closeCall,
  createMission,
  extendCall,
  type MissionInput,
} from '../../domain/mission.ts';
import type { Mission, Need } from '../../domain/model.ts';
import type { ByCode } from './needs.ts';
import type { DeskDeps } from './ports.ts';
import { refusal, type UseCase, useCase } from './use-case.ts';

export type NewMission = MissionInput & { readonly needs: readonly string[] };
export type ShownMission = { readonly mission: Mission; readonly needs: readonly Need[] };

export type MissionUseCases = {
  readonly create: UseCase<
    NewMission,
    { readonly input: MissionInput; readonly needs: readonly Need[]; readonly code: string | null }
  >;
  readonly approve: UseCase<
    ByCode,
    ShownMission & { /** Somebody else still has to. */ readonly waits: boolean }
  >;
  readonly extend: UseCase<ByCode & { readonly closesOn: string }, ShownMission>;
  readonly close: UseCase<ByCode, ShownMission>;
};

/** One dated call over validated needs: two persons approve it, one of the coordinators and one of the ministry. */
export function missionUseCases(deps: DeskDeps): MissionUseCases {
  const { reads } = deps;
  const load = async ({ code }: ByCode) => {
    const mission = await reads.mission(code);
    return mission && { mission, needs: await reads.missionNeeds(mission.id) };
  };
  return {
    create: useCase(deps, {
      name: 'mission.create',
      action: 'create_mission',
      fresh: { mission: 1 },
      async load({ needs: codes }: NewMission) {
        const needs = await Promise.all(codes.map((code) => reads.need(code)));
        const found = needs.filter((need) => need !== null);
        return found.length === needs.length ? { needs: found } : refusal('unknown_need');
      },
      decide: createMission,
      show: (input, { needs }, fresh) => ({ input, needs, code: fresh?.codes?.mission?.[0] ?? null }),
    }),
    approve: useCase(deps, {
      name: 'mission.approve',
      action: 'approve_mission',
      load,
      decide: approveMission,
      show: (_, facts) => ({ ...facts, waits: facts.mission.approvals.length === 0 }),
    }),
    extend: useCase(deps, {
      name: 'mission.extend',
      action: 'extend_call',
      load: (input: ByCode & { readonly closesOn: string }) => load(input),
      decide: extendCall,
      show: (_, facts) => facts,
    }),
    close: useCase(deps, {
      name: 'mission.close',
      action: 'close_call',
      load,
      decide: closeCall,
      show: (_, facts) => facts,
    }),
  };
}
