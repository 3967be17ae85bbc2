import { entry, flows, question, word as wordFlow } from '../flows/index.ts';
import type { Context } from './domain/model.ts';
import type { Flow, Program } from './engine/flow.ts';
import { programReading } from './language/program-reading.ts';
import type { Words } from './locale.ts';

/** The engine's program from what this build brings: flows, readers and words. */
export function createProgram(words: Words, live: readonly Flow[] = flows): Program {
  const byVersion = new Map(live.map((flow) => [`${flow.id}@${flow.version}`, flow]));
  const newest = new Map<string, Flow>();
  for (const flow of live) {
    const known = newest.get(flow.id);
    if (!known || known.version < flow.version) newest.set(flow.id, flow);
  }
  return {
    flow: (id, version) => byVersion.get(`${id}@${version}`),
    newest: (id) => newest.get(id),
    // The engine does not look inside contexts; this one is always the loader's.
    entry: (context, said) => entry(context as Context, said),
    word: (word, context, said) => wordFlow(word, context as Context, said),
    question: (text, lang, context, today) => question(text, lang, context as Context, today),
    reading: programReading,
    write: words.write,
    has: words.has,
  };
}
