import type { Reading } from '../engine/message.ts';
import { clausesOf } from './clauses.ts';
import { countries } from './countries.ts';
import { byName, codes, countryAt, flagCode, type Place } from './country-names.ts';
import { elsewhere } from './doubtful.ts';
import { bare } from './normalise.ts';
import { ambiguous, certain, likely, type ReadScope, unclear } from './reading.ts';
import { distinct, settle } from './settle.ts';
import { formerly } from './taken-back.ts';
import { type Token, tokenise } from './tokens.ts';

/**
 * A country as ISO 3166-1 alpha-2, by its name in any of the three languages, its "in" form ("mu Bubiligi"), the code
 * of a common one or a flag, alone or in a sentence. A slip of the finger is forgiven; a town only hints. `not_a_country` otherwise.
 */
export function readCountry(text: string, { lang, cautious = false }: ReadScope): Reading<string> {
  const flag = flagCode(text);
  if (flag !== undefined && countries.has(flag)) return certain(flag);
  const said = bare(text).replaceAll('-', ' ').replaceAll('.', '');
  const exact = byName.get(said);
  if (exact) return exact.length > 1 ? ambiguous(exact) : certain(exact[0]);
  const code = Object.hasOwn(codes, said) ? codes[said] : undefined;
  // Two letters are words as well: "de", "be".
  if (code !== undefined) return said.length > 2 ? certain(code) : likely(code);
  if (notThere.test(said)) return unclear(text, 'not_a_country');
  const tokens = tokenise(text.replace(/(?<=\p{L})\.(?=\p{L})/gu, ''));
  const all: Place[] = [];
  for (let at = 0; at < tokens.length; ) {
    const one = countryAt(tokens, at, !cautious);
    if (one) all.push(one);
    at = one?.to ?? at + 1;
  }
  // "Hopefully Canada next year": where somebody is not yet.
  const there = all.filter((one) => !isToCome(tokens, one, all));
  const found = there.length < all.length ? there : all;
  if (all.length > 0 && found.length === 0) return unclear(text, 'not_a_country');
  // A town beside its own country says nothing new.
  const named = found.filter(({ town }) => !town);
  const living = livedIn(found, tokens);
  const leaving = living.length > 0 && tokens.some(({ text: word }) => tocome.has(word));
  // "Française, je vis à Lille": the town says more than the people.
  const towns = found.filter(({ people }) => !people);
  const kept =
    living.length > 0
      ? living
      : named.length > 0
        ? named
        : oneCountry(found).length > 0 && towns.length > 0
          ? towns
          : found;
  const answers = kept.map((one) =>
    leaving ? { ...one, sure: false } : one.town && !cautious && !one.people ? { ...one, sure: true } : one,
  );
  // "I left Belgium", "I dream of Canada" name no country of residence.
  const clauses = clausesOf(tokens);
  const ofPapers = kept.every(({ from }) =>
    tokens.some(({ text: word }, at) => papers.has(word) && clauses[at] === clauses[from]),
  );
  if (living.length === 0 && kept.length > 0 && ofPapers) return unclear(text, 'not_a_country');
  if (living.length === 0 && kept.every((one) => isBehind(tokens, one.from) || isDreamt(tokens, one.from)))
    return unclear(text, 'not_a_country');
  const others = living.length > 0 ? found.filter((one) => !living.includes(one)) : [];
  return settle(answers, {
    tokens,
    lang,
    text,
    why: 'not_a_country',
    also: [
      ...others,
      ...all.filter((one) => !found.includes(one)),
      ...nearTowns(tokens, kept),
      ...found.filter(({ values }) => kept.some((one) => one.values[0] === values[0])),
    ],
    beside: { words: besidePlaces, numbers: true, doubtful: living.length > 0 ? none : elsewhere },
    past: formerly,
    personal: true,
    // "Rwandan, but I live in France": what is said of the other country takes nothing from this one.
    harmless: ['block', 'until', ...(living.length > 0 ? (['but', 'not'] as const) : [])],
  });
}

/** "Plus en Belgique", "ex-Belgique", "outside Belgium", "my name is Chad", "Belgium is where my sister lives". */
const notThere =
  /^(?:plus|ex|outside(?: of)?|hors(?: de)?) (?:en |au |aux |la |le |les |l'|du |de )?\p{L}+$|^(?:my name is|je m'appelle|nitwa) |(?:where|ou (?:vit|vivent|habitent?)) (?:my|his|her|mon|ma|mes) /u;

