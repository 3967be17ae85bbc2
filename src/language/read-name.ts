import type { Lang, Reading } from '../engine/message.ts';
import { roleAt } from './around.ts';
import { asksBack } from './asks-back.ts';
import { readCourtesy } from './commands.ts';
import { isNumberWord } from './day-words.ts';
import { distressIn } from './distress.ts';
import { find, index } from './lexicon.ts';
import { bare, fold } from './normalise.ts';
import { certain, likely, type ReadScope, unclear } from './reading.ts';
import { tokenise } from './tokens.ts';

/**
 * A person's name of 2 to 80 characters: letters, spaces, apostrophes, hyphens. Kept as typed, order and capitals
 * included (family names often come first or in capitals); only surplus spaces go, and the sentence around it ("my name
 * is …, thanks"). A sentence that is no name is `not_a_name`.
 */
export function readName(text: string, { lang }: ReadScope): Reading<string> {
  const typed = text.normalize('NFC').replace(/\s+/gu, ' ').trim();
  const name = unwrap(typed);
  if (/\p{N}/u.test(name)) return unclear(text, 'name_with_digits');
  const letters = name.replace(/[^\p{L}]/gu, '').length;
  if (!/^[\p{L}\p{M} '’‘ʼ.-]+(?:, ?[\p{L}\p{M} '’‘ʼ.-]+)?$/u.test(name) || letters === 0)
    return unclear(text, 'not_a_name');
  if (letters < 2) return unclear(text, 'too_short');
  if (name.length > 80) return unclear(text, 'too_long');
  if (asksBack(text) || distressIn(text)) return unclear(text, 'not_a_name');
  const said = bare(name);
  if (readCourtesy(name, lang) || find(answers, said, lang)) return unclear(text, 'not_a_name');
  const words = fold(name).split(/[ ']+/);
  const common = words.filter((word) => sentence.has(word)).length;
  // "Grace Will": two capitals make a name of a common word.
  const titled = /^\p{Lu}\p{L}+ \p{Lu}\p{L}+$/u.test(name);
  if (common > 1 || (common === 1 && words.length < 3 && !titled) || words.length > 8)
    return unclear(text, 'not_a_name');
  const known = rolesIn(name, lang);
  if (known === 'sentence') return unclear(text, 'not_a_name');
  return common === 0 && known === 'none' && words.length <= 6 && !name.includes(',')
    ? certain(name.replace(/\s*,\s*/u, ' '))
    : likely(name.replace(/\s*,\s*/u, ' '));
}

/**
 * Whether a supposed name is made of words of sentences: hedges, denials, limits, or little words only. A little word
 * beside others may be a name (Grace Will, Said Ali) and makes it a question.
 */
function rolesIn(name: string, lang: Lang): 'none' | 'some' | 'sentence' {
  const tokens = tokenise(name);
  let little = 0;
  for (const [at, { text }] of tokens.entries()) {
    if (particles.has(text)) continue;
    const found = roleAt(tokens, at, lang);
    const role = found?.value === 'common' ? undefined : found;
    if (role && role.value !== 'filler') return 'sentence';
    if (role || isNumberWord(text)) little++;
  }
  if (little === 0) return 'none';
  const capital = /^\p{Lu}/u.test(name);
  return little < tokens.length || (capital && tokens.length === 1) ? 'some' : 'sentence';
}

const particles = new Set(
  "de du des la le van der den da dos el ben al d' l' n' o' m' dr mr mrs ms miss mme mlle prof madame docteur ka wa nde jean".split(
    ' ',
  ),
);

/** Takes the sentence off a name, from both ends, until nothing more comes off. */
function unwrap(typed: string): string {
  let name = typed.slice(0, 200);
  for (let round = 0; round < 6; round++) {
    const before = name;
    name = name
      .replace(/\s*\([^()]*\)$/u, '')
      .replace(/^[\s,;:!.…"«“(–—-]+|[\s,;:!…"»”)–—-]+$/gu, '')
      // A final point belongs to an initial or a title only.
      .replace(/(?<=\p{L}{3})\.+$/u, '')
      .replace(opening, '')
      .replace(closing, '');
    if (name === before || name === '') break;
  }
  return name === '' ? typed : name;
}

const apostrophe = "['’‘ʼ´` ]?";
const greetings =
  'bonjour|bonsoir|salut|bjr|bsr|hello|hi there|hi|hey|good morning|good afternoon|good evening|muraho neza|muraho|mwaramutse(?:ho)?|mwiriwe(?:ho)?|uraho|yes|oui|yego|ok|okay|well|alors|donc|dear (?:all|team|sir|madam)|thanks|thank you|merci|murakoze|sure|please|pls|svp';
