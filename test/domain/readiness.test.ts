import { describe, expect, test } from 'vitest';
import type { Assignment, Context, Deed, Intent, ReadinessCode } from '../../src/domain/model.ts';
import { react } from '../../src/domain/reactions/reactions.ts';
import {
  answerItem,
  answerNeeds,
  type ItemReply,
  type ReadinessAnswers,
  recheck,
  waiveItem,
} from '../../src/domain/readiness.ts';
import { hostLines } from '../../src/domain/readiness-calendar.ts';
import { fireHostLine } from '../../src/domain/readiness-fire.ts';
import { isComplete, itemDueOn, neededRules, nextToAsk, ruleOf } from '../../src/domain/readiness-items.ts';
import type { Done, Refused } from '../../src/engine/flow.ts';
import { languages, type Params } from '../../src/engine/message.ts';
import { createWords } from '../../src/locale.ts';
import {
  agreedPlacement,
  checklist,
  focal,
  focalSaidYes,
  proposal,
  said,
  wardPhone,
} from '../support/contexts/host.ts';

const now = new Date('2027-03-10T09:00:00Z');

describe('which items, and when', () => {
  test('the letter for the council is needed for hands-on work alone', () => {
    expect(neededRules({ scope: 'supervised' })).toHaveLength(13);
    expect(neededRules({ scope: 'hands_on' }).map(({ code }) => code)).toContain('R3');
  });

  test.each([
    ['R1', 'supervised', '2027-03-20'],
    ['R1', 'hands_on', '2027-02-18'],
    ['R3', 'hands_on', '2027-02-23'],
    ['R5', 'supervised', '2027-04-13'],
    ['R14', 'supervised', '2027-04-20'],
  ] as const)('%s for %s work is due on %s', (code, scope, day) => {
    expect(itemDueOn(ruleOf(code), { ...proposal, scope })).toBe(day);
  });

  test('a hospital that accepts late has five days for what is overdue', () => {
    const late = { ...proposal, focalYesAt: '2027-04-18T20:00:00.000Z' };
    expect(itemDueOn(ruleOf('R2'), late)).toBe('2027-04-23');
    expect(itemDueOn(ruleOf('R14'), late)).toBe('2027-04-23');
  });

  test('asks first what was never asked, then what was to be asked elsewhere two days ago, then what is late', () => {
    const items = checklist(['R5', 'R6', 'R8'], 'in_progress').readiness?.items ?? {};
    expect(next(items)).toBe('R5');
    expect(next({ ...items, R5: said('ask', '2027-03-09T09:00:00.000Z'), R6: said('no') })).toBe('R8');
    const waiting = { ...items, R6: { ...said('no'), neededBy: '2027-03-12' }, R8: said('na') };
    expect(next({ ...waiting, R5: said('ask', '2027-03-09T09:00:00.000Z') })).toBeNull();
    expect(next({ ...waiting, R5: said('ask', '2027-03-08T09:00:00.000Z') })).toBe('R5');
    expect(next({ ...waiting, R5: said('yes'), R6: { ...said('no'), neededBy: '2027-03-09' } })).toBe('R6');
  });

  test('a blocking item is not settled by "not applicable", another is', () => {
    const items = checklist(['R5', 'R7'], 'in_progress').readiness?.items ?? {};
    expect(isComplete(agreedPlacement, { ...items, R5: said('na') })).toBe(false);
    expect(isComplete(agreedPlacement, { ...items, R5: { ...said('na'), waivedBy: 71 } })).toBe(true);
    expect(isComplete(agreedPlacement, { ...items, R5: said('yes') })).toBe(true);
  });
});

