import { Unavailable } from '../app/ports.ts';

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

/** A database that cannot be reached is the one failure that callers must know as such (rule 6). Everything else is ours. */
export async function reachable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isAway(error) ? new Unavailable(`database: ${(error as Error).message}`) : error;
  }
}
