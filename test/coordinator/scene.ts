import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { type ServerType, serve } from '@hono/node-server';
import { Hono } from 'hono';
import pg from 'pg';
import { expect, onTestFinished } from 'vitest';
import { deliverer } from '../../src/app/deliver.ts';
import type { Channel, ChannelName, Clock, Log } from '../../src/app/ports.ts';
import { receiver } from '../../src/app/receive.ts';
import { seed, seedDocument } from '../../src/app/seed.ts';
import { templateOf } from '../../src/app/templates.ts';
import { slack as slackChannel } from '../../src/channels/slack/slack.ts';
import { telegram as telegramChannel } from '../../src/channels/telegram/telegram.ts';
import { coordinatorFrontEnd } from '../../src/coordinator/front-end.ts';
import { render } from '../../src/engine/render.ts';
import { detectLanguage } from '../../src/language/detect.ts';
import { createWords } from '../../src/locale.ts';
import { createMeasures } from '../../src/measures/measures.ts';
import { createMetrics } from '../../src/measures/metrics.ts';
import { createSpans } from '../../src/measures/traces.ts';
import { createProgram } from '../../src/program.ts';
import { simulatedAccounts } from '../../src/simulator/product.ts';
import { createSimulator } from '../../src/simulator/simulator.ts';
import { openDesk } from '../../src/store/desk.ts';
import { openQueue } from '../../src/store/ledger.ts';
import { openSeals } from '../../src/store/seal.ts';
import { openSent } from '../../src/store/sent.ts';
import { openStore } from '../../src/store/store.ts';
import { freshDatabase } from '../support/database.ts';

export const words = createWords(fileURLToPath(new URL('../../locales', import.meta.url)));
const startsAt = new Date('2027-02-01T09:00:00Z');

/** Staff by their Slack id, hosts and members by their Telegram id. */
export const cast = {
  claire: 'U0CLAIRE',
  odile: 'U0ODILE',
  eric: 'U0ERIC',
  brussels: 'U0BRUSSELS',
} as const;
export type Staff = keyof typeof cast;

/** The desk as use cases alone, over a database of the test's own, with three hospitals and a seeded programme. */
export async function deskScene() {
  const { url, drop } = await freshDatabase();
  const db = new pg.Pool({ connectionString: url, max: 8 });
  db.on('error', () => {}); // drop() ends idle connections by force, which the pool reports
  onTestFinished(async () => {
    await db.end();
    await drop();
  });
  const seals = openSeals(randomBytes(32));
  const offset = { ms: 0 };
  const began = Date.now();
  const clock: Clock = { now: () => new Date(startsAt.getTime() + Date.now() - began + offset.ms) };
  const accounts = {
    telegram: '7000000001',
    whatsapp: simulatedAccounts.sender,
    slack: simulatedAccounts.teamId,
  };
  const program = createProgram(words);
  const classOf = (key: string) => words.classOf(key) ?? 'service';
  const channel = simulatedAccounts.channel.id;
  const store = openStore(db, seals, { channel: 'slack', account: accounts.slack, address: channel });
  const committed = { kick: () => {} };
  const desk = openDesk({
    db,
    seals,
    store,
    program,
    classOf,
    clock,
    committed: () => committed.kick(),
    accounts,
    channel,
  });
  await db.query(
    `INSERT INTO hospital (code, name, type, district, province) VALUES
       ('H-001', 'Kabgayi Hospital', 'referral', 'Muhanga', 'Southern'), ('H-002', 'Butaro Hospital', 'district', 'Burera', 'Northern')`,
  );
  const hospitalId = async (name: string) => {
    const { rows } = await db.query<{ id: string }>('SELECT id FROM hospital WHERE name = $1', [name]);
    return rows[0] ? Number(rows[0].id) : null;
  };
  const seeding = { store: { ...store, hospitalId, invite: async () => {} }, clock, accounts };
  const sow = (document: unknown) => seed(seeding, seedDocument.parse(document));
  await sow({
    coordinators: [
      { name: 'Claire Mukamana', address: cast.claire, role: 'coord_rw' },
      { name: 'Eric Habimana', address: cast.eric, role: 'coord_rw' },
      { name: 'Odile Ingabire', address: cast.odile, role: 'moh' },
      { name: 'Bram Peeters', address: cast.brussels, role: 'coord_country', country: 'BE' },
    ],
    hosts: [
      {
        hospital: 'Kabgayi Hospital',
        role: 'dg',
        name: 'Jean Bosco',
        channel: 'telegram',
        address: '9001',
        locale: 'en',
      },
      {
        hospital: 'Kabgayi Hospital',
        role: 'focal',
        name: 'Solange Uwera',
        channel: 'telegram',
        address: '9002',
        locale: 'en',
      },
    ],
    members: members(3),
  });
  const actor = async (who: Staff) => {
    const found = await desk.staffOf(cast[who]);
    if (!found) throw new Error(`${who} is not staff`);
    return found;
  };
  return {
    db,
    seals,
    store,
    desk,
    clock,
    offset,
    accounts,
    program,
    classOf,
    channel,
    committed,
    sow,
    actor,
  };
}

