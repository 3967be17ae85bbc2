import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { templateOf } from '../../src/app/templates.ts';
import { languages } from '../../src/engine/message.ts';
import { createWords } from '../../src/locale.ts';
import { rejectTemplate } from '../../src/simulator/twilio/content.ts';

const words = createWords(fileURLToPath(new URL('../../locales', import.meta.url)));
const proactive = words
  .keys('en')
  .filter((key) => (words.classOf(key) ?? 'reply') !== 'reply' && key.endsWith('.text'));

test('there are proactive texts', () => {
  expect(proactive.length).toBeGreaterThan(30);
});

test.each(languages)('every proactive text has a template that WhatsApp takes, in %s', (lang) => {
  const refused = proactive.flatMap((key) => {
    // Texts to the coordinators go to Slack, which has no templates.
    if (/\.desk\.|^staff\.|^host_alert\.|^member_news\./.test(key)) return [];
    const template = templateOf(words, lang, key, {}, [], false);
    if (!template) return [`${key}: no template`];
    const variables = Object.fromEntries(template.variables.map((_, i) => [String(i + 1), 'x']));
    const why = rejectTemplate({
      sid: 'HX0',
      friendlyName: key,
      language: lang,
      variables,
      types: { 'twilio/text': { body: template.body } },
    } as unknown as Parameters<typeof rejectTemplate>[0]); // the stand-in's record, of which only these matter here
    return why ? [`${key}: ${why}\n${template.body}`] : [];
  });
  expect(refused).toEqual([]);
});

test('placeholders are numbered once each, and never side by side', () => {
  const own = {
    raw: (_: string, key: string) => (key === 'x' ? '{{a}}\n{{b}} {{a}}' : 'Words of ours'),
    write: () => 'v',
  };
  expect(templateOf(own, 'en', 'x', {}, [], true)).toMatchObject({
    body: 'Words of ours\n\n{{1}}\n– {{2}} – {{1}}\n\nWords of ours',
    variables: ['v', 'v'],
    category: 'MARKETING',
  });
});
