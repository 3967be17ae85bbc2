import { isShared, subjectOf } from '../src/domain/host.ts';
import { type Assignment, type Context, type ReadinessCode, readinessCodes } from '../src/domain/model.ts';
import {
  answerItem,
  answerNeeds,
  type ItemReply,
  noteLength,
  type ReadinessScope,
} from '../src/domain/readiness.ts';
import { hasChecklist, itemDueOn, neededRules, nextToAsk, openRules } from '../src/domain/readiness-items.ts';
import { defineFlow, type Scope, type Slot } from '../src/engine/flow.ts';
import type { Option, Param, Params, Reading } from '../src/engine/message.ts';
import { day } from '../src/language/day-slots.ts';
import { namesItem, readItemReply } from '../src/language/read-item-reply.ts';
import { choiceOf, readScope, text } from '../src/language/slots.ts';

/** A hospital's checklist for one placement: item by item, in any order, left and taken up again at will. */

/** "R5" alone: that item, please. */
type Wish = { readonly go: ReadinessCode };
type Told = {
  readonly answers: Omit<ReadinessScope['answers'], 'reply'> & {
    readonly start?: string | ItemReply | Wish;
    readonly reply?: ItemReply | Wish | null;
    readonly told?: string;
    readonly way?: string | null;
    readonly said?: { readonly code: ReadinessCode; readonly answer: ItemReply['answer'] };
    readonly open?: number;
    readonly why?: string;
  };
  readonly data: ReadinessScope['data'] & { readonly said?: string; readonly item?: ReadinessCode };
  readonly context: Context;
  readonly now: Date;
};

const listed = (context: Context) => (context.host?.assignments ?? []).filter(hasChecklist);
const listOf = (scope: Told) => subjectOf(scope, hasChecklist);
const hasNone = ({ context }: Told) => listed(context).length === 0;
const hasSeveral = (scope: Told) => listed(scope.context).length > 1 && listOf(scope) === null;
// A choice of one is no question, but it is remembered: another list may have begun by the time of an answer.
const onlyOne = (scope: Told) => {
  const only = listOf(scope)?.id;
  return { which: scope.answers.which ?? (only === undefined ? undefined : String(only)) };
};
const isDone = (scope: Told) => restVariant(scope) === 'complete';
const hasSaid = ({ data }: Told) => data.said !== undefined;
const startsLater = ({ answers }: Told) => answers.start === 'later';
const startsDirectly = ({ answers }: Told) => typeof answers.start === 'object';
const isUnread = ({ answers }: Told) => answers.reply === null || answers.reply === undefined;
const isWish = ({ answers }: Told) =>
  answers.reply !== null && answers.reply !== undefined && 'go' in answers.reply;
const hasItem = ({ answers }: Told) => answers.item !== null && answers.item !== undefined;
const lacks = ({ answers: { reply } }: Told) =>
  reply !== null &&
  reply !== undefined &&
  'answer' in reply &&
  (reply.answer === 'partly' || reply.answer === 'no');
const lacksWords = (scope: Told) =>
  lacks(scope) && !(scope.answers.reply && 'note' in scope.answers.reply && scope.answers.reply.note);

const readSaid = (scope: Told & Pick<Scope, 'lang' | 'today'>) => {
  const assignment = listOf(scope);
  const reading = assignment ? replyIn(scope.data.said ?? '', scope.lang, scope.today, assignment) : null;
  return {
    reply: reading?.kind === 'value' ? reading.value : null,
    why: reading?.kind === 'unclear' ? reading.why : 'not_an_item_answer',
  };
};
const takeStart = ({ answers: { start } }: Told) => ({ reply: typeof start === 'object' ? start : null });
const takeWish = ({ answers: { reply } }: Told) => ({
  item: reply && 'go' in reply ? reply.go : null,
  reply: null,
});
const firstItem = (scope: Told) => {
  const assignment = listOf(scope);
  return { item: assignment ? nextToAsk(assignment, assignment.readiness?.items ?? {}, scope.now) : null };
};
/** An item named by the reminder that opened this conversation is an answer like any other from here on. */
const itemAsked = ({ answers, data }: Told) => ({ item: answers.item ?? data.item ?? null });

