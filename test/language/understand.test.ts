import { Readable, Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { kinds, runUnderstand, understand } from '../../src/understand.ts';

const line = { lang: 'fr', now: '2026-11-23T09:00:00Z', tz: 'Europe/Brussels' } as const;

async function answers(...lines: readonly string[]): Promise<readonly unknown[]> {
  let written = '';
  const output = new Writable({
    write(chunk, _encoding, done) {
      written += String(chunk);
      done();
    },
  });
  await runUnderstand(Readable.from(lines.map((one) => `${one}\n`)), output);
  return written
    .trim()
    .split('\n')
    .map((one): unknown => JSON.parse(one));
}

test('one line comes back for each, in order, with what was asked in it', async () => {
  const first = { ...line, kind: 'date', text: 'svp le 5 mai', id: 7 };
  const second = { ...line, kind: 'yesno', text: 'oui mais pas en mai' };
  expect(await answers(JSON.stringify(first), '', JSON.stringify(second))).toEqual([
    { ...first, result: 'value', value: '2027-05-05', confidence: 'certain' },
    { ...second, result: 'unclear', why: 'not_yes_or_no' },
  ]);
});

test('a line that asks nothing sensible is answered, and the next one is read', async () => {
  const [broken, unknown, good] = await answers(
    '{"lang":',
    JSON.stringify({ ...line, kind: 'colour', text: 'rouge' }),
    JSON.stringify({ ...line, kind: 'number', text: 'cinq' }),
  );
  expect(broken).toMatchObject({ result: 'unclear', error: expect.any(String) });
  expect(unknown).toMatchObject({
    kind: 'colour',
    result: 'unclear',
    error: expect.stringContaining('kind'),
  });
  expect(good).toMatchObject({ result: 'value', value: 5 });
});

test('the day is the one of the time zone', () => {
  const late = { ...line, kind: 'date', text: 'demain', now: '2026-11-23T22:30:00Z' };
  expect(understand({ ...late, tz: 'Europe/London' })).toMatchObject({ value: '2026-11-24' });
  expect(understand({ ...late, tz: 'Africa/Kigali' })).toMatchObject({ value: '2026-11-25' });
});

test('a global word answers no other question, and a bare hagarika is asked back', () => {
  expect(understand({ ...line, kind: 'date', text: 'Retour' })).toMatchObject({
    result: 'other',
    value: 'back',
  });
  expect(understand({ ...line, kind: 'name', text: 'STOP' })).toMatchObject({
    result: 'other',
    value: 'stop',
  });
  expect(understand({ ...line, kind: 'command', text: 'hagarika' })).toMatchObject({
    result: 'ambiguous',
    candidates: ['cancel', 'stop'],
  });
});

/** The bench measures; this only notices a reading that has become many times slower, on however busy a machine. */
test('a thousand lines of all kinds take a fraction of a second', () => {
  const texts = [
    'oui mais pas en mai',
    'from 1 May to 30 July 2027',
    'umuforomo mu bitaro bya Kigali',
    'svp 12',
  ];
  const thousand = Array.from({ length: 1000 }, (_, at) => ({
    ...line,
    kind: kinds[at % kinds.length],
    text: `${texts[at % texts.length]} ${at % 31}`,
  }));
  const rounds = Array.from({ length: 5 }, () => {
    const started = process.cpuUsage();
    thousand.forEach(understand);
    const { user, system } = process.cpuUsage(started);
    return (user + system) / 1000;
  });
  expect(Math.min(...rounds)).toBeLessThan(500);
});

/** Slack delivers up to 40,000 characters, and one person must not hold up the others. */
test.each(kinds)('%s: a message of endless length takes no more than the longest one does', (kind) => {
  for (const part of ['(', 'a ', '+32 ', '@', 'no, ']) {
    const started = process.cpuUsage();
    const { result } = understand({ ...line, kind, text: part.repeat(40_000) }) as { result: string };
    const { user, system } = process.cpuUsage(started);
    expect(result, part).not.toBe('value');
    expect((user + system) / 1000, part).toBeLessThan(1_000);
  }
});
