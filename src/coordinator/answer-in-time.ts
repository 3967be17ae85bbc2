/** Slack waits three seconds for an acknowledgement; the dispatcher a little less. */
const patienceMs = 1_800;

/**
 * Acknowledges with the answer when it is ready in time; else acknowledges with `meanwhile`, and hands the answer to
 * `later`. A failure of the work is thrown after the acknowledgement that `failed` gives.
 */
export async function answerInTime<T, A>(
  work: Promise<T>,
  ack: (answer?: A) => Promise<unknown>,
  {
    now,
    later,
    meanwhile,
    failed,
  }: { now: (done: T) => A | undefined; later: (done: T) => Promise<unknown>; meanwhile?: A; failed?: A },
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = Symbol('late');
  const patience = new Promise<typeof late>((resolve) => {
    timer = setTimeout(() => resolve(late), patienceMs);
  });
  try {
    const first = await Promise.race([work, patience]);
    if (first !== late) {
      const answer = now(first);
      await (answer === undefined ? ack() : ack(answer));
      return;
    }
    await (meanwhile === undefined ? ack() : ack(meanwhile));
    await later(await work);
  } catch (error) {
    await (failed === undefined ? ack() : ack(failed)).catch(() => {}); // it may have been acknowledged before
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
