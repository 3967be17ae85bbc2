/** Builds that are broken on purpose, one for each kind of violation: the count has to notice every one. */
export type Sabotage = {
  readonly module: string;
  /** Names of checks of which at least one must fail. */
  readonly noticedBy: readonly string[];
};

export const sabotages: { readonly [kind: string]: Sabotage } = {
  'acknowledge-early': {
    module: './sabotage/acknowledge-early.ts',
    noticedBy: ['events acknowledged and lost'],
  },
  'forget-seen': { module: './sabotage/forget-seen.ts', noticedBy: ['turns applied twice'] },
  'resend-blindly': {
    module: './sabotage/resend-blindly.ts',
    noticedBy: ['messages seen twice on WhatsApp', 'messages seen twice on Slack'],
  },
  'ignore-order': { module: './sabotage/ignore-order.ts', noticedBy: ['order violations, outbound'] },
  'receipts-back': { module: './sabotage/receipts-back.ts', noticedBy: ['receipts moved backwards'] },
  'exceed-rate': {
    module: './sabotage/exceed-rate.ts',
    noticedBy: ['whatsapp', 'telegram', 'slack'].map((kind) => `sends above the rate on ${kind}`),
  },
};
