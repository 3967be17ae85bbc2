import { atLocal, localDay } from './zones.ts';

/**
 * When a message of a class may leave (rule 13; domain rule "quiet hours"): replies and urgent ones always,
 * the rest between 08:00 and 20:00 of the person's own day, 07:00 to 19:00 in Kigali for hospitals; nothing
 * to Rwanda before noon on the last Saturday of the month (Umuganda), and neither calls nor routine hospital
 * reminders in the commemoration week of 7–13 April.
 *
 * Answers null for "now", or the first instant that is allowed.
 */
export function heldUntil(
  kind: string,
  to: { readonly zone: string; readonly host: boolean },
  now: Date,
): Date | null {
  if (kind === 'reply' || kind === 'urgent') return null;
  const zone = to.host ? kigali : to.zone;
  let at = now;
  // Each rule may push past another's end: a quiet evening before Umuganda, before the week of mourning.
  for (let moved = true; moved; ) {
    const next = rules.reduce((latest, rule) => later(latest, rule(kind, { ...to, zone }, at)), at);
    moved = next > at;
    at = next;
  }
  return at > now ? at : null;
}

type To = { readonly zone: string; readonly host: boolean };
type Rule = (kind: string, to: To, at: Date) => Date;

const kigali = 'Africa/Kigali';

const rules: readonly Rule[] = [
  function night(_kind, { zone, host }, at) {
    const day = localDay(at, zone);
    const [opens, closes] = host ? ['07:00', '19:00'] : ['08:00', '20:00'];
    if (at < atLocal(day, opens, zone)) return atLocal(day, opens, zone);
    return at >= atLocal(day, closes, zone) ? atLocal(nextDay(day), opens, zone) : at;
  },
  function umuganda(_kind, { zone }, at) {
    const day = localDay(at, kigali);
    const noon = atLocal(day, '12:00', kigali);
    return zone === kigali && isLastSaturday(day) && at < noon ? noon : at;
  },
  function commemoration(kind, { host }, at) {
    const day = localDay(at, kigali);
    const inWeek = day.slice(5) >= '04-07' && day.slice(5) <= '04-13';
    return inWeek && (kind === 'call' || host) ? atLocal(`${day.slice(0, 4)}-04-14`, '00:00', kigali) : at;
  },
];

function isLastSaturday(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  const inSevenDays = new Date(date.getTime() + 7 * dayMs);
  return date.getUTCDay() === 6 && inSevenDays.getUTCMonth() !== date.getUTCMonth();
}

function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + dayMs).toISOString().slice(0, 10);
}

function later(a: Date, b: Date): Date {
  return b > a ? b : a;
}

const dayMs = 86_400_000;
