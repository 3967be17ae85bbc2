/** A send of unknown outcome (rule 17). `since` is when it was tried, by the provider's clock. */
export type Question = {
  readonly ledgerId: string;
  readonly address: string;
  readonly since: Date;
  /** The text as rendered for the channel's person. */
  readonly text: string;
};

export type Found =
  | { readonly kind: 'found'; readonly providerId: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'cannot_tell'; readonly detail: string };
