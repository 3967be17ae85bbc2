import { parseArgs } from 'node:util';
import { z } from 'zod';
import { run as runBench } from './bench/command.ts';
import { run as runChaos } from './chaos/run.ts';
import { readConfig } from './config.ts';
import { runDemo } from './demo/demo.ts';
import { startAlone } from './simulator/alone.ts';
import { CannotStart } from './store/cannot-start.ts';
import { joinEmbedded } from './store/embedded.ts';
import { migrate } from './store/migrate.ts';
import { run as runFlows } from './tools/flows.ts';
import { run as runLocales } from './tools/locales.ts';
import { run as runWhatsApp } from './tools/whatsapp.ts';
import { runUnderstand } from './understand.ts';

/** The `intumwa` command: `npm run intumwa -- <command>`. Each answers an exit code. */
const commands: { readonly [name: string]: { readonly what: string; run(args: string[]): Promise<number> } } =
  {
    bench: {
      what: 'measures speed beside floors of the same run: --json, --only <row>, --quick',
      run: (args) => runBench(args),
    },
    chaos: {
      what: 'breaks everything around three replicas and counts what became of the promises; --seconds --seed --json',
      run: (args) => runChaos(args),
    },
    demo: {
      what: 'plays one mission from the first hello to the arrival: --json, --from 2028-02-08',
      async run(args) {
        const { values } = parseArgs({
          args,
          options: { json: { type: 'boolean', default: false }, from: { type: 'string' } },
        });
        const from = values.from === undefined ? null : z.iso.date().safeParse(values.from);
        if (from && !from.success) return complain(['--from is a day such as 2028-02-08']);
        return runDemo({ json: values.json, from: from && new Date(from.data) });
      },
    },
    flows: {
      what: 'check, graph, walk, release, migrate: looks after the conversations',
      run: (args) => runFlows(args),
    },
    locales: {
      what: 'status, export, import: translations and their review',
      run: (args) => runLocales(args),
    },
    understand: {
      what: 'reads JSON lines {lang, kind, now, tz, text} on standard input and says what the assistant would understand',
      async run() {
        await runUnderstand(process.stdin, process.stdout);
        return 0;
      },
    },
    migrate: {
      what: 'brings the database of DATABASE_URL up to date',
      async run() {
        const read = readConfig();
        if (!read.ok) return complain(read.problems);
        const url = read.config.databaseUrl ?? (await joinEmbedded(read.config.dataDir));
        if (!url)
          return complain(['DATABASE_URL is not set: the embedded database migrates itself at "npm start"']);
        const { applied } = await migrate(url);
        process.stdout.write(
          applied.length === 0 ? 'nothing to do\n' : applied.map((name) => `applied ${name}\n`).join(''),
        );
        return 0;
      },
    },
    simulator: {
      what: 'runs the stand-ins of the three providers as a process of their own: --port 4010 --product http://127.0.0.1:3000',
      async run(args) {
        const { values } = parseArgs({
          args,
          options: {
            port: { type: 'string', default: '4010' },
            host: { type: 'string', default: '127.0.0.1' },
            product: { type: 'string', default: 'http://127.0.0.1:3000' },
            'public-url': { type: 'string' },
            // Between the product and its own stand-ins these protect nothing, so they may stand in a process list.
            'twilio-auth-token': { type: 'string', default: 'simulated-auth-token' },
            'slack-signing-secret': { type: 'string', default: 'simulated-signing-secret' },
            'telegram-webhook-secret': { type: 'string' },
          },
        });
        const { url, stop } = await startAlone({
          port: Number(values.port),
          host: values.host,
          productUrl: values.product.replace(/\/$/, ''),
          publicUrl: values['public-url'],
          twilioAuthToken: values['twilio-auth-token'],
          slackSigningSecret: values['slack-signing-secret'],
          telegramWebhookSecret: values['telegram-webhook-secret'],
        });
        process.stdout.write(`ready ${url}\n`);
        await new Promise((stopped) => {
          process.once('SIGTERM', stopped);
          process.once('SIGINT', stopped);
        });
        stop();
        return 0;
      },
    },
    whatsapp: {
      what: 'templates plan, apply, status: the texts that WhatsApp has to approve',
      run: (args) => runWhatsApp(args),
    },
  };

function complain(lines: readonly string[]): number {
  for (const line of lines) process.stderr.write(`${line}\n`);
  return 1;
}

async function main(): Promise<number> {
  const [name = 'help', ...args] = process.argv.slice(2);
  const command = commands[name];
  if (command) return command.run(args);
  const list = Object.entries(commands).map(([known, { what }]) => `  ${known.padEnd(10)} ${what}`);
  return complain([
    ...(name === 'help' ? [] : [`there is no command "${name}"`]),
    'npm run intumwa -- <command>',
    ...list,
  ]);
}

/** What `parseArgs` says of an option that there is not, or that lacks its value. */
function isMistyped(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

// Whoever reads has seen enough: `npm run bench | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});
try {
  process.exit(await main());
} catch (error) {
  if (!(error instanceof CannotStart) && !isMistyped(error)) throw error;
  process.exit(complain([error.message]));
}
