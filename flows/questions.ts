import { standingOf } from '../src/domain/approved-answers.ts';
import type { Context } from '../src/domain/model.ts';
import { defineFlow } from '../src/engine/flow.ts';
import { questionTopic, type Topic } from '../src/language/questions.ts';
import { choice } from '../src/language/slots.ts';

/**
 * Approved answers (domain C13): a topic by choice or in one's own words, its answer, and a person for the rest. The
 * same answers are given in the middle of every other conversation, without this one.
 */
type Told = {
  readonly answers: { readonly topic?: Topic; readonly more?: 'another' | 'person' | 'done' };
  /** Called by a conversation that goes on afterwards, and that sees to a person itself. */
  readonly data: { readonly called?: boolean };
  readonly context: Context;
  readonly today: string;
};

const isNotApproved = ({ answers: { topic }, context, today }: Told) =>
  topic === undefined || standingOf(topic, today, context.host !== null) !== 'good';
const hasAnother = ({ answers }: Told) => answers.more === 'another';
const wantsPerson = ({ answers }: Told) => answers.more === 'person';

export const questions = defineFlow({
  id: 'questions',
  version: 1,
  start: 'topic',
  slots: {
    topic: { ...questionTopic(), leads: true },
    more: { ...choice('another', 'person', 'done'), leads: true },
  },
  steps: {
    topic: { kind: 'ask', slot: 'topic', next: [{ when: isNotApproved, go: 'unsure' }, 'answer'] },
    unsure: { kind: 'hand_over', reason: 'question' },
    answer: { kind: 'say', variant: ({ answers }: Told) => answers.topic ?? 'contact', next: 'more' },
    more: {
      kind: 'ask',
      slot: 'more',
      next: [{ when: hasAnother, go: 'again' }, { when: wantsPerson, go: 'person' }, 'done'],
    },
    again: { kind: 'set', values: () => ({ topic: undefined, more: undefined }), next: 'topic' },
    person: {
      kind: 'end',
      silent: true,
      then: ({ data }: Told) => (data.called ? null : { flow: 'human' }),
    },
    done: { kind: 'end' },
  },
});
