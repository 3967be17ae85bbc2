import { describe, expect, test } from 'vitest';
import { heldUntil } from '../../src/domain/quiet-hours.ts';

type Case = readonly [
  what: string,
  kind: string,
  zone: string,
  host: boolean,
  now: string,
  until: string | null,
];

const kigali = 'Africa/Kigali';
const brussels = 'Europe/Brussels';
const london = 'Europe/London';

const cases: readonly Case[] = [
  [
    'the last minute of the night',
    'service',
    brussels,
    false,
    '2027-02-10T06:59:00Z',
    '2027-02-10T07:00:00Z',
  ],
  ['eight in the morning', 'service', brussels, false, '2027-02-10T07:00:00Z', null],
  ['the last minute of the day', 'service', brussels, false, '2027-02-10T18:59:59Z', null],
  ['eight in the evening', 'service', brussels, false, '2027-02-10T19:00:00Z', '2027-02-11T07:00:00Z'],
  ['after midnight', 'call', brussels, false, '2027-02-10T23:30:00Z', '2027-02-11T07:00:00Z'],
  [
    'the same instant across the Atlantic',
    'service',
    'America/Toronto',
    false,
    '2027-02-10T06:59:00Z',
    '2027-02-10T13:00:00Z',
  ],
  ['a half-hour zone', 'service', 'Asia/Kolkata', false, '2027-02-10T01:00:00Z', '2027-02-10T02:30:00Z'],

  // Clocks go forward on 28 March 2027 at 01:00 UTC, and back on 31 October 2027.
  [
    'the evening before summer time',
    'service',
    brussels,
    false,
    '2027-03-27T20:00:00Z',
    '2027-03-28T06:00:00Z',
  ],
  ['the same in London', 'service', london, false, '2027-03-27T21:00:00Z', '2027-03-28T07:00:00Z'],
  [
    'in the hour that does not exist',
    'service',
    brussels,
    false,
    '2027-03-28T01:30:00Z',
    '2027-03-28T06:00:00Z',
  ],
  ['eight o’clock of the first summer day', 'service', brussels, false, '2027-03-28T06:00:00Z', null],
  [
    'the evening before winter time',
    'service',
    brussels,
    false,
    '2027-10-30T19:00:00Z',
    '2027-10-31T07:00:00Z',
  ],
  ['in the hour that comes twice', 'service', london, false, '2027-10-31T01:15:00Z', '2027-10-31T08:00:00Z'],
  [
    'the last summer evening ends at eight, by summer’s clock',
    'service',
    london,
    false,
    '2027-10-30T18:59:00Z',
    null,
  ],

  [
    'a hospital is written to from seven',
    'service',
    kigali,
    true,
    '2027-02-10T04:59:00Z',
    '2027-02-10T05:00:00Z',
  ],
  ['and until seven', 'service', kigali, true, '2027-02-10T17:00:00Z', '2027-02-11T05:00:00Z'],
  ['in Kigali, wherever its phone is', 'service', brussels, true, '2027-02-10T05:30:00Z', null],

  [
    'Umuganda, the last Saturday before noon',
    'service',
    kigali,
    false,
    '2027-02-27T08:00:00Z',
    '2027-02-27T10:00:00Z',
  ],
  ['Umuganda for a hospital', 'service', kigali, true, '2027-02-27T06:00:00Z', '2027-02-27T10:00:00Z'],
  ['the evening before Umuganda', 'service', kigali, false, '2027-02-26T19:00:00Z', '2027-02-27T10:00:00Z'],
  ['noon of Umuganda', 'service', kigali, false, '2027-02-27T10:00:00Z', null],
  ['a Saturday that is not the last', 'service', kigali, false, '2027-02-20T08:00:00Z', null],
  [
    'the last Saturday of a month of 31 days',
    'service',
    kigali,
    false,
    '2027-07-31T08:00:00Z',
    '2027-07-31T10:00:00Z',
  ],
  ['Umuganda is for Rwanda alone', 'service', brussels, false, '2027-02-27T08:00:00Z', null],

  [
    'a call in the week of mourning, anywhere',
    'call',
    brussels,
    false,
    '2027-04-07T08:00:00Z',
    '2027-04-14T06:00:00Z',
  ],
  ['a call on its last evening', 'call', kigali, false, '2027-04-13T15:00:00Z', '2027-04-14T06:00:00Z'],
  [
    'a reminder to a hospital that week',
    'service',
    kigali,
    true,
    '2027-04-10T08:00:00Z',
    '2027-04-14T05:00:00Z',
  ],
  ['a member’s reminder is not held that week', 'service', brussels, false, '2027-04-10T08:00:00Z', null],
  ['the day before that week', 'call', kigali, false, '2027-04-06T10:00:00Z', null],
  ['the evening before runs into it', 'call', kigali, false, '2027-04-06T19:00:00Z', '2027-04-14T06:00:00Z'],
  ['by Kigali’s date', 'call', 'America/Toronto', false, '2027-04-06T22:30:00Z', '2027-04-13T22:00:00Z'],
];

describe('quiet hours', () => {
  test.each(cases)('%s: %s in %s (hospital: %s) at %s waits until %s', (_, kind, zone, host, now, until) => {
    expect(heldUntil(kind, { zone, host }, new Date(now))?.toISOString() ?? null).toBe(
      until && new Date(until).toISOString(),
    );
  });

  test.each(cases)('%s: never a reply, nor what is urgent', (_, _kind, zone, host, now) => {
    for (const kind of ['reply', 'urgent']) expect(heldUntil(kind, { zone, host }, new Date(now))).toBeNull();
  });

  test.each(cases)('%s: what waited may leave then', (_, kind, zone, host, now) => {
    const until = heldUntil(kind, { zone, host }, new Date(now));
    if (until) expect(heldUntil(kind, { zone, host }, until)).toBeNull();
    else expect(until).toBeNull();
  });
});
