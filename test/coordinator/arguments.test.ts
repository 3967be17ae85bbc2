import { expect, test } from 'vitest';
import { codeIn, codesIn, daysIn, readArguments, restOf, verbIn } from '../../src/coordinator/arguments.ts';
import { commands } from '../../src/coordinator/commands.ts';
import { readLegs, readPickup } from '../../src/coordinator/legs.ts';

test.each([
  ['N-0001 n-2', ['N-0001', 'n-2'], {}],
  ['title="Two words" days=14-60', [], { title: 'Two words', days: '14-60' }],
  ['lodging=“Guest house” now', ['now'], { lodging: 'Guest house' }],
  ['  ', [], {}],
  ['pickup="Eric, +250788000000"', [], { pickup: 'Eric, +250788000000' }],
])('%s is read as words and named values', (text, words, options) => {
  expect(readArguments(text)).toMatchObject({ words, options });
});

test('codes, verbs and days are found wherever they stand', () => {
  const args = readArguments('approve m-2027-01 by 03/05/2027 or 2027-06-01, N-1 N-2, 31/04/2027');
  expect(codeIn(args, 'M')).toBe('M-2027-01');
  expect(codesIn(args, 'N')).toEqual(['N-1', 'N-2']);
  expect(verbIn(args, ['close', 'approve'])).toBe('approve');
  expect(daysIn(args)).toEqual(['2027-05-03']);
});

test('what is said to a person keeps its words, quotes and signs', () => {
  const args = readArguments('reply K-0001 Please reply "today" or x=1');
  expect(restOf(args, ['reply', 'K-0001'])).toBe('Please reply "today" or x=1');
});

test.each([
  [
    'SN465 BRU-KGL 2027-05-01T10:45 2027-05-01T20:05',
    [['SN465', 'BRU', 'KGL', '2027-05-01T10:45', '2027-05-01T20:05']],
  ],
  [
    'sn 465 bru → kgl 2027-05-01 10:45 20:05',
    [['SN465', 'BRU', 'KGL', '2027-05-01T10:45', '2027-05-01T20:05']],
  ],
  [
    'KL1 AMS-DOH 2027-05-01T10:45 20:05\nQR2 DOH-KGL 2027-05-02T01:00 2027-05-02T06:00',
    [
      ['KL1', 'AMS', 'DOH', '2027-05-01T10:45', '2027-05-01T20:05'],
      ['QR2', 'DOH', 'KGL', '2027-05-02T01:00', '2027-05-02T06:00'],
    ],
  ],
  ['tomorrow by plane', []],
])('%j is read as legs', (text, legs) => {
  expect(
    readLegs(text).map(({ number, from, to, departs, arrives }) => [number, from, to, departs, arrives]),
  ).toEqual(legs);
});

test('a pick-up is a name and a phone, or nothing', () => {
  expect(readPickup('Eric Driver, +250 788 000 000')).toEqual({
    name: 'Eric Driver',
    phone: '+250788000000',
  });
  expect(readPickup('Eric')).toBeNull();
});

test.each([
  ['need', 'new posts=2', { form: 'need', given: { posts: '2' } }],
  ['need', 'N-0001', { page: 'need', code: 'N-0001' }],
  ['need', 'validate', null],
  [
    'mission',
    'extend M-2027-01 30/04/2027',
    { deal: 'mission.extend', input: { code: 'M-2027-01', closesOn: '2027-04-30' } },
  ],
  ['call', 'stop B-0001', { deal: 'call.stop', input: { code: 'B-0001' } }],
  ['offer', 'D-00001', { form: 'offer', given: { member: 'D-00001' } }],
  [
    'assign',
    'hold A-0001 visa refused',
    { deal: 'assignment.hold', input: { code: 'A-0001', reason: 'visa refused' } },
  ],
  ['assign', 'hold A-0001', null],
  [
    'gate',
    'A-0001 G4 green paid until June',
    { deal: 'gate.set', input: { code: 'A-0001', gates: { G4: 'green' }, note: 'paid until June' } },
  ],
  [
    'gate',
    'A-0001 G1,G3 red',
    { deal: 'gate.set', input: { code: 'A-0001', gates: { G1: 'red', G3: 'red' } } },
  ],
  ['gate', 'A-0001 G7 waived', null],
  ['travel', 'A-0001', { page: 'travel', code: 'A-0001' }],
  ['travel', 'A-0001 plan', { form: 'travel', given: { code: 'A-0001' } }],
  [
    'member',
    'activate D-00001 teaching',
    { deal: 'member.activate', input: { code: 'D-00001', check: 'teaching' } },
  ],
  ['member', 'activate D-00001', null],
  ['ticket', 'reply K-0001', { form: 'reply', given: { code: 'K-0001' } }],
  ['today', 'please', { page: 'today', code: '' }],
])('/%s %s', (name, text, wanted) => {
  expect(commands[name]?.(readArguments(text))).toEqual(wanted);
});
