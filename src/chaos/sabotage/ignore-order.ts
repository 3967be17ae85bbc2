import { alter } from './alter.ts';

/** Takes any row of an address, whatever is before it or on its way, and lets every other one wait a while. */
alter('claim', (query, run) => {
  const text = query.text.replace(
    /AND NOT EXISTS \(SELECT 1 FROM ledger b[\s\S]*?(?=ORDER BY l\.lane)/,
    "AND (l.id % 2 = 0 OR l.created_at < $1 - interval '2 seconds') ",
  );
  if (text === query.text) throw new Error('the statement that this breaks looks different now');
  return run({ ...query, text });
});
