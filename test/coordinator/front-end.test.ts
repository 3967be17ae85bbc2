import { describe, expect, test } from 'vitest';
import { psychologist, slackScene, spring } from './scene.ts';

const needText =
  '/need new hospital=H-001 profession=AH_PSYCHO posts=1 department="Mental health" from=2027-05-01 to=2027-07-31 days=14-60 scope=teaching_only languages=fr,en lodging=yes';
const missionText =
  '/mission new N-0001 en="Mental health" fr="Santé mentale" rw="Ubuzima bwo mu mutwe" opens=2027-02-01 closes=2027-03-15 starts=2027-05-01 ends=2027-07-31 countries=BE,FR';

describe('from a need to the call', () => {
  test('every change is shown, confirmed once, and moves the next person on', async () => {
    const { command, press, sees } = await slackScene();

    const preview = await command('claire', needText);
    expect(preview.text).toContain('Kabgayi Hospital, Muhanga');
    expect(preview.choices.map(({ label }) => label)).toEqual(['Confirm', 'Cancel']);
    const made = await press('claire', 'Confirm');
    expect(made.text).toContain('Need N-0001');

    // The ministry validates; a coordinator may not.
    expect((await command('claire', '/need validate N-0001')).text).toContain('Your role may not do this.');
    await command('odile', '/need validate N-0001');
    expect((await press('odile', 'Confirm')).text).toContain('N-0001 is validated.');

    await command('claire', missionText);
    expect((await press('claire', 'Confirm')).text).toContain('M-2027-01');
    await command('claire', '/mission approve M-2027-01');
    expect((await press('claire', 'Confirm')).text).toContain('a second person has to approve');
    // Not the same person, nor another of the same role.
    expect((await command('eric', '/mission approve M-2027-01')).text).toContain('Another person has to.');
    await command('odile', '/mission approve M-2027-01');
    expect((await press('odile', 'Confirm')).text).toContain('M-2027-01 is approved.');

    const call = await command('claire', '/call M-2027-01');
    expect(call.text).toContain('Recipients: 3 of 3 members');
    expect(call.text).toContain('By language: fr 2, en 1');
    expect(call.text).toContain('By channel: telegram 3');
    expect(call.text).toContain('By country: Belgium 3');
    // A small audience is named, shortened.
    expect(call.text).toContain('They are: Aline U., Aline U., Aline U.');
    const sent = await press('claire', 'Confirm');
    expect(sent.text).toContain('on its way to 3 members');

    const [invited] = (await sees('5001')).slice(-1);
    expect(invited?.text).toContain('Santé mentale');
    expect(invited?.text).toContain('N-0001');
    expect(invited?.choices.map(({ label }) => label)).toContain('Ça m’intéresse');
    expect((await sees('5002')).at(-1)?.text).toContain('Mental health');
    expect((await sees('C0COORDINATORS')).map(({ text }) => text).join('\n')).toContain(
      'on its way to 3 members',
    );

    // Nobody is told twice.
    expect((await command('claire', '/call M-2027-01')).text).toContain('told already');
  });
});

