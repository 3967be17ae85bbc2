import type { Lang } from '../engine/message.ts';
import { clausesOf } from './clauses.ts';
import { type Token, tokenise } from './tokens.ts';

/**
 * Whether somebody does something in the part of the message that names a value, and it is nothing that answers: "*I paid*
 * the visa on 9 June", "*vous m'avez appelé* du 0470…". The words that answer are known; any other makes it a question.
 */
export function isDeed(tokens: readonly Token[], from: number, lang: Lang): boolean {
  const clauses = clausesOf(tokens);
  const first = lang === 'rw' ? borrowed : subjects;
  return tokens.some(
    ({ text }, at) =>
      clauses[at] === clauses[from] &&
      ((first.has(text) && tells(tokens, at + 1)) || (third.has(text) && concerns(tokens, at))),
  );
}

/** The same before a place in the text, for readers that cut no words. */
export function isDeedIn(text: string, from: number, lang: Lang): boolean {
  if (!/\p{L}/u.test(text.slice(0, from))) return false;
  const tokens = tokenise(`${text.slice(0, from)} x`);
  return isDeed(tokens.slice(0, -1), tokens.length - 2, lang);
}

/** "*He has worked* here for 6 years", "*il travaille* ici": a passport and a flight are *it*, and in French *il* too. */
function concerns(tokens: readonly Token[], at: number): boolean {
  const next = tokens.slice(at + 1, at + 3).map(({ text }) => text);
  if (next.some((word) => saying.test(word))) return false;
  return !/^(?:il|elle|ils|elles)$/.test(tokens[at]?.text ?? '') || next.some((word) => persons.has(word));
}

function tells(tokens: readonly Token[], from: number): boolean {
  let at = from;
  while (between.has(tokens[at]?.text ?? '')) at++;
  const verb = tokens[at];
  if (verb === undefined || verb.value !== undefined || !/^\p{Ll}{3,}$/u.test(verb.text)) return false;
  return !answering.has(verb.text);
}

const words = (joined: string): ReadonlySet<string> => new Set(joined.split(' '));

const subjects = words("i you u we they je j' tu vous nous ils elles i've ive we've you've");
const third = words("he she someone somebody everyone everybody quelqu' quelqu il elle ils elles");
const saying = /^(?:say|says|said|told|agreed|dit|disent|approved)$/;
const persons = words(
  'travaille travaillent bosse bossent vit vivent habite habitent parle parlent etudie etudient',
);
/** "I Bruxelles", "u Rwanda": places in Kinyarwanda. */
const borrowed: ReadonlySet<string> = new Set([...subjects].filter((word) => word.length > 1));
/** Objects, auxiliaries and adverbs between who does it and what is done. */
const between = words(
  "ne n' y en me m' m vous nous te t' le l' la les lui just also only really still now already always have has had got ai as avons avez ont d'abord deja aussi toujours",
);
const answering = words(
  'am are was were been being be will would can could should shall may might must do did dont does need want wish hope hoping plan planning prefer like love think thought guess believe suppose reckon know mean meant say said choose chose pick picked take taking land landing landed arrive arriving arrived fly flying come coming came live living lived reside stay staying stayed moved travel travelling leave leaving depart get getting reach reached confirm confirmed check checked work worked working practise practised qualified count counted speak read write understand use answer answered book booked feel hold host put suggest propose see expect intend return give there the all both three two four five six seven eight nine ten mr mrs and not never no yes nurse nights is off from also to with on at in for or so too myself my this that made make changed corrected looked chat talk annual call reach contact text email ring find ' +
    'suis etes sommes sont vis vivons habite habitons arrive arrivons arriverai atterris atterrissons atterrirai atterri quitte quittons conge conges sera serai serons serais expire bosse bosser travaille travaillons travaille exerce exerces exercons etais etions avais avions aurai aurais prefere preferons prefererais reside peux peut pouvons pouvez pourrai pourrais pourrez continue est faut pars part partons partirai viens venons viendrai veux voulez voulons voulais voudrais aimerais souhaite souhaitons lis parle parlons ecris comprends cherche cherchons debute precise reprends confirme confirmons hab trompe vise compte pense crois dirais dis dit reste restons sejourne choisis choisi prends prendrai prenons vole decolle rejoins avons avez vais allons allez propose reponds corrige change mets note verifie regarde utilise joins joindre appeler contacter ecrire vous moi tous une des deux trois quatre cinq six sept huit neuf dix qui que avec pour pas plus non oui calcule additionne compter emmenage installe vecu fait',
);
