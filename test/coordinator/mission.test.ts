import { expect, test } from 'vitest';
import { psychologist, slackScene, spring } from './scene.ts';

/** Coordinators in Slack, a member and a hospital on Telegram: each in their own words, until somebody may travel. */
test('from the call to "ready to travel", everybody in their own chat', { timeout: 60_000 }, async () => {
  const { act, actor, command, desk, press, sees } = await slackScene();
  const [member, director, focal] = ['5001', '9001', '9002'] as const;
  const [claire, odile] = [await actor('claire'), await actor('odile')];
  await desk.needs.create.confirm(psychologist, claire, '1');
  await desk.needs.validate.confirm({ code: 'N-0001' }, odile, '2');
  await desk.missions.create.confirm(spring, claire, '3');
  await desk.missions.approve.confirm({ code: 'M-2027-01' }, claire, '4');
  await desk.missions.approve.confirm({ code: 'M-2027-01' }, odile, '5');
  const says = async (who: string, ...texts: readonly string[]) => {
    for (const text of texts) await act(who, 'say', { text });
  };
  const done = async (text: string) => {
    await command('claire', text);
    return (await press('claire', 'Confirm')).text;
  };
  const digits = async () =>
    (await sees(director)).flatMap(({ text }) => /\b\d{6}\b/.exec(text)?.[0] ?? []).at(-1) ?? 'no code came';

  await done('/call M-2027-01');
  await act(member, 'press', { label: 'Ça m’intéresse' });
  await says(member, '03/05/2027 - 28/05/2027', '1', 'non', 'PASSER', 'oui', '1');
  expect((await command('claire', '/call B-0001')).text).toContain('answered 1, sent 2');

  const [offered] = (await command('claire', '/match M-2027-01')).choices;
  expect(offered?.label).toBe('Offer D-00001');
  await done('/offer D-00001 N-0001 2027-05-03 2027-05-28 teaching_only');
  await says(member, '1', 'ACCEPTER A-0001');
  await says(focal, '1');
  await says(director, await digits());
  expect((await command('claire', '/assign A-0001')).text).toContain('Next: contract');

  await done('/assign clear A-0001');
  await done(
    '/travel A-0001 SN465 BRU-KGL 2027-05-01T10:45 2027-05-01T20:05 pickup="Eric, +250788000000" lodging="Guest house"',
  );
  await says(member, '1');
  await done('/gate A-0001 G1,G2,G3,G4,G5,G6,G7,G8,G11 green checked');
  expect((await command('claire', '/assign A-0001')).text).toContain('Gates: 10 of 11 settled; open: G10');
  expect((await command('claire', '/ready go A-0001')).text).toContain('Not all gates are green');

  await says(focal, 'LIST', ...Array<string>(12).fill('1'));
  await says(director, await digits());
  expect((await command('claire', '/ready A-0001')).text).toContain('State: confirmed');
  expect(await done('/ready go A-0001')).toContain('the member may travel');
  expect((await desk.see.assignment('A-0001', claire))?.status).toBe('ready_to_travel');
});
