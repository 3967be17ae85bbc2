import { expect, test } from 'vitest';
import type { KnownTemplate } from '../../src/app/template-plan.ts';
import { watchTemplates } from '../../src/app/template-watch.ts';
import { named } from '../../src/channels/whatsapp/templates.ts';
import { withSimulator } from '../channels/with-simulator.ts';

/** Two templates at the stand-in, handed in and not decided on, and the watch over them. */
async function watched() {
  const { channels, control } = await withSimulator();
  const { templates } = channels.whatsapp;
  await control('approvals', { hold: true });
  const table = new Map<string, KnownTemplate>();
  const wanted = ['one', 'two'].map((word) =>
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
  const trouble = { told: false };
  const look = () =>
    watchTemplates({
      table: {
        list: async () => [...table.values()],
        write: async (template) => void table.set(template.name, template),
      },
      approvalOf: templates.approvalOf,
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
    });
  const [one = '', two = ''] = wanted.map(({ name }) => name);
  const decide = (content: string, status: string) => control('approvals', { content, status });
  return { look, decide, told, table, trouble, one, two };
}

test('a refused and a paused template are told once each', async () => {
  const { look, decide, told, one, two } = await watched();
  await look();
  expect(told).toEqual([]);
  await decide(one, 'rejected');
  await decide(two, 'paused');
  await look();
  await look();
  await look();
  expect(told).toEqual([`${one} rejected`, `${two} paused`]);
});

test('another reason for the same refusal is kept, but not told again', async () => {
  const { look, decide, told, table, one } = await watched();
  await decide(one, 'rejected');
  await look();
  const known = table.get(one);
  if (known) table.set(one, { ...known, reason: 'an older one' });
  await look();
  expect(told).toHaveLength(1);
  expect(table.get(one)?.reason).not.toBe('an older one');
});

test('what could not be told is told at the next look', async () => {
  const { look, decide, told, trouble, one } = await watched();
  await decide(one, 'rejected');
  trouble.told = true;
  await expect(look()).rejects.toThrow('away');
  trouble.told = false;
  await look();
  expect(told).toEqual([`${one} rejected`]);
});
