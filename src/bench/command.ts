import { parseArgs } from 'node:util';
import { runBench } from './bench.ts';

/** `bench [--json] [--only <row>]… [--quick] [--messages <n>]`. Answers the exit code. */
export function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      quick: { type: 'boolean', default: false },
      messages: { type: 'string' },
    },
  });
  const { messages, ...wanted } = values;
  return runBench({
    ...wanted,
    ...(messages !== undefined && { messages: Number(messages) }),
    write: (text) => process.stdout.write(text),
  });
}
