import type { Config } from './config.ts';
import { simulatedAccounts } from './simulator/product.ts';

/** Where each provider is, who we are there, and how it calls us: the stand-ins differ from the real ones only here. */
export type Endpoints = {
  readonly telegram: {
    readonly token: string;
    readonly apiRoot: string;
    readonly mode:
      | { readonly kind: 'polling' }
      | { readonly kind: 'webhook'; readonly secret: string; readonly publicBaseUrl: string };
  };
  readonly whatsapp: {
    readonly accountSid: string;
    readonly authToken: string;
    readonly sender: string;
    readonly publicBaseUrl: string;
    readonly baseUrls?: { readonly api: string; readonly content: string; readonly messaging: string };
    readonly provision: 'auto' | 'manual';
  };
  readonly slack: {
    readonly botToken: string;
    readonly slackApiUrl?: string;
    readonly mode:
      | { readonly kind: 'http'; readonly signingSecret: string }
      | { readonly kind: 'socket'; readonly appToken: string };
    /** The coordinators' channel. */
    readonly channel: string;
  };
};

/** Secrets between us and our own stand-ins; they protect nothing. */
export const simulatedSecrets = { twilio: 'simulated-auth-token', slack: 'simulated-signing-secret' };

/** `ownUrl` is where we listen, `standInsUrl` where the stand-ins are. Both without a trailing slash. */
export function endpointsOf(config: Config, ownUrl: string, standInsUrl: string): Endpoints {
  const publicBaseUrl = config.publicBaseUrl ?? ownUrl;
  const { telegram, whatsapp, slack } = config;
  const twilio = `${standInsUrl}/twilio`;
  return {
    telegram:
      telegram.kind === 'simulated'
        ? {
            token: simulatedAccounts.telegramToken,
            apiRoot: `${standInsUrl}/telegram`,
            mode: { kind: 'polling' },
          }
        : {
            token: telegram.botToken,
            apiRoot: 'https://api.telegram.org',
            mode:
              telegram.kind === 'polling'
                ? { kind: 'polling' }
                : { kind: 'webhook', secret: telegram.webhookSecret, publicBaseUrl },
          },
    whatsapp:
      whatsapp.kind === 'simulated'
        ? {
            accountSid: simulatedAccounts.accountSid,
            authToken: simulatedSecrets.twilio,
            sender: simulatedAccounts.sender,
            // Our own stand-ins call us where we listen; those in a process of their own go through the front door.
            publicBaseUrl: config.simulatorUrl === undefined ? ownUrl : publicBaseUrl,
            baseUrls: { api: twilio, content: twilio, messaging: twilio },
            provision: 'auto',
          }
        : {
            accountSid: whatsapp.accountSid,
            authToken: whatsapp.authToken,
            sender: whatsapp.from,
            publicBaseUrl,
            provision: 'manual',
          },
    slack:
      slack.kind === 'simulated'
        ? {
            botToken: simulatedAccounts.botToken,
            slackApiUrl: `${standInsUrl}/slack/api/`,
            mode: { kind: 'http', signingSecret: simulatedSecrets.slack },
            channel: simulatedAccounts.channel.id,
          }
        : {
            botToken: slack.botToken,
            mode:
              slack.kind === 'socket'
                ? { kind: 'socket', appToken: slack.appToken }
                : { kind: 'http', signingSecret: slack.signingSecret },
            channel: slack.channel,
          },
  };
}
