import type { Lang, Reading } from '../engine/message.ts';
import { aroundWords, negated, roleAt } from './around.ts';
import { find, tableIndex, words } from './lexicon.ts';
import { nearIndex } from './near.ts';
import { bare } from './normalise.ts';
import { isOfOthers, namesOthers } from './others.ts';
import { longestAt, phrases, wordsOf } from './phrases.ts';
import { certain, type ReadScope } from './reading.ts';
import { type Found, settle } from './settle.ts';
import { type Token, tokenise } from './tokens.ts';

/**
 * One of the three languages by its name in any of them, its code or its flag, alone or in a sentence ("en français
 * svp"). Two are asked back; `not_a_language` otherwise.
 */
export function readLanguage(text: string, { lang, cautious }: ReadScope): Reading<Lang> {
  const whole = find(names, bare(text), lang);
  if (whole) return certain(whole.value);
  const tokens = tokenise(text);
  const named: Found<Lang>[] = [];
  for (let at = 0; at < tokens.length; ) {
    const hit = longestAt(spoken, tokens, at, lang);
    const word = tokens[at]?.text ?? '';
    const near =
      hit || aroundWords.has(word) ? [] : [...new Set(nearNames(word).map((name) => byName.get(name)))];
    const [meant] = near;
    // Two-letter codes are little words of sentences ("en", "fr"); beside an "or" they are languages.
    const coded =
      joining.test(tokens[at + 1]?.text ?? '') ||
      joining.test(tokens[at - 1]?.text ?? '') ||
      /[/&+]/.test(`${tokens[at]?.sep}${tokens[at + 1]?.sep}`) ||
      (at === 0 && tokens.slice(1).every((_, index) => isPolite(tokens, index + 1, lang)))
        ? codes.get(word)
        : undefined;
    const value = hit?.value ?? coded ?? (near.length === 1 ? meant : undefined);
    if (value !== undefined)
      named.push({
        from: at,
        to: at + (hit?.length ?? 1),
        values: [value],
        sure: hit !== undefined || coded !== undefined || !cautious,
      });
    at += hit?.length ?? 1;
  }
  const found = named.filter(({ from, to }) => !isUnspoken(tokens, from) && !isForOthers(tokens, to));
  const weak = found.filter(
    ({ from, to }, at) =>
      isOwned(tokens, from, to) || isWeak(tokens, to, found[at + 1]?.from ?? tokens.length),
  );
  const strong = found.filter((one) => !weak.includes(one));
  return settle(strong.length > 0 ? strong : found.map((one) => ({ ...one, sure: false })), {
    also: weak,
    tokens,
    lang,
    text,
    why: 'not_a_language',
    beside: { words: beside, numbers: true },
    // "I'm more comfortable in French".
    harmless: ['block'],
  });
}

/** "Fr please": courtesy and nothing else behind a code. */
function isPolite(tokens: readonly Token[], at: number, lang: Lang): boolean {
  return polite.has(tokens[at]?.text ?? '') || roleAt(tokens, at, lang)?.value === 'filler';
}

const polite = new Set('please pls plz svp stp merci thanks thx murakoze'.split(' '));
const joining = /^(?:ou|or|cyangwa)$/;

/** "French for me, *English for my husband*" */
function isForOthers(tokens: readonly Token[], to: number): boolean {
  const next = tokens.slice(to + 1, to + 3).map(({ text }) => text);
  return /^(?:for|pour)$/.test(tokens[to]?.text ?? '') && namesOthers(next.join(' '));
}

/** "Kinyarwanda pls, *my English is* only for work": told, beside the one that is asked for. */
function isOwned(tokens: readonly Token[], from: number, to: number): boolean {
  if (/^(?:cyanjye|cyange)$/.test(tokens[to]?.text ?? '')) return true;
  return /^(?:my|mon)$/.test(tokens[from - 1]?.text ?? '') && /^(?:is|est)$/.test(tokens[to]?.text ?? '');
}

