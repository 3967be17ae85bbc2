import { expect, test, vi } from 'vitest';
import { member, simulatedProduct } from '../support/simulated-product.ts';

const phone = member.address;
const about = { code: 'A-0087', hospital: 'Kabgayi Hospital' };

async function withMember(more: readonly object[] = []) {
  const product = await simulatedProduct();
  await product.call('POST', 'people', { channel: 'whatsapp', address: phone, name: 'Aline', locale: 'en' });
  const [person = 0, ...others] = await product.seed([member, ...more]);
  return { ...product, person, others };
}

test('a message that WhatsApp refuses in a receipt because the window is closed comes as its template', async () => {
  const { person, tell, settle, say, sees, ledger, call } = await withMember();
  await say('whatsapp', phone, 'thanks');
  await settle();
  const before = (await sees('whatsapp', phone)).length;
  await call('POST', 'faults', { channel: 'whatsapp', fault: 'window-closed' });
  const id = await tell(person, 'offer.ended.text', about);
  await vi.waitFor(async () => {
    const rows = await ledger();
    expect(rows.find((row) => row.id === id)).toMatchObject({
      state: 'failed',
      reason: '63016',
      handled: true,
    });
    expect(rows.find(({ replaces }) => replaces === id)).toMatchObject({
      form: 'template',
      state: 'delivered',
    });
  }, 10_000);
  await settle();
  const seen = (await sees('whatsapp', phone)).slice(before);
  expect(seen).toHaveLength(1);
  expect(seen[0]?.template).toEqual(expect.any(String));
  expect(seen[0]?.text).toContain('A-0087');
}, 60_000);

test('without an approved template the message waits, one notice goes, and the answer brings everything in order', async () => {
  const { person, tell, settle, say, sees, ledger, call, advance, alerts } = await withMember();
  await say('whatsapp', phone, 'thanks');
  await settle();
  await advance('P2D');
  const notice = await tell(person, 'common.notice.text', {});
  await settle();
  await call('POST', 'approvals', { hold: true });
  expect((await sees('whatsapp', phone)).at(-1)?.text).toContain('There is a message for you');
  // The person has read it, and that window is over.
  await say('whatsapp', phone, 'thanks');
  await settle();
  await advance('P2D');
  const before = (await sees('whatsapp', phone)).length;

  const first = await tell(person, 'offer.ended.text', about);
  const second = await tell(person, 'offer.kept.text', about);
  await settle();
  await vi.waitFor(async () => {
    const rows = (await ledger()).filter(({ id }) => id > notice);
    expect(rows.filter(({ key }) => key === 'common.notice.text')).toMatchObject([{ state: 'delivered' }]);
    expect(rows.filter(({ id }) => id === first || id === second)).toMatchObject([
      { state: 'held', reason: 'window_closed', handled: true },
      { state: 'held', reason: 'window_closed', handled: true },
    ]);
  }, 10_000);
  expect(await alerts()).toEqual([
    'staff.no_template.text en, offer: ended',
    'staff.no_template.text en, offer: kept',
  ]);

  await say('whatsapp', phone, 'yes');
  await settle();
  const seen = (await sees('whatsapp', phone)).slice(before).map(({ text }) => text);
  expect(seen.filter((text) => text.includes('There is a message for you'))).toHaveLength(1);
  expect(seen.filter((text) => text.includes('A-0087'))).toEqual([
    expect.stringContaining('ended without an answer'),
    expect.stringContaining('Your yes is kept'),
  ]);
  const sent = (await ledger()).filter(({ id }) => id === first || id === second);
  expect(sent.map(({ state }) => state)).toEqual(['delivered', 'delivered']);
}, 60_000);

test('what was held and has been settled meanwhile is not said any more', async () => {
  const { person, tell, settle, say, ledger, call, advance } = await withMember();
  await say('whatsapp', phone, 'thanks');
  await settle();
  await advance('P2D');
  await call('POST', 'approvals', { hold: true });
  const opens = { flow: 'offer', version: 1, step: 'answer', data: { assignmentId: 4711 } };
  const gone = await tell(
    person,
    'offer.remind24.text',
    { ...about, hours: '24', until: 'tomorrow' },
    { opens },
  );
  await settle();
  await vi.waitFor(async () =>
    expect((await ledger()).find(({ id }) => id === gone)).toMatchObject({ state: 'held' }),
  );
  await say('whatsapp', phone, 'hello');
  await settle();
  expect((await ledger()).find(({ id }) => id === gone)).toMatchObject({
    state: 'cancelled',
    reason: 'no_longer_relevant',
  });
}, 60_000);
