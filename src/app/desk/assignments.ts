import type { Actor } from '../../domain/actor.ts';
import {
  changeDates,
  holdAssignment,
  readyToTravel,
  releaseAssignment,
  resumeAssignment,
  setGate,
  startClearing,
} from '../../domain/assignment.ts';
import type { Assignment, Deed, Gate, GateCode } from '../../domain/model.ts';
import type { Action } from '../../domain/permissions.ts';
import type { Done, Refused } from '../../engine/flow.ts';
import type { ByCode } from './needs.ts';
import type { DeskAssignment, DeskDeps } from './ports.ts';
import { refusal, type UseCase, useCase } from './use-case.ts';

export type GateState = Exclude<Gate['state'], 'not_needed' | 'waived'>;
export type GateChanges = ByCode & {
  readonly gates: { readonly [gate in GateCode]?: GateState };
  readonly note?: string | undefined;
};
export type Waiver = ByCode & {
  readonly gate: GateCode;
  readonly note: string;
  /** Who asked first, where somebody else is confirming. */
  readonly askedBy?: number | undefined;
};

type ByReason = ByCode & { readonly reason: string };
type ByDates = ByCode & { readonly from: string; readonly to: string };

export type AssignmentUseCases = {
  readonly setGates: UseCase<GateChanges, DeskAssignment>;
  readonly waiveGate: UseCase<Waiver, DeskAssignment>;
  readonly startClearing: UseCase<ByCode, DeskAssignment>;
  readonly readyToTravel: UseCase<ByCode, DeskAssignment>;
  readonly release: UseCase<ByReason, DeskAssignment>;
  readonly hold: UseCase<ByReason, DeskAssignment>;
  readonly resume: UseCase<ByCode, DeskAssignment>;
  readonly changeDates: UseCase<ByDates, DeskAssignment>;
};

/** What coordinators do to an assignment between the offer and the journey. */
export function assignmentUseCases(deps: DeskDeps): AssignmentUseCases {
  const onAssignment = <I extends ByCode>(
    name: string,
    action: Action,
    decide: (
      input: NoInfer<I>,
      facts: { readonly assignment: Assignment },
      actor: Actor,
      now: Date,
    ) => Done | Refused,
  ): UseCase<I, DeskAssignment> =>
    useCase(deps, {
      name,
      action,
      async load({ code }: I) {
        const assignment = await deps.reads.assignment(code);
        return assignment && { assignment };
      },
      decide,
      show: (_, { assignment }) => assignment,
    });
  return {
    setGates: onAssignment<GateChanges>('gate.set', 'set_gate', setGates),
    // The second person may be of the ministry: the domain judges who may lend a waiver its weight.
    waiveGate: onAssignment<Waiver>(
      'gate.waive',
      'see_member',
      ({ gate, note, askedBy }: Waiver, facts, actor, now) => {
        const isSecond = askedBy !== undefined && askedBy !== actor.personId;
        const first: Actor = isSecond ? { personId: askedBy, role: 'coord_rw' } : actor;
        const second = isSecond ? { second: actor } : {};
        return setGate({ gate, state: 'waived', note, ...second }, facts, first, now);
      },
    ),
    startClearing: onAssignment('assignment.clear', 'sign_contract', startClearing),
    readyToTravel: onAssignment('assignment.ready', 'clear_to_travel', readyToTravel),
    release: onAssignment<ByReason>('assignment.release', 'release_offer', releaseAssignment),
    hold: onAssignment<ByReason>('assignment.hold', 'hold_assignment', holdAssignment),
    resume: onAssignment('assignment.resume', 'hold_assignment', resumeAssignment),
    changeDates: onAssignment<ByDates>('assignment.dates', 'make_offer', ({ from, to }, facts, actor, now) =>
      changeDates({ fromDay: from, toDay: to }, facts, actor, now),
    ),
  };
}

/** Several gates at once: each judged after the one before, all of them one change of the row. */
function setGates(
  { gates, note }: GateChanges,
  { assignment }: { readonly assignment: Assignment },
  actor: Actor,
  now: Date,
): Done | Refused {
  const changes = Object.entries(gates) as [GateCode, GateState][]; // keys of a record by gate
  const wanted = changes.filter(
    ([gate, state]) => assignment.gates[gate].state !== state || note !== undefined,
  );
  if (wanted.length === 0) return refusal('nothing_changes');
  let present = assignment;
  let deeds: readonly Deed[] = [];
  for (const [gate, state] of wanted) {
    const judged = setGate(
      { gate, state, ...(note !== undefined && { note }) },
      { assignment: present },
      actor,
      now,
    );
    if (!judged.ok) return judged;
    const made = judged.deeds as readonly Deed[]; // our own domain's
    // The later row change and plan contain the earlier ones; every event stays.
    deeds = [...deeds.filter(({ kind }) => kind === 'event'), ...made];
    present = { ...present, gates: gatesOf(made) ?? present.gates };
  }
  return { ok: true, deeds };
}

function gatesOf(deeds: readonly Deed[]): Assignment['gates'] | null {
  for (const deed of deeds) {
    if (deed.kind === 'update' && deed.table === 'assignment' && deed.set['gates']) {
      return deed.set['gates'] as Assignment['gates']; // written by setGate a line above
    }
  }
  return null;
}
