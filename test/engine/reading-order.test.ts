import { describe, expect, test } from 'vitest';
import { openCall, talk } from './toys.ts';

/** Rule 9, in its order, and what a reading does to the conversation. */

describe('what a text means', () => {
  test('SOS and STOP come before the choices and the reader of any question', () => {
    const person = talk();
    person.begin('form');
    expect(person.say('SOS')[0]).toBe('sos.said.text');
    expect(person.say('STOP')[0]).toBe('stop.said.text');
    expect(person.flows()).toEqual(['form']);
  });

  test('a number and a label choose among the choices that are shown', () => {
    for (const words of ['2', '2.', 'pear', 'PEAR']) {
      const person = talk();
      person.begin('form');
      person.say('30');
      person.say(words);
      expect(person.top()?.answers).toEqual({ years: 30, fruit: 'pear' });
    }
  });

  test('a global word is obeyed as the whole message, in any language, never inside a sentence', () => {
    const person = talk();
    person.begin('form');
    person.say('30');
    person.say('apple');
    person.say('please do not cancel anything');
    expect(person.top()?.answers['note']).toBe('please do not cancel anything');
    person.say('back');
    for (const words of ['cancel', 'Annuler', 'ANNULER!'])
      expect(person.say(words)).toEqual(['common.cancel_sure']);
  });

  test('a global word without a conversation behind it is explained, and the question asked again', () => {
    const person = talk();
    person.begin('form');
    expect(person.say('my data')).toEqual(['common.not_here', 'common.progress', 'form.years.text']);
  });

  test('a word with two meanings is asked back, and neither happens before the answer', () => {
    const person = talk({ lang: 'rw' });
    person.begin('form');
    person.say('30');
    expect(person.say('hagarika')).toEqual(['common.which']);
    expect(person.options()).toEqual(['a0', 'a1']);
    expect(person.say('1')).toEqual(['common.cancel_sure']);
    expect(person.flows()).toEqual(['form']);
  });

  test('a wish that may mean STOP gets one yes-or-no question', () => {
    const person = talk();
    person.begin('form');
    expect(person.say('stop texting me')).toEqual(['common.did_you_mean']);
    expect(person.options()).toEqual(['yes', 'no']);
    expect(person.say('no')).toEqual(['common.progress', 'form.years.text']);
    person.say('stop texting me');
    expect(person.say('yes')[0]).toBe('stop.said.text');
  });

  test('with nothing open such a wish is asked by its own flow', () => {
    const person = talk();
    expect(person.say('stop texting me')).toEqual(['stop.sure.text']);
    expect(person.top()?.data).toEqual({ unsure: true });
  });

  test('an exact phrase that looks like a global word is heard by the question that waits for it', () => {
    const person = talk();
    person.at('single', 'accept');
    expect(person.say('ACCEPT A-0088')[0]).not.toBe('single.end.text');
    expect(person.say('yes')[0]).toBe('common.unclear.not_accepted');
    expect(person.say('accepter a 87')).toEqual(['single.end.text']);
  });

  test('"1" is a number before it is the place of Skip', () => {
    const person = talk();
    person.at('single', 'sessions');
    person.say('1');
    expect(person.keys()).toEqual(['single.end.text']);
    person.at('single', 'sessions');
    person.say('skip');
    expect(person.keys()).toEqual(['single.end.text']);
  });

  test('typed numbers and dates are said back, pressed ones are not', () => {
    const person = talk();
    person.at('single', 'day');
    expect(person.say('5 September 2027')).toEqual(['common.noted', 'single.end.text']);
    expect(person.params(0)).toEqual({ value: { date: '2027-09-05' } });
    person.begin('form');
    expect(person.say('30')[0]).not.toBe('common.noted');
    expect(person.say('back')[0]).toBe('common.earlier');
    expect(person.say('thirty')[0]).toBe('common.noted');
  });
});

describe('readings that are not certain', () => {
  test('a likely value is asked first', () => {
    const person = talk();
    person.at('single', 'day');
    expect(person.say('5 September')).toEqual(['common.did_you_mean']);
    expect(person.say('yes')).toEqual(['single.end.text']);
  });

  test('"no" is not held against the person, and a correction is read at once', () => {
    const person = talk();
    person.at('single', 'day');
    person.say('5 September');
    expect(person.say('12/10/2027')).toEqual(['common.noted', 'single.end.text']);
    person.at('single', 'day');
    person.say('5 September');
    expect(person.say('no')).toEqual(['common.unclear.not_meant', 'single.day.text']);
  });

  test('the question of a moment ago and the one before it have different ids', () => {
    const person = talk();
    person.begin('outer');
    person.tap('go');
    person.tap('deep');
    const last = person.state.message;
    expect(person.say('cancel')).toEqual(['common.cancel_sure']);
    // An old "yes" answers its own question, not "really cancel?".
    person.tap('yes', last);
    expect(person.state.needs).toHaveLength(1);
  });

  test('words of distress are kept as the answer, and help is offered first', () => {
    const person = talk();
    person.at('single', 'note');
    expect(person.say('I am desperate here')).toEqual(['common.distress']);
    expect(person.say('no')).toEqual(['single.end.text']);
    person.at('single', 'note');
    person.say('I am desperate here');
    expect(person.say('yes')).toEqual([
      'sos.said.text',
      'common.resume',
      'common.earlier',
      'single.note.text',
    ]);
    expect(person.top()?.answers).toEqual({ note: 'I am desperate here' });
    expect(person.say('keep')).toEqual(['single.end.text']);
  });

  test('a question in return does not count as a bad answer', () => {
    const person = talk();
    person.begin('form');
    for (let i = 0; i < 5; i += 1) expect(person.say('why do you ask me that?')[0]).toBe('common.question');
    expect(person.say('40')[1]).toBe('form.fruit.text');
  });
});