/** "French pls, my English is *rusty*": a language spoken badly is not the one asked for. */
function isWeak(tokens: readonly Token[], to: number, end: number): boolean {
  for (let at = to; at < Math.min(end, to + 5); at++) {
    if (at > to && /[,;.!]/.test(tokens[at]?.sep ?? '')) return false;
    const word = tokens[at]?.text ?? '';
    if (weakness.has(word)) return true;
    // "Icyongereza, igifaransa *sinkizi*"
    if (at === to && negated.test(word) && word.length > 3) return true;
    if (
      /^(?:pas|not|isn't|isnt|si|ntabwo|ntago)$/.test(word) &&
      tokens.slice(at + 1, at + 4).some(({ text }) => strength.has(text))
    )
      return true;
  }
  return false;
}

/** "I'm learning French", "sinzi icyongereza", "my husband speaks French". */
function isUnspoken(tokens: readonly Token[], from: number): boolean {
  return (
    isOfOthers(tokens, from) ||
    tokens.slice(Math.max(0, from - 3), from).some(({ text }) => learning.has(text))
  );
}

const learning = new Set(
  'ndacyiga abana prof professeur cours livre sinzi simvuga sinumva enfants children kids they he she il elle ils elles learning learn apprends apprendre apprenant niga kwiga hate deteste'.split(
    ' ',
  ),
);

/** "My French is not great". */
const strength = new Set(
  'terrible top genial bon bonne fameux great good perfect strong fluent parfait super best cyiza truc fort vraiment trop really up'.split(
    ' ',
  ),
);
const weakness = new Set(
  'rubbish crap shaky lousy rough patchy broken mal approximatif hesitant galere nabi moyen moyenne basique bof scolaire rusty bad poor weak terrible horrible limited mauvais nul nulle faible limite limitee rouille difficile complique gake bike nabi gucye hard difficult struggle basic'.split(
    ' ',
  ),
);

const names = tableIndex(
  (lang) => ({ rw: words[lang].language.rw, fr: words[lang].language.fr, en: words[lang].language.en }),
  (key): Lang => (key === 'rw' || key === 'fr' ? key : 'en'),
);
const known: readonly Lang[] = ['rw', 'fr', 'en'];

const spoken = phrases<Lang>(
  known.flatMap((lang) =>
    known.flatMap((named) =>
      words[lang].language[named]
        .filter((name) => /^.{4,}$/.test(name))
        .map((name) => [lang, name, named] as const),
    ),
  ),
);
const codes: ReadonlyMap<string, Lang> = new Map([
  ['rw', 'rw'],
  ['fr', 'fr'],
  ['en', 'en'],
  ['eng', 'en'],
]);
const byName: ReadonlyMap<string, Lang> = new Map(
  known.flatMap((lang) => [...spoken.by[lang].entries()].filter(([name]) => !name.includes(' '))),
);
const nearNames = nearIndex([...byName.keys()].filter((name) => wordsOf(spoken).has(name)));
const beside = new Set(
  'stick sticking reste restons nicer simpler simplest nicest cyoroshye comfy comfier feel lets do more honestly plutot lis le la moyen moyenne basique bof scolaire great good mettez mets mettre est is en rubbish crap shaky lousy rough patchy broken mal approximatif hesitant galere nabi rusty bad poor weak my mon mauvais limited kiranyorohera kinyorohera inyorohera rimpumvikanira nkunda nkabyumva ndabyumva ndacyumva byombi cyacu byiza mwandike mwanyandikira mwamvugisha twavugana tuvugane tuganire twandikirane mwakoresha ni cyo nshoboye nzi neza nkivuga mvuga kumva kwandika ururimi rw mu mvuga tuvuge twavuga nkoresheje nkoreshe dukoreshe mumvugishe mukoreshe munyandikire munsubize better best easier mieux facile plus comfortable comfort stronger strongest native speak speaking talk chat reply answer text send messages message read reading understand comprends parle maitrise ecris prefere prefer fluent continue continuer continuons on write ecrivez repondez switch back nifuza gukoresha language langue chat'.split(
    ' ',
  ),
);