describe('an answer', () => {
  test('is kept at once, with its words, and the next item follows', () => {
    const result = answer(focal(agreedPlacement), { answer: 'yes', note: 'guesthouse Kabgayi', code: 'R5' });
    expect(update(result, 'readiness')).toEqual({
      items: { R1: said('yes'), R5: { answer: 'yes', by: 51, at: now.toISOString() } },
      notes: { R5: 'guesthouse Kabgayi' },
      status: 'in_progress',
    });
    expect(answersOf(result)).toMatchObject({
      item: 'R2',
      told: 'saved',
      open: 11,
      reply: null,
      missing: null,
    });
    expect(events(result)).toEqual(['readiness.answered']);
  });

  test('partly or no carries what is missing and by when', () => {
    const more = { missing: 'pas d’eau', by_when: '2027-04-01' };
    const result = answer(focal(agreedPlacement), { answer: 'partly' }, { item: 'R5', ...more });
    expect(update(result, 'readiness')).toMatchObject({
      items: { R5: { answer: 'partly', neededBy: '2027-04-01' } },
      notes: { R5: 'pas d’eau' },
    });
    const yes = answer(focal(agreedPlacement), { answer: 'yes' }, { item: 'R5', ...more });
    expect(update(yes, 'readiness')).toMatchObject({ notes: {} });
  });

  test('that completes the list submits it and sends the director a code; only then are the digits asked for', () => {
    const context = focal(checklist(['R5', 'R7'], 'in_progress'));
    expect(answerNeeds(scope(context, { answer: 'no' }, { item: 'R5' }))).toEqual([]);
    expect(answerNeeds(scope(context, { answer: 'yes' }, { item: 'R5' }))).toContainEqual({
      query: 'director',
      args: { hospitalId: 9, conversationId: 41 },
    });
    const result = answer(context, { answer: 'yes' }, { item: 'R5' });
    expect(update(result, 'readiness')).toMatchObject({ status: 'submitted' });
    expect(events(result)).toEqual(['readiness.answered', 'readiness.submitted', 'code.issued']);
    expect(answersOf(result)).toMatchObject({ told: 'submitted', way: 'sent', item: 'R7' });
  });

  test('"not applicable" to a blocking item needs a coordinator', () => {
    const result = answer(focal(checklist(['R5'], 'in_progress')), { answer: 'na' }, { item: 'R5' });
    expect(events(result)).toEqual(['readiness.answered', 'readiness.na_asked']);
    expect(update(result, 'readiness')).toMatchObject({ status: 'in_progress' });
  });

  test('a no after the confirmation opens list and gate again', () => {
    const confirmed = checklist([], 'confirmed');
    const green: Assignment = { ...confirmed, gates: { ...confirmed.gates, G10: { state: 'green' } } };
    const result = answer(focal(green), { answer: 'no', code: 'R6' });
    expect(update(result, 'readiness')).toMatchObject({ status: 'in_progress' });
    expect(update(result, 'assignment')).toMatchObject({ gates: { G10: { state: 'open' } } });
    expect(events(result)).toContain('readiness.reopened');
    const same = answer(focal(green), { answer: 'yes', code: 'R6' });
    expect(update(same, 'readiness')).toMatchObject({ status: 'confirmed' });
    expect(update(same, 'assignment')).toBeUndefined();
  });

  test.each(['at_risk', 'not_ready'] as const)('does not calm %s before the list is complete', (status) => {
    const some = answer(focal(checklist(['R5', 'R6'], status)), { answer: 'yes' }, { item: 'R5' });
    expect(update(some, 'readiness')).toMatchObject({ status });
    const last = answer(focal(checklist(['R5'], status)), { answer: 'yes' }, { item: 'R5' });
    expect(update(last, 'readiness')).toMatchObject({ status: 'submitted' });
  });

  test.each([
    ['an item not needed', focal(agreedPlacement), 'R3'],
    ['a placement not accepted yet', focal(proposal), 'R5'],
    ['a hospital without placements', focal(), 'R5'],
  ] as const)('is refused for %s', (_, context, code) => {
    expect(answer(context, { answer: 'yes', code })).toEqual({ ok: false, why: 'gone' });
  });

  test('on a ward phone is by who was named', () => {
    const result = answer(
      wardPhone(agreedPlacement),
      { answer: 'yes' },
      { item: 'R5', who: { person: '52' } },
    );
    expect(update(result, 'readiness')).toMatchObject({ items: { R5: { by: 52 } } });
  });
});

describe('a week before', () => {
  const asked = (
    answers: Parameters<typeof recheck>[0]['answers'],
    assignment = checklist([], 'confirmed'),
  ) => recheck({ answers, data: { assignmentId: 87 }, context: focal(assignment), found: {}, now });

  test('three yeses reconfirm', () => {
    const result = asked({ supervisor: 'yes', lodging: 'yes', pickup: 'yes' });
    expect(update(result, 'readiness')).toEqual({ status: 'reconfirmed' });
    expect(update(result, 'assignment')).toBeUndefined();
  });

  test('any no opens the list, the gate and that very item', () => {
    const result = asked({ supervisor: 'yes', lodging: 'no', pickup: 'no' });
    expect(update(result, 'readiness')).toMatchObject({
      status: 'in_progress',
      items: { R2: said('yes'), R5: { answer: 'no' }, R6: { answer: 'no' } },
    });
    expect(update(result, 'assignment')).toMatchObject({ gates: { G10: { state: 'open' } } });
    expect(events(result)).toEqual(['readiness.reopened']);
  });

  test('is refused for what was never confirmed', () => {
    expect(asked({ supervisor: 'yes' }, checklist([], 'submitted'))).toEqual({ ok: false, why: 'gone' });
  });
});

