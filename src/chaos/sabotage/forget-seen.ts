import { alter } from './alter.ts';

/** Does not write down which events were taken in: whatever comes again counts again. */
alter('save', (query, run) => {
  const { seen: _, ...rest } = JSON.parse(String(query.values?.[0])) as { seen?: unknown };
  return run({ ...query, values: [JSON.stringify(rest)] });
});
