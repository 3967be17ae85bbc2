import type pg from 'pg';
import type { Seals } from '../store/seal.ts';
import { seal } from '../store/seal.ts';
import { benchDay } from './ground.ts';
import { accounts } from './parts.ts';
import { withoutIndexes } from './without-indexes.ts';

/** Somebody who can write to us: the address is real in that the product can compute and open it. */
export type Contact = { readonly id: number; readonly address: string; readonly addressIndex: string };

export type Crowd = {
  readonly contacts: number;
  /** One in so many has the profession that the mission asks for. */
  readonly oneIn: number;
  /**
   * How many are to be written to or heard from. The others have keys and sealed values of the same sizes that
   * nobody can open: to make a million keys takes longer than to load a million rows.
   */
  readonly reachable: number;
};

/** Members on WhatsApp, each with the consents that a call needs, and one mission that is ready to be called. */
export async function populate(db: pg.Pool, seals: Seals, crowd: Crowd): Promise<readonly Contact[]> {
  const { rows } = await db.query<{ id: number }>(
    `INSERT INTO account (channel, provider_id) VALUES ('whatsapp', $1) RETURNING id`,
    [accounts.sender],
  );
  const account = rows[0]?.id ?? 0;
  let contacts: readonly Contact[] = [];
  await withoutIndexes(db, ['person', 'conversation', 'member', 'consent'], async (client) => {
    const columns = Object.entries(reachableColumns).map(([name, type]) => `${name} ${type}`);
    await client.query(`CREATE TEMP TABLE reachable (${columns}, PRIMARY KEY (id))`);
    contacts = await makeReachable(client, seals, crowd);
    for (const [text, values] of statements(crowd, account)) await client.query(text, values);
    await client.query('DROP TABLE reachable');
  });
  // Only what is there: to say of the others that they are empty would mislead the planner for good.
  await db.query('ANALYZE person, conversation, member, consent, mission, need, hospital');
  return contacts;
}

/** At random from all, but the same ones each time: a step that shares no factor with any size used here. */
const stride = 7_368_787;
const chunk = 2_000;

async function makeReachable(client: pg.PoolClient, seals: Seals, crowd: Crowd): Promise<Contact[]> {
  const contacts: Contact[] = [];
  const many = Math.min(crowd.reachable, crowd.contacts);
  for (let from = 0; from < many; from += chunk) {
    const made = Array.from({ length: Math.min(chunk, many - from) }, (_, i) =>
      reachableOne(seals, 1 + (((from + i) * stride) % crowd.contacts)),
    );
    const columns = Object.keys(reachableColumns) as (keyof typeof reachableColumns)[]; // of our own table below
    await client.query(
      `INSERT INTO reachable (${columns}) SELECT * FROM unnest(${columns.map((name, i) => `$${i + 1}::${reachableColumns[name]}[]`)})`,
      columns.map((name) => made.map((one) => one[name])),
    );
    for (const { id, plainAddress: address, address_index } of made)
      contacts.push({ id, address, addressIndex: address_index.toString('hex') });
  }
  return contacts;
}

const reachableColumns = {
  id: 'bigint',
  address_index: 'bytea',
  address: 'text',
  conversation_key: 'bytea',
  session: 'text',
  person_key: 'bytea',
  name: 'text',
  phone: 'text',
  city: 'text',
  specialty: 'text',
  nationality_group: 'text',
} as const;

function reachableOne(seals: Seals, id: number) {
  const plainAddress = `+32${470_000_000 + id}`;
  const conversation = seals.newKey();
  const person = seals.newKey();
  return {
    id,
    plainAddress,
    address_index: seals.index('address whatsapp', plainAddress),
    address: seal(conversation.key, plainAddress),
    conversation_key: conversation.wrapped,
    session: seal(conversation.key, JSON.stringify({ lang: 'en', asked: 0, stack: [] })),
    person_key: person.wrapped,
    name: seal(person.key, 'Keza Uwimana'),
    phone: seal(person.key, plainAddress),
    city: seal(person.key, 'Antwerp'),
    specialty: seal(person.key, 'mental health'),
    nationality_group: seal(person.key, 'rwandan'),
  };
}

