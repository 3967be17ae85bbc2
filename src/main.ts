import { pino } from 'pino';
import { readConfig } from './config.ts';
import { demoProgramme } from './demo/programme.ts';
import { createLog } from './log.ts';
import { traceIds } from './measures/traces.ts';
import { openProduct } from './product.ts';
import { isAway } from './store/away.ts';
import { CannotStart } from './store/cannot-start.ts';

/** `npm start`: reads the configuration, opens the product, and stops it when asked to. */
const read = readConfig();
if (!read.ok) {
  for (const problem of read.problems) process.stderr.write(`${problem}\n`);
  process.exit(1);
}
const { config } = read;
// Invented people belong into nothing that is real, not even in part.
const isTrial =
  config.databaseUrl === undefined &&
  [config.telegram, config.whatsapp, config.slack].every(({ kind }) => kind === 'simulated');
const log = createLog(config.logLevel, pino.destination(2), traceIds);
// The job queue lets the loss of its connection escape as a rejection that nobody awaits (graphile-worker 0.17);
// its job is done again when the database is back. Anything else that escapes is a bug, and ends the process.
process.on('unhandledRejection', (error) => {
  if (!isAway(error)) throw error;
  log.warn({ job: true }, 'database away');
});
/** A replica is gone within ten seconds of being asked. */
const longestStopMs = 9_000;
try {
  const product = await openProduct(
    config,
    log,
    (line) => process.stderr.write(`${line}\n`),
    isTrial ? demoProgramme : undefined,
  );
  process.stdout.write(`ready ${product.url}\n`);
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    // What hangs longer is nobody's loss: a row that is on its way has a lease, and is asked about by whoever comes next.
    setTimeout(() => process.exit(0), longestStopMs).unref();
    product.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
} catch (error) {
  const line = isAway(error)
    ? 'The database at DATABASE_URL cannot be reached: check the address, and that it runs.'
    : error instanceof CannotStart && error.message;
  if (!line) throw error;
  process.stderr.write(`${line}\n`);
  process.exit(1);
}