describe('bad answers', () => {
  test('an example, then the choices, then a person; never a fourth identical question', () => {
    const person = talk();
    person.begin('form');
    person.say('30');
    expect(person.say('banana')).toEqual([
      'common.unclear.not_a_choice',
      'common.progress',
      'form.fruit.text',
    ]);
    expect(person.say('banana')).toEqual([
      'common.unclear.not_a_choice',
      'common.choose',
      'common.progress',
      'form.fruit.text',
    ]);
    expect(person.say('banana')).toEqual(['common.third_miss']);
    expect(person.state.notes).toEqual([
      { kind: 'ticket', reason: 'not_understood', flow: 'form', step: 'fruit' },
    ]);
    expect(person.state.message?.question).toBeUndefined();
    expect(person.top()?.answers).toEqual({ years: 30 });
  });

  test('a step may explain a misread in its own words', () => {
    const person = talk();
    person.begin('form');
    expect(person.say('120')[0]).toBe('form.years.too_large');
  });

  test('an optional question offers to be skipped after the second', () => {
    const person = talk();
    person.at('single', 'sessions');
    person.say('banana');
    expect(person.say('banana')).toContain('common.choose_or_skip');
  });

  test('a good answer forgets the bad ones', () => {
    const person = talk();
    person.begin('form');
    person.say('banana');
    person.say('banana');
    person.say('30');
    person.say('banana');
    expect(person.keys()[0]).toBe('common.unclear.not_a_choice');
  });
});

describe('odd messages', () => {
  test.each(['', '   ', '\u200b\u200d', '\u3164', '\u2800\n'])(
    '%j is answered like a message that cannot be read',
    (words) => {
      const person = talk();
      person.begin('form');
      expect(person.say(words)).toEqual(['common.media.unknown', 'common.progress', 'form.years.text']);
    },
  );

  test('ten thousand characters are an answer that is too long', () => {
    const person = talk();
    person.begin('form');
    person.say('5');
    expect(person.say('word '.repeat(2_000))[0]).toBe('common.unclear.too_long');
    expect(JSON.stringify(person.session()).length).toBeLessThan(1_000);
  });

  test('a medium nobody asked for is refused kindly, one that was asked for is an answer', () => {
    const person = talk();
    person.begin('form');
    expect(person.send({ kind: 'media', media: 'image', caption: '30' })[0]).toBe('common.media.image');
    expect(person.send({ kind: 'location', latitude: 1, longitude: 2 })[0]).toBe('common.media.location');
    person.at('single', 'note');
    expect(person.send({ kind: 'media', media: 'voice' })).toEqual(['single.end.text']);
    person.at('single', 'place');
    expect(person.send({ kind: 'location', latitude: -1.9, longitude: 30 })).toEqual(['single.end.text']);
  });

  test('a medium while nothing is open is refused, and the person is shown where to go', () => {
    const person = talk();
    expect(person.send({ kind: 'media', media: 'document' })).toEqual([
      'common.media.document',
      'menu.pick.text',
    ]);
  });

  test('a proactive question takes a medium it did not ask for as no answer', () => {
    const person = talk();
    person.state.opens = [openCall(person, '7', 60_000)];
    expect(person.send({ kind: 'media', media: 'sticker' })).toEqual([
      'common.media.sticker',
      'call.asked.text',
    ]);
  });
});

describe('long lists', () => {
  test('nine choices and More, which goes round', () => {
    const person = talk();
    person.at('single', 'colour');
    person.say('help');
    expect(person.options()).toHaveLength(10);
    person.say('more');
    expect(person.options()[0]).toBe('c10');
    person.tap('more');
    expect(person.options()).toEqual(['c19', 'c20', 'c21', 'c22', 'c23', 'more']);
    person.tap('more');
    expect(person.options()[0]).toBe('c1');
  });

  test('a typed number counts what is on the screen, a label or an old button finds every page', () => {
    const person = talk();
    person.at('single', 'colour');
    person.say('help');
    const first = person.state.message;
    person.say('more');
    expect(person.say('1')).toEqual(['single.end.text']);
    person.at('single', 'colour');
    person.tap('more', { parts: [], question: 'q900', at: { flow: 'single', step: 'colour' } });
    expect(first?.options?.[1]?.id).toBe('c2');
    expect(person.tap('c2', { parts: [], question: 'q900', at: { flow: 'single', step: 'colour' } })).toEqual(
      ['single.end.text'],
    );
  });
});
