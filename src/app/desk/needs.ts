import { createNeed, type NeedInput, returnNeed, validateNeed } from '../../domain/mission.ts';
import type { Hospital, Need } from '../../domain/model.ts';
import type { DeskDeps } from './ports.ts';
import { type UseCase, useCase } from './use-case.ts';

export type NewNeed = NeedInput & { readonly hospital: string };
export type ByCode = { readonly code: string };

export type NeedUseCases = {
  readonly create: UseCase<
    NewNeed,
    { readonly hospital: Hospital; readonly input: NeedInput; readonly code: string | null }
  >;
  readonly validate: UseCase<ByCode, Need>;
  readonly returnIt: UseCase<ByCode, Need>;
};

/** A hospital's request for people, entered for it, and the ministry's word on it. */
export function needUseCases(deps: DeskDeps): NeedUseCases {
  const load = async ({ code }: ByCode) => {
    const need = await deps.reads.need(code);
    return need && { need };
  };
  return {
    create: useCase(deps, {
      name: 'need.create',
      action: 'create_need',
      fresh: { need: 1 },
      async load({ hospital: code }: NewNeed) {
        const hospital = await deps.reads.hospital(code);
        return hospital && { hospital };
      },
      decide: createNeed,
      show: (input, { hospital }, fresh) => ({ hospital, input, code: fresh?.codes?.need?.[0] ?? null }),
    }),
    validate: useCase(deps, {
      name: 'need.validate',
      action: 'validate_need',
      load,
      decide: validateNeed,
      show: (_, { need }) => need,
    }),
    returnIt: useCase(deps, {
      name: 'need.return',
      action: 'validate_need',
      load,
      decide: returnNeed,
      show: (_, { need }) => need,
    }),
  };
}