const overview = (scope: Told): Params => {
  const assignment = listOf(scope);
  if (!assignment) return {};
  const items = assignment.readiness?.items ?? {};
  const open = openRules(assignment, items);
  return {
    code: assignment.code,
    department: assignment.need.department,
    from: { date: assignment.startsOn },
    to: { date: assignment.endsOn },
    done: neededRules(assignment).length - open.length,
    all: neededRules(assignment).length,
    items: {
      lines: open.map((rule): Param => {
        const answer = items[rule.code]?.answer;
        const params = {
          item: { key: `readiness.short.${rule.code}` },
          due: { date: itemDueOn(rule, assignment) },
        };
        return answer && answer !== 'yes'
          ? {
              key: 'readiness.line.said',
              params: { ...params, said: { key: `readiness.item.choices.${answer}` } },
            }
          : { key: 'readiness.line.open', params };
      }),
    },
  };
};

const tellItem = ({ answers: { said, open } }: Told): Params => ({
  item: { key: `readiness.short.${said?.code ?? 'R1'}` },
  said: { key: `readiness.item.choices.${said?.answer ?? 'yes'}` },
  open: open ?? 0,
});
const toldVariant = ({ answers: { told, way } }: Told) =>
  told === 'submitted' ? `submitted_${way ?? 'nobody'}` : (told ?? 'saved');
const currentItem = ({ answers, data }: Told) => answers.item ?? data.item ?? 'R1';
const restVariant = (scope: Told) => {
  const assignment = listOf(scope);
  const open =
    scope.answers.open ?? (assignment ? openRules(assignment, assignment.readiness?.items ?? {}).length : 0);
  return open === 0 ? 'complete' : 'waiting';
};

const whichList = ({ context }: Told) =>
  listed(context).map(({ id, code, startsOn, need }) => ({
    id: String(id),
    label: code,
    description: {
      key: 'placement.which.line',
      params: { department: need.department, from: { date: startsOn } },
    },
  }));

export const readiness = defineFlow({
  id: 'readiness',
  version: 1,
  start: 'begin',
  entries: ['opened', 'item'],
  slots: {
    which: choiceOf('assignment', whichList),
    start: beginning(),
    reply: itemReply(),
    missing: text({ max: noteLength }),
    by_when: day({ notBefore: 'today' }),
  },
  closed: (scope: Told) => {
    if (scope.data.assignmentId === undefined && scope.answers.which === undefined) return null;
    return listed(scope.context).some(({ id }) => id === listOf(scope)?.id) ? null : 'over';
  },
  steps: {
    begin: {
      kind: 'decide',
      next: [{ when: hasNone, go: 'none' }, { when: hasSeveral, go: 'which' }, 'only'],
    },
    only: { kind: 'set', values: onlyOne, next: 'arrive' },
    none: { kind: 'end' },
    which: { kind: 'ask', slot: 'which', next: 'arrive' },
    arrive: { kind: 'decide', next: [{ when: hasSaid, go: 'said' }, { when: isDone, go: 'rest' }, 'list'] },
    said: { kind: 'set', values: readSaid, next: [{ when: isUnread, go: 'unread' }, 'sort'] },
    unread: {
      kind: 'say',
      variant: ({ answers }: Told) => answers.why ?? 'not_an_item_answer',
      next: 'list',
    },
    opened: {
      kind: 'ask',
      slot: 'start',
      params: overview,
      next: [{ when: startsLater, go: 'later' }, { when: startsDirectly, go: 'take' }, 'list'],
    },
    later: { kind: 'end' },
    take: { kind: 'set', values: takeStart, next: 'sort' },
    list: { kind: 'say', params: overview, next: 'first' },
    first: { kind: 'set', values: firstItem, next: [{ when: hasItem, go: 'item' }, 'rest'] },
    item: { kind: 'ask', slot: 'reply', variant: currentItem, next: 'named' },
    named: { kind: 'set', values: itemAsked, next: 'sort' },
    sort: {
      kind: 'decide',
      next: [
        { when: isWish, go: 'wish' },
        { when: lacksWords, go: 'missing' },
        { when: lacks, go: 'by_when' },
        'gate',
      ],
    },
    wish: { kind: 'set', values: takeWish, next: 'item' },
    missing: { kind: 'ask', slot: 'missing', next: 'by_when' },
    by_when: { kind: 'ask', slot: 'by_when', optional: true, next: 'gate' },
    gate: { kind: 'decide', next: [{ when: isShared, go: 'who' }, 'record'] },
    who: { kind: 'call', flow: 'host_who', next: 'record' },
    record: { kind: 'do', needs: answerNeeds, run: answerItem, refused: { gone: 'none' }, next: 'recorded' },
    recorded: {
      kind: 'say',
      variant: toldVariant,
      params: tellItem,
      next: [{ when: hasItem, go: 'item' }, 'rest'],
    },
    rest: { kind: 'end', variant: restVariant },
  },
});

