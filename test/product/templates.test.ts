import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { templateDrafts } from '../../src/app/template-plan.ts';
import { named, provisioning } from '../../src/channels/whatsapp/templates.ts';
import { clientOf } from '../../src/channels/whatsapp/whatsapp.ts';
import { simulatedSecrets } from '../../src/endpoints.ts';
import { createWords } from '../../src/locale.ts';
import { createProgram } from '../../src/program.ts';
import { simulatedAccounts } from '../../src/simulator/product.ts';
import { openContents } from '../../src/store/contents.ts';
import { releaseHeld } from '../../src/store/follow-up.ts';
import { openPrisma } from '../../src/store/prisma.ts';
import { openSeals } from '../../src/store/seal.ts';
import { openStore } from '../../src/store/store.ts';
import { whatsappTemplates } from '../../src/tools/whatsapp.ts';
import { member, simulatedProduct } from '../support/simulated-product.ts';

const words = createWords(fileURLToPath(new URL('../../locales', import.meta.url)));
const few = new Set(['common.notice.text', 'offer.ended.text', 'call.invite.text']);
const wanted = templateDrafts(words, createProgram(words))
  .filter(({ key }) => few.has(key))
  .map(named);

/** The command beside a running product, as an operator runs it. */
async function operator() {
  const product = await simulatedProduct();
  const { db, url } = product;
  const twilio = `${url}/twilio`;
  const said: string[] = [];
  const clock = { now: () => new Date('2027-03-02T10:00:00Z') };
  const contents = openContents(openPrisma(db), simulatedAccounts.sender, clock);
  const post = {
    channel: 'slack',
    account: simulatedAccounts.teamId,
    address: simulatedAccounts.channel.id,
  } as const;
  const work = {
    table: contents.templates,
    provisioning: provisioning(
      clientOf({
        accountSid: simulatedAccounts.accountSid,
        authToken: simulatedSecrets.twilio,
        baseUrls: { api: twilio, content: twilio, messaging: twilio },
      }),
    ),
    wanted,
    release: (now: Date) => releaseHeld(db, now),
    store: openStore(db, openSeals(Buffer.alloc(32, 7)), post),
    now: clock.now,
    say: (line: string) => said.push(line),
  };
  const run = async (verb: 'plan' | 'apply' | 'status', more: Partial<typeof work> = {}) => {
    said.length = 0;
    const code = await whatsappTemplates(verb, { ...work, ...more });
    return { code, said: [...said], last: said.at(-1) };
  };
  return { ...product, contents, run };
}

test('a plan is shown, made once, and nothing counts before Meta agrees', async () => {
  const { run, call, contents, db } = await operator();
  await call('POST', 'approvals', { hold: true });
  expect(wanted).toHaveLength(9);
  const plan = await run('plan');
  expect(plan.last).toBe('9 new');
  expect(plan.said.filter((line) => line.includes('call_invite_text'))).toEqual(
    ['rw', 'fr', 'en'].map((lang) =>
      expect.stringMatching(`call_invite_text_${lang}_.* MARKETING, . variables, 4 buttons`),
    ),
  );
  expect((await db.query('SELECT count(*)::int AS n FROM content WHERE key IS NOT NULL')).rows).toEqual([
    { n: 0 },
  ]);

  expect(await run('apply')).toMatchObject({ code: 0, last: '9 new' });
  expect(await run('apply'), 'a second run has nothing to do').toMatchObject({ last: 'nothing to do' });
  expect(await run('status')).toMatchObject({ code: 0, last: '9 received' });
  const [first] = wanted;
  if (!first) throw new Error('there are nine');
  expect(await contents.find(first.hash)).toBeNull();

  await call('POST', 'approvals', { content: first.name, status: 'approved' });
  expect(await run('status')).toMatchObject({ code: 0, last: '1 approved, 8 received' });
  expect(await contents.find(first.hash)).toMatch(/^HX/);

  await call('POST', 'approvals', { content: first.name, status: 'paused' });
  const paused = await run('status');
  expect(paused.code).toBe(1);
  expect(paused.said).toContainEqual(expect.stringMatching(`^paused +${first.name}`));
  expect(await contents.find(first.hash), 'what is paused is not sent').toBeNull();
  expect(await run('status'), 'and is told once').toMatchObject({ code: 1 });
  expect(
    (await db.query("SELECT count(*)::int AS n FROM ledger WHERE key = 'staff.template.text'")).rows,
  ).toEqual([{ n: 1 }]);
}, 60_000);

test('a changed text is another template, and one that Twilio lost is made anew', async () => {
  const { run, db } = await operator();
  await run('apply');
  await run('status');
  const reworded = wanted.map((one) =>
    one.key === 'offer.ended.text' && one.lang === 'en'
      ? named({ ...one, body: `${one.body} Thank you.` })
      : one,
  );
  const plan = await run('plan', { wanted: reworded });
  expect(plan.last).toBe('8 unchanged, 1 changed');
  await db.query(
    "UPDATE content SET sid = 'HX' || repeat('0', 32) WHERE key = 'common.notice.text' AND lang = 'rw'",
  );
  expect((await run('plan')).last).toBe('8 unchanged, 1 lost');
  expect(await run('apply')).toMatchObject({ code: 0, last: '1 lost' });
  expect((await run('plan')).last).toBe('9 unchanged');
}, 60_000);

test('an approval lets go what waited for it', async () => {
  const { run, call, say, seed, settle, advance, tell, ledger, sees } = await operator();
  await call('POST', 'people', { channel: 'whatsapp', address: member.address, name: 'Aline', locale: 'en' });
  const [person = 0] = await seed([member]);
  await call('POST', 'approvals', { hold: true });
  await run('apply');
  await say('whatsapp', member.address, 'thanks');
  await settle();
  await advance('P2D');
  const id = await tell(person, 'offer.ended.text', { code: 'A-0087', hospital: 'Kabgayi Hospital' });
  await settle();
  await vi.waitFor(async () =>
    expect((await ledger()).find((row) => row.id === id)).toMatchObject({ state: 'held', handled: true }),
  );
  const name = wanted.find(({ key, lang }) => key === 'offer.ended.text' && lang === 'en')?.name;
  await call('POST', 'approvals', { content: name, status: 'approved' });
  await run('status', { now: () => new Date('2027-03-04T10:00:00Z') });
  await vi.waitFor(async () => {
    await settle();
    expect((await sees('whatsapp', member.address)).at(-1)?.text).toContain('A-0087');
  }, 10_000);
}, 60_000);
