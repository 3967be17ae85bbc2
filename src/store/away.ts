import { Passing, Unavailable } from '../app/ports.ts';

/** Whether an error means that the database cannot be reached: its classes 08 and 57P, and the socket's own words. */
export function isAway(error: unknown): boolean {
  const code = String((error as { code?: unknown } | null)?.code ?? '');
  const message = error instanceof Error ? error.message : '';
  return (
    /^(08|57P|53300)/.test(code) ||
    /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND)/.test(code) ||
    /Connection terminated|timeout exceeded when trying to connect/.test(message)
  );
}

/** SQLSTATE: rolled back for others' sake, short of something, locked, cancelled, a fault of the machine. */
function isPassing(error: unknown): boolean {
  return /^(40...|53...|55P03|57014|58...)$/.test(String((error as { code?: unknown } | null)?.code ?? ''));
}

/**
 * A database that cannot be reached is the one failure that callers must know as such (rule 6), and what may succeed
 * the next time is told from what is ours. Everything else is thrown as it is.
 */
export async function reachable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isAway(error)) throw new Unavailable(`database: ${(error as Error).message}`);
    throw isPassing(error) ? new Passing('the database could not do it', { cause: error }) : error;
  }
}