describe('clicking through from the home tab', () => {
  test('a newcomer finds the next step on every page', async () => {
    const { home, press, modal, submit, sees, act, db, desk, actor } = await slackScene();
    const labels = async (who: 'claire' | 'odile') => (await home(who))?.choices.map(({ label }) => label);
    const pressHome = async (who: 'claire' | 'odile', label: string) => {
      await home(who);
      await press(who, label, { message: 'home' });
    };

    expect(await labels('claire')).toEqual(['New need', 'New mission']);
    await pressHome('claire', 'New need');
    const form = await modal('claire');
    expect(form?.title).toBe('New need');
    // What is wrong is said beside its field, and what was typed stays.
    const need = {
      hospital: 'Kabgayi Hospital',
      department: 'Mental health',
      profession: 'AH_PSYCHO',
      earliest: '2026-01-01',
      latest: '2027-07-31',
    };
    await submit('claire', { ...need, posts: 'two' });
    expect((await modal('claire'))?.errors).toEqual({ posts: 'Please write a whole number.' });
    await submit('claire', need);
    expect((await modal('claire'))?.errors).toEqual({ earliest: 'The first day lies in the past.' });
    await submit('claire', { ...need, earliest: '2027-05-01' });
    expect(await modal('claire')).toMatchObject({ title: 'New need', submit: 'Confirm' });
    await submit('claire');
    expect((await modal('claire'))?.text).toContain('Need N-0001');
    await act('U0CLAIRE', 'close');

    expect(await labels('odile')).toEqual(['Validate N-0001', 'Return N-0001']);
    await pressHome('odile', 'Validate N-0001');
    await submit('odile');
    await act('U0ODILE', 'close');

    await pressHome('claire', 'New mission with N-0001');
    const titles = { title_en: 'Mental health', title_fr: 'Santé mentale', title_rw: 'Ubuzima bwo mu mutwe' };
    await submit('claire', { ...titles, closes: '2027-03-15', starts: '2027-05-01', ends: '2027-07-31' });
    await submit('claire');
    // The result of one step leads to the next, in the same window.
    await press('claire', 'Approve M-2027-01');
    expect(await modal('claire')).toMatchObject({ title: 'Approve M-2027-01', submit: 'Confirm' });
    await submit('claire');
    expect((await modal('claire'))?.text).toContain('a second person');
    await act('U0CLAIRE', 'close');
    await pressHome('odile', 'Approve M-2027-01');
    await submit('odile');
    await pressHome('claire', 'Open the call of M-2027-01');
    expect((await modal('claire'))?.text).toContain('Recipients: 3 of 3');
    await submit('claire');
    await act('U0CLAIRE', 'close');
    expect((await sees('5001')).at(-1)?.text).toContain('Santé mentale');

    await db.query(
      `INSERT INTO application (person_id, mission_id, status, needs, from_day, to_day, share, created_at)
       SELECT person_id, 1, 'complete', '[1]', '2027-05-03', '2027-05-28', true, now() FROM member WHERE code = 'D-00001'`,
    );
    expect((await home('claire'))?.text).toContain('Interested in M-2027-01 (1)');
    await pressHome('claire', 'Offer D-00001');
    expect((await modal('claire'))?.fields.map(({ block }) => block)).toEqual([
      'member',
      'need',
      'from',
      'to',
      'scope',
    ]);
    // All of it is filled in already.
    await submit('claire');
    expect((await modal('claire'))?.text).toContain('3 May 2027 to 28 May 2027');
    await submit('claire');
    expect((await modal('claire'))?.text).toContain('Assignment A-0001');
    await act('U0CLAIRE', 'close');
    expect((await home('claire'))?.text).toContain('Waits for: the member and the focal point');
    expect((await sees('5001')).at(-1)?.text).toContain('A-0001');

    await db.query(`UPDATE assignment SET status = 'agreed', focal_yes_at = now()`);
    await pressHome('claire', 'Contract of A-0001 signed');
    await submit('claire');
    await act('U0CLAIRE', 'close');
    await pressHome('claire', 'Plan the journey of A-0001');
    await submit('claire', { legs: 'nothing' });
    expect(Object.keys((await modal('claire'))?.errors ?? {})).toEqual(['legs']);
    await submit('claire', {
      legs: 'SN465 BRU-KGL 2027-05-01T10:45 2027-05-01T20:05',
      pickup_name: 'Eric Driver',
      pickup_phone: '+250788000000',
    });
    const journey = await modal('claire');
    expect(journey?.text).toContain('SN465 BRU 2027-05-01 10:45 → KGL 2027-05-01 20:05');
    await submit('claire');
    await act('U0CLAIRE', 'close');
    expect((await sees('5001')).at(-1)?.text).toContain('SN465');

    await pressHome('claire', 'Set gates of A-0001');
    const green = Object.fromEntries(
      ['G1', 'G2', 'G3', 'G4', 'G5', 'G6', 'G7', 'G8', 'G9', 'G10', 'G11'].map((gate) => [gate, 'green']),
    );
    await submit('claire', green);
    expect((await modal('claire'))?.text).toContain('G1: open → green');
    await submit('claire');
    await act('U0CLAIRE', 'close');
    await pressHome('claire', 'A-0001 is ready to travel');
    await submit('claire');
    expect((await desk.see.assignment('A-0001', await actor('claire')))?.status).toBe('ready_to_travel');

    // Nothing of the person or of the driver is anywhere in Slack.
    const all = JSON.stringify([await sees('U0CLAIRE'), await sees('C0COORDINATORS'), await home('claire')]);
    expect(all).not.toMatch(/250788000000|Eric Driver|Uwase1/);
  });
});

