import type { Entry, Person, SeenChoice } from './people.ts';

/** What became of a deed: its provider id, or why the phone cannot do it. */
export type Deed =
  | { readonly ok: true; readonly id: string; readonly more?: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly status: 400 | 404 | 409; readonly error: string };

export const did = (id: string, more?: Readonly<Record<string, unknown>>): Deed => ({
  ok: true,
  id,
  ...(more ? { more } : {}),
});
export const cannot = (error: string, status: 400 | 404 | 409 = 400): Deed => ({ ok: false, status, error });

export const sendKinds = [
  'image',
  'document',
  'voice',
  'audio',
  'video',
  'sticker',
  'location',
  'contact',
] as const;
export type Sending = {
  readonly kind: (typeof sendKinds)[number];
  readonly caption?: string | undefined;
  readonly name?: string | undefined;
  readonly contentType?: string | undefined;
  /** Base64; a few bytes are made up without it. */
  readonly content?: string | undefined;
  readonly latitude?: number | undefined;
  readonly longitude?: number | undefined;
  readonly phone?: string | undefined;
  readonly thread?: string | undefined;
};

/** What a person can do on one channel. Each deed reaches the product the provider's own way. */
export type Phone = {
  say(person: Person, what: { text: string; thread: string | null; slackChannel: string | null }): Deed;
  press(person: Person, entry: Entry, choice: SeenChoice): Deed;
  send(person: Person, what: Sending): Deed;
  edit(person: Person, entry: Entry, text: string): Deed;
  remove(person: Person, entry: Entry): Deed;
  react(person: Person, entry: Entry, emoji: string): Deed;
  /** Tells the provider that these were read. */
  read(person: Person, entries: readonly Entry[]): void;
  setBlocked(person: Person, blocked: boolean): Deed;
  setOffline(person: Person, offline: boolean): void;
};

/** File facts of a kind, where the person did not give them. */
export const mediaDefaults: Readonly<
  Record<Sending['kind'], { name: string; contentType: string; bytes: string }>
> = {
  image: { name: 'photo.jpg', contentType: 'image/jpeg', bytes: '/9j/4AAQSkZJRg==' },
  document: { name: 'document.pdf', contentType: 'application/pdf', bytes: 'JVBERi0xLjQK' },
  voice: { name: 'voice.ogg', contentType: 'audio/ogg', bytes: 'T2dnUwAC' },
  audio: { name: 'audio.mp3', contentType: 'audio/mpeg', bytes: 'SUQzBAAA' },
  video: { name: 'video.mp4', contentType: 'video/mp4', bytes: 'AAAAGGZ0eXA=' },
  sticker: { name: 'sticker.webp', contentType: 'image/webp', bytes: 'UklGRgAAAABXRUJQ' },
  location: { name: 'location', contentType: '', bytes: '' },
  contact: { name: 'contact.vcf', contentType: 'text/vcard', bytes: 'QkVHSU46VkNBUkQK' },
};

/** An entry that the person made. */
export function ownEntry(id: string, at: Date, text: string, more: Partial<Entry> = {}): Entry {
  return {
    id,
    at,
    from: 'person',
    text,
    choices: [],
    template: null,
    thread: null,
    receipts: { sent: at, delivered: at, read: null },
    ...more,
  };
}
