import type { Lang } from '../engine/message.ts';
import { roleAt } from './around.ts';
import { clausesOf } from './clauses.ts';
import { longestAt, phrases } from './phrases.ts';
import type { Token } from './tokens.ts';

type Span = { readonly from: number; readonly to: number };

/**
 * What stands behind an answer and only says where in the writer's life it falls: "Thursday, *after my nights*", "en
 * juillet *pendant les vacances*", "20:30 *once the kids sleep*". It takes nothing from the answer. Every word of it
 * must be one of such a life: a boss, a visa or an approval makes a condition of it, and it is left where it was.
 */
export function lifeClauses(tokens: readonly Token[], behind: number, lang: Lang): readonly Span[] {
  if (behind >= tokens.length || !tokens.some(({ text }) => opens.has(text))) return none;
  const spans: Span[] = [];
  for (let at = behind; at < tokens.length; ) {
    const span = spanAt(tokens, at, lang);
    if (span) spans.push(span);
    at = span?.to ?? at + 1;
  }
  return spans;
}

/**
 * "20 May *once my boss agrees*": what others decide stands behind the answer, also where a comma makes a remark of it.
 */
export function isLeftToOthers(tokens: readonly Token[], behind: number): boolean {
  return tokens.some(
    ({ text }, at) =>
      at >= behind &&
      conditions.has(text) &&
      (text !== 'fois' || tokens[at - 1]?.text === 'une') &&
      tokens.slice(at + 1, at + farthest).some((one) => deciding.test(one.text)),
  );
}

const farthest = 8;

function spanAt(tokens: readonly Token[], start: number, lang: Lang): Span | undefined {
  const whole = longestAt(sayings, tokens, start, lang);
  // "20 h *quand* j'ai pas de garde" sets a condition, "pas de garde *pour les enfants*" is another trouble.
  const goesOn = whole && /^(?:pour|d'|for)$/.test(tokens[start + whole.length]?.text ?? '');
  if (whole && !goesOn && !depending.has(tokens[start - 1]?.text ?? ''))
    return { from: start, to: start + whole.length };
  let at = start;
  while (leading.has(tokens[at]?.text ?? '')) at++;
  const opening = tokens[at]?.text ?? '';
  const kind = opening === 'une' && tokens[at + 1]?.text === 'fois' ? 'once' : openings.get(opening);
  if (kind === undefined || isDenied(tokens, start, lang)) return undefined;
  at += opening === 'une' ? 2 : 1;
  const clauses = clausesOf(tokens);
  const clause = clauses[at];
  const heard = { event: false, busy: false, over: false };
  const from = at;
  for (; at < tokens.length && clauses[at] === clause; at++) {
    const { text = '', value } = tokens[at] ?? {};
    const word = text.replace(/'s$|s'$/, '');
    const event = free.has(word) || free.has(text);
    const work = busy.has(word) || busy.has(text);
    if (value !== undefined || !(event || work || linking.has(text) || ending.has(text))) break;
    if (/^(?:get|gets|got)$/.test(text) && !/^(?:home|off|back|in|up)$/.test(tokens[at + 1]?.text ?? ''))
      break;
    heard.event ||= event;
    heard.busy ||= work;
    heard.over ||= ending.has(text);
  }
  if (at === from || !(heard.event || heard.busy || (heard.over && kind !== 'during'))) return undefined;
  // "Sunday after church" is that Sunday, "Monday after my exams" perhaps another day.
  const short =
    !unit.test(tokens[start - 1]?.text ?? '') && tokens.slice(from, at).some(({ text }) => brief.has(text));
  if (isCounted(tokens, start) && !short) return undefined;
  // "During my shift" is no time to come: at work, only its end is one.
  if (heard.busy && (kind === 'during' || (kind === 'when' && !heard.over))) return undefined;
  // What goes on in the same breath must be courtesy: "after my nights *are approved*".
  for (let rest = at; rest < tokens.length && clauses[rest] === clause; ) {
    const role = roleAt(tokens, rest, lang);
    if (role?.value !== 'filler') return undefined;
    rest += role.length;
  }
  return { from: start, to: at };
}

/** "*Monday* after my exams", "*two weeks* after …": counted from there, and another day. */
function isCounted(tokens: readonly Token[], at: number): boolean {
  return (
    tokens[at]?.sep === '' &&
    !/^(?:once|une|when|quand|lorsque)$/.test(tokens[at]?.text ?? '') &&
    counting.test(tokens[at - 1]?.text ?? '')
  );
}

function isDenied(tokens: readonly Token[], at: number, lang: Lang): boolean {
  const before = roleAt(tokens, at - 1, lang)?.value;
  return before === 'not' || before === 'or' || before === 'but' || before === 'hedge';
}

const counting =
  /^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|tue|wed|thu|fri|sat|sun|lundis?|mardis?|mercredis?|jeudis?|vendredis?|samedis?|dimanches?|days?|weeks?|months?|jours?|semaines?|mois|hours?|heures?|minutes?)$/;

