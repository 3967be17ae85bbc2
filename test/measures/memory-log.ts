import { createLog } from '../../src/log.ts';

/** The product's own log, written into memory. */
export function memoryLog() {
  const lines: string[] = [];
  const log = createLog('trace', {
    write(line) {
      lines.push(line);
    },
  });
  return {
    log,
    text: () => lines.join(''),
    lines: () => lines.map((line) => JSON.parse(line) as { [fact: string]: unknown }),
  };
}
