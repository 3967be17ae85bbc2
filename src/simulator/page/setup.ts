/** Somebody whom the page offers from the start. Who does not exist yet gets a phone when the page opens. */
export type PagePerson = {
  readonly channel: 'whatsapp' | 'telegram' | 'slack';
  readonly address: string;
  readonly name: string;
  readonly locale?: 'rw' | 'fr' | 'en';
  /** IANA time zone of the times on this phone; default Africa/Kigali. */
  readonly zone?: string;
  /** Who this is, in three or four words. */
  readonly about?: string;
};

/** One step of the tour. `who` is the address of one of the people; `say` is typed for them, not sent. */
export type PageHint = { readonly who: string; readonly text: string; readonly say?: string };

/**
 * What stands on the page at first: the first three people with a messenger hold the three phones, the first
 * with Slack sits at the desk; the others wait in the lists above the phones.
 */
export type PageSetup = {
  readonly people: readonly PagePerson[];
  /** In the order of the story. */
  readonly hints: readonly PageHint[];
  /** Slash commands offered while a coordinator types one. */
  readonly commands?: readonly { readonly command: string; readonly about: string }[];
};