describe('who presses what, and when', () => {
  test('an old button is judged by what is true now', async () => {
    const { command, press, sees } = await slackScene();
    await command('claire', needText);
    await press('claire', 'Confirm');
    await command('odile', '/need validate N-0001');
    await command('odile', '/need validate N-0001');
    const [first, second] = (await sees('U0ODILE')).filter(({ choices }) =>
      choices.some(({ label }) => label === 'Confirm'),
    );
    await press('odile', 'Confirm', { message: second?.id });
    await press('odile', 'Confirm', { message: first?.id });
    expect((await sees('U0ODILE')).find(({ id }) => id === first?.id)?.text).toContain(
      'not possible in its present state',
    );
  });

  test('a cancelled preview changes nothing', async () => {
    const { command, press, db } = await slackScene();
    await command('claire', needText);
    expect((await press('claire', 'Cancel')).text).toContain('Nothing has changed.');
    expect((await db.query('SELECT FROM need')).rowCount).toBe(0);
  });

  test('who is not staff gets one sentence, wherever they try', async () => {
    const { act, sees } = await slackScene();
    await act('U0STRANGER', 'command', { text: '/today' });
    await act('U0STRANGER', 'command', { text: '/member D-00001' });
    await act('U0STRANGER', 'open-home');
    const told = (await sees('U0STRANGER')).filter(({ ephemeral }) => ephemeral);
    expect(told.map(({ text }) => text)).toEqual(
      Array(2).fill('Not possible\nThis Slack account is not registered as programme staff.'),
    );
  });

  test('an unknown code, and one that is somebody else’s, read the same', async () => {
    const { command, sow } = await slackScene();
    await sow({ members: [{ ...member, country: 'FR' }] });
    const hidden = await command('brussels', '/member D-00004');
    const missing = await command('brussels', '/member D-00999');
    expect(hidden.text).toBe(missing.text);
    expect((await command('claire', '/member D-00004')).text).toContain('D-00004');
  });

  test('what is not understood is answered with how it is written', async () => {
    const { command } = await slackScene();
    expect((await command('claire', '/gate somehow')).text).toContain('/gate A-0001 G4 green note');
    expect(
      (await command('claire', '/offer D-00001 N-0001 2027-05-03 2027-05-28 teaching_only')).text,
    ).toContain('There is no such need');
  });

  test('a name is shown shortened and can neither call a channel nor make a link', async () => {
    const { command, sow, sees } = await slackScene();
    await sow({ members: [{ ...member, name: '<!channel> <http://bad.example|Kanyana>' }] });
    const shown = await command('claire', '/member D-00004');
    expect(shown.text).toContain('(<!channel> <.)');
    expect(JSON.stringify(await sees('C0COORDINATORS'))).not.toContain('Kanyana');
  });
});

test('a database that fails leaves nobody before a window that says "one moment"', async () => {
  const { act, modal, db, problems, sees } = await slackScene();
  await db.query('ALTER TABLE hospital RENAME TO gone');
  await act('U0CLAIRE', 'command', { text: '/need new' });
  expect((await modal('claire'))?.title).toBe('Something went wrong');
  expect((await sees('U0CLAIRE')).at(-1)?.text).toContain('Nothing has changed.');
  expect(problems.splice(0).join()).toContain('a listener failed');
});

