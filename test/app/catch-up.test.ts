import { expect, test } from 'vitest';
import { type Caught, catchUp } from '../../src/app/catch-up.ts';

const minute = 60_000;
const noon = new Date('2027-03-01T12:00:00Z');
const at = (minutes: number) => new Date(noon.getTime() + minutes * minute);

/** One look at noon, after which the mark is where the next one begins. */
async function look(mark: Date | null, caught: Omit<Caught, 'messages'>) {
  let since: Date | null = null;
  let written: Date | null = null;
  const warned: string[] = [];
  await catchUp({
    marks: {
      read: async () => mark,
      write: async (through) => {
        written = through;
      },
    },
    fetch: async (from) => {
      since = from;
      return { ...caught, messages: 1 };
    },
    clock: { now: () => noon },
    log: { info() {}, warn: (_, text) => warned.push(text), error() {} },
  });
  return { since, written, warned: warned.length };
}

test('the first look goes back a day, and the next begins a little before its end', async () => {
  expect(await look(null, { kind: 'done', through: noon })).toEqual({
    since: at(-24 * 60),
    written: at(-10),
    warned: 0,
  });
});

test('after three days away the look goes back three days', async () => {
  const mark = at(-3 * 24 * 60);
  expect(await look(mark, { kind: 'more', through: at(-2 * 24 * 60) })).toEqual({
    since: mark,
    written: at(-2 * 24 * 60),
    warned: 1,
  });
});

test('an interruption is told, and loses nothing that was reached', async () => {
  expect(await look(at(-60), { kind: 'interrupted', through: at(-30) })).toMatchObject({ written: at(-30) });
  expect(await look(at(-60), { kind: 'interrupted', through: at(-60) })).toEqual({
    since: at(-60),
    written: null,
    warned: 1,
  });
});

test('more in ten minutes than one look may take is not looked at for ever', async () => {
  expect(await look(at(-10), { kind: 'more', through: at(-4) })).toMatchObject({ written: at(-4) });
});
