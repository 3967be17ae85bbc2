import type { Lang } from '../engine/message.ts';
import answers from './answers.json' with { type: 'json' };
import { readLooseCommand } from './commands.ts';
import { words } from './lexicon.ts';
import { endsAt, type Patterns, patterns } from './patterns.ts';
import { keyOf, type Token, tokenise } from './tokens.ts';
import { partAt } from './yes-no-count.ts';

/** What stands in the way of a yes: it is no answer then, or only one for a while. */
export type Bar = 'against' | 'narrows';

/**
 * Whether a yes comes with a refusal, a condition or an impediment ("oui *j'annule*", "yes, *I'm busy then*"), is somebody
 * else's or long past ("yes *he will*", "yes *previously*"), or says no more than when ("oui *en juin*").
 */
export function barOf(tokens: readonly Token[], lang: Lang): Bar | undefined {
  let doubted = false;
  for (let at = 0; at < tokens.length; at++)
    for (const { value } of endsAt(anywhere, tokens, at)) {
      if (value === 'against') return value;
      doubted = true;
    }
  let behind = 0;
  while (partAt(tokens, behind, lang)?.value === 'said_yes') behind++;
  if (behind > 0 && isOrder(tokens, behind, lang)) return 'against';
  for (const { to, value } of behind > 0 ? endsAt(alone, tokens, behind) : [])
    if (
      to === tokens.length ||
      tokens[to]?.sep !== '' ||
      /^(?:please|svp|thanks|merci)$/.test(tokens[to].text)
    ) {
      if (value === 'against') return value;
      doubted = true;
    }
  return doubted ? 'narrows' : undefined;
}

/** "Yes, *cancel it*": whoever begins with a yes answers, and gives no order. */
export function opensWithYes(text: string, lang: Lang): boolean {
  return partAt(tokenise(text), 0, lang)?.value === 'said_yes';
}

/** "Oui, *supprimez mes données*", "yego *nivanyemo*": the yes may be to what the order asks. */
function isOrder(tokens: readonly Token[], from: number, lang: Lang): boolean {
  const length = tokens.length - from;
  if (length === 0 || length > longestOrder || partAt(tokens, from, lang)?.length === length) return false;
  const order = readLooseCommand(keyOf(tokens, from), lang);
  return (
    order.kind === 'ambiguous' ||
    (order.kind === 'value' && !/^(?:accept|start|language|list)$/.test(order.value))
  );
}

const longestOrder = 8;

const langs: readonly Lang[] = ['rw', 'fr', 'en'];

function barsOf(rows: readonly (readonly [key: keyof (typeof answers)['en']['bars'], bar: Bar])[]) {
  return langs.flatMap((lang) =>
    rows.flatMap(([key, bar]) =>
      answers[lang].bars[key].split(';').map((pattern) => [pattern, bar] as const),
    ),
  );
}

const anywhere: Patterns<Bar> = patterns(
  barsOf([
    ['against', 'against'],
    ['doubts', 'narrows'],
  ]),
);

const within: Readonly<Record<Lang, string>> = {
  rw: '(mu|muri)',
  fr: "(en|au mois de|au mois d')",
  en: 'in',
};

/** Only as all that stands behind the yes: "oui *je suis disponible* en juin" is a plain one. */
const alone: Patterns<Bar> = patterns([
  ...barsOf([
    ['others', 'against'],
    ['narrows', 'narrows'],
  ]),
  ...langs.map(
    (lang) => [`${within[lang]} (${Object.values(words[lang].months).flat().join('|')})`, 'narrows'] as const,
  ),
]);
