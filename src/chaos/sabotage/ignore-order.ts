import { alter } from './alter.ts';

/** Lets everything wait a moment, and takes the newest row of an address first, whatever is on its way. */
alter('claim', (query, run) => {
  const text = query.text.replace(
    /AND NOT EXISTS \(SELECT 1 FROM ledger b[\s\S]*?(?=ORDER BY l\.lane)/,
    `AND l.created_at < (SELECT now FROM given) - interval '1500 milliseconds'
    AND NOT EXISTS (SELECT 1 FROM ledger b WHERE b.conversation_id = l.conversation_id AND b.state = 'queued' AND b.id > l.id) `,
  );
  if (text === query.text) throw new Error('the statement that this breaks looks different now');
  return run({ ...query, text });
});
