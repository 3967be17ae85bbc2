import type { Context } from '../domain/model.ts';
import { localDay } from '../domain/zones.ts';
import type { Program } from '../engine/flow.ts';
import type { Overtaken } from './deliver.ts';
import type { Store } from './store.ts';

/**
 * Whether the conversation that an answer to a held message would open has lost its subject meanwhile: an offer
 * that was withdrawn is not brought up again when the window opens (rule 15).
 */
export function overtaken(store: Pick<Store, 'loadConversation'>, program: Program): Overtaken {
  return async ({ conversationId, lang }, { flow: id, version, data }, now) => {
    const closed = program.flow(id, version)?.closed;
    const loaded = closed ? await store.loadConversation(conversationId, now) : null;
    if (!closed || !loaded) return false;
    const context: Context = loaded.context;
    const today = localDay(now, context.person?.zone ?? 'Europe/Brussels');
    // Opaque to the engine by its type; flows declare what they expect, and the shell loads just that.
    return closed({ answers: {}, data, context: context as never, found: {}, lang, now, today }) !== null;
  };
}
