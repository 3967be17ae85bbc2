import { describe, expect, test } from 'vitest';
import { tokenOf } from '../../src/engine/token.ts';
import { openCall, talk } from './toys.ts';

/** Late taps, proactive questions, and conversations on top of conversations (rules 11, 12, 22). */

describe('a late tap', () => {
  test('on an answered question changes the answer and says so', () => {
    const person = talk();
    person.begin('form');
    person.say('30');
    const fruit = person.state.message;
    person.tap('apple');
    expect(person.tap('pear', fruit)).toEqual(['common.changed_label', 'common.progress', 'form.note.text']);
    expect(person.top()?.answers).toEqual({ years: 30, fruit: 'pear' });
  });

  test('with the same answer changes nothing', () => {
    const person = talk();
    person.begin('form');
    person.say('30');
    const fruit = person.state.message;
    person.tap('apple');
    expect(person.tap('apple', fruit)[0]).toBe('common.already');
  });

  test('still finds a question that was asked again after going back', () => {
    const person = talk();
    person.begin('form');
    person.say('30');
    const fruit = person.state.message;
    person.tap('apple');
    const note = person.state.message;
    person.say('back');
    person.say('back');
    person.say('31');
    expect(person.state.message?.question).toBe(note?.question);
    expect(person.tap('pear', fruit)[0]).toBe('common.changed_label');
  });

  test('across something done is explained, and never answers the newer question', () => {
    const person = talk();
    person.begin('form');
    person.say('30');
    const fruit = person.state.message;
    person.tap('apple');
    person.say('skip');
    person.tap('confirm');
    expect(person.tap('pear', fruit)).toEqual(['common.old_question', 'form.party.text']);
    expect(person.tap('confirm', { parts: [], question: 'q4', at: { flow: 'form', step: 'sum' } })).toEqual([
      'common.old_question',
      'form.party.text',
    ]);
    expect(person.state.deeds).toEqual([]);
  });

  test('with a choice that does not exist, or a forged token, is explained', () => {
    const person = talk();
    person.begin('form');
    person.say('30');
    const fruit = person.state.message;
    person.tap('apple');
    expect(person.tap('banana', fruit)[0]).toBe('common.old_question');
    for (const token of ['', 'x', 'q1:form', ':::', 'q1:form.years:'.padEnd(65, 'x')]) {
      expect(person.send({ kind: 'press', token })[0]).toBe('common.old_question');
    }
    expect(person.top()?.answers).toEqual({ years: 30, fruit: 'apple' });
  });

  test('of another bot is read by its title', () => {
    const person = talk();
    person.begin('form');
    person.say('30');
    person.send({ kind: 'press', token: 'payload-of-somebody', title: 'pear' });
    expect(person.top()?.answers['fruit']).toBe('pear');
  });

  test('on a template is found by the message it answers, by option id or by title', () => {
    for (const said of [
      { kind: 'press', token: 'later', title: 'Later' },
      { kind: 'press', token: 'anything', title: 'later' },
    ] as const) {
      const person = talk();
      person.begin('form');
      person.state.opens = [openCall(person, '7', 86_400_000)];
      person.send(said, { about: 'o7' });
      expect(person.keys()).toEqual(['call.why.text']);
      expect(person.state.notes).toEqual([{ kind: 'answered', open: '7', option: 'later' }]);
    }
  });
});

describe('nobody is left without an answer', () => {
  test('by a conversation that ends without a word', () => {
    const person = talk();
    person.begin('menu');
    expect(person.tap('nothing')).toEqual(['common.nothing_open']);
  });

  test('to a waiting question, after a change of language', () => {
    const person = talk();
    person.say('language');
    person.state.opens = [openCall(person, '7', 86_400_000)];
    expect(person.tap('fr')).toEqual(['language.end.text', 'common.resume', 'call.asked.text']);
    expect(person.state.notes).toContainEqual({ kind: 'answered', open: '7' });
    expect(person.tap('later')).toEqual(['call.why.text']);
  });
});

describe('words that came before the question', () => {
  test('two messages at once: the second never answers a question it has not seen', () => {
    const person = talk();
    person.begin('form');
    const sent = person.now() + 3_000;
    person.later(60_000);
    person.say('30', { at: sent - 1_000 });
    person.say('2', { at: sent });
    expect(person.keys()).toEqual(['common.old_question', 'common.progress', 'form.fruit.text']);
    expect(person.top()?.answers).toEqual({ years: 30 });
    // A word that works at any moment does so now.
    expect(person.say('menu', { at: sent })).toEqual(['menu.pick.text']);
  });

  test('providers may count whole seconds', () => {
    const person = talk();
    person.begin('form');
    person.say('30', { at: person.now() - 900 });
    expect(person.top()?.answers).toEqual({ years: 30 });
  });

  test('words that quote an earlier question answer that one', () => {
    const person = talk();
    person.begin('form');
    person.say('30');
    person.tap('apple');
    person.say('31', { about: 'q1' });
    expect(person.top()?.answers).toEqual({ years: 31, fruit: 'apple' });
  });

  test('words that quote a question nobody has open are explained', () => {
    const person = talk();
    person.begin('form');
    expect(person.say('31', { about: 'q77' })[0]).toBe('common.old_question');
    expect(person.say('menu', { about: 'q77' })).toEqual(['menu.pick.text']);
  });
});

