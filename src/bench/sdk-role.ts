import { prepare } from '../app/prepare.ts';
import { openReplica, type ReplicaOptions } from './replica-role.ts';

/** As many calls as a replica has under way at once at most. */
const atOnce = 48;

/** The floor of a dispatch: the product's own adapter and SDK client sending the same messages, and no ledger. */
export async function sdk(options: ReplicaOptions & { readonly messages: number }) {
  const { preparing, channel, clock } = openReplica(options);
  // The coordinators' own news of the call goes to Slack.
  const rows = (await preparing.queue.claim(clock.now(), options.messages)).filter(
    (row) => row.channel === 'whatsapp',
  );
  const deliveries = await Promise.all(rows.map((row) => prepare(preparing, row, clock.now())));
  if (deliveries.length === 0) throw new Error('nothing waits to be sent');
  let next = 0;
  const send = async (until: number) => {
    while (performance.now() < until) {
      const delivery = deliveries[next % deliveries.length];
      next += 1;
      const outcome = delivery && (await channel.send(delivery));
      if (outcome?.kind !== 'sent') throw new Error(`a send ended as ${outcome?.kind}`);
    }
  };
  return {
    async run({ seconds }: { readonly seconds: number }) {
      const before = next;
      const started = performance.now();
      await Promise.all(Array.from({ length: atOnce }, () => send(started + seconds * 1000)));
      return ((next - before) * 1000) / (performance.now() - started);
    },
  };
}
