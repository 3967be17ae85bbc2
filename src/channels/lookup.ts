import type { Delivery } from '../app/ports.ts';

/**
 * A send of unknown outcome (rule 17). `since` is when it was tried, by the provider's clock. Whether the window was
 * open then is no part of it: with a template it may have gone as that, or as it is.
 */
export type Question = Omit<Delivery, 'windowOpen'> & { readonly since: Date };

export type Found =
  | { readonly kind: 'found'; readonly providerId: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'cannot_tell'; readonly detail: string };