const member = {
  name: 'Marie Keza',
  channel: 'telegram',
  address: '6001',
  locale: 'fr',
  country: 'BE',
  profession: 'AH_PSYCHO',
  years: 6,
  levels: { rw: 2, fr: 3, en: 2 },
  status: 'submitted',
} as const;

test('a ticket is taken, answered in the chat, and closed; then the flows speak again', async () => {
  const { act, command, press, sees, home, modal, submit } = await slackScene();
  await act('5001', 'say', { text: 'HUMAN' });
  await act('5001', 'say', { text: 'J’ai une question sur mon contrat' });
  expect((await command('claire', '/ticket')).text).toContain('K-0001');
  expect((await home('claire'))?.text).toContain('Tickets (1)');
  await press('claire', 'Reply to K-0001', { message: 'home' });
  expect((await modal('claire'))?.title).toBe('Reply');
  await submit('claire', { text: 'Bonjour, votre contrat part demain <b>!' });
  await submit('claire');
  expect((await sees('5001')).at(-1)?.text).toContain('votre contrat part demain <b>!');
  await act('U0CLAIRE', 'close');
  const before = (await sees('5001')).length;
  await act('5001', 'say', { text: 'Merci' });
  expect((await sees('5001')).length).toBe(before);
  await command('claire', '/ticket close K-0001');
  expect((await press('claire', 'Confirm')).text).toContain('K-0001 is closed.');
  await act('5001', 'say', { text: 'MENU' });
  expect((await sees('5001')).length).toBeGreaterThan(before);
  expect((await command('claire', '/ticket close K-0001')).text).toContain(
    'not possible in its present state',
  );
});

test('a waiver that needs a second person is asked of the colleagues', async () => {
  const { command, press, db, desk, actor, sees, act } = await slackScene();
  const claire = await actor('claire');
  const odile = await actor('odile');
  for (const [n, step] of [
    () => desk.needs.create.confirm(psychologist, claire, '1'),
    () => desk.needs.validate.confirm({ code: 'N-0001' }, odile, '2'),
    () => desk.missions.create.confirm(spring, claire, '3'),
    () => desk.missions.approve.confirm({ code: 'M-2027-01' }, claire, '4'),
    () => desk.missions.approve.confirm({ code: 'M-2027-01' }, odile, '5'),
    () => desk.calls.send.confirm({ code: 'M-2027-01' }, claire, '6'),
  ].entries())
    expect((await step()).ok, `step ${n}`).toBe(true);
  await db.query(
    `INSERT INTO application (person_id, mission_id, status, needs, from_day, to_day, share, created_at)
     SELECT person_id, 1, 'complete', '[1]', '2027-05-03', '2027-05-28', true, now() FROM member WHERE code = 'D-00001'`,
  );
  await command('claire', '/offer D-00001 N-0001 2027-05-03 2027-05-28 teaching_only');
  await press('claire', 'Confirm');
  await db.query(`UPDATE assignment SET status = 'clearing'`);

  expect((await command('claire', '/gate A-0001 G4 waived policy follows')).text).toContain(
    'needs a second person',
  );
  await press('claire', 'Confirm');
  const asked = (await sees('C0COORDINATORS')).at(-1);
  expect(asked?.text).toContain('asks to waive G4 of A-0001');
  // The one who asked cannot be the second.
  await act('U0CLAIRE', 'press', { label: 'Waive G4 of A-0001' });
  expect((await sees('U0CLAIRE')).findLast(({ ephemeral }) => ephemeral)?.text).toContain(
    'needs a second person',
  );
  await act('U0ERIC', 'press', { label: 'Waive G4 of A-0001' });
  expect((await press('eric', 'Confirm')).text).toContain('G4 is waived.');
  expect((await desk.see.assignment('A-0001', claire))?.gates.G4).toMatchObject({
    state: 'waived',
    note: 'policy follows',
  });
});
