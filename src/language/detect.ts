import type { Lang } from '../engine/message.ts';
import answers from './answers.json' with { type: 'json' };
import around from './around.json' with { type: 'json' };
import { readLanguageWish } from './commands.ts';
import { readCourtesy } from './courtesy.ts';
import { words } from './lexicon.ts';
import { tokenise } from './tokens.ts';

/**
 * The language a first message is surely written in: a greeting, the wish for a language, or enough words that only one
 * of the three has. Null when unsure, and for mixtures; then the person is asked.
 */
export function detectLanguage(text: string): Lang | null {
  const wish = readLanguageWish(text, 'en');
  if (wish && wish !== 'switch') return wish;
  const scores = scoresOf(text);
  const homes = new Set(tokenise(text).flatMap(({ text: word }) => borrowed.get(word) ?? []));
  // Greetings of two languages: nobody can know.
  if (homes.size > 1) return null;
  const [home] = homes;
  if (home && known.every((lang) => lang === home || scores[lang] < 2)) return home;
  const greeted = known.filter((lang) => readCourtesy(text, lang) === 'greeting');
  if (greeted.length === 1) return greeted[0] ?? null;
  const [best, second] = known.toSorted((a, b) => scores[b] - scores[a]);
  if (!best || !second || scores[best] < enough) return null;
  return scores[best] >= 3 * scores[second] ? best : null;
}

const known: readonly Lang[] = ['rw', 'fr', 'en'];

/** Points a message needs: two words that one language alone has. */
const enough = 2;

/** Greetings and thanks that all three languages know, and which of them they come from. */
const borrowed: ReadonlyMap<string, Lang> = new Map([
  ['muraho', 'rw'],
  ['mwaramutse', 'rw'],
  ['mwiriwe', 'rw'],
  ['murakoze', 'rw'],
  ['bonjour', 'fr'],
  ['bonsoir', 'fr'],
  ['salut', 'fr'],
  ['hello', 'en'],
  ['hi', 'en'],
]);

function scoresOf(text: string): Record<Lang, number> {
  const scores: Record<Lang, number> = { rw: 0, fr: 0, en: 0 };
  for (const { text: word, value } of tokenise(text)) {
    if (value !== undefined || word.length < 2) continue;
    const owner = ownerOf.get(word);
    if (owner) scores[owner] += 1;
    else if (shape.test(word)) scores.rw += 0.75;
  }
  return scores;
}

/** Noun and verb openings of Kinyarwanda in a longer word that no language here lists. */
const shape =
  /^(?:umu|aba|imi|iki|icy|ibi|ama|uru|aka|ubu|uku|nda|ndi|nsh|nka|tura|mura|mwa|mwi|nta|nti|ntu|sin|kwi|kuri|gushy|guk|gut|iny|imy|ishy)\p{L}{2,}[aeiou]$/u;

function owners(): ReadonlyMap<string, Lang> {
  const langsOf = new Map<string, Set<Lang>>();
  for (const lang of known) {
    const own = words[lang];
    const lists = [
      own.yes,
      own.no,
      own.maybe,
      own.thanks,
      own.greetings,
      own.help,
      own.human,
      own.mydata,
      own.goodbye,
    ];
    const texts = [
      ...lists.flat(),
      ...Object.values(own.months).flat(),
      ...Object.values(own.weekdays).flat(),
      ...Object.values(around[lang]).filter((value) => typeof value === 'string'),
      ...Object.values(answers[lang]).flatMap((joined) =>
        typeof joined === 'string' ? joined.split('|') : [],
      ),
      little[lang],
    ];
    for (const text of texts) {
      for (const { text: word } of tokensOf(text)) {
        const langs = langsOf.get(word);
        if (langs) langs.add(lang);
        else langsOf.set(word, new Set([lang]));
      }
    }
  }
  // Lists of one language hold what its speakers borrow; a little word belongs where it is at home.
  const made = new Map<string, Lang>();
  for (const [word, langs] of langsOf) {
    const [only] = langs;
    if (langs.size === 1 && only) made.set(word, only);
  }
  for (const lang of known) for (const { text: word } of tokensOf(little[lang])) made.set(word, lang);
  for (const word of shared) made.delete(word);
  return made;
}

/** In pieces, since a message is cut after so many words. */
function tokensOf(text: string) {
  return text.split(/[ |]+/).flatMap((piece) => tokenise(piece));
}

const little: Readonly<Record<Lang, string>> = {
  rw: 'ndi nitwa mfite nshaka ndashaka nifuza amakuru mwaramutse muraho murakoze kandi cyangwa ariko ubu uyu iyi kuri mubyaza umuforomo umuganga ibitaro urugendo gute ryari kubera iki ese nigute nabigenza kwiyandikisha gufasha mumfashe rwose hano',
  fr: "je suis vous nous mon mes votre avec pour dans est sont les des une bonjour merci infirmiere infirmier medecin voudrais souhaite comment pourquoi quand quoi inscrire inscription mission hopital partir travailler aider savoir puis peux aimerais c'est j'ai",
  en: 'the i am my you your with for and is are want would like how what when where why register registration nurse doctor hospital work help know please need about this have has been from',
};

/** Also words, names or signs of another language. */
const shared = new Set(
  'ok no non si mission me on or a an y in to so do la ni na se ka pe date sms'.split(' '),
);

/** Words that are one language's alone, from everything that is read here and the little words of sentences. */
const ownerOf: ReadonlyMap<string, Lang> = owners();