const unit = /^(?:days?|weeks?|months?|jours?|semaines?|mois|hours?|heures?|minutes?)$/;

const words = (joined: string): ReadonlySet<string> => new Set(joined.split(' '));
const none: readonly Span[] = [];

type Kind = 'after' | 'once' | 'when' | 'during';
const openings: ReadonlyMap<string, Kind> = new Map(
  (
    [
      ['after', 'after apres before avant'],
      ['once', 'once'],
      ['when', 'when quand lorsque'],
      ['during', 'during while pendant pdt durant'],
    ] as const
  ).flatMap(([kind, joined]) => joined.split(' ').map((word) => [word, kind] as const)),
);
/** In Kinyarwanda whole sayings only: there is no grammar of its verbs here. */
const sayings = phrases<true>(leisure());

function* leisure(): Generator<readonly [Lang, string, true]> {
  const rwandan =
    "abana bari mu biruhuko|maze kuryamisha abana|nyuma y' akazi|nyuma y' ibizamini|nyuma y' ibiruhuko|nyuma y' ikiruhuko|nyuma ya konji|mu biruhuko|nta kazi mfite";
  for (const saying of rwandan.split('|')) yield ['rw', saying, true];
  // "Le mois prochain *j'ai pas de gardes*": no work then, and no denial of the month.
  const none = "j' ai pas|je n' ai pas|j' ai aucune|je n' ai aucune|j' aurai pas|je n' aurai pas";
  for (const one of none.split('|'))
    for (const work of 'de garde|de gardes|de nuits|de cours|cours|garde'.split('|'))
      yield ['fr', `${one} ${work}`, true];
  for (const one of "i have no|i've no|i don't have any|i won't have any|with no|no".split('|'))
    for (const work of 'shifts|nights|night shifts'.split('|')) yield ['en', `${one} ${work}`, true];
}
const depending = new Set('quand when if si once lorsque que that because parce'.split(' '));
const opens: ReadonlySet<string> = new Set([
  ...openings.keys(),
  'une',
  'abana',
  'maze',
  'nyuma',
  'biruhuko',
  'garde',
  'gardes',
  'nuits',
  'cours',
  'kazi',
  'shifts',
  'nights',
]);
const leading = words('right straight directly just juste tout directement');

/** What happens in a life outside work. */
const free = words(
  'kid kids child children baby school holiday holidays vacation leave asleep sleep bed bedtime break dinner lunch breakfast supper church mass gym wedding summer easter christmas weekend home enfant enfants petits petit petite gosses loulous bebe ecole rentree vacances conge conges pause souper diner dejeuner repas messe sport mariage demenagement fetes noel paques lit dodo maison ete',
);
/** What keeps people busy: they come behind it. */
const busy = words(
  'night nights shift shifts rota roster work job duty exam exams course training studies graduation contract term semester garde gardes nuit nuits poste boulot taf travail service examen examens partiels formation stage horaire planning cours etudes contrat',
);
/** What takes no longer than a day. */
const brief = words(
  'shift work job duty break dinner lunch breakfast supper church mass gym garde boulot taf travail pause souper diner dejeuner repas messe sport',
);
const ending = words(
  'home back finish finishes finished end ends ended over done out off fini finie finis finies finit termine terminee termines terminees finissent passe passes sorti sortie sortis sors rentre rentree rentrent couches couche couchee couchees',
);
const linking = words(
  "my our the a his her their last next first final new little one i i'm im we we're they they're get gets got is are was were be been have has had back home in at on for from of to up go goes gone going start starts started begin begins begun sleep sleeping annual maternity parental husband's wife's night ma mon mes la le les l' d' de du des nos notre leur leurs derniere dernier dernieres derniers prochaine nouvelle nouveau nouvel premiere premier petites grandes seront sont sera est serai aura auront ont ai j' je on au aux en dorment endormis annuels annuel maternite parental reprends reprend scolaire scolaires que qu'",
);
const conditions = words('once when quand lorsque fois after apres provided des soon');
const deciding =
  /^(?:boss|manager|matron|hr|rh|visa|chef|cheffe|patron|direction|employer|employeur|approv\w*|agree\w*|sign|signs|signed|confirm\w*|decid\w*|accord|accorde|accepte|valide|signe|permit|approuve)$/;
