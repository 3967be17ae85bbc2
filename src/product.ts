import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import pg from 'pg';
import { catchUp } from './app/catch-up.ts';
import { deliverer } from './app/deliver.ts';
import { nextsOf } from './app/follow-up.ts';
import { refusalOf } from './app/live-versions.ts';
import { overtaken } from './app/overtaken.ts';
import type { Channel, ChannelName, Log } from './app/ports.ts';
import { Unavailable } from './app/ports.ts';
import type { Preparing } from './app/prepare.ts';
import { receiver } from './app/receive.ts';
import { reconciler } from './app/reconcile.ts';
import { forgetStrangers, onceADay, retain } from './app/retention.ts';
import { type SeedDocument, seed, seedDocument } from './app/seed.ts';
import { nudgeSilent } from './app/silence.ts';
import { timeMachine } from './app/simulated-time.ts';
import { sweepEvery } from './app/sweep.ts';
import { templateDrafts } from './app/template-plan.ts';
import { watchTemplates } from './app/template-watch.ts';
import { templateOf } from './app/templates.ts';
import { wake } from './app/wake.ts';
import { pacedChannels, ratePerSecond } from './channels/limits.ts';
import { identify, slack as slackChannel } from './channels/slack/slack.ts';
import { telegram as telegramChannel } from './channels/telegram/telegram.ts';
import { reactionOf } from './channels/whatsapp/errors.ts';
import { named } from './channels/whatsapp/templates.ts';
import { whatsapp as whatsappChannel } from './channels/whatsapp/whatsapp.ts';
import type { Config } from './config.ts';
import { coordinatorFrontEnd } from './coordinator/front-end.ts';
import { morningAfter } from './domain/working-days.ts';
import { endpointsOf, simulatedSecrets } from './endpoints.ts';
import { render } from './engine/render.ts';
import { startJobs } from './jobs/worker.ts';
import { detectLanguage } from './language/detect.ts';
import { createWords } from './locale.ts';
import { createMeasures } from './measures/measures.ts';
import { createMetrics } from './measures/metrics.ts';
import { watchRoutes } from './measures/routes.ts';
import { apart, createSpans } from './measures/traces.ts';
import { createProgram } from './program.ts';
import { demoSetup } from './simulator/page/demo-setup.ts';
import { pageRoutes } from './simulator/page/routes.tsx';
import { productRoutes } from './simulator/product-routes.ts';
import { createSimulator } from './simulator/simulator.ts';
import { CannotStart } from './store/cannot-start.ts';
import { openCatchUp } from './store/catch-up.ts';
import { openClock, realClock } from './store/clock.ts';
import { openContents } from './store/contents.ts';
import { openDesk } from './store/desk.ts';
import { openEmbedded } from './store/embedded.ts';
import { openFollowUps, releaseHeld, tellMisconfigured } from './store/follow-up.ts';
import { ensureHospitals, hospitalId, invite } from './store/hospitals.ts';
import { holdLease, unlessBusy } from './store/lease.ts';
import { openQueue } from './store/ledger.ts';
import { readLiveVersions } from './store/live-versions.ts';
import { migrationsMissing, readStanding } from './store/measures.ts';
import { migrate, pendingMigrations } from './store/migrate.ts';
import { openPrisma } from './store/prisma.ts';
import { openRetention } from './store/retention.ts';
import { openSeals } from './store/seal.ts';
import { openSent } from './store/sent.ts';
import { openSilence } from './store/silence.ts';
import { openStore } from './store/store.ts';
import { openTimers } from './store/timers.ts';
import { releaseFromPerson } from './store/with-a-person.ts';

export type Product = {
  /** Where it serves. */
  readonly url: string;
  readonly db: pg.Pool;
  stop(): Promise<void>;
};

/** How often overdue timers and left-behind ledger rows are looked for; what a turn commits leaves at once. */
const sweepMs = 500;
/** How often each replica looks whether timers are overdue, whatever became of the alarm and of whoever it woke. */
const overdueMs = 15_000;
/** A replica that died in a look keeps the others from theirs no longer: together less than 30 s. Machine time. */
const lookMs = 10_000;
/** Messages that did not arrive, looked after at a time. */
const followUpBatch = 50;
/** All messages on their way find out together that their account is refused; it is said once. Machine time. */
const alarmMs = 60_000;
/** Whoever runs us kills what has not stopped within ten seconds: so long we wait for sends, and then for the database. */
const patienceMs = 8_000;
const lastWordMs = 500;