test('a waived item counts as there; the last one submits the list', () => {
  const found = {
    director: { personId: 52, elsewhere: true },
    newCode: { digits: '482913' },
    fresh: { one_time_code: [6] },
  };
  const last = waiveItem(checklist(['R5'], 'at_risk'), 'R5', found, 71, now) ?? [];
  expect(last[0]).toMatchObject({
    set: { status: 'submitted', items: { R5: { answer: 'na', waivedBy: 71 } } },
  });
  expect(last.flatMap((deed) => (deed.kind === 'event' ? [deed.event.name] : []))).toEqual([
    'readiness.waived',
    'readiness.submitted',
    'code.issued',
  ]);
  const first = waiveItem(checklist(['R5', 'R6'], 'at_risk'), 'R5', found, 71, now) ?? [];
  expect(first[0]).toMatchObject({ table: 'readiness', set: { items: { R5: { waivedBy: 71 } } } });
  expect(JSON.stringify(first)).not.toContain('submitted');
  expect(waiveItem(proposal, 'R3', found, 71, now)).toBeNull();
});

describe('the calendar of the hospital', () => {
  const table: readonly [string, Assignment, readonly string[]][] = [
    ['a proposal', proposal, ['placement.day2', 'placement.day5', 'placement.day7']],
    ['the focal point’s yes', focalSaidYes, ['placement.sign_late']],
    [
      'an untouched list',
      agreedPlacement,
      [
        'readiness.open',
        'readiness.day2',
        'readiness.day5',
        'readiness.day7',
        'readiness.due45',
        'readiness.due21',
        'readiness.not_ready',
      ],
    ],
    ['a list in work', checklist(['R5', 'R6'], 'in_progress'), ['readiness.due21', 'readiness.not_ready']],
    ['a submitted list', checklist([], 'submitted'), ['readiness.sign_late']],
    ['a confirmed list', checklist([], 'confirmed'), ['readiness.recheck', 'readiness.recheck_late']],
    ['a reconfirmed list', checklist([], 'reconfirmed'), []],
    ['an ended offer', { ...proposal, status: 'released' }, []],
  ];

  test.each(table)('for %s', (_, assignment, lines) => {
    expect(wanted(assignment).map(([line]) => line)).toEqual(lines);
  });

  test('opens the list sixty days before, in the morning of Kigali, and reminds from there', () => {
    const due = new Map(wanted(agreedPlacement));
    expect(due.get('readiness.open')).toBe('2027-03-05T07:00:00.000Z');
    expect(due.get('readiness.day2')).toBe('2027-03-07T07:00:00.000Z');
    expect(due.get('readiness.not_ready')).toBe('2027-04-20T15:00:00.000Z');
  });

  test('asks again 48 hours after "I need to ask"', () => {
    const list = checklist(['R5', 'R6'], 'in_progress');
    const readiness = list.readiness && {
      ...list.readiness,
      items: { ...list.readiness.items, R5: said('ask') },
    };
    expect(wanted({ ...list, readiness })).toContainEqual(['readiness.ask.R5', '2027-02-05T09:00:00.000Z']);
  });

  test('what falls away after its day is told at once, and is not late as well', () => {
    const list = checklist(['R5'], 'in_progress');
    const items = { ...list.readiness?.items, R5: said('no', '2027-04-27T08:00:00.000Z') };
    expect(wanted({ ...list, readiness: list.readiness && { ...list.readiness, items } })).toEqual([]);
  });

  test('what is late puts the list at risk, and two weeks before it is not ready', () => {
    const list = checklist(['R5', 'R6'], 'in_progress');
    const risk = fireHostLine['readiness.due21']?.(list, now) ?? [];
    expect(risk[0]).toMatchObject({ table: 'readiness', set: { status: 'at_risk' } });
    expect(risk.at(-1)).toMatchObject({ event: { name: 'readiness.at_risk', data: { items: ['R5'] } } });
    const late = fireHostLine['readiness.not_ready']?.(list, now) ?? [];
    expect(late.at(-1)).toMatchObject({
      event: { name: 'readiness.not_ready', data: { items: ['R5', 'R6'] } },
    });
  });

  test('several that are overdue are told in one message, and the hospital is asked about the first', () => {
    const list = checklist(['R2', 'R5', 'R8'], 'in_progress');
    const together = ['readiness.due45', 'readiness.due21'];
    const risk = fireHostLine['readiness.due21']?.(list, now, together) ?? [];
    expect(risk.at(-1)).toMatchObject({ event: { data: { items: ['R2', 'R5'] } } });

    const words = createWords('locales');
    const asks = ['readiness.ask.R8', 'readiness.ask.R5', 'readiness.ask.R2'];
    const intents = (fireHostLine['readiness.ask.R8']?.(list, now, asks) ?? []).flatMap(intentsOf);
    expect(intents).toMatchObject([{ opens: { step: 'item', data: { item: 'R2' } } }]);
    for (const lang of languages) {
      for (const { key, params } of intents) {
        const text = words.text(lang, key, params);
        for (const code of ['R2', 'R5', 'R8'])
          expect(text).toContain(words.text(lang, `readiness.short.${code}`, {}));
      }
    }
  });

  test('every line can be fired, and what it says has words in three languages', () => {
    const words = createWords('locales');
    for (const { line } of hostLines) {
      const fire = fireHostLine[line];
      expect(fire, line).toBeDefined();
      const intents = (fire?.(checklist(['R5'], 'in_progress'), now) ?? []).flatMap(intentsOf);
      for (const lang of languages) {
        for (const { key, params } of intents)
          expect(words.text(lang, key, params), line).toContain('A-0087');
      }
    }
  });

  test('what answers and refusals cause has words in three languages too', () => {
    const words = createWords('locales');
    const results = [
      answer(focal(checklist(['R5'], 'in_progress')), { answer: 'yes' }, { item: 'R5' }),
      answer(focal(checklist(['R5'], 'in_progress')), { answer: 'na' }, { item: 'R5' }),
      answer(focal(checklist([], 'confirmed')), { answer: 'no', code: 'R6' }),
    ];
    const intents = results.flatMap((result) => deedsOf(result)).flatMap(intentsOf);
    expect(intents.length).toBeGreaterThanOrEqual(3);
    for (const { key, params } of intents)
      for (const lang of languages) expect(words.text(lang, key, params)).not.toBe('');
  });

  test('the member is nowhere named before both said yes', () => {
    for (const line of ['placement.day2', 'placement.day7']) {
      for (const { params } of (fireHostLine[line]?.(proposal, now) ?? []).flatMap(intentsOf)) {
        expect(namesPerson(params), line).toBe(false);
      }
    }
  });
});

