import { setTimeout as pause } from 'node:timers/promises';
import type { StandIns, Who } from './stand-ins.ts';

const alice: Who = { channel: 'slack', address: 'U0ALICE' };
const jean: Who = { channel: 'slack', address: 'U0JEAN' };

export type Members = readonly (Who & { readonly name: string })[];

/** Members who say nothing and are called to two missions, on each channel as many. */
export function membersOf(perChannel: number): Members {
  return Array.from({ length: perChannel }, (_, i) => [
    {
      channel: 'whatsapp' as const,
      address: `+3247012${String(i).padStart(4, '0')}`,
      name: `Wanda Member ${letter(i)}`,
    },
    {
      channel: 'telegram' as const,
      address: `7012${String(i).padStart(5, '0')}`,
      name: `Tessa Member ${letter(i)}`,
    },
    { channel: 'slack' as const, address: `U0MEMBER${i}`, name: `Sonia Member ${letter(i)}` },
  ]).flat();
}
const letter = (i: number) => String.fromCodePoint(65 + i);

/** Two approved missions, whose calls wait to be sent: all of it while nothing is broken. Answers their codes. */
export async function prepareCalls(standIns: StandIns, members: Members): Promise<readonly string[]> {
  const { now } = await standIns.call('GET', 'clock');
  const day = (offset: number) =>
    new Date(Date.parse(String(now)) + offset * 86_400_000).toISOString().slice(0, 10);
  for (const { channel, address } of members)
    await standIns.call('POST', 'people', { channel, address, locale: 'en', channels: [] });
  for (const { channel, address } of [alice, jean])
    await standIns.call('POST', 'people', { channel, address });
  await standIns.call('POST', 'seed', {
    coordinators: [
      { name: 'Alice Umutoni', address: alice.address, role: 'coord_rw' },
      { name: 'Jean Mugisha', address: jean.address, role: 'moh' },
    ],
    members: members.map(({ channel, address, name }) => ({
      name,
      channel,
      address,
      locale: 'en',
      country: 'BE',
      profession: 'RN_GEN',
      years: 9,
      levels: { rw: 3, fr: 2, en: 2 },
      window: { from: day(90), to: day(230) },
    })),
  });
  const codes: string[] = [];
  for (const i of [1, 2]) {
    const need = await made(
      standIns,
      /N-\d+/,
      `/need new hospital=H-00${i} profession=RN_GEN posts=9 department="Ward ${i}" from=${day(110)} to=${day(200)} days=14-60 scope=teaching_only languages=fr,en,rw lodging=yes`,
    );
    await confirmed(standIns, jean, `/need validate ${need}`);
    const code = await made(
      standIns,
      /M-\d+-\d+/,
      `/mission new ${need} en="Mission ${i}" fr="Mission ${i}" rw="Igikorwa ${i}" opens=${day(0)} closes=${day(30)} starts=${day(110)} ends=${day(200)} countries=BE`,
    );
    await confirmed(standIns, alice, `/mission approve ${code}`);
    await confirmed(standIns, jean, `/mission approve ${code}`);
    codes.push(code);
  }
  return codes;
}

/**
 * The code of what Alice's command makes. Codes come from sequences and may have gaps (rule 3), and the message that says
 * one may arrive after the stand-ins have settled: it is the first code that was not there before.
 */
async function made(standIns: StandIns, code: RegExp, command: string): Promise<string> {
  const known = new Set(await codesShown(standIns, code));
  await confirmed(standIns, alice, command);
  for (let tries = 0; tries < 100; tries += 1) {
    const fresh = (await codesShown(standIns, code)).find((shown) => !known.has(shown));
    if (fresh) return fresh;
    await pause(100);
  }
  throw new Error(`"${command}" made nothing`);
}

async function codesShown(standIns: StandIns, code: RegExp): Promise<readonly string[]> {
  return (await standIns.messages(alice)).flatMap(({ text }) => code.exec(text)?.[0] ?? []);
}

/** A command shows what it would do; the same person confirms. Throws when nothing came to confirm. */
async function confirmed(standIns: StandIns, who: Who, text: string): Promise<void> {
  const before = (await standIns.messages(who)).length;
  await standIns.act(who, 'command', { text });
  for (let tries = 0; tries < 100; tries += 1) {
    const shown = (await standIns.messages(who)).slice(before);
    const asked = shown.find(({ choices }) => choices.some(({ label }) => label === 'Confirm'));
    if (asked) {
      await standIns.act(who, 'press', { label: 'Confirm', message: asked.id });
      await standIns.call('POST', 'settle', {});
      return;
    }
    await pause(100);
  }
  const shown = (await standIns.messages(who)).slice(before).map((message) => message.text);
  throw new Error(`"${text}" brought nothing to confirm: ${shown.join(' | ')}`);
}

/** Sends a call in the middle of everything, as somebody does who tries again until it has gone out. */
export async function sendCall(
  standIns: StandIns,
  code: string,
  isOut: () => Promise<boolean>,
  isOver: () => boolean,
): Promise<void> {
  while (!isOver()) {
    try {
      await confirmed(standIns, alice, `/call ${code}`);
    } catch {
      // The replica that was asked has died, or refuses a call that went out already.
    }
    for (let tries = 0; tries < 40; tries += 1) {
      if ((await isOut()) || isOver()) return;
      await pause(200);
    }
  }
}
