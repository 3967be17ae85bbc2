import { serve } from '@hono/node-server';
import { deliverer } from '../app/deliver.ts';
import type { Channel, ChannelName } from '../app/ports.ts';
import type { Preparing } from '../app/prepare.ts';
import { receiver } from '../app/receive.ts';
import { sweepEvery } from '../app/sweep.ts';
import { templateOf } from '../app/templates.ts';
import { whatsapp } from '../channels/whatsapp/whatsapp.ts';
import { render } from '../engine/render.ts';
import { detectLanguage } from '../language/detect.ts';
import { apart } from '../measures/traces.ts';
import { openContents } from '../store/contents.ts';
import { openQueue } from '../store/ledger.ts';
import { openPrisma } from '../store/prisma.ts';
import { openSent } from '../store/sent.ts';
import { accounts, cpuMs, openParts, strictLog, type Where } from './parts.ts';

export type ReplicaOptions = Where & {
  /** Where Twilio's stand-in is. */
  readonly twilioUrl: string;
  /** False: committed turns are not followed by deliveries. */
  readonly delivers: boolean;
  /** The budget of the WhatsApp sender, shared by all replicas; absent: none. */
  readonly perSecond?: number;
};

/** A product with one messenger: everything between a signed webhook of Twilio and a call of its API. */
export async function replica(options: ReplicaOptions) {
  const open = openReplica(options);
  const { routes } = open.channel;
  const server = serve({ fetch: routes.fetch, port: 0, hostname: '127.0.0.1' });
  await new Promise<void>((ready) => server.once('listening', ready));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  return {
    url: () => url,
    cpuMs,
    /** Begins to empty the ledger. */
    deliver() {
      open.deliver();
    },
  };
}

export function openReplica(options: ReplicaOptions) {
  const parts = openParts(options);
  const { db, seals, words, program, clock, classOf, measures, store } = parts;
  const queue = openQueue(db, seals, options.perSecond === undefined ? {} : { whatsapp: options.perSecond });
  const preparing: Preparing = {
    queue,
    program,
    words: {
      render: (message, row, question) =>
        render(question === null ? message : { ...message, question }, row.lang, words.write),
      template: ({ key, params = {} }, choices, row) =>
        templateOf(words, row.lang, key, params, choices, row.class === 'call'),
    },
  };
  const channels = new Map<ChannelName, Channel>();
  const sending = deliverer({ ...preparing, channels, clock, log: strictLog, measures, random: Math.random });
  const receive = receiver({
    store,
    program,
    classOf,
    detect: detectLanguage,
    clock,
    log: strictLog,
    measures,
    committed: () => {
      if (options.delivers) apart(sending.kick);
    },
  });
  const { twilioUrl } = options;
  const channel = whatsapp({
    receive,
    clock,
    log: strictLog,
    count: measures.count,
    sent: openSent(db),
    accountSid: accounts.sid,
    authToken: accounts.authToken,
    sender: accounts.sender,
    publicBaseUrl: accounts.publicUrl,
    baseUrls: { api: twilioUrl, content: twilioUrl, messaging: twilioUrl },
    contents: openContents(openPrisma(db), accounts.sender, clock),
    provision: 'auto',
  });
  channels.set(channel.name, channel);
  return {
    ...parts,
    preparing,
    receive,
    channel,
    deliver() {
      sending.kick();
      sweepEvery(500, async () => sending.kick(), strictLog);
    },
  };
}
