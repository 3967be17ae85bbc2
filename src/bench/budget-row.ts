import { setTimeout as pause } from 'node:timers/promises';
import { ratePerSecond } from '../channels/limits.ts';
import { startChild } from './children.ts';
import { waitingRows } from './dispatch-row.ts';
import { atLeast, atMost, type Row } from './row.ts';
import { whereOf } from './turn-row.ts';

const replicas = 3;
/** Before it is steady, in warm-up times: processes that have just begun stall, and code that is new is slow. */
const settling = 8;

/** Three replicas share one sender's rate; the stand-in counts what reaches it. */
export const budgetRow: Row = {
  what: `dispatch under a budget of ${ratePerSecond.whatsapp}/s, ${replicas} replicas, counted by the stand-in`,
  async measure(ground) {
    await waitingRows(ground);
    const databaseUrl = await ground.copyOf('waiting');
    const standIn = await startChild('standIn', {});
    const twilioUrl = await standIn.ask('url');
    const perSecond = ratePerSecond.whatsapp;
    const options = { ...whereOf(ground, databaseUrl), twilioUrl, delivers: true, perSecond };
    const products = await Promise.all(
      Array.from({ length: replicas }, () => startChild('replica', options)),
    );
    await Promise.all(products.map((product) => product.ask('deliver')));
    await pause(settling * ground.size.warmSeconds * 1000);
    await standIn.ask('forget');
    const seconds = ground.size.budgetSeconds;
    await pause(seconds * 1000 + 500);
    const counted = await standIn.ask('count', { seconds });
    await Promise.all(products.map((product) => product.stop()));
    await standIn.stop();
    return {
      figures: {
        'seconds counted': seconds,
        'sent/s': counted.perSecond,
        'most in any second': counted.mostInASecond,
      },
      checks: [
        atLeast('mean, of the limit', counted.perSecond / perSecond, 0.97),
        atMost('most in any second', counted.mostInASecond, perSecond + 2),
      ],
    };
  },
};
