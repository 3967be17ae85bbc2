import { describe, expect, test } from 'vitest';
import type { Desk } from '../../src/app/desk/desk.ts';
import type { Coordinator } from '../../src/app/desk/ports.ts';
import type { UseCase } from '../../src/app/desk/use-case.ts';
import { audienceOf, type Candidate } from '../../src/domain/audience.ts';
import { deskScene, members, psychologist, spring } from '../coordinator/scene.ts';

let presses = 0;
const confirm = async <I, P>(useCase: UseCase<I, P>, input: I, actor: Coordinator): Promise<P> => {
  presses += 1;
  const done = await useCase.confirm(input, actor, `press-${presses}`);
  if (!done.ok) throw new Error(done.why);
  return done.shown;
};

/** An approved mission M-2027-01 over the validated need N-0001. */
async function approved() {
  const scene = await deskScene();
  const { desk } = scene;
  const [claire, odile] = [await scene.actor('claire'), await scene.actor('odile')];
  await prepare(desk, claire, odile);
  return { ...scene, claire, odile };
}

async function prepare(desk: Desk, claire: Coordinator, odile: Coordinator): Promise<void> {
  await confirm(desk.needs.create, psychologist, claire);
  await confirm(desk.needs.validate, { code: 'N-0001' }, odile);
  await confirm(desk.missions.create, spring, claire);
  await Promise.all([
    confirm(desk.missions.approve, { code: 'M-2027-01' }, claire),
    confirm(desk.missions.approve, { code: 'M-2027-01' }, odile),
  ]);
}

describe('rights and second steps', () => {
  test('two approvals at the same moment both count, whichever is first', async () => {
    const { desk, claire } = await approved();
    const found = await desk.see.mission('M-2027-01', claire);
    expect(found?.mission.status).toBe('approved');
    expect(found?.mission.approvals.map(({ role }) => role).toSorted()).toEqual(['coord_rw', 'moh']);
  });

  test('a confirmation that comes twice, even at once, is done once', async () => {
    const { desk, actor, db } = await deskScene();
    const claire = await actor('claire');
    const both = await Promise.all([
      desk.needs.create.confirm(psychologist, claire, 'same'),
      desk.needs.create.confirm(psychologist, claire, 'same'),
    ]);
    expect(both.map((one) => (one.ok ? 'done' : one.why)).toSorted()).toEqual(['already_done', 'done']);
    const { rows } = await db.query('SELECT count(*)::int AS n FROM need');
    expect(rows).toEqual([{ n: 1 }]);
  });

  test('looking at a preview changes nothing and uses no code up', async () => {
    const { desk, actor, db } = await deskScene();
    const claire = await actor('claire');
    for (let i = 0; i < 3; i += 1)
      expect((await desk.needs.create.preview(psychologist, claire)).ok).toBe(true);
    const { rows } = await db.query('SELECT count(*)::int AS n FROM need');
    expect(rows).toEqual([{ n: 0 }]);
    expect((await confirm(desk.needs.create, psychologist, claire)).code).toBe('N-0001');
  });

  test('a country office sees and activates its own members alone, and cannot tell a hidden code from none', async () => {
    const { desk, actor, sow } = await deskScene();
    const bram = await actor('brussels');
    await sow({ members: members(1, { country: 'FR', status: 'submitted' }, 50) });
    const known = await desk.see.member('D-00001', bram);
    expect(known?.name).toBe('Aline U.');
    expect(await desk.see.member('D-00004', bram)).toBeNull();
    const hidden = await desk.activate.confirm({ code: 'D-00004', check: 'licence' }, bram, 'a');
    const missing = await desk.activate.confirm({ code: 'D-09999', check: 'licence' }, bram, 'b');
    expect(hidden).toEqual(missing);
    expect(hidden).toEqual({ ok: false, why: 'unknown' });
  });

  test('without the right, the answer does not depend on what exists', async () => {
    const { desk, odile } = await approved();
    const ask = (need: string) =>
      desk.offer.preview(
        { member: 'D-00001', need, from: '2027-05-03', to: '2027-05-28', scope: 'teaching_only' },
        odile,
      );
    expect(await ask('N-0001')).toEqual({ ok: false, why: 'not_allowed' });
    expect(await ask('N-0999')).toEqual({ ok: false, why: 'not_allowed' });
  });

  test('every deed is audited, without a value in it', async () => {
    const { db } = await approved();
    const { rows } = await db.query<{ what: string; line: string }>(
      'SELECT what, audit::text AS line FROM audit ORDER BY id',
    );
    expect(rows.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['need.created', 'need.validated', 'mission.created', 'mission.approved']),
    );
    for (const { line } of rows) expect(line).not.toMatch(/Claire|Kabgayi|N-0001/);
  });
});

