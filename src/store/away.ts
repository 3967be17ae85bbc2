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