/** "Mu Bubiligi, *hafi ya* Gent": near a town of the country, and no guess of it. */
function nearTowns(tokens: readonly Token[], kept: readonly Place[]) {
  const end = kept.at(-1)?.to ?? tokens.length;
  return tokens.flatMap(({ text }, at) =>
    text === 'hafi' &&
    at >= end &&
    /^(?:ya|y')$/.test(tokens[at + 1]?.text ?? '') &&
    tokens[at + 2]?.value === undefined
      ? [{ from: at, to: at + 3 }]
      : [],
  );
}

/**
 * Where somebody says to live, when other places stand beside it: "ndi umunyarwanda ariko ntuye muri France", "moved from
 * France to Germany", "born in Rwanda, living in Mons".
 */
function livedIn(found: readonly Place[], tokens: readonly Token[]): readonly Place[] {
  if (distinct(found.map(({ values }) => values)).length < 2) return [];
  const reside = placesOf(found, tokens, residing);
  if (reside.length > 0) return reside;
  const work = placesOf(found, tokens, working);
  const others = found.filter((one) => !work.includes(one));
  // "Belgium, but I work in Luxembourg" names the home first; "I'm Belgian and work in France" does not name it.
  return work.length === 0 || others.every(({ people }) => people) ? work : oneCountry(others);
}

function placesOf(
  found: readonly Place[],
  tokens: readonly Token[],
  verbs: ReadonlySet<string>,
): readonly Place[] {
  const living = found.filter(({ from, to }, at) => {
    const start = Math.max(found[at - 1]?.to ?? 0, from - farthest);
    const before = tokens.slice(start, from).map(({ text }) => text);
    // "Spain now": but in "before in Belgium, now in France" the word belongs to what follows.
    const after = tokens[to];
    if (
      after &&
      present.has(after.text) &&
      after.sep === '' &&
      !found.some((one) => one.from > to && one.from <= to + 3)
    )
      return true;
    if (before.some((word) => formerly.has(word) || denying.has(word))) return false;
    const reached =
      /^(?:to|pour|for)$/.test(before.find((word) => /^(?:to|pour|for)$/.test(word)) ?? '') &&
      tokens.slice(0, from).some(({ text }) => moving.has(text));
    return reached || before.some((word) => verbs.has(word));
  });
  return oneCountry(found.filter((one, at) => living.includes(one) || isJoined(tokens, found, living, at)));
}

/** "En Belgique *et en France*", "mu Bubiligi *no mu Bufaransa*": what is said of the first is said of both. */
function isJoined(
  tokens: readonly Token[],
  found: readonly Place[],
  living: readonly Place[],
  at: number,
): boolean {
  const [before, one] = [found[at - 1], found[at]];
  if (!before || !one || !living.includes(before)) return false;
  const between = tokens.slice(before.to, one.from).map(({ text }) => text);
  return (
    between.some((word) => both.has(word)) && between.every((word) => both.has(word) || leading.has(word))
  );
}

function isBehind(tokens: readonly Token[], from: number): boolean {
  const clauses = clausesOf(tokens);
  const before = tokens.slice(Math.max(0, from - 3), from);
  return before.some(
    ({ text }, at) => gone.has(text) && clauses[Math.max(0, from - 3) + at] === clauses[from],
  );
}

/** Wished for, and to be gone to: "want to move to", "je rêve du". */
function isDreamt(tokens: readonly Token[], from: number): boolean {
  const before = tokens.slice(Math.max(0, from - 6), from).map(({ text }) => text);
  if (before.some((word) => dreaming.has(word))) return true;
  const wish = before.findIndex((word) => wishing.has(word));
  return wish >= 0 && before.slice(wish).some((word) => going.has(word));
}

/**
 * "Hopefully Canada *next year*", "*umwaka utaha* Canada": a time to come in the part of the message that names the place,
 * where nothing says that somebody lives there or stays until then.
 */
function isToCome(tokens: readonly Token[], { from, to }: Place, all: readonly Place[]): boolean {
  const clauses = clausesOf(tokens);
  // "From Belgium to France next month": which is which is asked.
  if (all.some((one) => one.from !== from && clauses[one.from] === clauses[from])) return false;
  let time = false;
  for (let at = 0; at < tokens.length; at++) {
    const { text = '' } = tokens[at] ?? {};
    // "Le Canada, *un jour*"
    const last = at === tokens.length - 1 && at <= to + 2 && /^(?:jour|day|someday)$/.test(text);
    if (clauses[at] !== clauses[from] && !last) continue;
    if (staying.has(text) || residing.has(text)) return false;
    // "En Belgique, *bientôt 10* ans" looks back.
    const counted = tokens[at + 1]?.value !== undefined;
    time ||=
      times.has(text) && !counted && toCome.test(`${tokens[at - 1]?.text} ${text} ${tokens[at + 1]?.text}`);
  }
  return time;
}

const times = new Set('next prochain prochaine utaha gutaha day jour someday soon bientot'.split(' '));
const toCome =
  /^(?:\S+ next (?:year|month|summer|week)|(?:an|annee|mois|ete) prochaine? \S+|umwaka utaha \S+|ukwezi gutaha \S+|(?:one|some) day \S+|un jour \S+|\S+ (?:someday|bientot|soon) \S+)$/;
const staying = new Set(
  "until till til before jusqu' jusque jusquau kugeza ends end ending expires expire finit finis finish leaving leave left quitte pars for pour since depuis kuva still toujours encore".split(
    ' ',
  ),
);

/** "My passport is Belgian." */
const papers = new Set('passport passeport pasiporo'.split(' '));
const gone = new Set(
  'near pres proche border frontiere originaire originally escaped fled fui ne nee born navutse navuye mvuye studied studying etudie etudes nize nabyize narize graduated via transit left quitte quitter leaving'.split(
    ' ',
  ),
);
const dreaming = new Set('dream dreaming dreamt reve reves rever ndota'.split(' '));
const wishing = new Set(
  'want wants wish hope hoping veux voudrais aimerais souhaite espere plan planning ndashaka nshaka nifuza'.split(
    ' ',
  ),
);
const going = new Set(
  'move moving go going visit travel emigrate relocate live partir aller vivre demenager habiter visiter voyager kujya kwimukira kuba gusura'.split(
    ' ',
  ),
);

function oneCountry(places: readonly Place[]): readonly Place[] {
  return distinct(places.map(({ values }) => values)).length === 1 ? places : [];
}

const none: ReadonlySet<string> = new Set();
const present = new Set('now currently presently maintenant actuellement ubu'.split(' '));
const farthest = 5;
const both = new Set('and et na no or ou cyangwa cg'.split(' '));
const leading = new Set("in en au aux a the la le les l' mu muri i".split(' '));
const residing = new Set(
  'live living lives nkiri ndacyari utuye uba reside residing resident based stay staying vis vivons habite habitons jhabite reside residant installe installee ntuye dutuye mba tuba nimukiye now currently maintenant actuellement desormais ubu'.split(
    ' ',
  ),
);
/** Said of two countries, where one lives outweighs where one works. */
const working = new Set('work working travaille bosse nkora'.split(' '));
/** "I live in Belgium, moving to the Netherlands in August": true today, and worth a question. */
const tocome = new Set(
  'moving relocating soon will going bientot demenager demenage pars partir vais prochainement nzimuka nzimukira nzajya gutaha'.split(
    ' ',
  ),
);
const denying = new Set('not longer plus pas ntabwo nta sinkiba ntakiba'.split(' '));
const moving = new Set(
  'quitte quitter left moved relocated demenage navuye nimutse emigrated came transferred'.split(' '),
);

const beside = new Set(
  'cote flamand flamande wallon wallonne outside suisse-romande romande alemanique wallonie flandre flanders wallonia toujours rentre rentree retourne retournee revenu revenue nkiri decade decades ushize ushira ages forever long time native wee bit last year years ago recently month previously nationality rwandese rwandan origin citizen citizenship passport there across border work since fait region country pays igihugu gihugu city ville umujyi town region since depuis kuva from near pres born nee ne family famille nationality'.split(
    ' ',
  ),
);

const besidePlaces: ReadonlySet<string> = new Set([...beside, ...residing, ...moving, ...formerly]);
