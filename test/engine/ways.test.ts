import { describe, expect, test } from 'vitest';
import { stepIn } from '../../src/engine/trail.ts';
import { saved, type Talk, talk, toyProgram } from './toys.ts';

/** Ways through a conversation other than straight on (rules 8 and 22). */

function atSummary(): Talk {
  const person = talk();
  person.begin('form');
  person.say('30');
  person.tap('apple');
  person.say('a note');
  return person;
}

describe('straight on', () => {
  test('one message carries everything up to the next question', () => {
    const person = talk();
    expect(person.begin('form')).toEqual(['form.hello.text', 'common.progress', 'form.years.text']);
    expect(person.params(1)).toEqual({ i: 1, n: 3 });
    expect(person.state.message?.question).toBe('q1');
    expect(person.state.message?.at).toEqual({ flow: 'form', step: 'years' });
  });

  test('nothing is changed before the summary is confirmed', () => {
    const person = atSummary();
    expect(person.keys()).toEqual(['form.sum.text']);
    expect(person.params(0)).toEqual({
      summary: {
        lines: [
          { key: 'common.line', params: { label: { key: 'form.years.label' }, value: 30 } },
          {
            key: 'common.line',
            params: { label: { key: 'form.fruit.label' }, value: { key: 'form.fruit.choices.apple' } },
          },
          { key: 'common.line', params: { label: { key: 'form.note.label' }, value: 'a note' } },
        ],
      },
    });
    expect(person.state.deeds).toEqual([]);
    person.tap('confirm');
    expect(person.state.deeds).toEqual([saved]);
  });

  test('"yes" below the summary confirms it', () => {
    const person = atSummary();
    person.say('oui');
    expect(person.state.deeds).toEqual([saved]);
  });

  test('an end says so and leaves nothing open', () => {
    const person = atSummary();
    person.tap('confirm');
    expect(person.tap('yes')).toEqual(['form.bye.text']);
    expect(person.session().stack).toEqual([]);
    expect(person.state.notes).toEqual([{ kind: 'ended', flow: 'form', how: 'done' }]);
  });

  test('an unknown person who writes is taken to the entry', () => {
    const person = talk();
    expect(person.say('hello')).toEqual(['menu.pick.text']);
    expect(person.top()?.data).toEqual({ said: 'hello' });
  });

  test('START means go on, unless the person had left', () => {
    const person = talk();
    expect(person.say('start')).toEqual(['menu.pick.text']);
    expect(person.say('START')).toEqual(['menu.pick.text']);
    person.state.context = { left: true };
    expect(person.say('START')[0]).toBe('start.said.text');
  });
});

describe('back', () => {
  test('really goes back, and offers what was said', () => {
    const person = talk();
    person.begin('form');
    person.say('30');
    person.tap('apple');
    expect(person.say('back')).toEqual(['common.earlier', 'common.progress', 'form.fruit.text']);
    expect(person.params(0)).toEqual({ value: { key: 'form.fruit.choices.apple' } });
    expect(person.options()).toEqual(['apple', 'pear', 'keep']);
    person.say('retour');
    expect(person.top()?.step).toBe('years');
    // Answered questions in between are passed over.
    person.say('31');
    expect(person.top()?.step).toBe('note');
    expect(person.top()?.answers).toEqual({ years: 31, fruit: 'apple' });
  });

  test('the old answer is kept by one choice', () => {
    const person = atSummary();
    person.say('back');
    expect(person.tap('keep')).toEqual(['form.sum.text']);
    expect(person.top()?.answers['note']).toBe('a note');
  });

  test('a changed answer may lead another way', () => {
    const person = atSummary();
    person.say('back');
    person.say('back');
    person.say('back');
    person.say('12');
    expect(person.keys()).toEqual(['form.sum.text']);
    // The fruit is not on this way, so the summary does not show it.
    expect(person.top()?.trail.map(stepIn)).toEqual(['years', 'note']);
  });

  test('never goes across something that was done', () => {
    const person = atSummary();
    person.tap('confirm');
    expect(person.say('back')).toEqual(['common.barrier', 'form.party.text']);
  });

  test('leads from a called conversation into its caller, and from one that followed into the one before', () => {
    const person = talk();
    person.begin('outer');
    person.tap('go');
    expect(person.flows()).toEqual(['outer', 'inner']);
    expect(person.say('back')).toEqual(['common.earlier', 'outer.first.text']);
    person.tap('go');
    person.tap('deep');
    expect(person.keys()).toEqual(['outer.last.text']);

    const other = talk();
    other.begin('menu');
    other.tap('form');
    expect(other.say('back')).toEqual(['common.earlier', 'menu.pick.text']);
    other.tap('keep');
    other.say('30');
    other.say('back');
    expect(other.say('back')).toEqual(['common.earlier', 'menu.pick.text']);
  });

  test('leaves a question of the engine for the one it stood before', () => {
    const person = talk();
    person.begin('form');
    person.say('30');
    person.say('cancel');
    expect(person.say('back')).toEqual(['common.progress', 'form.fruit.text']);
  });
});

