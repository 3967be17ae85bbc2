import hospitals from '../domain/hospitals.json' with { type: 'json' };
import { calendarFrom, type Days, openingOf } from './calendar.ts';
import { enrol, type Host, hosts, type Member, members, register } from './people.ts';
import type { Phone, Stage } from './phones.ts';

/** The one mission of the demonstration, deed by deed, begun after `from`. `told` announces each chapter. */
export async function playMission(
  stage: Stage,
  from: Date | null,
  told: (chapter: string) => void,
): Promise<Cast> {
  const opening = openingOf(from ?? (await stage.now()));
  const cast = await open(stage, opening);
  const days = calendarFrom(opening);
  const { alice, jean } = cast;

  told('Hospitals enrol with the codes a coordinator gave them');
  for (const host of hosts) await enrol(phoneOf(cast, host.who), host);

  told('Members say hello, consent, register and give their availability');
  for (const member of members) {
    await register(phoneOf(cast, member.who), member, {
      from: written(days.freeFrom),
      until: written(days.freeUntil),
    });
  }

  told('The coordinator checks and activates them');
  for (const [i] of members.entries()) await confirmed(alice, `/member activate D-0000${i + 1} licence`);

  told('Needs, their validation by the ministry, and the mission with its two approvals');
  for (const [i, post] of posts.entries()) {
    await confirmed(
      alice,
      `/need new hospital=${codeOf(post.hospital)} profession=${post.profession} posts=1 department="${post.department}" from=${days.starts} to=${days.ends} days=14-60 scope=teaching_only languages=fr,en,rw lodging=yes`,
    );
    await confirmed(jean, `/need validate N-000${i + 1}`);
  }
  await confirmed(
    alice,
    `/mission new N-0001 N-0002 N-0003 en="Spring mission" fr="Mission de printemps" rw="Igikorwa cy’ubuvuzi" opens=${days.opens} closes=${days.closes} starts=${days.starts} ends=${days.ends} countries=BE,DE,GB,NL,FR`,
  );
  const mission = `M-${days.opens.slice(0, 4)}-01`;
  await confirmed(alice, `/mission approve ${mission}`);
  await confirmed(jean, `/mission approve ${mission}`);

  told('The call: a preview with counts, then to everybody whom it fits');
  await confirmed(alice, `/call ${mission}`);
  for (const member of members) await answerCall(phoneOf(cast, member.who), days);

  told('Who is interested, and an offer to each');
  await alice.command(`/match ${mission}`);
  for (const [i] of members.entries()) {
    await confirmed(
      alice,
      `/offer D-0000${i + 1} N-000${i + 1} ${days.arrives} ${days.leaves} teaching_only`,
    );
  }

  told('Hospitals say yes, their directors by a code of six digits; members by the words that bind');
  for (const [i, post] of posts.entries()) {
    const code = `A-000${i + 1}`;
    await stage.advance('PT1M');
    const focal = contact(cast, post.hospital, 'focal');
    await focal.look();
    await focal.pick('accept', code);
    await typeCode(stage, contact(cast, post.hospital, 'dg'), code);
  }
  for (const [i, member] of members.entries()) {
    const phone = phoneOf(cast, member.who);
    await phone.look();
    await phone.pick('accept', `A-000${i + 1}`);
    await phone.say(`${member.acceptWord} A-000${i + 1}`);
  }

  told('Contract signed; sixty days before, the hospital’s checklist opens');
  for (const [i] of members.entries()) await confirmed(alice, `/assign clear A-000${i + 1}`);
  await stage.moveTo(days.checklist);
  for (const [i, post] of posts.entries()) await getReady(stage, cast, post.hospital, `A-000${i + 1}`);

  told('Thirty-odd days before: the journey, confirmed by the member, and every gate green');
  await stage.moveTo(days.journey);
  for (const [i, member] of members.entries()) {
    const code = `A-000${i + 1}`;
    await confirmed(
      alice,
      `/travel ${code} ${legOf(member, days)} pickup="Eric, +250788300000" lodging="Guesthouse, Kigali"`,
    );
    await phoneOf(cast, member.who).look();
    await phoneOf(cast, member.who).pick('correct', code);
    await confirmed(alice, `/gate ${code} G1,G2,G3,G4,G5,G6,G7,G8,G11 green`);
    await confirmed(alice, `/travel ticket ${code}`);
    await confirmed(alice, `/ready ${code} go`);
  }

  told(
    'A week before, the hospital checks again; three days before, the final card; the day before, one question',
  );
  await stage.moveTo(days.checkedAgain);
  for (const [i, post] of posts.entries()) {
    const focal = contact(cast, post.hospital, 'focal');
    await focal.look();
    for (let question = 0; question < 3; question += 1)
      await focal.pick('yes', question === 0 ? `A-000${i + 1}` : '');
  }
  await stage.moveTo(days.finalCard);
  for (const [i, member] of members.entries()) await answer(cast, member, 'read', `A-000${i + 1}`);
  await stage.moveTo(days.eve);
  for (const [i, member] of members.entries()) await answer(cast, member, 'yes', `A-000${i + 1}`);

  told('The flight, the airport, and the message that ends this story');
  await stage.moveTo(days.landed);
  for (const member of members) await answer(cast, member, 'met');
  return cast;
}

