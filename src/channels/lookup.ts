import type { Template } from '../app/ports.ts';

/** A send of unknown outcome (rule 17). `since` is when it was tried, by the provider's clock. */
export type Question = {
  readonly ledgerId: string;
  readonly address: string;
  readonly since: Date;
  /** The text as rendered for the channel's person. */
  readonly text: string;
  /** Said instead of the text, where the window was closed. */
  readonly template?: Template;
  /** Which of these provider's ids belong to rows of ours already: those are other messages that say the same. */
  readonly known: (providerIds: readonly string[]) => Promise<ReadonlySet<string>>;
};

export type Found =
  | { readonly kind: 'found'; readonly providerId: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'cannot_tell'; readonly detail: string };
