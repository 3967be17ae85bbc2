import { startAlone } from '../simulator/alone.ts';

/**
 * The stand-ins as a process of their own, for a run of chaos (rule 32). Arguments: the product's front door, and how
 * long Twilio's list lags. Slack comes again sooner than after one and five minutes, or a run would have to last that.
 */
const [productUrl = '', listLagMs = '0'] = process.argv.slice(2);
const { url } = await startAlone({
  port: 0,
  host: '127.0.0.1',
  productUrl,
  twilioAuthToken: 'simulated-auth-token',
  slackSigningSecret: 'simulated-signing-secret',
  timing: { listLagMs: Number(listLagMs), slackRetryMs: [0, 3_000, 10_000] },
});
process.stdout.write(`ready ${url}\n`);

// What came while this process stood still was all written down at the end of it: whoever counts a rate has to know.
const tickMs = 20;
const stallMs = 100;
let before = Date.now();
setInterval(() => {
  const now = Date.now();
  if (now - before > tickMs + stallMs) process.stdout.write(`stalled ${before} ${now}\n`);
  before = now;
}, tickMs);
