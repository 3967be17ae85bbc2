import { randomUUID } from 'node:crypto';
import type { Entry, Person } from '../people.ts';
import { simulatedAccounts } from '../product.ts';
import type { World } from '../world.ts';
import { createUpdates, type Updates } from './updates.ts';

export type StoredFile = { readonly bytes: Buffer; readonly path: string; readonly contentType: string };

/** What the Telegram stand-in knows of its one bot. */
export type TelegramState = {
  readonly updates: Updates;
  readonly files: Map<string, StoredFile>;
  /** Presses that have not been answered, by callback_query id, with their machine time. */
  readonly presses: Map<string, number>;
  /** What each message was sent with: for "message is not modified" and as the press's `message`. */
  readonly markups: Map<string, unknown>;
  readonly commands: Map<string, unknown>;
  nextMessageId: number;
};

export function createTelegramState(world: World): TelegramState {
  return {
    updates: createUpdates(world),
    files: new Map(),
    presses: new Map(),
    markups: new Map(),
    commands: new Map(),
    nextMessageId: 1,
  };
}

export const unixSeconds = (at: Date) => Math.floor(at.getTime() / 1000);

export function botUser() {
  return {
    id: Number(simulatedAccounts.telegramToken.split(':')[0]),
    is_bot: true,
    first_name: 'Intumwa',
    username: simulatedAccounts.telegramUsername,
  };
}

export function userOf(person: Person) {
  const [first = person.name, ...last] = person.name.split(' ');
  return {
    id: Number(person.address),
    is_bot: false,
    first_name: first,
    ...(last.length > 0 ? { last_name: last.join(' ') } : {}),
    language_code: person.locale,
  };
}

export function chatOf(person: Person) {
  const { is_bot: _, language_code: __, ...names } = userOf(person);
  return { ...names, type: 'private' };
}

/** A message of a private chat as Telegram shows it, whoever wrote it. */
export function messageOf(state: TelegramState, person: Person, entry: Entry): Record<string, unknown> {
  const markup = state.markups.get(entry.id);
  return {
    message_id: Number(entry.id),
    from: entry.from === 'product' ? botUser() : userOf(person),
    chat: chatOf(person),
    date: unixSeconds(entry.at),
    text: entry.text,
    ...(markup === undefined ? {} : { reply_markup: markup }),
  };
}

export const newCallbackId = () => BigInt(`0x${randomUUID().replaceAll('-', '').slice(0, 15)}`).toString();
