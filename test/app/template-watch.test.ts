import { expect, test } from 'vitest';
import type { KnownTemplate } from '../../src/app/template-plan.ts';
import { watchTemplates } from '../../src/app/template-watch.ts';
import { named } from '../../src/channels/whatsapp/templates.ts';
import { withSimulator } from '../channels/with-simulator.ts';

/** Three templates at the stand-in, handed in and not decided on, and the watch over them. */
async function watched() {
  const { channels, control } = await withSimulator();
  const { templates } = channels.whatsapp;
  await control('approvals', { hold: true });
  const table = new Map<string, KnownTemplate>();
  const wanted = ['one', 'two', 'three'].map((word) =>
    named({
      key: `demo.${word}.text`,
      lang: 'en',
      category: 'UTILITY',
      body: `This is template ${word}, for a test.`,
      options: [],
    } as const),
  );
  for (const { hash, name, category, ...source } of wanted) {
    const made = await templates.create({ ...source, category, samples: [] });
    if (!('sid' in made)) throw new Error('the stand-in makes it');
    await templates.submit(made.sid, name, category);
    table.set(name, { ...source, hash, name, sid: made.sid, status: 'received', reason: '' });
  }
  const told: string[] = [];
  const asked: string[] = [];
  const trouble = { told: false };
  const look = (which: 'all' | 'not approved') =>
    watchTemplates(
      {
        table: {
          list: async () => [...table.values()],
          write: async (template) => void table.set(template.name, template),
        },
        async approvalOf(sid) {
          asked.push(sid);
          return templates.approvalOf(sid);
        },
        wanted,
        release: async () => 0,
        store: {
          async save({ messages }) {
            if (trouble.told) throw new Error('the database is away');
            const { name, status } = messages[0]?.plain?.params ?? {};
            told.push(`${name} ${status}`);
            return { kind: 'saved' } as never; // nobody looks at it
          },
        },
        now: () => new Date('2027-03-01T09:00:00Z'),
      },
      which,
    );
  const [one = '', two = '', three = ''] = wanted.map(({ name }) => name);
  const decide = (content: string, status: string) => control('approvals', { content, status });
  return { look, decide, told, asked, table, trouble, one, two, three };
}

test('a refused and a paused template are told once each, at whichever look', async () => {
  const { look, decide, told, one, two } = await watched();
  await look('all');
  expect(told).toEqual([]);
  await decide(one, 'rejected');
  await decide(two, 'paused');
  await look('not approved');
  await look('not approved');
  await look('all');
  expect(told).toEqual([`${one} rejected`, `${two} paused`]);
});

test('another reason for the same refusal is kept, but not told again', async () => {
  const { look, decide, told, table, one } = await watched();
  await decide(one, 'rejected');
  await look('all');
  const known = table.get(one);
  if (known) table.set(one, { ...known, reason: 'an older one' });
  await look('all');
  expect(told).toHaveLength(1);
  expect(table.get(one)?.reason).not.toBe('an older one');
});

test('what is approved is left alone until the daily look', async () => {
  const { look, decide, asked, told, one, two, three } = await watched();
  for (const name of [one, two]) await decide(name, 'approved');
  await look('not approved');
  expect(asked).toHaveLength(3);
  await look('not approved');
  expect(asked).toHaveLength(4);
  await decide(three, 'approved');
  await look('not approved');
  await look('not approved');
  expect(asked).toHaveLength(5);
  await decide(one, 'paused');
  await look('all');
  expect(told).toEqual([`${one} paused`]);
});

test('what could not be told is told at the next look', async () => {
  const { look, decide, told, trouble, one } = await watched();
  await decide(one, 'rejected');
  trouble.told = true;
  await expect(look('all')).rejects.toThrow('away');
  trouble.told = false;
  await look('not approved');
  expect(told).toEqual([`${one} rejected`]);
});
