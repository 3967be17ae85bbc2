import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { createLog } from '../../src/log.ts';
import { freshDatabase } from '../support/database.ts';
import { memoryLog } from './memory-log.ts';

const name = 'Espérance Nyirahabimana';
const phone = '+32470998877';
const body = 'Mfite ikibazo gikomeye cyane';
const personal = [name, phone, phone.slice(1), body, 'Nyirahabimana', '998877', 'ikibazo'];

function expectNothingPersonal(text: string) {
  for (const word of personal) expect(text).not.toContain(word);
}

test('an error is logged by class, code and place, never by its message', () => {
  const { log, lines, text } = memoryLog();
  const cause = new TypeError(`cannot read ${body}\n    at ${name} (${phone})`);
  log.error({ err: new Error(`${name} <${phone}>: ${body}`, { cause }), conversation: 17 }, 'turn parked');
  expectNothingPersonal(text());
  expect(lines()[0]).toMatchObject({
    msg: 'turn parked',
    conversation: 17,
    err: {
      type: 'Error',
      at: expect.arrayContaining([expect.stringContaining('log.test.ts')]),
      cause: { type: 'TypeError', at: expect.arrayContaining([expect.stringContaining('log.test.ts')]) },
    },
  });
});

test('a line that brings nothing but its error does not borrow its message', () => {
  const destination: string[] = [];
  const log = createLog('info', { write: (line) => void destination.push(line) });
  log.error(new Error(body));
  log.error({ err: new Error(`${name} ${phone}`) });
  log.error(`called "${name}" at ${phone}`);
  expect(destination).toHaveLength(3);
  expectNothingPersonal(destination.join(''));
});

test('what JSON.parse stumbles over is not repeated', () => {
  const { log, text } = memoryLog();
  const error = thrownBy(() => JSON.parse(body));
  expect(String(error)).toContain('Mfite');
  log.error({ err: error, error }, 'unreadable');
  expect(text()).toContain('SyntaxError');
  expect(text()).not.toContain('Mfite');
});

test.each([
  ['a value taken twice', "INSERT INTO people VALUES (1, $1, $2, 'x')", '23505'],
  ['a row against a check', "INSERT INTO people VALUES (2, $1, $2, 'forbidden')", '23514'],
  ['text that is no number', 'INSERT INTO people (id, name) SELECT ($1::text || $2::text)::int, $1', '22P02'],
  [
    'a function that raises',
    'SELECT refuse($1::text, $2::text) FROM (SELECT 1) x WHERE $1::text IS NOT NULL',
    'P0001',
  ],
])('PostgreSQL refusing %s quotes it, and the log does not', async (_, sql, code) => {
  const { url, drop } = await freshDatabase();
  const db = new pg.Client({ connectionString: url });
  await db.connect();
  onTestFinished(async () => {
    await db.end();
    await drop();
  });
  await db.query(`
    CREATE TEMP TABLE people (id int PRIMARY KEY, name text, phone text UNIQUE, note text CHECK (note <> 'forbidden'));
    CREATE FUNCTION pg_temp.refuse(a text, b text) RETURNS void LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'no room for %', a USING DETAIL = b, HINT = a; END $$;`);
  await db.query("INSERT INTO people VALUES (9, 'Nobody', $1, 'x')", [phone]);
  const error = await db.query(sql.replace('refuse', 'pg_temp.refuse'), [name, phone]).then(
    () => null,
    (caught: unknown) => caught as Error & { detail?: string },
  );
  expect(`${error?.message} ${error?.detail}`, 'it would have leaked').toMatch(/998877/);

  const { log, lines, text } = memoryLog();
  log.error({ err: error }, 'turn parked');
  log.error({ err: new AggregateError([error], name) }, 'turn parked');
  expectNothingPersonal(text());
  expect(lines()[0]).toMatchObject({ err: { code, at: expect.any(Array) } });
  expect(lines()[1]).toMatchObject({ err: { errors: [{ code }] } });
});

test('what is logged by mistake is struck out by its name, at any of three depths', () => {
  const { log, text, lines } = memoryLog();
  const inbound = { channel: 'whatsapp', address: phone, event: { kind: 'text', text: body } };
  log.warn({ ...inbound, ledger: 4 }, 'x');
  log.warn({ inbound, person: { name, phone, email: 'e@example.org' } }, 'x');
  log.warn({ wanted: { conversation: { address: phone, session: { answers: name } } } }, 'x');
  log.info({ row: { plain: { params: { who: name } }, message: body } }, 'x');
  expectNothingPersonal(text());
  expect(lines()[0]).toMatchObject({ ledger: 4, channel: 'whatsapp', address: '[redacted]' });
});

test('what a provider quotes in its refusal is left out, and its code stays', () => {
  const { log, text, lines } = memoryLog();
  log.warn({ detail: `400 Bad Request: can't parse entities: tag "${name}" at byte offset 7` }, 'no');
  log.warn({ detail: `21211 The 'To' number whatsapp:${phone} is not valid` }, 'no');
  log.warn({ why: `mail to claudine@example.org`, path: `/people/whatsapp/%2B32470998877/say` }, 'no');
  log.warn({ channel: 'slack' }, `could not parse '${body}' from ${phone}`);
  expectNothingPersonal(text());
  expect(text()).not.toContain('claudine');
  expect(lines().map(({ detail }) => detail)).toEqual([
    expect.stringMatching(/^400 Bad Request: can't parse entities: tag "…"/),
    expect.stringMatching(/^21211 The "…" number/),
    undefined,
    undefined,
  ]);
});

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
