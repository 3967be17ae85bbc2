import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { expect, onTestFinished } from 'vitest';
import type { UseCase } from '../../src/app/desk/use-case.ts';
import { planAssignment } from '../../src/domain/calendar.ts';
import { createWords } from '../../src/locale.ts';
import { createProgram } from '../../src/program.ts';
import { simulatedAccounts } from '../../src/simulator/product.ts';
import { openClock } from '../../src/store/clock.ts';
import { openDesk } from '../../src/store/desk.ts';
import { openSeals } from '../../src/store/seal.ts';
import { openStore } from '../../src/store/store.ts';
import { openTimers } from '../../src/store/timers.ts';
import { members, psychologist, spring } from '../coordinator/scene.ts';
import type { controller } from './product-process.ts';

/** Telegram chats: the focal point of Kabgayi, and three psychologists in Belgium. */
export const phones = ['9002', '5001', '5002', '5003'] as const;

/** Three offers at one hospital, A-0001 to A-0003, made by coordinators of a product that runs elsewhere. */
export async function threeOffers(
  { databaseUrl, masterKey }: { readonly databaseUrl: string; readonly masterKey: Buffer },
  call: ReturnType<typeof controller>,
) {
  const db = new pg.Pool({ connectionString: databaseUrl, max: 4 });
  db.on('error', () => {}); // the database is dropped by force
  onTestFinished(() => db.end());
  const words = createWords(fileURLToPath(new URL('../../locales', import.meta.url)));
  const seals = openSeals(masterKey);
  const accounts = {
    telegram: '7000000001',
    whatsapp: simulatedAccounts.sender,
    slack: simulatedAccounts.teamId,
  };
  const channel = simulatedAccounts.channel.id;
  const store = openStore(db, seals, { channel: 'slack', account: accounts.slack, address: channel });
  const timers = openTimers(db, seals);
  const clock = await openClock(db);
  const desk = openDesk({
    db,
    seals,
    store,
    program: createProgram(words),
    classOf: (key) => words.classOf(key) ?? 'service',
    clock,
    committed: () => {},
    accounts,
    channel,
  });
  for (const address of phones) await call('POST', 'people', { channel: 'telegram', address, name: 'phone' });
  for (const address of ['U0CLAIRE', 'U0ODILE'])
    await call('POST', 'people', { channel: 'slack', address, name: 'staff' });
  await call('POST', 'seed', {
    coordinators: [
      { name: 'Claire Mukamana', address: 'U0CLAIRE', role: 'coord_rw' },
      { name: 'Odile Ingabire', address: 'U0ODILE', role: 'moh' },
    ],
    hosts: [
      {
        hospital: 'Kabgayi Hospital',
        role: 'focal',
        name: 'Solange Uwera',
        channel: 'telegram',
        address: '9002',
        locale: 'en',
      },
    ],
    members: members(3, { levels: { rw: 2, fr: 3, en: 2 }, locale: 'en' }),
  });
  const { rows } = await db.query<{ code: string; account: string }>(
    `SELECT h.code, (SELECT provider_id FROM account WHERE channel = 'telegram') AS account
     FROM host_contact c JOIN hospital h ON h.id = c.hospital_id`,
  );
  expect(rows[0]?.account, 'the stand-in is the account that the desk writes to').toBe(accounts.telegram);
  const [claire, odile] = [await desk.staffOf('U0CLAIRE'), await desk.staffOf('U0ODILE')];
  if (!claire || !odile || !rows[0]) throw new Error('the programme was seeded');
  let presses = 0;
  const confirm = async <I, P>(useCase: UseCase<I, P>, input: I, actor = claire): Promise<P> => {
    presses += 1;
    const done = await useCase.confirm(input, actor, `press-${presses}`);
    if (!done.ok) throw new Error(done.why);
    return done.shown;
  };
  await confirm(desk.needs.create, { ...psychologist, hospital: rows[0].code, posts: 3 });
  await confirm(desk.needs.validate, { code: 'N-0001' }, odile);
  await confirm(desk.missions.create, spring);
  await confirm(desk.missions.approve, { code: 'M-2027-01' });
  await confirm(desk.missions.approve, { code: 'M-2027-01' }, odile);
  await confirm(desk.calls.send, { code: 'M-2027-01' });
  await db.query(
    `INSERT INTO application (person_id, mission_id, status, needs, from_day, to_day, share, created_at)
     SELECT person_id, 1, 'complete', '[1]', '2027-05-03', '2027-06-11', true, $1 FROM member`,
    [clock.now()],
  );
  for (const member of ['D-00001', 'D-00002', 'D-00003'])
    await confirm(desk.offer, {
      member,
      need: 'N-0001',
      from: '2027-05-03',
      to: '2027-05-28',
      scope: 'teaching_only',
    } as const);
  return {
    db,
    desk,
    clock,
    claire,
    confirm,
    /** As if a turn had changed it: what the calendar wants of it now. */
    async plan(assignment: number) {
      const subject = await timers.subject({
        id: 0,
        subject: { kind: 'assignment', id: assignment },
        line: '',
        tries: 0,
      });
      if (subject?.kind !== 'assignment') throw new Error(`there is no assignment ${assignment}`);
      const deed = planAssignment(subject.assignment);
      await db.query("DELETE FROM timer WHERE subject_kind = 'assignment' AND subject_id = $1", [assignment]);
      for (const { line, dueAt } of deed.kind === 'plan' ? deed.timers : [])
        await db.query(
          "INSERT INTO timer (subject_kind, subject_id, line, due_at) VALUES ('assignment', $1, $2, $3)",
          [assignment, line, dueAt],
        );
    },
    /** Keys of what was written since, by key, coordinators and hospital included. */
    async written(since: number): Promise<string[]> {
      const { rows: found } = await db.query<{ key: string }>(
        'SELECT key FROM ledger WHERE id > $1 ORDER BY key, id',
        [since],
      );
      return found.map(({ key }) => key);
    },
    async last(): Promise<number> {
      const { rows: found } = await db.query<{ id: string }>('SELECT coalesce(max(id), 0) AS id FROM ledger');
      return Number(found[0]?.id);
    },
  };
}
