import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { onTestFinished } from 'vitest';
import type { Address } from '../../src/app/ports.ts';
import type { Loaded, Outgoing, Save } from '../../src/app/store.ts';
import { openQueue } from '../../src/store/ledger.ts';
import { openSeals } from '../../src/store/seal.ts';
import { openStore } from '../../src/store/store.ts';
import { openTimers } from '../../src/store/timers.ts';
import { freshDatabase } from './database.ts';

/** A store on a database of the test's own. */
export async function testStore() {
  const { url, drop } = await freshDatabase();
  const db = new pg.Pool({ connectionString: url, max: 8 });
  // drop() ends the pool's idle connections by force, which the pool reports.
  db.on('error', () => {});
  onTestFinished(async () => {
    await db.end();
    await drop();
  });
  const seals = openSeals(randomBytes(32));
  return {
    url,
    db,
    seals,
    store: openStore(db, seals, null),
    queue: openQueue(db, seals),
    timers: openTimers(db, seals),
  };
}

export const somebody: Address = {
  channel: 'whatsapp',
  account: 'whatsapp:+14155238886',
  address: '+32470000001',
};

export function loadRequest(key: string, now: Date, address: Address = somebody) {
  return { address, key, repliesTo: null, now, lang: 'fr' } as const;
}

/** A turn that answers with one text. */
export function turnOf(loaded: Loaded, key: string, now: Date, more: Partial<Save> = {}): Save {
  const reply: Outgoing = {
    lane: 'reply',
    class: 'reply',
    key: 'common.help',
    message: { parts: [{ key: 'common.help' }] },
  };
  return {
    at: now,
    seen: { account: loaded.place.accountId, key },
    conversation: {
      place: loaded.place,
      personId: loaded.personId,
      lang: 'fr',
      session: { ...loaded.session, asked: loaded.session.asked + 1 },
      lastInboundAt: now,
    },
    turn: {
      kind: 'text',
      event: JSON.stringify({ kind: 'text', text: key }),
      flow: null,
      version: null,
      stepBefore: null,
      stepAfter: null,
      trips: 2,
    },
    deeds: [],
    messages: [reply],
    answered: [],
    keys: new Map(),
    ...more,
  };
}
