import type { Fresh } from '../../domain/fresh.ts';
import type { Deed, Table } from '../../domain/model.ts';
import { type Action, may } from '../../domain/permissions.ts';
import type { Done, Refused } from '../../engine/flow.ts';
import { consequences } from '../commit.ts';
import type { Outgoing, Save, Saved } from '../store.ts';
import type { Coordinator, DeskDeps } from './ports.ts';

/**
 * A change that a coordinator makes: shown first, then confirmed (rule 28, C10). Both judge the present rows by the
 * same pure command, so an old button is refused by what is true now.
 *
 * Refusals are words of the domain's commands, and besides: `not_allowed`, `unknown` (no such code, or not one this
 * person may see: the two are never told apart), `already_done` (this very confirmation came before), `busy` (others
 * changed the same rows five times meanwhile).
 */
export type UseCase<I, P> = {
  preview(input: I, actor: Coordinator): Promise<Shown<P>>;
  /** `once` makes a repeated confirmation harmless. */
  confirm(input: I, actor: Coordinator, once: string): Promise<Shown<P>>;
};
export type Shown<P> = { readonly ok: true; readonly shown: P } | Refused;

type Spec<I, F, P> = {
  /** For the turn's row: what was done. */
  readonly name: string;
  readonly action: Action;
  readonly fresh?: { readonly [table in Table]?: number };
  /** The present facts, or null where there are none that this person may see. */
  readonly load: (input: I, actor: Coordinator) => Promise<F | Refused | null>;
  readonly decide: (
    input: NoInfer<I>,
    facts: NoInfer<F> & { readonly fresh: Fresh },
    actor: Coordinator,
    now: Date,
  ) => Done | Refused;
  /** What the person sees before and after. `fresh` has the new codes once it is done. */
  readonly show: (
    input: NoInfer<I>,
    facts: NoInfer<F>,
    fresh: Fresh | null,
    actor: Coordinator,
  ) => P | Promise<P>;
  /** Messages besides the events' own reactions. */
  readonly say?: (input: NoInfer<I>, facts: NoInfer<F>) => Pick<Save, 'conversation' | 'messages'>;
  /** How it is saved where a plain save is not enough. */
  readonly save?: (
    wanted: Save,
    input: NoInfer<I>,
    facts: NoInfer<F> & { readonly fresh: Fresh },
  ) => Promise<Saved>;
};

const attempts = 5;

export function useCase<I, F extends object, P>(deps: DeskDeps, spec: Spec<I, F, P>): UseCase<I, P> {
  const { reads, store, clock, program, classOf } = deps;
  return {
    async preview(input, actor) {
      if (!may(actor, spec.action)) return refusal('not_allowed');
      const facts = await spec.load(input, actor);
      if (isRefused(facts)) return facts;
      if (!facts) return refusal('unknown');
      const decided = spec.decide(input, { ...facts, fresh: pretended(spec.fresh) }, actor, clock.now());
      return decided.ok ? { ok: true, shown: await spec.show(input, facts, null, actor) } : decided;
    },

    async confirm(input, actor, once) {
      if (!may(actor, spec.action)) return refusal('not_allowed');
      let fresh: Fresh | null = null;
      for (let attempt = 1; attempt <= attempts; attempt += 1) {
        const now = clock.now();
        const facts = await spec.load(input, actor);
        if (isRefused(facts)) return facts;
        if (!facts) return refusal('unknown');
        // Judged before ids are taken: a refusal leaves no gap among the codes.
        const judged = spec.decide(input, { ...facts, fresh: pretended(spec.fresh) }, actor, now);
        if (!judged.ok) return judged;
        fresh ??= spec.fresh ? await reads.fresh(spec.fresh, now) : {};
        const decided = spec.fresh ? spec.decide(input, { ...facts, fresh }, actor, now) : judged;
        if (!decided.ok) return decided;
        const deeds = decided.deeds as readonly Deed[]; // the engine keeps deeds opaque; these are our own
        const said = spec.say?.(input, facts);
        const messages: Outgoing[] = [...consequences(deeds, program, classOf), ...(said?.messages ?? [])];
        const wanted: Save = {
          at: now,
          seen: { account: await reads.account(), key: `desk:${once}` },
          ...(said?.conversation && { conversation: said.conversation }),
          turn: {
            kind: 'staff',
            flow: spec.name,
            version: null,
            stepBefore: null,
            stepAfter: null,
            trips: attempt + 1,
          },
          deeds,
          messages,
          answered: [],
          keys: new Map(),
        };
        const saved = await (spec.save?.(wanted, input, { ...facts, fresh }) ?? store.save(wanted));
        if (saved.kind === 'duplicate') return refusal('already_done');
        if (saved.kind === 'saved') {
          deps.committed();
          return { ok: true, shown: await spec.show(input, facts, fresh, actor) };
        }
      }
      return refusal('busy');
    },
  };
}

export function refusal(why: string): Refused {
  return { ok: false, why };
}

/** A stale `seen` row must not be taken for another person's confirmation: only `ok: false` is a refusal. */
function isRefused(facts: object | null): facts is Refused {
  return facts !== null && 'ok' in facts && facts.ok === false;
}

/** Ids for judging alone. Nothing made with them is ever saved. */
function pretended(counts: Spec<never, never, never>['fresh'] = {}): Fresh {
  const tables = Object.entries(counts);
  const ids = tables.map(([table, count]) => [table, Array.from({ length: count }, () => 0)]);
  const codes = tables.map(([table, count]) => [table, Array.from({ length: count }, () => '—')]);
  return { ...Object.fromEntries(ids), codes: Object.fromEntries(codes) };
}
