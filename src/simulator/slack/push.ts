import { createHmac, randomBytes } from 'node:crypto';
import { callProduct, createCourier, isSuccess } from '../deliver.ts';
import type { Handed } from '../handed.ts';
import { simulatedAccounts } from '../product.ts';
import type { World } from '../world.ts';
import type { Sockets } from './sockets.ts';

/** What the product answered to an interaction: the body that it acknowledged with, parsed, or null for silence. */
export type Ack =
  | { readonly ok: true; readonly body: unknown }
  | { readonly ok: false; readonly why: string };

export type Push = {
  /** An event, tried again three times. */
  event(event: Readonly<Record<string, unknown>>, handed?: Handed): string;
  /** A form to the interactivity or the command URL: once, its acknowledgement counts. */
  interactive(payload: Readonly<Record<string, unknown>>, handed?: Handed): Promise<Ack>;
  command(fields: Readonly<Record<string, string>>): Promise<Ack>;
};

/** The road from the workspace to the product: Socket Mode while a connection is open, else signed HTTP. */
export function createPush(world: World, sockets: Sockets): Push {
  const courier = createCourier(world, 'slack');
  const { slack } = world.product;

  function call(url: string, contentType: string, body: string, more: Record<string, string> = {}) {
    // Machine time: the product compares it with its own clock.
    const timestamp = String(Math.floor(Date.now() / 1000));
    const signature = createHmac('sha256', slack.signingSecret)
      .update(`v0:${timestamp}:${body}`)
      .digest('hex');
    return callProduct(world, {
      url,
      headers: {
        'content-type': contentType,
        'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': `v0=${signature}`,
        ...more,
      },
      body,
      timeoutMs: world.timing.slackAckMs,
    });
  }

  async function deliverEvent(envelope: Record<string, unknown>, handed?: Handed): Promise<void> {
    let reason = '';
    for (let attempt = 0; attempt <= 3; attempt += 1) {
      const waitMs = attempt === 0 ? 0 : (world.timing.slackRetryMs[attempt - 1] ?? 0);
      if (waitMs > 0 && !(await world.pause(waitMs))) return;
      world.handed.tried(handed);
      if (sockets.areOpen()) {
        const acked = await sockets.send({
          type: 'events_api',
          payload: envelope,
          retry: attempt === 0 ? null : { attempt, reason },
        });
        if (acked.ok) return world.handed.acknowledged(handed);
        reason = 'timeout';
        continue;
      }
      const retry: Record<string, string> =
        attempt === 0 ? {} : { 'x-slack-retry-num': String(attempt), 'x-slack-retry-reason': reason };
      const answer = await call(slack.eventsUrl, 'application/json', JSON.stringify(envelope), retry);
      if (answer.kind === 'answered') {
        if (isSuccess(answer)) return world.handed.acknowledged(handed);
        if (answer.noRetry) return;
        reason = 'http_error';
      } else reason = answer.why === 'timeout' ? 'http_timeout' : 'connection_failed';
    }
  }

  async function deliverForm(
    kind: 'interactive' | 'slash_commands',
    payload: Readonly<Record<string, unknown>>,
    url: string,
    form: Record<string, string>,
  ): Promise<Ack> {
    const leave = world.inFlight.enter('slack');
    try {
      if (sockets.areOpen()) return await sockets.send({ type: kind, payload, retry: null });
      // Exactly this content type, without a charset.
      const answer = await call(
        url,
        'application/x-www-form-urlencoded',
        new URLSearchParams(form).toString(),
      );
      if (answer.kind === 'failed')
        return { ok: false, why: answer.why === 'timeout' ? 'operation_timeout' : 'dispatch_failed' };
      if (answer.status !== 200) return { ok: false, why: `http_${answer.status}` };
      return { ok: true, body: parse(answer.body) };
    } finally {
      leave();
    }
  }

  /** Faults strike what follows; the caller waits for the first delivery. */
  function throughCourier(deliver: () => Promise<Ack>): Promise<Ack> {
    return new Promise((resolve) => {
      courier.hand(() => {
        void deliver().then(resolve);
      });
    });
  }

  return {
    event(event, handed) {
      const id = `Ev${randomBytes(6).toString('hex').toUpperCase()}`;
      const envelope = {
        token: 'not-to-be-used',
        team_id: simulatedAccounts.teamId,
        context_team_id: simulatedAccounts.teamId,
        context_enterprise_id: null,
        api_app_id: simulatedAccounts.appId,
        event,
        type: 'event_callback',
        event_id: id,
        event_time: Math.floor(world.now().getTime() / 1000),
        authorizations: [
          {
            enterprise_id: null,
            team_id: simulatedAccounts.teamId,
            user_id: simulatedAccounts.botUserId,
            is_bot: true,
            is_enterprise_install: false,
          },
        ],
        is_ext_shared_channel: false,
        event_context: `4-${id}`,
      };
      courier.hand(() => world.owe('slack', () => deliverEvent(envelope, handed)));
      return id;
    },
    interactive: (payload, handed) =>
      throughCourier(async () => {
        world.handed.tried(handed);
        const form = { payload: JSON.stringify(payload) };
        const ack = await deliverForm('interactive', payload, slack.interactivityUrl, form);
        if (ack.ok) world.handed.acknowledged(handed);
        return ack;
      }),
    command: (fields) =>
      throughCourier(() => deliverForm('slash_commands', fields, slack.commandsUrl, { ...fields })),
  };
}

function parse(body: string): unknown {
  if (body.trim() === '') return null;
  try {
    return JSON.parse(body);
  } catch {
    // A slash command may be answered with plain text.
    return body;
  }
}
