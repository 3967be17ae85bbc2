import { describe, expect, test } from 'vitest';
import { fitAsText, fitTo } from '../../src/channels/fit.ts';
import { limits } from '../../src/channels/limits.ts';
import { choicesOf, rendered } from './messages.ts';

describe('fitTo', () => {
  test.each([
    ['whatsapp', 3, 'buttons'],
    ['whatsapp', 4, 'list'],
    ['whatsapp', 10, 'list'],
    ['whatsapp', 11, 'nothing'],
    ['telegram', 12, 'buttons'],
    ['slack', 5, 'buttons'],
    ['slack', 6, 'list'],
  ] as const)('%s shows %i choices as %s', (channel, count, as) => {
    expect(fitTo(rendered('Which one?', count), limits[channel]).choices.as).toBe(as);
  });

  test('buttons and lists do not repeat their labels, numbered text has them all', () => {
    expect(fitTo(rendered('Which one?', 3), limits.whatsapp).last).toBe('Which one?');
    expect(fitTo(rendered('Which one?', 5), limits.whatsapp).last).toBe('Which one?');
    const { last } = fitTo(rendered('Which one?', 11), limits.whatsapp);
    expect(last.startsWith('Which one?\n\n1. Choice 1\n2. Choice 2\n')).toBe(true);
    expect(last.endsWith('\n11. Choice 11')).toBe(true);
  });

  test('a label too long for a button makes a list, one too long for the list makes numbers', () => {
    const [first, second] = choicesOf(2);
    const long = (length: number) => ({
      ...rendered('?', 0),
      choices: [first!, { ...second!, label: 'x'.repeat(length) }],
    });
    expect(fitTo(long(20), limits.whatsapp).choices.as).toBe('buttons');
    expect(fitTo(long(24), limits.whatsapp).choices.as).toBe('list');
    expect(fitTo(long(25), limits.whatsapp)).toMatchObject({
      choices: { as: 'nothing' },
      last: `?\n\n1. Choice 1\n2. ${'x'.repeat(25)}`,
    });
    expect(fitTo(long(41), limits.telegram).choices.as).toBe('nothing');
  });

  test('descriptions prefer the list, and stay in the text where there is none', () => {
    const [first, second] = choicesOf(2);
    const message = {
      ...rendered('Where?', 0),
      choices: [{ ...first!, description: 'in the north' }, second!],
    };
    expect(fitTo(message, limits.whatsapp).choices.as).toBe('list');
    expect(fitTo(message, limits.telegram)).toMatchObject({
      last: 'Where?\n\nChoice 1: in the north',
      choices: { as: 'buttons' },
    });
    expect(fitAsText(message, limits.whatsapp).last).toBe('Where?\n\n1. Choice 1: in the north\n2. Choice 2');
  });

  test('a long text goes out in parts, the choices with the last one', () => {
    const { leading, last, choices } = fitTo(
      rendered(`${'Long sentence here. '.repeat(150)}\n\nWhich one?`, 2),
      limits.whatsapp,
    );
    expect(leading.length).toBe(2);
    expect(leading.every((part) => part.length <= 1024)).toBe(true);
    expect(last.endsWith('Which one?')).toBe(true);
    expect(choices.as).toBe('buttons');
  });
});