const openings = [
  greetings,
  `je m${apostrophe}ap+el+es?`,
  `jm${apostrophe}ap+el+e`,
  `moi,? c${apostrophe}est`,
  `c${apostrophe}est`,
  `(?:mon|le) (?:nom|prenom|prénom)(?: complet| entier| de famille)?(?: et pr[eé]nom)?(?: (?:est|c${apostrophe}est))?`,
  'mes noms? (?:sont|est)',
  '(?:nom|pr[eé]nom|noms|nom et pr[eé]nom|nom complet)\\s*[:=]',
  'je suis',
  'moi je suis',
  'l[ae] (?=d)',
  `on m${apostrophe}appelle`,
  'vous pouvez m’appeler',
  `vous pouvez m${apostrophe}appeler`,
  `appelez${apostrophe}[- ]?moi`,
  'appelez[- ]moi',
  `(?:my|the) (?:full |complete |first |last )?names? (?:is|are|would be)`,
  `my (?:full )?name${apostrophe}s`,
  `names?\\s*[:=]`,
  `full name\\s*[:=]?`,
  `i${apostrophe}m(?: called| named)?`,
  'i am(?: called| named)?',
  `it${apostrophe}s`,
  'it is',
  'this is',
  '(?:you can |you may |please |just )*call me',
  'they call me',
  'people call me',
  'put',
  'just put',
  'i go by',
  'i am known as',
  'i’m known as',
  'known as',
  'je me nomme',
  'my parents named me',
  'please write',
  'write',
  'mettez',
  'notez',
  'écrivez',
  'ecrivez',
  'ici',
  'here is',
  'here',
  'voici',
  'voici mon nom',
  'for the record',
  'njye amazina ni',
  'mwandike',
  'andika',
  'everyone calls me',
  'friends call me',
  'tout le monde m’appelle',
  '(?:jye |njye |njyewe )?nitwa',
  '(?:jye |njye )?bita',
  'banyita',
  'mwanyita',
  'munyite',
  'ndi',
  'ndi umu[a-z]+',
  '(?:amazina|izina)(?: yanjye| yange| ryanjye| ryange)?(?: yose| yombi)?(?: ni)?(?:\\s*[:=])?',
  'yitwa',
  'ni',
] as const;
const opening = new RegExp(`^(?:${openings.join('|')})(?=[\\s,:;.!…-])[\\s,:;.!…-]*`, 'iu');
const closing =
  /[\s,.;:!-]+(?:merci(?: beaucoup| bien| d['’]avance)?|mrc|svp|s['’]il vous pla[iî]t|thanks(?: a lot| so much)?|thank you(?: so much| very much)?|thx|please|pls|murakoze(?: cyane)?|urakoze|bonne journ[eé]e|cordialement|regards|cheers|here|speaking|ici|nice to meet (?:you|u)(?: all)?|pleased to meet you|good to meet you|happy to meet you|tout court|tout simplement|enchant[eé]e?|ravie? de vous (?:conna[iî]tre|rencontrer)|bonne soir[eé]e|et vous|and you|and yours|on the list|on the form|in the form|sur la liste|ku rutonde|in full|full stop|mon nom complet|my full name|as on my passport|as in my passport|as in passport|on my passport|comme sur mon passeport|comme dans mon passeport|sur mon passeport|nk['’]uko biri muri pasiporo|muri pasiporo|ni yo mazina yanjye(?: yose)?|niyo mazina yanjye(?: yose)?|niko nitwa|ni ko nitwa|nishimiye kubamenya|for short|that['’]s (?:it|all|me)|that is all|c['’]est tout|voil[aà]|lol|mdr|de mon (?:pr[eé]nom|nom)|is my (?:full )?name|ni(?: ryo|yo) (?:zina|mazina) ryanjye)$/iu;

const answers = index({
  yes: true,
  no: true,
  maybe: true,
  help: true,
  thanks: true,
  today: true,
  tomorrow: true,
});

/** Words of sentences, in three languages; none of them is a common name. */
const sentence = new Set(
  `ask asking wife husband boss colleague mother sister brother demandez demande mari femme mubaze baza umugore umugabo wanjye wange contrat a an secret private anonymous anonyme test nobody nothing none someone something rien quelqu personne aucune nta i you he she we they it my your the and but not no yes why what who how when where which is are am was do does did don't dont want can can't cannot will would should have has had to of for with from about name tell say know same already gave told later
  je tu il elle nous vous ils mon ma mes votre le la les un une des et mais ne pas pourquoi quoi qui comment quand ou que quel quelle est sont suis ai avez veux veut peux donner dire deja plus tard pour avec sans mon nom comme rien aucun personne avant
  ndi ni si nta ntabwo sinshaka kubera iki ese ko nde gute ryari he kuki mushaka shaka nshaka kuvuga izina amazina yanjye yange mwe wowe njye muri ku mu cyangwa ariko`
    .split(/\s+/)
    .filter((word) => word.length > 1 || word === 'a'),
);
