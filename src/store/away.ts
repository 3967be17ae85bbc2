import { Unavailable } from '../app/ports.ts';

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

/** A database that cannot be reached is the one failure that callers must know as such (rule 6). Everything else is ours. */
export async function reachable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isAway(error) ? new Unavailable(`database: ${(error as Error).message}`) : error;
  }
}
