import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { type KnownTemplate, opened, planTemplates, templateDrafts } from '../../src/app/template-plan.ts';
import { named } from '../../src/channels/whatsapp/templates.ts';
import type { DomainEvent } from '../../src/domain/model.ts';
import { deskReactions } from '../../src/domain/reactions/desk.ts';
import { memberReactions } from '../../src/domain/reactions/member.ts';
import { missionReactions } from '../../src/domain/reactions/mission.ts';
import { offerReactions } from '../../src/domain/reactions/offer.ts';
import { placementReactions } from '../../src/domain/reactions/placement.ts';
import { react } from '../../src/domain/reactions/reactions.ts';
import { readinessReactions } from '../../src/domain/reactions/readiness.ts';
import { travelReactions } from '../../src/domain/reactions/travel.ts';
import { createWords } from '../../src/locale.ts';
import { createProgram } from '../../src/program.ts';
import { refuseContent, rejectTemplate } from '../../src/simulator/twilio/content.ts';

const words = createWords(fileURLToPath(new URL('../../locales', import.meta.url)));
const program = createProgram(words);
const wanted = templateDrafts(words, program).map(named);

const tables = [
  deskReactions,
  memberReactions,
  missionReactions,
  offerReactions,
  placementReactions,
  readinessReactions,
  travelReactions,
];

/** Facts of every kind at once: enough for any reaction to say what it has to say, in one way or another. */
function facts(more: object): DomainEvent['data'] {
  const known: { [name: string]: unknown } = {
    items: ['R1'],
    legs: [],
    levels: { rw: 3, fr: 2, en: 2 },
    title: { rw: 'a', fr: 'b', en: 'c' },
    days: 2,
    hours: 24,
    purpose: 'placement',
    ...more,
  };
  const any = new Proxy(known, { get: (data, name) => (name in data ? data[String(name)] : 1) });
  return any as DomainEvent['data']; // whatever a reaction asks for
}

test('a template has the choices of the question that its message opens', () => {
  const variants = [
    {},
    { days: 7, hours: 60, open: true, hostKnew: true, purpose: 'readiness', others: ['R2'] },
  ];
  const names = new Set(tables.flatMap((table) => Object.keys(table)));
  const found = new Map<string, string>();
  for (const name of names) {
    for (const more of variants) {
      const event: DomainEvent = {
        name,
        subject: { kind: 'person', id: 1 },
        by: 'system',
        data: facts(more),
      };
      for (const { key, opens } of react(event)) if (opens) found.set(key, `${opens.flow}.${opens.step}`);
    }
  }
  // The call itself is a broadcast, and the reminder to go on opens what was left: neither is a reaction.
  const byHand = new Set(['call.invite.text', 'resume.invite.text']);
  const told = Object.entries(opened).filter(([key]) => !byHand.has(key));
  expect(Object.fromEntries(found)).toEqual(
    Object.fromEntries(told.map(([key, { flow, step }]) => [key, `${flow}.${step}`])),
  );
});

test('there is one for every text that goes out unasked, in each language, and WhatsApp takes it', () => {
  expect(wanted.length).toBeGreaterThan(100);
  expect(wanted.length % 3).toBe(0);
  expect(new Set(wanted.map(({ name }) => name)).size).toBe(wanted.length);
  const refused = wanted.flatMap(({ name, lang, body, options, samples }) => {
    const variables = Object.fromEntries(samples.map((sample, i) => [String(i + 1), sample]));
    const actions = options.map(({ id, title }) => ({ type: 'QUICK_REPLY', id, title }));
    const types =
      actions.length > 0 ? { 'twilio/quick-reply': { body, actions } } : { 'twilio/text': { body } };
    const request = { friendly_name: name, language: lang, variables, types };
    const why =
      refuseContent(request) ??
      rejectTemplate({ ...request, sid: 'HX0' } as unknown as Parameters<typeof rejectTemplate>[0]); // the record, of which only these matter
    return why ? [`${name}: ${why}`] : [];
  });
  expect(refused).toEqual([]);
});

test('only calls are marketing', () => {
  const marketing = wanted.filter(({ category }) => category === 'MARKETING').map(({ key }) => key);
  expect([...new Set(marketing)].every((key) => words.classOf(key) === 'call')).toBe(true);
  expect(marketing.length).toBeGreaterThan(0);
});

test('the plan says what is new, changed, lost, half-made and as it was', () => {
  const [a, b, c, d, e] = wanted;
  if (!a || !b || !c || !d || !e) throw new Error('there are more than five');
  const as = (status: string, template: typeof a): KnownTemplate => ({
    hash: template.hash,
    sid: 'HX1',
    name: template.name,
    key: template.key,
    lang: template.lang,
    status,
    reason: '',
  });
  const plan = planTemplates(
    [a, b, c, d, e],
    [
      { ...as('approved', b), hash: 'of an older wording' },
      as('lost', c),
      as('unsubmitted', d),
      as('rejected', e),
    ],
  );
  expect(plan.map(({ what }) => what)).toEqual(['new', 'changed', 'lost', 'unsubmitted', 'unchanged']);
});
