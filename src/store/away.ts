import { Passing, Unavailable } from '../app/ports.ts';

/**
 * Whether an error means that the database cannot be reached: its classes 08 and 57P, and the socket's own words. Prisma
 * wraps both in an error of its own.
 */
export function isAway(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, originalCode, message, cause, meta } = error as Wrapped; // every part is looked at before it is used
  return (
    [code, originalCode].some((each) => awayCode.test(String(each))) ||
    /Connection terminated|timeout exceeded when trying to connect/.test(String(message)) ||
    isAway(cause) ||
    isAway(meta?.driverAdapterError)
  );
}

// PostgreSQL's, the socket's, and Prisma's for a server that is not reached, too slow, or gone.
const awayCode = /^(08|57P|53300|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|P1001|P1002|P1017)/;

type Wrapped = {
  readonly code?: unknown;
  readonly originalCode?: unknown;
  readonly message?: unknown;
  readonly cause?: unknown;
  readonly meta?: { readonly driverAdapterError?: unknown };
};

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