describe('change', () => {
  test('lists the answers and returns to the summary after one is changed', () => {
    const person = atSummary();
    expect(person.tap('change')).toEqual(['common.which_field']);
    expect(person.options()).toEqual(['a0', 'a1', 'a2']);
    expect(person.tap('a1')[0]).toBe('common.earlier');
    expect(person.tap('pear')).toEqual(['form.sum.text']);
    expect(person.top()?.answers).toEqual({ years: 30, fruit: 'pear', note: 'a note' });
  });

  test('works as a word at any moment, and says so when there is nothing yet', () => {
    const person = talk();
    person.begin('form');
    expect(person.say('change')[0]).toBe('common.no_way_back');
    person.say('30');
    expect(person.say('change')).toEqual(['common.which_field']);
  });
});

describe('skip, cancel, restart', () => {
  test('only optional questions can be skipped', () => {
    const person = talk();
    person.begin('form');
    expect(person.say('skip')[0]).toBe('common.cannot_skip');
    person.say('5');
    expect(person.options()).toEqual(['skip']);
    person.tap('skip');
    expect(person.top()?.answers['note']).toBeNull();
    expect(person.top()?.step).toBe('sum');
  });

  test('cancel asks first, by any words for yes or no', () => {
    const person = talk();
    person.begin('form');
    person.say('30');
    expect(person.say('cancel')).toEqual(['common.cancel_sure']);
    expect(person.say('nope')).toEqual(['common.progress', 'form.fruit.text']);
    person.say('cancel');
    expect(person.say('yes please')).toEqual(['common.cancelled']);
    expect(person.session().stack).toEqual([]);
  });

  test('cancel closes at once where nothing was answered', () => {
    const person = talk();
    person.begin('form');
    expect(person.say('cancel')).toEqual(['common.cancelled']);
    expect(person.session().stack).toEqual([]);
  });

  test('the summary can be cancelled', () => {
    const person = atSummary();
    expect(person.tap('cancel')).toEqual(['common.cancelled']);
    expect(person.state.deeds).toEqual([]);
  });

  test('restart begins again, but what was done stays done', () => {
    const person = atSummary();
    expect(person.say('restart')).toEqual(['form.hello.text', 'common.progress', 'form.years.text']);
    expect(person.top()?.answers).toEqual({});
    person.say('30');
    person.tap('apple');
    person.say('skip');
    person.tap('confirm');
    expect(person.say('restart')).toEqual(['common.barrier', 'form.party.text']);
  });
});

describe('language', () => {
  test('changes in the middle without losing answers', () => {
    const person = talk();
    person.begin('form');
    person.say('30');
    person.say('language');
    expect(person.say('fr')).toEqual([
      'language.end.text',
      'common.resume',
      'common.progress',
      'form.fruit.text',
    ]);
    expect(person.session().lang).toBe('fr');
    expect(person.top()?.answers).toEqual({ years: 30 });
  });
});

describe('flows in flows', () => {
  test('a called flow returns its answers, and the way back does not enter it again', () => {
    const person = talk();
    person.begin('outer');
    expect(person.tap('go')).toEqual(['inner.depth.text']);
    expect(person.tap('deep')).toEqual(['outer.last.text']);
    expect(person.top()?.answers).toEqual({ first: 'go', inner: { depth: 'deep' } });
    person.say('back');
    expect(person.top()?.step).toBe('first');
    expect(person.tap('stay')).toEqual(['outer.last.text']);
  });

  test('cancelling a called flow cancels its caller', () => {
    const person = talk();
    person.begin('outer');
    person.tap('go');
    person.say('cancel');
    person.say('yes');
    expect(person.session().stack).toEqual([]);
  });

  test('a command that needs a query changes nothing until it is run', () => {
    const person = talk();
    person.begin('outer');
    person.tap('go');
    person.tap('deep');
    const before = person.session();
    const question = person.state.message;
    person.tap('yes', question);
    expect(person.state.needs).toEqual([{ query: 'name', args: {} }]);
    expect(person.session()).toEqual(before);
    person.send({ kind: 'text', text: 'yes' }, { found: { name: 'free' } });
    expect(person.state.deeds).toEqual(['free']);
    expect(person.keys()).toEqual(['outer.end.text']);
  });

  test('a refused command goes to the step that explains it, and a person takes over', () => {
    const person = talk();
    person.begin('outer');
    person.tap('go');
    person.tap('deep');
    person.send({ kind: 'text', text: 'yes' }, { found: { name: 'taken' } });
    expect(person.keys()).toEqual(['outer.sorry.text']);
    expect(person.state.deeds).toEqual([]);
    expect(person.state.notes).toContainEqual({
      kind: 'ticket',
      reason: 'name_taken',
      flow: 'outer',
      step: 'sorry',
    });
  });
});

describe('defects of ours', () => {
  test('a session pinned to a version this build lacks throws, with its name', () => {
    const person = talk();
    person.at('form', 'years');
    const lacking = toyProgram([]);
    const other = talk({ program: lacking });
    expect(() => other.begin('form')).toThrow('no flow "form"');
  });
});
