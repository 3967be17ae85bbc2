import { setTimeout as pause } from 'node:timers/promises';
import { alter } from './alter.ts';

/** Says that a turn is kept, and keeps it a moment later: whoever dies in between has acknowledged what nobody knows. */
alter('save', async (query, run) => {
  if (!/"turn":\{"kind":"(text|press)"/.test(String(query.values?.[0]))) return run(query);
  void pause(1_500).then(() => run(query).catch(() => {}));
  return { rows: [{ saved: { kind: 'saved', turn: 0, conversation: 0, queued: 0 } }] };
});