/**
 * Builds everything once, starts it, and answers when it serves. Throws `CannotStart` with a line for the
 * person at the terminal where something outside of us is wrong.
 */
export async function openProduct(
  config: Config,
  log: Log,
  say: (line: string) => void = () => {},
  programme?: SeedDocument,
): Promise<Product> {
  const embedded =
    config.databaseUrl === undefined ? await openEmbedded({ dataDir: config.dataDir, log: say }) : null;
  const databaseUrl = embedded?.url ?? config.databaseUrl ?? '';
  if (embedded) await migrate(databaseUrl);
  else await refusePending(databaseUrl);

  const db = new pg.Pool({ connectionString: databaseUrl, max: 16, connectionTimeoutMillis: 5_000 });
  const lost = (error: Error) => log.warn({ detail: error.message }, 'database connection lost');
  db.on('error', lost);
  // Connections in use fail on their own; whoever uses them hears of it by the failing query.
  db.on('connect', (client) => client.on('error', lost));
  const prisma = openPrisma(db);
  await ensureHospitals(prisma);
  const seals = openSeals(Buffer.from(config.masterKey));
  const moving = config.simulated ? await openClock(db) : null;
  const clock = moving ?? realClock;
  const words = createWords(fileURLToPath(new URL('../locales', import.meta.url)));
  const program = createProgram(words);
  const refusal = refusalOf(await readLiveVersions(db, clock.now()), program);
  if (refusal) throw new CannotStart(refusal);

  // The stand-ins and the providers' webhooks live on our own port, so listening comes before building.
  const starting = new Set<ChannelName>(['telegram', 'whatsapp', 'slack']);
  let stopping = false;
  const metrics = createMetrics();
  const measures = createMeasures(metrics, createSpans());
  const watching = watchRoutes({
    metrics,
    standing: () => readStanding(db, clock.now()),
    missingMigrations: migrationsMissing(db),
    progress: () => ({ starting: [...starting], stopping }),
  });
  let routes = new Hono().route('/', watching).all('*', (c) => c.text('starting', 503));
  const server = serve({
    fetch: (request, env) => routes.fetch(request, env),
    port: config.port,
    hostname: config.simulated ? '127.0.0.1' : '0.0.0.0',
  });
  const ownUrl = await listening(server, config.port);

  const standInsUrl = config.simulatorUrl ?? ownUrl;
  const endpoints = endpointsOf(config, ownUrl, standInsUrl);
  // Stand-ins take any pace, unless somebody wants to see that ours is kept.
  const rates = config.ratePerSecond ?? (config.simulated ? null : ratePerSecond);
  const timers = openTimers(db, seals);
  const control = {
    now: () => clock.now(),
    moveTo: (to: Date) => machine.moveTo(to),
    settle: async () => {
      await machine.settle();
      return queue.counts();
    },
    seed: (document: unknown) => seed(seeding, seedDocument.parse(document)),
  };
  const simulator =
    config.simulated && config.simulatorUrl === undefined
      ? createSimulator({
          clock,
          publicUrl: ownUrl,
          onBug: (error) => log.error({ err: error }, 'stand-in failed'),
          product: {
            twilioWebhook: { url: `${ownUrl}/webhooks/whatsapp`, authToken: simulatedSecrets.twilio },
            slack: {
              eventsUrl: `${ownUrl}/webhooks/slack/events`,
              interactivityUrl: `${ownUrl}/webhooks/slack/interactivity`,
              commandsUrl: `${ownUrl}/webhooks/slack/commands`,
              signingSecret: simulatedSecrets.slack,
            },
            control,
          },
        })
      : null;
  if (simulator) routes = new Hono().route('/', watching).route('/', simulator.app);

  const channels = new Map<ChannelName, Channel>();
  const identity = await identify(endpoints.slack.botToken, endpoints.slack.slackApiUrl, log);
  if ('failed' in identity)
    throw new CannotStart(
      config.slack.kind === 'simulated'
        ? `The stand-ins at ${standInsUrl} do not answer: start them first, or unset SIMULATOR_URL.`
        : `Slack refuses SLACK_BOT_TOKEN (${identity.failed.kind}): it should be the bot token of the installed app, xoxb-…`,
    );
  const post = { channel: 'slack', account: identity.teamId, address: endpoints.slack.channel } as const;
  const queue = openQueue(db, seals, rates ?? {}, rates ? pacedChannels : [], post);
  const preparing: Preparing = {
    queue,
    program,
    words: {
      render: (message, row, question) =>
        render(question === null ? message : { ...message, question }, row.lang, words.write),
      template: ({ key, params = {} }, options, row) =>
        templateOf(words, row.lang, key, params, options, row.class === 'call'),
    },
  };
  const store = openStore(db, seals, post);
  const followUps = openFollowUps(db, seals, post);
  const reactionsOf = (channel: ChannelName, code: string) =>
    channel === 'whatsapp' ? reactionOf(code) : null;
  const followUp = () =>
    followUps.run(clock.now(), followUpBatch, (ended) => nextsOf(ended, reactionsOf, clock.now()));
  const alarmedAt = new Map<ChannelName, number>();
  const sending = deliverer({
    ...preparing,
    channels,
    clock,
    log,
    measures,
    random: Math.random,
    overtaken: overtaken(store, program),
    followUp,
    async alarm(channel, detail) {
      const now = performance.now();
      if (now - (alarmedAt.get(channel) ?? Number.NEGATIVE_INFINITY) < alarmMs) return;
      alarmedAt.set(channel, now);
      log.error({ channel, detail }, 'channel misconfigured');
      await tellMisconfigured(db, seals, post, channel, clock.now()).catch((error: unknown) =>
        log.error({ err: error }, 'coordinators could not be told'),
      );
    },
  });
  const committed = () => apart(sending.kick);
  const classOf = (key: string) => words.classOf(key) ?? 'service';
  const receive = receiver({
    store,
    program,
    classOf,
    detect: detectLanguage,
    clock,
    log,
    measures,
    committed,
  });
  const edge = { receive, clock, log, count: measures.count, sent: openSent(db) };
  const telegram = telegramChannel({ ...edge, ...endpoints.telegram, polled: metrics.polled });
  const contents = openContents(prisma, endpoints.whatsapp.sender, clock);
  const whatsapp = whatsappChannel({ ...edge, ...endpoints.whatsapp, contents });
  const slack = slackChannel({ ...edge, ...endpoints.slack, ...identity });
  for (const channel of [telegram, whatsapp, slack]) channels.set(channel.name, channel);

  const accounts = { telegram: telegram.account, whatsapp: whatsapp.account, slack: slack.account };
  const channel = endpoints.slack.channel;
  const desk = openDesk({ db, seals, store, program, classOf, clock, committed, accounts, channel });
  coordinatorFrontEnd({
    bolt: slack.bolt,
    desk: slack.desk,
    useCases: desk,
    staffOf: desk.staffOf,
    channel,
    clock,
    log,
  });

  const seeding = {
    store: {
      ...store,
      hospitalId: (name: string) => hospitalId(prisma, name),
      invite: (invitation: Parameters<typeof invite>[2]) => invite(prisma, seals, invitation),
    },
    clock,
    accounts,
  };
  const waking = { timers, store, program, classOf, clock, log, measures, committed };
  const keeping = { retention: openRetention(db), clock, log };
  const retainDaily = onceADay(clock, () => retain(keeping));
  const silence = openSilence(db);
  /** Everything that time alone brings about. */
  const look = async () =>
    (await wake(waking)) +
    (await nudgeSilent({ ...waking, silence })) +
    (await forgetStrangers(keeping)) +
    (await releaseFromPerson(db, clock.now()));
  const lookOnce = () => unlessBusy(db, 'look', lookMs, look);
  const machine = timeMachine({
    clock: {
      now: () => clock.now(),
      moveTo: async (to) =>
        moving ? moving.moveTo(to) : Promise.reject(new RangeError('real time cannot be moved')),
    },
    nextDue: timers.next,
    // No night of real time lies between two days of a clock that is moved.
    async wake() {
      const done = await look();
      await retainDaily();
      return done;
    },
    deliverer: sending,
    quiet: (timeoutMs) => simulator?.quiet(timeoutMs) ?? Promise.resolve(true),
  });

  const app = new Hono();
  for (const channel of [telegram, whatsapp, slack]) if (channel.routes) app.route('/', channel.routes);
  app.route('/', watching);
  app.onError((error, c) => {
    if (error instanceof Unavailable) return c.text('try again', 503);
    log.error({ err: error, path: c.req.path }, 'request failed');
    return c.text('something went wrong', 500);
  });
  if (simulator) app.route('/', simulator.app).route('/', pageRoutes({ people: demoSetup }));
  else if (config.simulated) app.route('/', productRoutes(control));
  routes = app;
  starting.delete('whatsapp');

  // Telegram gives updates to one poller at a time; a webhook may be registered by any replica.
  const polling = telegram.routes
    ? null
    : holdLease(db, 'telegram', { start: () => void telegram.start(), end: () => telegram.stop(), log });
  if (!polling) await telegram.start();
  starting.delete('telegram');
  await slack.start();
  starting.delete('slack');
  const reconcile = reconciler({
    ...preparing,
    lookUps: new Map([
      ['whatsapp', whatsapp.lookUp],
      ['slack', slack.lookUp],
    ]),
    clock,
    log,
    random: Math.random,
  });
  const sweeping = sweepEvery(
    sweepMs,
    async () => {
      await moving?.refresh();
      await reconcile();
      await followUp();
      sending.kick();
    },
    log,
  );
  const caughtUp = openCatchUp(db, 'whatsapp', whatsapp.account);
  const looking = sweepEvery(overdueMs, async () => void (await lookOnce()), log);
  const jobs = await startJobs(
    db,
    {
      async sweep() {
        await lookOnce();
        const next = await timers.next(clock.now());
        return next && next.getTime() - clock.now().getTime();
      },
      catchUp: () => catchUp({ marks: caughtUp, fetch: whatsapp.catchUp, clock, log }),
      async templates() {
        await watchTemplates({
          table: contents.templates,
          approvalOf: whatsapp.templates.approvalOf,
          wanted: templateDrafts(words, program).map(named),
          release: (now) => releaseHeld(db, now),
          store,
          now: clock.now,
        });
        sending.kick();
      },
      retain: () => retain(keeping),
    },
    log,
  );
  sending.kick();
  // A new simulated programme has its people, and begins on a morning, when nothing is held back for the night.
  if (programme && moving && (await prisma.person.count()) === 0) {
    const morning = morningAfter(clock.now());
    if (morning) await moving.moveTo(morning);
    await seed(seeding, programme);
  }

  return {
    url: ownUrl,
    db,
    async stop() {
      stopping = true;
      const ended = Promise.all([
        sweeping.stop(),
        looking.stop(),
        jobs.stop(),
        polling ? polling.stop() : telegram.stop(),
        slack.stop(),
        sending.stop(),
      ]);
      if (!(await within(patienceMs, ended)))
        log.warn({}, 'stopped with sends under way; they are asked about when their leases run out');
      simulator?.close();
      await new Promise<void>((done) => {
        server.close(() => done());
        if ('closeAllConnections' in server) server.closeAllConnections();
      });
      // A query that hangs must not keep us, either.
      await within(lastWordMs, db.end());
      await embedded?.stop();
    },
  };
}

/** False when it took longer: then it goes on, and nobody waits for it. */
async function within(ms: number, work: Promise<unknown>): Promise<boolean> {
  const late = new AbortController();
  const done = await Promise.race([work.then(() => true), pause(ms, false, { signal: late.signal })]);
  late.abort();
  return done;
}

async function refusePending(url: string): Promise<void> {
  const pending = await pendingMigrations(url);
  if (pending.length > 0) {
    throw new CannotStart(
      `The database lacks ${pending.length} migration(s): run "npm run intumwa -- migrate" first.`,
    );
  }
}

function listening(server: ReturnType<typeof serve>, port: number): Promise<string> {
  return new Promise((ready, failed) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      failed(
        error.code === 'EADDRINUSE'
          ? new CannotStart(`Port ${port} is taken: set PORT to another one, or to 0 to pick a free one.`)
          : error,
      ),
    );
    server.once('listening', () => {
      const address = server.address();
      ready(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : port}`);
    });
  });
}