describe('a call', () => {
  test('reaches each member it is for once, and nobody else, with a reason for every one left out', async () => {
    const { desk, claire, sow, db } = await approved();
    await sow({
      members: [
        ...members(1, { calls: false }, 11),
        ...members(1, { country: 'NL' }, 12),
        ...members(1, { profession: 'MIDWIFE' }, 13),
      ],
    });
    await db.query(
      `UPDATE person SET opted_out_at = now() WHERE id = (SELECT person_id FROM member WHERE code = 'D-00001')`,
    );
    await db.query(
      `UPDATE conversation SET blocked_at = now() WHERE person_id = (SELECT person_id FROM member WHERE code = 'D-00002')`,
    );
    const preview = await desk.calls.send.preview({ code: 'M-2027-01' }, claire);
    expect(preview.ok && preview.shown.audience).toMatchObject({
      total: 6,
      selected: 1,
      byCountry: { BE: 1 },
      byExclusion: {
        opted_out: 1,
        unreachable: 1,
        no_consent: 1,
        other_country: 1,
        other_profession: 1,
        already_told: 0,
      },
    });
    await confirm(desk.calls.send, { code: 'M-2027-01' }, claire);
    const { rows } = await db.query(
      `SELECT m.code, l.key, l.class, l.lane, l.state, l.opens->>'flow' AS flow, l.opens->'data' AS data FROM ledger l JOIN member m ON m.person_id = l.person_id WHERE l.broadcast_id IS NOT NULL`,
    );
    expect(rows).toEqual([
      {
        code: 'D-00003',
        key: 'call.invite.text',
        class: 'call',
        lane: 'proactive',
        state: 'queued',
        flow: 'call',
        data: { missionId: 1 },
      },
    ]);
    expect(await desk.calls.send.preview({ code: 'M-2027-01' }, claire)).toEqual({
      ok: false,
      why: 'nobody',
    });
  });

  test('judges by the same rules as the domain', async () => {
    const { desk, claire, sow, db } = await approved();
    const mixed = ['BE', 'NL', 'FR'].flatMap((country, c) =>
      ['AH_PSYCHO', 'MIDWIFE'].flatMap((profession, p) => [
        ...members(1, { country, profession, calls: (c + p) % 2 === 0 }, 100 + c * 10 + p * 3),
        ...members(1, { country, profession }, 101 + c * 10 + p * 3),
      ]),
    );
    await sow({ members: mixed });
    await db.query(`UPDATE member SET status = 'paused' WHERE id % 5 = 0`);
    const { rows } = await db.query<Candidate>(
      `SELECT m.person_id::int AS "personId", m.code AS "memberCode", m.status, m.country, m.profession, p.lang, p.opted_out_at IS NOT NULL AS "optedOut",
         (SELECT state FROM consent WHERE person_id = p.id AND purpose = 'mission_calls' ORDER BY id DESC LIMIT 1) AS calls, 'telegram' AS channel
       FROM member m JOIN person p ON p.id = m.person_id`,
    );
    const found = await desk.see.mission('M-2027-01', claire);
    const { byExclusion, ...counts } = audienceOf(rows, spring, [psychologist]).counts;
    expect(counts.selected).toBeGreaterThan(3);
    expect(found?.audience).toMatchObject(counts);
    expect(found?.audience.byExclusion).toEqual({ ...byExclusion, already_told: 0 });
  });

  test('to more than twenty waits for a second person, and opens nothing before', async () => {
    const { desk, actor, claire, odile, sow, db } = await approved();
    await sow({ members: members(20, {}, 30) });
    const asked = await confirm(desk.calls.send, { code: 'M-2027-01' }, claire);
    expect(asked).toMatchObject({ needsSecond: true, code: 'B-0001', names: [] });
    const state = async () => {
      const { rows } = await db.query<{ n: number; status: string }>(
        `SELECT (SELECT count(*)::int FROM ledger WHERE broadcast_id IS NOT NULL) AS n, status FROM mission`,
      );
      return rows[0];
    };
    expect(await state()).toEqual({ n: 0, status: 'approved' });
    expect(await desk.calls.approve.preview({ code: 'B-0001' }, claire)).toEqual({
      ok: false,
      why: 'second_person',
    });
    expect((await desk.see.today(await actor('eric'))).broadcasts.map(({ code }) => code)).toEqual([
      'B-0001',
    ]);
    await confirm(desk.calls.approve, { code: 'B-0001' }, odile);
    expect(await state()).toEqual({ n: 23, status: 'call_open' });
    expect(await desk.calls.approve.confirm({ code: 'B-0001' }, await actor('eric'), 'late')).toEqual({
      ok: false,
      why: 'wrong_state',
    });
    await confirm(desk.calls.stop, { code: 'B-0001' }, claire);
    expect((await desk.see.broadcast('B-0001', claire))?.progress).toEqual({ cancelled: 23 });
  });

  test('sent by two coordinators at once reaches nobody twice', async () => {
    const { desk, actor, claire, sow, db } = await approved();
    await confirm(desk.calls.send, { code: 'M-2027-01' }, claire);
    await sow({ members: members(4, {}, 40) });
    const eric = await actor('eric');
    const both = await Promise.all([
      desk.calls.send.confirm({ code: 'M-2027-01' }, claire, 'one'),
      desk.calls.send.confirm({ code: 'M-2027-01' }, eric, 'two'),
    ]);
    expect(both.map((one) => (one.ok ? 'done' : one.why)).toSorted()).toEqual(['done', 'nobody']);
    const { rows } = await db.query(
      'SELECT count(*)::int AS n, count(DISTINCT person_id)::int AS people FROM ledger WHERE broadcast_id IS NOT NULL',
    );
    expect(rows).toEqual([{ n: 7, people: 7 }]);
  });
});

