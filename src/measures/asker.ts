/**
 * Asks at most once at a time, and keeps an answer for `keepMs`. Whoever asks waits no longer than `limitMs` and
 * then hears `null`, as after a failure; a question that hangs is shared by all who ask meanwhile, so that a
 * database which does not answer is not asked by ever more connections. Machine time.
 */
export function asker<T>(
  ask: () => Promise<T>,
  { limitMs, keepMs = 0 }: { readonly limitMs: number; readonly keepMs?: number },
  nowMs: () => number = () => performance.now(),
): () => Promise<T | null> {
  let asking: Promise<T | null> | null = null;
  let kept: { readonly answer: T; readonly untilMs: number } | null = null;
  const fresh = () => {
    asking ??= ask()
      .then(
        (answer) => {
          kept = { answer, untilMs: nowMs() + keepMs };
          return answer;
        },
        () => null,
      )
      .finally(() => {
        asking = null;
      });
    return asking;
  };
  return async () => {
    if (kept && nowMs() < kept.untilMs) return kept.answer;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<null>((resolve) => {
      timer = setTimeout(resolve, limitMs, null);
    });
    return Promise.race([fresh(), late]).finally(() => clearTimeout(timer));
  };
}
