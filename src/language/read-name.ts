import type { Lang, Reading } from '../engine/message.ts';
import { negated, roleAt } from './around.ts';
import { asksBack } from './asks-back.ts';
import { readCommand } from './commands.ts';
import { byName, towns } from './country-names.ts';
import { courtesyIn } from './courtesy.ts';
import { isNumberWord } from './day-words.ts';
import { distressIn } from './distress.ts';
import { find, index } from './lexicon.ts';
import { nameBehindSlip, nameSaidAgain, remarksOnly, twoNames, unwrapName } from './name-wrapping.ts';
import { bare, fold } from './normalise.ts';
import { namesOthers } from './others.ts';
import { namedBy, phraseOf } from './profession-names.ts';
import { ambiguous, certain, likely, type ReadScope, unclear } from './reading.ts';
import { tokenise } from './tokens.ts';
import { verbIn } from './verb-shapes.ts';
import { partAt } from './yes-no-count.ts';

/**
 * A person's name of 2 to 80 characters: letters, spaces, apostrophes, hyphens. Kept as typed, order and capitals
 * included (family names often come first or in capitals); only surplus spaces go, and the sentence around it ("my name
 * is …, thanks"). A sentence that is no name is `not_a_name`.
 */
export function readName(text: string, scope: ReadScope): Reading<string> {
  const typed = text
    .normalize('NFC')
    .replace(/(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200d|\ufe0f)+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  const name = withoutTrade(unwrapName(typed));
  const mended = nameBehindSlip(typed) ?? nameSaidAgain(typed);
  if (mended !== undefined) {
    const reading = judge(mended, text, scope);
    return reading.kind === 'value' ? likely(reading.value) : reading;
  }
  const two = twoNames(typed.replace(/\(/g, ', ').replace(/\)/g, ''));
  if (!two) return judge(name, text, scope);
  const both = two.map((one) => judge(unwrapName(one), '', scope));
  const names = both.flatMap((one) => (one.kind === 'value' ? [one.value] : []));
  return names.length === 2 ? ambiguous(names) : judge(name, text, scope);
}

/** "KABERA Innocent, infirmier", "nurse Aline", "née Uwase". A title ("Dr", "Mme") stays with its name. */
function withoutTrade(name: string): string {
  const behind = beforeName.exec(name)?.[1];
  if (behind && !ranks.test(behind) && !namedBy(phraseOf(behind)) && !isPlace(bare(behind))) return behind;
  const [own, trade, ...more] = name.split(',');
  return own && trade && more.length === 0 && namedBy(phraseOf(trade.trim())) ? own.trim() : name;
}

function judge(name: string, text: string, { lang }: ReadScope): Reading<string> {
  if (/\p{N}/u.test(name)) return unclear(text, 'name_with_digits');
  const letters = name.replace(/[^\p{L}]/gu, '').length;
  if (!/^[\p{L}\p{M} '’‘ʼ.-]+(?:, ?[\p{L}\p{M} '’‘ʼ.-]+)?$/u.test(name) || letters === 0)
    return unclear(text, 'not_a_name');
  // A title with no name behind it.
  if (/^(?:mr|mrs|ms|miss|mme|mlle|madame|monsieur|dr|docteur|doctor|prof|sir|madam|bwana)\.?$/iu.test(name))
    return unclear(text, 'not_a_name');
  if (letters < 2) return unclear(text, 'too_short');
  if (name.length > 80) return unclear(text, 'too_long');
  if (asksBack(text) || distressIn(text) || remarksOnly(text) || answersElse(text, name, lang))
    return unclear(text, 'not_a_name');
  const said = bare(name);
  // "Go back please" is no name but says "back"; "call me later" is neither.
  const command = readCommand(name, lang);
  if (command.kind === 'value')
    return text.startsWith(name) ? { kind: 'other', other: command.value } : unclear(text, 'not_a_name');
  // A trade typed where a name was asked for answers another question.
  if (courtesyIn(name, lang) || find(answers, said, lang) || namedBy(phraseOf(name)) || isPlace(said))
    return unclear(text, 'not_a_name');
  const words = fold(name).split(/[ ']+/);
  const common = words.filter((word) => sentence.has(word)).length;
  // "Grace Will": two capitals make a name of a common word.
  const titled = /^\p{Lu}\p{L}+ \p{Lu}\p{L}+$/u.test(name);
  if (common > 1 || (common === 1 && words.length < 3 && !titled) || words.length > 8)
    return unclear(text, 'not_a_name');
  // "My child is called …"
  if (calling.test(name) && namesOthers(name)) return unclear(text, 'not_a_name');
  const known = rolesIn(name, lang);
  // "Amazina yanjye *murayafite*": you have them.
  const verb = verbIn(name, text.slice(0, Math.max(0, text.indexOf(name))));
  if (known === 'sentence' || verb === 'verb') return unclear(text, 'not_a_name');
  return common === 0 && verb === undefined && known === 'none' && words.length <= 6 && !name.includes(',')
    ? certain(name.replace(/\s*,\s*/u, ' '))
    : likely(name.replace(/\s*,\s*/u, ' '));
}

/** "Yego ni byo" as a whole, "ndacyatekereza": an answer to a question of yes or no. French and English ones are names too. */
function answersElse(text: string, name: string, lang: Lang): boolean {
  if (find(answers, bare(text), lang)) return true;
  const tokens = tokenise(name);
  const hit = lang === 'rw' ? partAt(tokens, 0, lang) : undefined;
  return hit?.lang === 'rw' && hit.length === tokens.length;
}

const beforeName =
  /^(?:[Nn]urse|[Mm]idwife|[Ii]nfirmi(?:er|[eè]re)|[Uu]muforomo(?:kazi)?|[Nn]ée) (\p{Lu}\p{L}+(?: \p{Lu}\p{L}+)*)$/u;

const ranks = /^(?:Practitioner|Manager|Specialist|Consultant|Educator|Lead|Anaesth|Anesth|In |Chef|Cadre)/u;

const calling = /(?<!\p{L})(?:yitwa|bitwa|called|named|name|appelle|nomme)(?!\p{L})/iu;

/** Some countries and towns are given names as well. */
function isPlace(said: string): boolean {
  return (
    (byName.has(said) || towns.has(said)) &&
    !/^(?:france|india|chad|jordan|georgia|israel|kenya|cuba|nancy|milan|paris|rome|florence|derby|kimberley)$/.test(
      said,
    )
  );
}

/**
 * Whether a supposed name is made of words of sentences: hedges, denials, limits, or little words only. A little word
 * beside others may be a name (Grace Will, Said Ali) and makes it a question.
 */
function rolesIn(name: string, lang: Lang): 'none' | 'some' | 'sentence' {
  const tokens = tokenise(name);
  const capitals = name.split(/[\s-]+/).filter((word) => /^\p{Lu}/u.test(word)).length;
  let little = 0;
  for (const [at, { text }] of tokens.entries()) {
    if (particles.has(text)) continue;
    const found = roleAt(tokens, at, lang);
    const role = found?.value === 'common' ? undefined : found;
    // Ntaganda, Ntirenganya, Sindayigaya: many family names look like verbs that deny.
    if (role?.value === 'not' && negated.test(text) && capitals > 0) {
      if (capitals < 2) little++;
      continue;
    }
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

const answers = index({
  yes: true,
  no: true,
  maybe: true,
  help: true,
  thanks: true,
  today: true,
  tomorrow: true,
  tomorrow_or_yesterday: true,
});

/** Words of sentences, in three languages; none of them is a common name. */
const sentence = new Set(
  `ejo ejobundi ryo niryo attendez attends whatever thinking question moment wait envoie sent muhamagare hamagara told said yambwiye yavuze kubandikira same idem bof hmm euh mbwira iryawe iryanyu ryawe nkora nkorera ntuye on id card carte identite badge above below profile profil file dossier passport passeport whatsapp facebook check see voir later unknown inconnu guess devine devinez confidential confidentiel refuse decline rather prefer prefere share partager celui celle pareil habitude ask asking wife husband boss colleague mother sister brother demandez demande mari femme mubaze baza umugore umugabo wanjye wange contrat a an secret private anonymous anonyme test nobody nothing none someone something rien quelqu personne aucune nta i you he she we they it my your the and but not no yes why what who how when where which is are am was do does did don't dont want can can't cannot will would should have has had to of for with from about name tell say know same already gave told later unchanged remain remains stays
  je tu il elle nous vous ils mon ma mes votre le la les un une des et mais ne pas pourquoi quoi qui comment quand ou que quel quelle est sont suis ai avez veux veut peux donner dire deja plus tard pour avec sans mon nom comme rien aucun personne avant inchange inchanges reste restent
  tired busy ill sick sorry late ready here free hungry asleep driving working pregnant fatigue fatiguee malade occupe occupee pret prete desole desolee libre retard enceinte ndananiwe ndarwaye ndahuze mfite akazi
  ndi ni si nta ntabwo sinshaka kubera iki ese ko nde gute ari ryari he kuki mushaka shaka nshaka kuvuga simbishaka kubivuga mwarabibonye mwayabonye mwarayabonye mwarabyanditse mwabibonye murabibona musanzwe kubitanga simbivuze simbivuga sinifuza nzabibabwira nzababwira murabizi mubizi mufite biri biriho byanditse mureke nabivuze narabivuze nababwiye narababwiye mbere nkuko pasiporo
  izina amazina yanjye yange mwe wowe njye muri ku mu cyangwa ariko`
    .split(/\s+/)
    .filter((word) => word.length > 1 || word === 'a'),
);