/** Member D-00001 has answered the open call. */
async function interested() {
  const scene = await approved();
  const { desk, claire, db } = scene;
  await confirm(desk.calls.send, { code: 'M-2027-01' }, claire);
  await db.query(
    `INSERT INTO application (person_id, mission_id, status, needs, from_day, to_day, share, created_at)
     SELECT person_id, 1, 'complete', '[1]', '2027-05-03', '2027-06-11', true, now() FROM member WHERE code IN ('D-00001', 'D-00002')`,
  );
  await db.query(
    `UPDATE member SET years = 2, levels = '{"rw": 1, "fr": 1, "en": 0}' WHERE code = 'D-00002'`,
  );
  return scene;
}
const offer = {
  member: 'D-00001',
  need: 'N-0001',
  from: '2027-05-03',
  to: '2027-05-28',
  scope: 'teaching_only',
} as const;

describe('an offer', () => {
  test('who is interested is ordered, and each place explained', async () => {
    const { desk, claire } = await interested();
    const found = await desk.see.interested('M-2027-01', claire);
    expect(found?.list.map(({ member, reasons }) => [member.code, reasons])).toEqual([
      ['D-00001', ['wished_post', 'dates_fit', 'language', 'licensed', 'experienced']],
      ['D-00002', ['wished_post', 'dates_fit', 'licensed', 'no_language']],
    ]);
  });

  test('names every obstacle at once', async () => {
    const { desk, claire } = await interested();
    const wrong = { ...offer, member: 'D-00002', from: '2027-04-20', to: '2027-04-25' };
    expect(await desk.offer.preview(wrong, claire)).toEqual({
      ok: false,
      why: 'outside_post,too_short,language',
    });
    expect(await desk.offer.preview({ ...offer, member: 'D-00003' }, claire)).toEqual({
      ok: false,
      why: 'no_interest',
    });
  });

  test('asks both sides, and leads through gates and journey to the decision to travel', async () => {
    const { desk, claire, actor, db } = await interested();
    const code = (await confirm(desk.offer, offer, claire)).code ?? '';
    expect(code).toBe('A-0001');
    const next = async () => (await desk.see.today(claire)).assignments.map(({ next: step }) => step);
    expect(await next()).toEqual([{ step: 'answers', waits: ['member', 'focal'] }]);
    // Both have said yes, in their own conversations.
    await db.query(`UPDATE assignment SET status = 'agreed', focal_yes_at = now()`);
    await db.query(`UPDATE application SET status = 'accepted' WHERE id = 1`);
    expect(await next()).toEqual([{ step: 'contract' }]);
    await confirm(desk.assignments.startClearing, { code }, claire);
    expect(await next()).toEqual([{ step: 'itinerary' }]);
    const legs = [
      { number: 'SN465', from: 'BRU', to: 'KGL', departs: '2027-05-01T10:45', arrives: '2027-05-01T20:05' },
    ];
    await confirm(
      desk.travel.propose,
      { code, legs, pickup: { name: 'Eric', phone: '+250788000000' }, lodging: 'Guest house' },
      claire,
    );
    expect(await desk.assignments.readyToTravel.preview({ code }, claire)).toEqual({
      ok: false,
      why: 'gates_open',
    });
    const green = {
      G1: 'green',
      G2: 'green',
      G3: 'green',
      G5: 'green',
      G6: 'green',
      G8: 'green',
      G11: 'green',
    } as const;
    await confirm(desk.assignments.setGates, { code, gates: green, note: 'seen' }, claire);
    expect(await next()).toEqual([{ step: 'gates', open: ['G4', 'G7'] }]);
    // One person may waive G7; G4 needs another one.
    await confirm(desk.assignments.waiveGate, { code, gate: 'G7', note: 'advice by phone' }, claire);
    const alone = await desk.assignments.waiveGate.confirm(
      { code, gate: 'G4', note: 'policy follows' },
      claire,
      'x',
    );
    expect(alone).toEqual({ ok: false, why: 'second_person' });
    await confirm(
      desk.assignments.waiveGate,
      { code, gate: 'G4', note: 'policy follows', askedBy: claire.personId },
      await actor('eric'),
    );
    await confirm(desk.assignments.setGates, { code, gates: { G9: 'green', G10: 'green' } }, claire);
    expect(await next()).toEqual([{ step: 'decide' }]);
    await confirm(desk.assignments.readyToTravel, { code }, claire);
    expect(await next()).toEqual([{ step: 'journey' }]);
    const { rows } = await db.query<{ what: string; n: number }>(
      `SELECT what, count(*)::int AS n FROM audit WHERE what = 'gate.changed' GROUP BY what`,
    );
    expect(rows).toEqual([{ what: 'gate.changed', n: 11 }]);
  });
});

test('a new member joins the roster once, after a check that fits what they said', async () => {
  const { desk, actor, sow, db } = await deskScene();
  const claire = await actor('claire');
  await sow({ members: members(1, { status: 'submitted', licensed: 'no' }, 60) });
  expect(await desk.activate.preview({ code: 'D-00004', check: 'licence' }, claire)).toEqual({
    ok: false,
    why: 'not_licensed',
  });
  await confirm(desk.activate, { code: 'D-00004', check: 'teaching' }, claire);
  expect(await desk.activate.preview({ code: 'D-00004', check: 'teaching' }, claire)).toEqual({
    ok: false,
    why: 'wrong_state',
  });
  const { rows } = await db.query(`SELECT key, class FROM ledger WHERE key = 'desk.activated.text'`);
  expect(rows).toEqual([{ key: 'desk.activated.text', class: 'service' }]);
});
