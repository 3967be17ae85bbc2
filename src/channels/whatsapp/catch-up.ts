import type { Twilio } from 'twilio';
import type { Caught } from '../../app/catch-up.ts';
import type { Inbound } from '../../app/ports.ts';
import { nameOf, type Read } from '../edge.ts';
import { addressOf } from './address.ts';

const hour = 3_600_000;
const day = 24 * hour;

type Look = {
  readonly since: Date;
  readonly until: Date;
  /** Messages handed in at most; the next look goes on behind them. */
  readonly most: number;
  /** Messages of one page of the list. */
  readonly pageSize?: number;
};

/**
 * Hands in the messages that Twilio took since `since` and could not deliver to us, oldest first: it does not
 * repeat a webhook that was answered 503 or that met nobody. Those that were kept are recognised by their sid.
 * The list knows the words but not the button, so a press comes as the text of its label. Stops at the first
 * message that is not kept. Goes day by day, because Twilio lists the newest first.
 */
export async function catchUp(
  client: Twilio,
  account: string,
  look: Look,
  hand: (read: Read) => Promise<boolean>,
  failed: (why: string) => void,
): Promise<Caught> {
  const { since, until, most } = look;
  let through = since;
  let messages = 0;
  try {
    for (let from = startOfDay(since); from <= until; from = new Date(from.getTime() + day)) {
      const to = new Date(from.getTime() + day);
      for (const listed of await inboundBetween(client, account, from < since ? since : from, to, look)) {
        if (messages >= most) return { kind: 'more', through, messages };
        if (!(await hand(readListed(listed, account)))) return { kind: 'interrupted', through, messages };
        messages += 1;
        through = listed.at;
      }
      through = to < until ? to : until;
    }
    return { kind: 'done', through, messages };
  } catch (error) {
    failed(nameOf(error));
    return { kind: 'interrupted', through, messages };
  }
}

type Listed = {
  readonly sid: string;
  readonly from: string;
  readonly body: string;
  readonly hasMedia: boolean;
  readonly at: Date;
};

type Page = Pick<Awaited<ReturnType<Twilio['messages']['page']>>, 'instances' | 'nextPage'>;

/** What came to us within one day, oldest first. Twilio filters by whole days, and by when it was sent. */
async function inboundBetween(
  client: Twilio,
  account: string,
  from: Date,
  to: Date,
  { pageSize = 1000 }: Look,
): Promise<readonly Listed[]> {
  const dates = { dateSentAfter: startOfDay(from), dateSentBefore: new Date(to.getTime() + hour) };
  const found: Listed[] = [];
  let page: Page = await client.messages.page({ to: account, ...dates, pageSize });
  for (;;) {
    for (const { sid, from: sender, body, numMedia, direction, dateCreated: at } of page.instances) {
      if (direction !== 'inbound' || at === null || at < from || at >= to) continue;
      found.push({ sid, from: sender, body: body ?? '', hasMedia: Number(numMedia) > 0, at });
    }
    const oldest = page.instances.at(-1)?.dateCreated;
    const next = oldest && oldest < from ? undefined : await page.nextPage();
    if (!next) return found.reverse();
    page = next;
  }
}

function readListed({ sid, from, body, hasMedia, at }: Listed, account: string): Read {
  const event: Inbound['event'] =
    hasMedia || body === '' ? { kind: 'media', media: 'unknown' } : { kind: 'text', text: body };
  const inbound = { channel: 'whatsapp', account, address: addressOf(from), key: sid, at, event } as const;
  return { kind: 'inbound', inbound };
}

function startOfDay(at: Date): Date {
  return new Date(at.getTime() - (at.getTime() % day));
}
