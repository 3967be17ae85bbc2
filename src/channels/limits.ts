import type { ChannelName, Limits } from '../app/ports.ts';

/** `textWithChoices`: characters of a message that carries buttons or a list, where that is less than `text`. */
export type ChannelLimits = Limits & { readonly textWithChoices: number };

/**
 * What each channel shows, used by the adapters and by the flow check alike.
 * Lengths are UTF-16 units, the strictest way any of the three counts.
 */
export const limits = {
  // Quick replies and list pickers in a session; a Body alone may be longer than an interactive body.
  whatsapp: {
    text: 1600,
    textWithChoices: 1024,
    buttons: { max: 3, label: 20 },
    list: { max: 10, label: 24, description: 72 },
  },
  // Telegram states no label limit; longer ones are cut on narrow phones, so they become numbered text.
  telegram: { text: 4096, textWithChoices: 4096, buttons: { max: 100, label: 40 }, list: null },
  // A button takes 75 characters but shows about 30, and more than five are a wall: then a select.
  slack: {
    text: 3000,
    textWithChoices: 3000,
    buttons: { max: 5, label: 30 },
    list: { max: 100, label: 75, description: 75 },
  },
} as const satisfies Record<ChannelName, ChannelLimits>;

/**
 * Messages a second that an account may send, over all replicas: WhatsApp's default throughput of a sender, the
 * pace at which Telegram leaves a bot alone, and what Slack takes from one app ("several hundred a minute").
 */
export const ratePerSecond = { whatsapp: 80, telegram: 25, slack: 5 } as const;

/** Where a single chat, too, takes about one message a second, and a few at once. */
export const pacedChannels = ['telegram', 'slack'] as const satisfies readonly ChannelName[];
