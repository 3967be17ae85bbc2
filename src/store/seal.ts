import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { DataKey } from '../app/store.ts';

/**
 * Encryption of personal fields at rest (rule 26): AES-256-GCM, one data key per person or conversation, each
 * wrapped by the master key. A sealed value is `<key id>.<base64 of nonce, tag, text>`; destroying the wrapped
 * key makes every value under it unreadable, which is what erasing means.
 */

export type Seals = {
  /** For messages to several people, or made by one person for another: it belongs to nobody (see save.ts). */
  readonly own: DataKey;
  /** A new data key, and how it is kept in the database. */
  newKey(): { readonly key: DataKey; readonly wrapped: Buffer };
  unwrap(wrapped: Buffer): DataKey;
  /** Equality look-up of a sealed value: HMAC, so that only we can compute it. */
  index(kind: string, value: string): Buffer;
};

const cipher = 'aes-256-gcm';
const ownId = 'own';
const nonceBytes = 12;
const tagBytes = 16;
const idBytes = 6;
/** Unwrapping is a cipher run; a busy person's key is asked for every turn. */
const cachedKeys = 5_000;

/** `master` is 32 bytes. Throws on any other length: that is a configuration error caught at start. */
export function openSeals(master: Buffer): Seals {
  if (master.length !== 32) throw new Error('the master key must be 32 bytes');
  const wrapping = derive(master, 'wrap');
  const indexing = derive(master, 'index');
  const unwrapped = new Map<string, DataKey>();
  return {
    own: { id: ownId, secret: derive(master, 'own') },
    newKey() {
      const key = { id: randomBytes(idBytes).toString('base64url'), secret: randomBytes(32) };
      const wrapped = Buffer.concat([Buffer.from(key.id, 'base64url'), encrypt(wrapping, key.secret)]);
      return { key, wrapped };
    },
    unwrap(wrapped) {
      const name = wrapped.toString('base64');
      const known = unwrapped.get(name);
      if (known) return known;
      const key = {
        id: wrapped.subarray(0, idBytes).toString('base64url'),
        secret: decrypt(wrapping, wrapped.subarray(idBytes)),
      };
      if (unwrapped.size >= cachedKeys) unwrapped.clear();
      unwrapped.set(name, key);
      return key;
    },
    index(kind, value) {
      return createHmac('sha256', indexing).update(`${kind}\0${value}`).digest().subarray(0, 16);
    },
  };
}

export function seal(key: DataKey, text: string): string {
  return `${key.id}.${encrypt(key.secret, Buffer.from(text)).toString('base64')}`;
}

/** Throws when the value was made under another key: a row of somebody else, never to be guessed at. */
export function unseal(key: DataKey, sealed: string): string {
  const dot = sealed.indexOf('.');
  if (sealed.slice(0, dot) !== key.id) throw new Error('a sealed value under another key');
  return decrypt(key.secret, Buffer.from(sealed.slice(dot + 1), 'base64')).toString();
}

/** Which key a value needs. */
export function isUnder(key: DataKey, sealed: string): boolean {
  return sealed.startsWith(`${key.id}.`);
}

function encrypt(secret: Buffer, plain: Buffer): Buffer {
  const nonce = randomBytes(nonceBytes);
  const run = createCipheriv(cipher, secret, nonce);
  const body = Buffer.concat([run.update(plain), run.final()]);
  return Buffer.concat([nonce, run.getAuthTag(), body]);
}

function decrypt(secret: Buffer, sealed: Buffer): Buffer {
  const run = createDecipheriv(cipher, secret, sealed.subarray(0, nonceBytes));
  run.setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
  return Buffer.concat([run.update(sealed.subarray(nonceBytes + tagBytes)), run.final()]);
}

function derive(master: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', master, Buffer.alloc(0), `intumwa ${purpose}`, 32));
}