function wanted(assignment: Assignment): readonly (readonly [string, string])[] {
  return hostLines.flatMap(({ line, due }) => {
    const at = due(assignment);
    return at === null ? [] : [[line, at] as const];
  });
}

function next(items: Parameters<typeof nextToAsk>[1]) {
  return nextToAsk(agreedPlacement, items, now);
}

function answer(context: Context, reply: ItemReply, more: ReadinessAnswers = {}) {
  return answerItem(scope(context, reply, more));
}

function scope(context: Context, reply: ItemReply, more: ReadinessAnswers = {}) {
  const item: ReadinessCode | null = more.item ?? null;
  const found = {
    director: { personId: 52, elsewhere: true },
    newCode: { digits: '482913' },
    fresh: { one_time_code: [6] },
  };
  return { answers: { ...more, item, reply }, data: { assignmentId: 87 }, context, found, now };
}

type Result = Done | Refused;

function deedsOf(result: Result): readonly Deed[] {
  if (!result.ok) throw new Error(`refused: ${result.why}`);
  return result.deeds as readonly Deed[]; // every deed of a domain command is one
}

function update(result: Result, table: string) {
  return deedsOf(result).flatMap((deed) =>
    deed.kind === 'update' && deed.table === table ? [deed.set] : [],
  )[0];
}

function events(result: Result) {
  return deedsOf(result).flatMap((deed) => (deed.kind === 'event' ? [deed.event.name] : []));
}

function answersOf(result: Result) {
  return result.ok ? result.answers : result;
}

function intentsOf(deed: Deed): readonly Intent[] {
  return deed.kind === 'event' ? react(deed.event) : [];
}

function namesPerson(params: Params): boolean {
  return Object.values(params).some((param) => typeof param === 'object' && 'person' in param);
}
