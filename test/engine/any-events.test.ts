import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MediaKind } from '../../src/engine/message.ts';
import { type Talk, talk } from './toys.ts';

/** Whatever people send, in whatever order: an answer, never a throw, and a memory that does not grow. */

const said = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      '1',
      '2',
      '10',
      'yes',
      'no',
      'apple',
      '30',
      'keep',
      'more',
      '5 September 2027',
      '5/9',
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      'back',
      'skip',
      'cancel',
      'restart',
      'change',
      'help',
      'menu',
      'language',
      'START',
      'hagarika',
      'my data',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'SOS',
      'STOP',
      'stop texting me',
      'I am desperate',
      'why?',
      'and why is that?',
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
);

const step = fc.oneof(
  { weight: 8, arbitrary: said.map((text) => (person: Talk) => person.say(text)) },
  {
    weight: 4,
    arbitrary: fc.nat(12).map((at) => (person: Talk) => {
      const options = person.options();
      const id = options[at % Math.max(options.length, 1)];
      if (id !== undefined && person.state.message?.question) person.tap(id);
    }),
  },
  {
    weight: 2,
    // A button of long ago, or of nobody.
    arbitrary: fc
      .tuple(fc.nat(60), fc.constantFrom('yes', 'pear', 'confirm', 'keep', 'a0', 'c7', 'more'))
      .map(
        ([q, option]) =>
          (person: Talk) =>
            person.send({ kind: 'press', token: `q${q}:form.fruit:${option}` }),
      ),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom<MediaKind>('image', 'voice', 'sticker', 'unknown')
      .map((media) => (person: Talk) => person.send({ kind: 'media', media })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('form', 'outer', 'call').map((flow) => (person: Talk) => person.begin(flow)),
  },
  {
    weight: 1,
    arbitrary: fc.nat(1_000).map((id) => (person: Talk) => {
      person.state.opens = [
        { id: String(id), flow: 'call', version: 1, step: 'asked', data: {}, at: person.now() - id * 20 },
      ];
    }),
  },
  {
    weight: 1,
    arbitrary: fc.boolean().map((gone) => (person: Talk) => {
      person.state.context = gone ? { gone: ['call'] } : {};
    }),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('day', 'colour', 'accept', 'note', 'sessions', 'place')
      .map((name) => (person: Talk) => person.begin('single', { step: name })),
  },
);

test('five hundred turns of anything never throw, and the session stays under 4 kB', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 500, maxLength: 500, size: 'max' }), (steps) => {
      const person = talk();
      for (const act of steps) {
        act(person);
        expect(JSON.stringify(person.session()).length).toBeLessThan(4_096);
        // A conversation that is open always waits for an answer to a question that can be named.
        const top = person.top();
        if (top) expect(top.q).toBeDefined();
      }
    }),
    { numRuns: 25 },
  );
}, 60_000);

test('the same session and the same event give the same turn', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const [one, other] = [talk(), talk()];
      for (const act of steps) {
        act(one);
        act(other);
      }
      expect(one.session()).toEqual(other.session());
      expect(one.state.message).toEqual(other.state.message);
    }),
    { numRuns: 25 },
  );
});
