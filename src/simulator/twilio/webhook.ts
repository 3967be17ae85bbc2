import { randomUUID } from 'node:crypto';
import { callProduct, isSuccess } from '../deliver.ts';
import type { Handed } from '../handed.ts';
import type { World } from '../world.ts';
import { signForm } from './account.ts';

/**
 * One signed form to the product. Twilio comes a second time only when the connection itself failed;
 * a refusal or a slow answer is final, and the webhook is lost.
 */
export async function callTwilioWebhook(
  world: World,
  url: string,
  params: Readonly<Record<string, string>>,
  handed: Handed,
): Promise<void> {
  const request = {
    url: url.split('#')[0] ?? url,
    headers: {
      'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
      'user-agent': 'TwilioProxy/1.1',
      accept: '*/*',
      'x-twilio-signature': signForm(world.product.twilioWebhook.authToken, url, params),
      // The same over the retries of one call.
      'i-twilio-idempotency-token': randomUUID(),
    },
    body: new URLSearchParams(params).toString(),
    timeoutMs: world.timing.twilioAckMs,
  };
  for (let attempt = 1; attempt <= 2; attempt += 1) {
    world.handed.tried(handed);
    const answer = await callProduct(world, request);
    if (isSuccess(answer)) world.handed.acknowledged(handed);
    if (answer.kind === 'answered' || answer.why !== 'connection') return;
  }
}
