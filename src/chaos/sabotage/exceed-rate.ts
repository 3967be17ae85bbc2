import { alter } from './alter.ts';

/** Waits for no turn: a reserved place is always now. */
alter('reserve', async (query, run) => {
  const result = await run(query);
  return { ...result, rows: result.rows.map((row) => ({ ...row, place: row['server'] })) };
});