/** Psychologists in Belgium who want calls and are free all spring. */
export function members(count: number, more: object = {}, first = 1) {
  return Array.from({ length: count }, (_, i) => ({
    name: `Aline Uwase${i + first}`,
    channel: 'telegram',
    address: String(5000 + i + first),
    locale: i % 2 === 0 ? 'fr' : 'en',
    country: 'BE',
    profession: 'AH_PSYCHO',
    years: 6,
    levels: { rw: 2, fr: 3, en: 2 },
    window: { from: '2027-04-01', to: '2027-08-31' },
    ...more,
  }));
}

export const psychologist = {
  hospital: 'H-001',
  department: 'Mental health',
  profession: 'AH_PSYCHO',
  posts: 1,
  scope: 'teaching_only',
  mode: 'physical',
  objectives: null,
  languages: ['fr', 'en'],
  earliest: '2027-05-01',
  latest: '2027-07-31',
  minDays: 14,
  maxDays: 60,
  lodging: true,
} as const;

export const spring = {
  needs: ['N-0001'],
  title: { rw: 'Ubuzima bwo mu mutwe', fr: 'Santé mentale', en: 'Mental health' },
  opensOn: '2027-02-01',
  closesOn: '2027-03-15',
  startsOn: '2027-05-01',
  endsOn: '2027-07-31',
  countries: ['BE', 'FR'],
} as const;

