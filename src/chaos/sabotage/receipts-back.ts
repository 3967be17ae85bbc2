import { setTimeout as pause } from 'node:timers/promises';
import { alter } from './alter.ts';

/** Believes whichever receipt came last; and each "sent" comes once more, late, as providers do. */
alter('receipt', async (query, run) => {
  const text = query.text.replace(/AND array_position[\s\S]*?(?=RETURNING l\.id)/, '');
  if (text === query.text) throw new Error('the statement that this breaks looks different now');
  const [account, key, ...rest] = query.values ?? [];
  const late = { ...query, text, values: [account, `${key} again`, ...rest] };
  if (rest[3] === 'sent') void pause(2_000).then(() => run(late).catch(() => {}));
  return run({ ...query, text });
});
