import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { keepMasterKey, readConfig } from '../src/config.ts';

const key = Buffer.alloc(32, 7).toString('base64');
const telegram = { TELEGRAM_BOT_TOKEN: `12345:${'a'.repeat(35)}`, MASTER_KEY: key };
const twilio = {
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'f'.repeat(32),
  TWILIO_WHATSAPP_FROM: '+250780000000',
  PUBLIC_BASE_URL: 'https://intumwa.example/',
  MASTER_KEY: key,
};
const slack = { SLACK_BOT_TOKEN: 'xoxb-1-2', SLACK_COORDINATOR_CHANNEL: 'C0AB', MASTER_KEY: key };

const kept = () => new Uint8Array(32).fill(1);
const read = (env: Record<string, string>) => readConfig(env, kept);
const problemsOf = (env: Record<string, string>) => {
  const result = read(env);
  return result.ok ? [] : result.problems;
};
const configOf = (env: Record<string, string>) => {
  const result = read(env);
  if (!result.ok) throw new Error(result.problems.join('\n'));
  return result.config;
};

test('nothing configured is a whole configuration: embedded database, everything simulated', () => {
  expect(configOf({})).toEqual({
    port: 3000,
    dataDir: '.data',
    logLevel: 'info',
    telegram: { kind: 'simulated' },
    whatsapp: { kind: 'simulated' },
    slack: { kind: 'simulated' },
    simulated: true,
    masterKey: kept(),
  });
});

test('a provider becomes real by its tokens, and only that one', () => {
  const { telegram: real, whatsapp, simulated } = configOf(telegram);
  expect(real).toEqual({ kind: 'polling', botToken: telegram.TELEGRAM_BOT_TOKEN });
  expect({ whatsapp, simulated }).toEqual({ whatsapp: { kind: 'simulated' }, simulated: true });
});

test('with every provider real, nothing is simulated', () => {
  const config = configOf({ ...telegram, ...twilio, ...slack, SLACK_APP_TOKEN: 'xapp-1' });
  expect(config.simulated).toBe(false);
  expect(config.publicBaseUrl).toBe('https://intumwa.example');
  expect(config.whatsapp).toMatchObject({ kind: 'webhook', from: 'whatsapp:+250780000000' });
  expect(config.slack).toMatchObject({ kind: 'socket', appToken: 'xapp-1', channel: 'C0AB' });
  expect(config.masterKey).toEqual(new Uint8Array(32).fill(7));
});

test('an empty variable is an absent one', () => {
  expect(configOf({ PORT: '', DATABASE_URL: '', TELEGRAM_BOT_TOKEN: '' })).toMatchObject({
    port: 3000,
    simulated: true,
  });
});

test.each<[string, Record<string, string>, string[]]>([
  ['a port that is none', { PORT: '70000' }, ['PORT must be a number from 0 to 65535 (0 picks a free port)']],
  [
    'an address of another database',
    { DATABASE_URL: 'mysql://h/x', MASTER_KEY: key },
    ['DATABASE_URL must be a PostgreSQL address, postgresql://user:password@host:5432/name'],
  ],
  [
    'a key that is too short',
    { MASTER_KEY: 'aGVsbG8=' },
    ['MASTER_KEY must be 32 random bytes in base64 (openssl rand -base64 32)'],
  ],
  [
    'a real provider without a key',
    { TELEGRAM_BOT_TOKEN: telegram.TELEGRAM_BOT_TOKEN },
    ['MASTER_KEY must be set, because TELEGRAM_BOT_TOKEN is set'],
  ],
  [
    'a database of one’s own without a key',
    { DATABASE_URL: 'postgres://h/x' },
    ['MASTER_KEY must be set, because DATABASE_URL is set'],
  ],
  [
    'Telegram by webhook without secret and address',
    { ...telegram, TELEGRAM_MODE: 'webhook' },
    [
      'TELEGRAM_WEBHOOK_SECRET must be set, because TELEGRAM_MODE is webhook',
      'PUBLIC_BASE_URL must be set, because TELEGRAM_MODE is webhook',
    ],
  ],
  [
    'half of Twilio',
    { TWILIO_AUTH_TOKEN: twilio.TWILIO_AUTH_TOKEN },
    [
      'TWILIO_ACCOUNT_SID must be set, because TWILIO_AUTH_TOKEN is set',
      'TWILIO_WHATSAPP_FROM must be set, because TWILIO_AUTH_TOKEN is set',
    ],
  ],
  [
    'Slack that neither listens nor is called',
    slack,
    [
      'SLACK_SIGNING_SECRET must be set, because SLACK_BOT_TOKEN is set and SLACK_APP_TOKEN is not',
      'PUBLIC_BASE_URL must be set, because SLACK_BOT_TOKEN is set and SLACK_APP_TOKEN is not',
    ],
  ],
])('%s is told in words', (_, env, problems) => {
  expect(problemsOf(env)).toEqual(problems);
});

test('all problems come at once, and none repeats a secret', () => {
  const problems = problemsOf({
    PORT: 'x',
    SLACK_BOT_TOKEN: 'secret-token',
    TELEGRAM_MODE: 'carrier pigeon',
  });
  expect(problems.length).toBeGreaterThanOrEqual(4);
  expect(problems.join('\n')).not.toMatch(/secret-token|pigeon/);
});

test('the key that is kept beside the data stays the same, and is private', () => {
  const folder = mkdtempSync(join(tmpdir(), 'intumwa-config-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const dataDir = join(folder, 'data');
  const first = keepMasterKey(dataDir);
  expect(first).toHaveLength(32);
  expect(keepMasterKey(dataDir)).toEqual(first);
  expect(statSync(join(dataDir, 'master.key')).mode & 0o077).toBe(0);
});
