import type pg from 'pg';
import type { Said } from '../engine/message.ts';
import { accounts, type Where } from './parts.ts';
import type { Contact } from './people.ts';
import { openReplica } from './replica-role.ts';

/**
 * What a member types, over and over: through the menu to a period of availability, to its summary, and cancelled
 * there. Typed words cost more than pressed buttons, and nothing is changed but the conversation.
 */
export const script = [
  'menu',
  '1',
  '1',
  '1 May 2027',
  '30/07/2027',
  '30 60',
  'skip',
  'on site',
  'sure',
  'cancel',
  'yes',
] as const;

/** The two statements of a turn as the product runs them, and what it saves at each step of the script. */
export type Recorded = {
  readonly load: { readonly name: string; readonly text: string };
  readonly save: { readonly name: string; readonly text: string };
  readonly payloads: readonly (object & { readonly conversation: object })[];
};

type Query = { readonly name?: string; readonly text: string; readonly values?: readonly unknown[] };

/** Plays the script twice for one person, and keeps what went to the database the second time. */
export async function record(where: Where, { address }: Contact): Promise<Recorded> {
  const open = openReplica({ ...where, twilioUrl: 'http://127.0.0.1:9', delivers: false });
  const queries: Query[] = [];
  const run = open.db.query.bind(open.db) as (query: Query, ...rest: unknown[]) => unknown; // one of its many shapes
  const listening = (query: Query, ...rest: unknown[]) => {
    queries.push(query);
    return run(query, ...rest);
  };
  open.db.query = listening as pg.Pool['query']; // answers what the pool answers
  let turn = 0;
  for (const text of [...script, ...script]) {
    turn += 1;
    const said: Said = { kind: 'text', text };
    const at = open.clock.now();
    const inbound = {
      channel: 'whatsapp',
      account: accounts.sender,
      address,
      key: `record ${turn}`,
      at,
    } as const;
    const received = await open.receive({ ...inbound, event: said });
    if (received !== 'kept') throw new Error(`turn ${turn} of the script was ${received}`);
  }
  await open.db.end();
  const named = (name: string) => queries.filter((query) => query.name === name);
  const statement = (name: string) => ({ name, text: named(name)[0]?.text ?? '' });
  const payloads = named('save').map(
    ({ values }) => JSON.parse(String(values?.[0])) as Recorded['payloads'][number],
  );
  return { load: statement('load'), save: statement('save'), payloads: payloads.slice(script.length) };
}
