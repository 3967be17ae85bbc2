import { parseArgs } from 'node:util';
import { startAlone } from './alone.ts';

/** `tsx src/simulator/main.ts --port 4010 --product http://127.0.0.1:3000`; prints `ready <url>`. */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4010' },
    host: { type: 'string', default: '127.0.0.1' },
    product: { type: 'string', default: 'http://127.0.0.1:3000' },
    'public-url': { type: 'string' },
    // Between the product and its own stand-ins these protect nothing, so they may stand in a process list.
    'twilio-auth-token': { type: 'string', default: 'simulated-auth-token' },
    'slack-signing-secret': { type: 'string', default: 'simulated-signing-secret' },
    'telegram-webhook-secret': { type: 'string' },
  },
});
const { url, stop } = await startAlone({
  port: Number(values.port),
  host: values.host,
  productUrl: values.product.replace(/\/$/, ''),
  publicUrl: values['public-url'],
  twilioAuthToken: values['twilio-auth-token'],
  slackSigningSecret: values['slack-signing-secret'],
  telegramWebhookSecret: values['telegram-webhook-secret'],
});
process.stdout.write(`ready ${url}\n`);
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