describe('a proactive question', () => {
  test('is answered by its token in the middle of another conversation, which is then taken up again', () => {
    const person = talk();
    person.begin('form');
    person.say('30');
    person.state.opens = [openCall(person, '7', 1_000)];
    person.send({ kind: 'press', token: tokenOf('o7', 'call', 'asked', 'yes_please') });
    expect(person.state.notes).toEqual([{ kind: 'answered', open: '7', option: 'yes_please' }]);
    expect(person.flows()).toEqual(['form', 'call']);
    person.state.opens = [];
    expect(person.say('because')).toEqual([
      'call.thanks.text',
      'common.resume',
      'common.progress',
      'form.fruit.text',
    ]);
    expect(person.tap('apple')[1]).toBe('form.note.text');
  });

  test('takes typed words once it had five seconds to be read, and not before', () => {
    const person = talk();
    person.begin('form');
    person.say('30');
    person.later(60_000);
    person.state.opens = [openCall(person, '7', 4_000)];
    person.say('2');
    expect(person.top()?.answers).toEqual({ years: 30, fruit: 'pear' });

    person.later(60_000);
    person.state.opens = [openCall(person, '8', 6_000)];
    person.say('2');
    expect(person.flows()).toEqual(['form', 'call']);
    expect(person.state.notes).toEqual([{ kind: 'answered', open: '8', option: 'later' }]);
  });

  test('takes even a quick reply when nothing older is open', () => {
    const person = talk();
    person.state.opens = [openCall(person, '7', 500)];
    expect(person.say('1')).toEqual(['call.why.text']);
  });

  test('of two, the newest that had time to be read is meant', () => {
    const person = talk();
    person.state.opens = [
      openCall(person, '7', 60_000),
      openCall(person, '8', 30_000),
      openCall(person, '9', 2_000),
    ];
    person.say('1');
    expect(person.top()?.opened).toBe('8');
  });

  test('is not answered by a word that leads elsewhere', () => {
    const person = talk();
    person.state.opens = [openCall(person, '7', 60_000)];
    expect(person.say('menu')).toEqual(['menu.pick.text']);
    expect(person.state.notes).toEqual([]);
    person.say('STOP');
    expect(person.state.notes).toEqual([{ kind: 'ended', flow: 'stop', how: 'done' }]);
  });

  test('is not opened twice', () => {
    const person = talk();
    person.state.opens = [openCall(person, '7', 60_000)];
    person.send({ kind: 'press', token: tokenOf('o7', 'call', 'asked', 'later') });
    person.send({ kind: 'press', token: tokenOf('o7', 'call', 'asked', 'yes_please') });
    expect(person.keys()).toEqual(['common.changed', 'call.why.text']);
    expect(person.flows()).toEqual(['call']);
  });

  test('whose subject is gone says so instead', () => {
    const person = talk();
    person.state.context = { gone: ['call'] };
    person.state.opens = [openCall(person, '7', 60_000)];
    expect(person.say('1')).toEqual(['call.closed.withdrawn']);
    expect(person.session().stack).toEqual([]);
  });
});

describe('a conversation whose subject is gone', () => {
  test('closes at the next turn, and its answer goes to no other question', () => {
    const person = talk();
    person.begin('form');
    person.say('30');
    person.begin('call');
    person.state.context = { gone: ['call'] };
    expect(person.say('1')).toEqual([
      'call.closed.withdrawn',
      'common.resume',
      'common.progress',
      'form.fruit.text',
    ]);
    expect(person.top()?.answers).toEqual({ years: 30 });
    expect(person.state.notes).toEqual([{ kind: 'ended', flow: 'call', how: 'closed' }]);
  });

  test('does not stand in the way of SOS', () => {
    const person = talk();
    person.begin('call');
    person.state.context = { gone: ['call'] };
    expect(person.say('SOS')).toEqual(['call.closed.withdrawn', 'sos.said.text']);
  });
});

describe('the stack', () => {
  test('a tap on an interrupted conversation brings it back on top', () => {
    const person = talk();
    person.begin('form');
    const years = person.state.message;
    person.say('30');
    const fruit = person.state.message;
    person.say('menu');
    expect(person.flows()).toEqual(['form', 'menu']);
    person.tap('pear', fruit);
    expect(person.flows()).toEqual(['menu', 'form']);
    expect(person.top()?.answers['fruit']).toBe('pear');
    expect(years?.question).toBe('q1');
  });

  test('a flow that waits for the one it called cannot be answered over its head', () => {
    const person = talk();
    person.begin('outer');
    const first = person.state.message;
    person.tap('go');
    expect(person.tap('stay', first)).toEqual(['common.old_question', 'inner.depth.text']);
  });

  test('the same word twice does not stack the same conversation twice', () => {
    const person = talk();
    person.begin('form');
    for (let i = 0; i < 20; i += 1) {
      person.say('menu');
      person.say('language');
    }
    expect(person.flows()).toEqual(['form', 'menu', 'language']);
  });

  test('a conversation that is asked for again is taken up where it was', () => {
    const person = talk();
    person.begin('form');
    person.say('30');
    person.say('menu');
    expect(person.tap('form')).toEqual(['common.resume', 'common.progress', 'form.fruit.text']);
    expect(person.flows()).toEqual(['form']);
  });

  test('beyond eight the oldest is let go', () => {
    const person = talk();
    for (let i = 0; i < 12; i += 1) person.begin('call', { mission: i });
    expect(person.flows()).toHaveLength(8);
    expect(person.session().stack[0]?.data).toEqual({ mission: 4 });
  });
});
