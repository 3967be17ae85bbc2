import { serve } from '@hono/node-server';
import { simulatedAccounts, type Timing } from './product.ts';
import { remoteControl } from './remote.ts';
import { createSimulator } from './simulator.ts';

/** What the process has to know; URLs without a trailing slash. */
export type AloneSettings = {
  readonly port: number;
  readonly host: string;
  /** The product's webhooks and its own share of the control API are below this. */
  readonly productUrl: string;
  /** Where the product finds us, when it is not the address that we listen on. */
  readonly publicUrl?: string | undefined;
  readonly twilioAuthToken: string;
  readonly slackSigningSecret: string;
  /** Updates are pushed to the product's webhook when given, else they wait for getUpdates. */
  readonly telegramWebhookSecret?: string | undefined;
  /** Shortens or lengthens the providers' patience. */
  readonly timing?: Partial<Timing>;
};

/** The stand-ins in a process of their own (they outlive the product). Resolves when they listen. */
export async function startAlone(settings: AloneSettings): Promise<{ readonly url: string; stop(): void }> {
  const { productUrl, telegramWebhookSecret: secret } = settings;
  const control = remoteControl(productUrl);
  let url = settings.publicUrl ?? '';
  const simulator = createSimulator({
    clock: control,
    publicUrl: () => url,
    remembered: 200_000,
    ...(settings.timing ? { timing: settings.timing } : {}),
    product: {
      ...(secret === undefined
        ? {}
        : { telegramWebhook: { url: `${productUrl}/webhooks/telegram`, secret } }),
      twilioWebhook: {
        url: `${productUrl}/webhooks/whatsapp`,
        authToken: settings.twilioAuthToken,
        accountSid: simulatedAccounts.accountSid,
        sender: simulatedAccounts.sender,
      },
      slack: {
        eventsUrl: `${productUrl}/webhooks/slack/events`,
        interactivityUrl: `${productUrl}/webhooks/slack/interactivity`,
        commandsUrl: `${productUrl}/webhooks/slack/commands`,
        signingSecret: settings.slackSigningSecret,
      },
      control,
    },
  });
  // The product's clock may be moved at its own door, and the product may start after us.
  await control.refresh();
  const refreshing = setInterval(() => void control.refresh(), 1_000);
  return new Promise((resolve) => {
    const server = serve(
      { fetch: simulator.app.fetch, port: settings.port, hostname: settings.host },
      ({ port }) => {
        url ||= `http://${settings.host}:${port}`;
        resolve({
          url,
          stop() {
            clearInterval(refreshing);
            simulator.close();
            server.close();
            // Long polls and streams have ended; what is left are idle connections.
            if ('closeAllConnections' in server) server.closeAllConnections();
          },
        });
      },
    );
    // Callers keep connections; one that we close in the moment of its use would be a fault that nobody asked for.
    if ('keepAliveTimeout' in server) server.keepAliveTimeout = 120_000;
  });
}