/** Sealed values that nobody opens, of the sizes that real ones have. */
const bytes = (salt: string, size: number) =>
  `substr(decode(repeat(md5(g::text || '${salt}'), ${Math.ceil(size / 16)}), 'hex'), 1, ${size})`;
const sealedText = (salt: string, size: number) =>
  `left(repeat(md5(g::text || '${salt}'), ${Math.ceil(size / 32)}), ${size})`;

function statements({ contacts, oneIn }: Crowd, account: number): readonly (readonly [string, unknown[]])[] {
  const all = `generate_series(1, ${contacts}) g LEFT JOIN reachable r ON r.id = g`;
  return [
    [
      `INSERT INTO person (id, data_key, name, name_index, phone, phone_index, lang, zone, preferred_id, created_at)
       SELECT g, coalesce(r.person_key, ${bytes('p', 66)}), coalesce(r.name, ${sealedText('n', 64)}), ${bytes('n', 16)}, coalesce(r.phone, ${sealedText('t', 64)}), ${bytes('t', 16)},
         (ARRAY['en','fr','rw'])[1 + g % 3], 'Europe/Brussels', g, $1 FROM ${all}`,
      [benchDay],
    ],
    [
      `INSERT INTO conversation (id, account_id, address_index, address, data_key, person_id, lang, session, last_inbound_at, linked_at, created_at)
       SELECT g, $2, coalesce(r.address_index, ${bytes('a', 16)}), coalesce(r.address, ${sealedText('a', 65)}), coalesce(r.conversation_key, ${bytes('k', 66)}),
         g, CASE WHEN r.id IS NULL THEN (ARRAY['en','fr','rw'])[1 + g % 3] ELSE 'en' END, coalesce(r.session, ${sealedText('s', 93)}), $1::timestamptz - interval '1 hour', $1, $1
       FROM ${all}`,
      [benchDay, account],
    ],
    [
      `INSERT INTO member (person_id, code, status, country, city, profession, specialty, years, licensed, levels, nationality_group, submitted_at)
       SELECT g, 'D-' || lpad(g::text, 7, '0'), 'active', (ARRAY['BE','DE','FR','GB','NL'])[1 + g % 5], coalesce(r.city, ${sealedText('c', 57)}),
         (ARRAY['2221','2211','2264','2634','2222'])[1 + CASE WHEN g % ${oneIn} = 0 THEN 0 ELSE 1 + g % 4 END], coalesce(r.specialty, ${sealedText('y', 65)}),
         1 + (g % 30)::int, 'yes', '{"rw": 3, "fr": 2, "en": 2}', coalesce(r.nationality_group, ${sealedText('r', 57)}), $1 FROM ${all}`,
      [benchDay],
    ],
    [
      `INSERT INTO consent (person_id, purpose, state, text_version, lang, at, conversation_id)
       SELECT g, purpose, 'given', '1', 'en', $1, g FROM ${all}, unnest(ARRAY['registration', 'mission_calls']) purpose`,
      [benchDay],
    ],
    [
      `INSERT INTO mission (id, code, title, status, opens_on, closes_on, starts_on, ends_on, countries, approvals)
       VALUES (1, 'M-2027-01', '{"en": "Mental health", "fr": "Santé mentale", "rw": "Ubuzima bwo mu mutwe"}', 'approved',
         '2027-02-01', '2027-03-30', '2027-06-01', '2027-08-31', '["BE","DE","FR","GB","NL"]', '[]')`,
      [],
    ],
    [
      `INSERT INTO hospital (id, code, name, type, district, province) VALUES (1, 'H-BENCH', 'Kibuye', 'district', 'Karongi', 'Iburengerazuba')
       ON CONFLICT DO NOTHING`,
      [],
    ],
    [
      `INSERT INTO need (id, code, hospital_id, mission_id, department, profession, posts, scope, mode, languages, earliest, latest, min_days, max_days, lodging, status)
       VALUES (1, 'B-0001', 1, 1, 'Mental health', '2221', 3, 'clinical', 'physical', '["fr"]', '2027-06-01', '2027-08-31', 14, 60, true, 'published')`,
      [],
    ],
    [`SELECT setval(pg_get_serial_sequence('person', 'id'), ${contacts})`, []],
    [`SELECT setval(pg_get_serial_sequence('conversation', 'id'), ${contacts})`, []],
  ];
}