export type Cast = {
  readonly alice: Phone;
  readonly jean: Phone;
  readonly phones: ReadonlyMap<string, Phone>;
};

const posts = [
  { hospital: 'Kabgayi Hospital', profession: 'RN_GEN', department: 'Soins intensifs' },
  { hospital: 'Ruhengeri Hospital', profession: 'AH_PSYCHO', department: 'Santé mentale' },
  { hospital: 'Kabgayi Hospital', profession: 'MD_ANAES', department: 'Bloc opératoire' },
];

async function open(stage: Stage, opening: Date): Promise<Cast> {
  await stage.moveTo(opening);
  await stage.seed({
    coordinators: [
      { name: 'Alice Umutoni', address: 'U0ALICE', role: 'coord_rw' },
      { name: 'Jean Mugisha', address: 'U0JEAN', role: 'moh' },
    ],
    invitations: hosts.map(({ hospital, role, code }) => ({ hospital, role, code })),
  });
  const staff = (who: string, address: string, name: string) =>
    stage.phone({ who, channel: 'slack', address, name, locale: 'en' });
  const alice = await staff('coordinator', 'U0ALICE', 'Alice Umutoni');
  const jean = await staff('ministry', 'U0JEAN', 'Jean Mugisha');
  const phones = new Map<string, Phone>();
  for (const person of [...hosts, ...members])
    phones.set(person.who, await stage.phone({ ...person, outsider: true }));
  return { alice, jean, phones };
}

async function answerCall(phone: Phone, days: Days): Promise<void> {
  await phone.look();
  await phone.pick('interested');
  await phone.say(`${written(days.arrives)} - ${written(days.leaves)}`);
  await phone.pick('agreed');
  await phone.pick('no');
  await phone.pick('skip');
  await phone.pick('yes');
  await phone.pick('confirm');
}

async function getReady(stage: Stage, cast: Cast, hospital: string, code: string): Promise<void> {
  const focal = contact(cast, hospital, 'focal');
  await focal.look();
  await focal.pick('begin', code);
  for (let item = 0; item < 14; item += 1) {
    const next = focal.last();
    if (!next?.choices.some(({ id }) => id.endsWith(':partly'))) break;
    await focal.pick('yes');
  }
  await typeCode(stage, contact(cast, hospital, 'dg'), code);
}

/** The director types back the newest six digits that came for this assignment. */
async function typeCode(stage: Stage, director: Phone, code: string): Promise<void> {
  await director.look();
  const digits = /\b\d{6}\b/.exec(director.seen(code).at(-1)?.text ?? '')?.[0];
  if (!digits) throw new Error(`${director.who} got no code for ${code}`);
  // A reply within seconds of a question would belong to the one before it.
  await stage.advance('PT20S');
  await director.say(digits);
}

async function answer(cast: Cast, member: Member, option: string, about?: string): Promise<void> {
  const phone = phoneOf(cast, member.who);
  await phone.look();
  await phone.pick(option, about);
}

/** A command shows what it would do; the same person confirms. */
async function confirmed(staff: Phone, text: string): Promise<void> {
  await staff.command(text);
  await staff.press('Confirm');
}

function phoneOf({ phones }: Cast, who: string): Phone {
  const phone = phones.get(who);
  if (!phone) throw new Error(`nobody is called ${who}`);
  return phone;
}

function contact(cast: Cast, hospital: string, role: Host['role']): Phone {
  const host = hosts.find((candidate) => candidate.hospital === hospital && candidate.role === role);
  return phoneOf(cast, host?.who ?? '');
}

function codeOf(hospital: string): string {
  const at = hospitals.hospitals.findIndex(({ name }) => name === hospital);
  return `H-${String(at + 1).padStart(3, '0')}`;
}

/** Everybody lands in the evening of the same day. */
function legOf({ country }: Member, { departs }: Days): string {
  const [airport, flight] = airports[country] ?? ['BRU', 'SN465'];
  return `${flight} ${airport}-KGL ${departs}T10:45 ${departs}T20:05`;
}

const airports: Readonly<Record<string, readonly [string, string]>> = {
  BE: ['BRU', 'SN465'],
  DE: ['BER', 'LH590'],
  GB: ['LHR', 'WB701'],
};

function written(day: string): string {
  return day.split('-').reverse().join('/');
}