/** All of it behind a real workspace: Slack and Telegram through their SDKs against the stand-ins, over HTTP. */
export async function slackScene() {
  const scene = await deskScene();
  const { db, seals, store, desk, clock, program, classOf, channel } = scene;
  const app = new Hono();
  const server = await new Promise<ServerType>((resolve) => {
    const started = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(started));
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on TCP
  const signingSecret = 'simulated-signing-secret';
  const simulator = createSimulator({
    clock,
    publicUrl: url,
    timing: { telegramRetryMs: () => 1, slackRetryMs: [1, 1, 1], receiptMs: 0 },
    product: {
      twilioWebhook: { url: `${url}/webhooks/whatsapp`, authToken: 'unused' },
      slack: {
        eventsUrl: `${url}/webhooks/slack/events`,
        interactivityUrl: `${url}/webhooks/slack/interactivity`,
        commandsUrl: `${url}/webhooks/slack/commands`,
        signingSecret,
      },
    },
  });
  app.route('/', simulator.app);

  const problems: string[] = [];
  const log: Log = {
    info: () => {},
    warn: (facts, message) => problems.push(`${message} ${JSON.stringify(facts)}`),
    error: (facts, message) =>
      problems.push(`${message} ${JSON.stringify(facts)} ${'err' in facts ? String(facts.err) : ''}`),
  };
  const channels = new Map<ChannelName, Channel>();
  const queue = openQueue(db, seals);
  const measures = createMeasures(createMetrics(), createSpans());
  const sending = deliverer({
    queue,
    channels,
    program,
    clock,
    log,
    measures,
    random: Math.random,
    words: {
      render: (message, row, question) =>
        render(question === null ? message : { ...message, question }, row.lang, words.write),
      template: ({ key, params = {} }, options, row) =>
        templateOf(words, row.lang, key, params, options, row.class === 'call'),
    },
  });
  scene.committed.kick = sending.kick;
  const receive = receiver({
    store,
    program,
    classOf,
    detect: detectLanguage,
    clock,
    log,
    measures,
    committed: sending.kick,
  });
  const edge = { receive, clock, log, count: () => {}, sent: openSent(db) };
  const { teamId, botUserId, botId, botToken, telegramToken } = simulatedAccounts;
  const slack = slackChannel({
    ...edge,
    teamId,
    botUserId,
    botId,
    botToken,
    slackApiUrl: `${url}/slack/api/`,
    mode: { kind: 'http', signingSecret },
  });
  const telegram = telegramChannel({
    ...edge,
    token: telegramToken,
    apiRoot: `${url}/telegram`,
    mode: { kind: 'webhook', secret: 'simulated_secret', publicBaseUrl: url },
  });
  for (const one of [slack, telegram]) {
    channels.set(one.name, one);
    if (one.routes) app.route('/', one.routes);
  }
  await telegram.start();
  coordinatorFrontEnd({
    bolt: slack.bolt,
    desk: slack.desk,
    useCases: desk,
    staffOf: desk.staffOf,
    channel,
    clock,
    log,
  });
  onTestFinished(async () => {
    await telegram.stop();
    await sending.idle();
    simulator.close();
    if ('closeAllConnections' in server) server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect(problems).toEqual([]);
  });

  async function control(path: string, body?: object): Promise<Record<string, unknown>> {
    const init = body
      ? { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
      : {};
    const response = await fetch(`${url}/simulator/${path}`, init);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Record<string, unknown>; // documented in control.ts
  }
  const settle = async () => {
    for (let quiet = false; !quiet; ) {
      await sending.idle();
      quiet = await simulator.quiet(5_000);
      await sending.idle();
    }
  };
  for (const [name, address] of Object.entries(cast))
    await control('people', { channel: 'slack', address, name });
  await control('people', { channel: 'slack', address: 'U0STRANGER', name: 'stranger' });
  for (const address of ['5001', '5002', '5003', '9001', '9002'])
    await control('people', { channel: 'telegram', address, name: 'phone' });

  const person = (who: string) => (/^\d+$/.test(who) ? `people/telegram/${who}` : `people/slack/${who}`);
  const act = async (who: string, deed: string, body: object = {}) => {
    const answer = await control(`${person(who)}/${deed}`, body);
    expect(answer['problem'], `${deed} ${JSON.stringify(body)}`).toBeUndefined();
    await settle();
    return answer;
  };
  const sees = async (who: string): Promise<readonly Seen[]> => {
    await settle();
    return (await control(`${person(who)}/messages`))['messages'] as Seen[]; // documented in control.ts
  };
  /** What the desk answered this person alone. */
  const answer = async (who: Staff): Promise<Seen> =>
    (await sees(cast[who])).findLast(({ ephemeral }) => ephemeral) ?? { id: '', text: '', choices: [] };
  return {
    ...scene,
    problems,
    settle,
    sees,
    act,
    async command(who: Staff, text: string): Promise<Seen> {
      await act(cast[who], 'command', { text });
      return answer(who);
    },
    async press(who: Staff, label: string, more: object = {}): Promise<Seen> {
      await act(cast[who], 'press', { label, ...more });
      return answer(who);
    },
    submit: (who: Staff, values: object = {}) => act(cast[who], 'submit', { values }),
    modal: async (who: Staff): Promise<SeenView | null> =>
      (await control(`${person(cast[who])}/modal`))['modal'] as SeenView | null,
    home: async (who: Staff): Promise<SeenView | null> =>
      (await control(`${person(cast[who])}/home`))['home'] as SeenView | null,
  };
}

type Choice = { readonly id: string; readonly label: string };
export type Seen = {
  readonly id: string;
  readonly text: string;
  readonly choices: readonly Choice[];
  readonly ephemeral?: boolean;
};
export type SeenView = {
  readonly title: string;
  readonly text: string;
  readonly submit: string;
  readonly choices: readonly Choice[];
  readonly errors: Readonly<Record<string, string>>;
  readonly fields: readonly { readonly block: string; readonly initial: unknown }[];
};