const answerOptions: readonly Option[] = ['yes', 'partly', 'no', 'na', 'ask'].map((id) => ({
  id,
  label: { key: `readiness.item.choices.${id}` },
}));

/** One of five answers, with words of their own beside it, about this item or one they name. `no_such_item`. */
function itemReply(): Slot<ItemReply | Wish> {
  return {
    kind: 'item_reply',
    options: () => answerOptions,
    // The options are the five answers and nothing else.
    fromOption: (id) => ({ answer: id as ItemReply['answer'] }),
    read: (typed, scope) => readHere(typed, scope),
    show: (value) => ({
      key: 'go' in value ? `readiness.short.${value.go}` : `readiness.item.choices.${value.answer}`,
    }),
  };
}

/** "Begin", "later", or at once an answer that names its item. */
function beginning(): Slot<string | ItemReply | Wish> {
  const options = ['begin', 'later'].map((id) => ({ id, label: { key: `readiness.opened.choices.${id}` } }));
  return {
    kind: 'start',
    options: () => options,
    read: (typed, scope) =>
      namesItem(typed) ? readHere(typed, scope) : { kind: 'unclear', why: 'not_a_choice' },
    show: (value) => (typeof value === 'string' ? { key: `readiness.opened.choices.${value}` } : ''),
  };
}

function readHere(typed: string, scope: Scope): Reading<ItemReply | Wish> {
  // A slot reads with the whole scope; what this flow put into it is only known here.
  const assignment = listOf(scope as unknown as Told);
  return assignment
    ? replyIn(typed, scope.lang, readScope(scope).today, assignment)
    : { kind: 'unclear', why: 'not_an_item_answer' };
}

function replyIn(
  typed: string,
  lang: Scope['lang'],
  today: string,
  assignment: Assignment,
): Reading<ItemReply | Wish> {
  const reading = readItemReply(typed, { lang, today });
  if (reading.kind !== 'value')
    return reading.kind === 'unclear' || reading.kind === 'other' ? strip(reading) : notRead;
  const { code: named, answer, note } = reading.value;
  const code = readinessCodes.find((candidate) => candidate === named);
  if (named !== undefined && (!code || !neededRules(assignment).some((rule) => rule.code === code))) {
    return { kind: 'unclear', why: 'no_such_item' };
  }
  if (!answer) return code ? { kind: 'value', value: { go: code }, confidence: 'certain' } : notRead;
  return {
    kind: 'value',
    value: { ...(code && { code }), answer, ...(note && { note }) },
    confidence: 'certain',
  };
}

const notRead: Reading<never> = { kind: 'unclear', why: 'not_an_item_answer' };

function strip(reading: Reading<unknown> & { kind: 'unclear' | 'other' }): Reading<never> {
  return reading.kind === 'unclear' ? reading : { kind: 'other', other: reading.other };
}
