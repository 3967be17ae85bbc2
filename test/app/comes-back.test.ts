import { expect, test } from 'vitest';
import { simulatedProduct } from '../support/simulated-product.ts';

test('who said STOP before agreeing to anything comes back by START, also where a ticket is open', async () => {
  const { call, settle } = await simulatedProduct();
  const person = 'people/telegram/4714';
  await call('POST', 'people', { channel: 'telegram', address: '4714', name: 'Aline', locale: 'en' });
  const last = async () => {
    const { messages } = await call('GET', `${person}/messages`);
    return (messages as { text: string }[]).at(-1)?.text ?? ''; // documented in the README
  };
  const say = async (text: string) => {
    await call('POST', `${person}/say`, { text });
    await settle();
  };
  for (const text of ['hello', 'xx', 'yy', 'zz', 'STOP']) await say(text);
  expect(await last()).toContain('START');
  await say('START');
  expect(await last()).toContain('Who are you?');
  await say('Just asking');
  expect(await last(), 'and is listened to from then on').not.toContain('Who are you?');
}, 60_000);
