import { alter } from './alter.ts';

/** Where the outcome of a send is not known, sends again without asking anybody. */
alter('settle', (query, run) => {
  const [rows, now, ...rest] = query.values ?? [];
  const changed = (JSON.parse(String(rows)) as { state: string; due_at: unknown }[]).map((row) =>
    row.state === 'unknown' ? { ...row, state: 'queued', due_at: (now as Date).toISOString() } : row,
  );
  return run({ ...query, values: [JSON.stringify(changed), now, ...rest] });
});
