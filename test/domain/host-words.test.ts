import { expect, test } from 'vitest';
import { flows } from '../../flows/index.ts';
import { happened } from '../../src/domain/change-assignment.ts';
import { type Deed, type Intent, readinessCodes } from '../../src/domain/model.ts';
import { placementReactions } from '../../src/domain/reactions/placement.ts';
import { readinessReactions } from '../../src/domain/reactions/readiness.ts';
import { languages, type Param, type Params } from '../../src/engine/message.ts';
import { createWords } from '../../src/locale.ts';
import { proposal } from '../support/contexts/host.ts';

/** Keys that are made of a value (an item, a purpose, a reason) escape the flow check: here each is said once. */

const words = createWords('locales');
const values = [
  {
    purpose: 'placement',
    digits: '482913',
    directorId: 52,
    days: 2,
    reason: 'dates',
    from: '2027-06-01',
    to: '2027-06-30',
    hostKnew: true,
    items: ['R5', 'R14'],
    item: 'R7',
    open: 12,
    role: 'focal',
    saidRole: 'focal',
    directorInformed: true,
  },
  {
    purpose: 'readiness',
    digits: '482913',
    directorId: 52,
    days: 7,
    reason: 'weather',
    from: '2027-06-01',
    to: '2027-06-30',
    hostKnew: true,
    items: ['R1'],
    item: 'R3',
    open: 1,
    role: 'deputy',
    saidRole: 'dg',
    directorInformed: false,
  },
];
const tables = { ...placementReactions, ...readinessReactions };

test.each(Object.keys(tables))(
  'what %s says exists in three languages, and what it opens exists too',
  (name) => {
    for (const more of values) {
      const intents = intentsOf(happened(name, proposal, 'system', more));
      expect(intents.length).toBeGreaterThan(0);
      for (const { key, params, opens } of intents) {
        for (const lang of languages) expect(words.text(lang, key, named(params))).not.toBe('');
        expect(words.classOf(key)).toBe(key === 'host_news.arrived.text' ? 'urgent' : 'service');
        if (opens) {
          const flow = flows.find(({ id }) => id === opens.flow);
          expect([flow?.start, ...(flow?.entries ?? [])]).toContain(opens.step);
        }
      }
    }
  },
);

test.each(readinessCodes)('%s is asked and named in three languages', (code) => {
  for (const lang of languages) {
    expect(words.text(lang, `readiness.item.${code}.text`)).toMatch(new RegExp(`^${code}\\. .+\\?`));
    expect(words.text(lang, `readiness.short.${code}`)).toMatch(new RegExp(`^${code} .{3,}`));
  }
});

test('no event of a placement carries the member’s name, and its request none of who they are', () => {
  const [request] = intentsOf(happened('offer.made', { ...proposal, memberName: 'Aline UWASE' }, 71));
  expect(JSON.stringify(request)).not.toMatch(/Aline|"person"/);
});

function intentsOf(deed: Deed): readonly Intent[] {
  return deed.kind === 'event' ? (tables[deed.event.name]?.(deed.event) ?? []) : [];
}

/** Names are filled in when a message leaves. */
function named(params: Params): Params {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]): [string, Param] => [
      name,
      typeof value === 'object' && 'person' in value ? 'Aline' : value,
    ]),
  );
}
