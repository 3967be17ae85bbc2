import type { Lang, Reading } from '../engine/message.ts';
import { aroundWords, isEmpty, roleAt } from './around.ts';
import { asksBack } from './asks-back.ts';
import { clausesOf } from './clauses.ts';
import {
  generic,
  isOfAName,
  mayBeginName,
  namedBy,
  phraseOf,
  search,
  slipOf,
  small,
  spelledOut,
} from './profession-names.ts';
import { placedBySetting, settingWithin, vetoIn, wardsBehind } from './profession-settings.ts';
import { professions } from './professions.ts';
import { ambiguous, certain, likely, type ReadScope, unclear } from './reading.ts';
import { type Found, settle } from './settle.ts';
import { formerly } from './taken-back.ts';
import { asks, keyOf, type Token, tokenise } from './tokens.ts';

/**
 * A profession's code from typed words in any of the three languages. A full name is `certain`, a name with a slip or
 * a set of words that only one profession has too, several are offered up to four. `not_a_profession`
 * otherwise.
 */
export function readProfession(text: string, { lang, cautious }: ReadScope): Reading<string> {
  const code = text.trim().toUpperCase();
  if (codes.has(code)) return certain(code);
  if (asksBack(text)) return { kind: 'other', other: 'question' };
  const full = spelledOut(text);
  const said = phraseOf(full);
  if (said.length > 160) return unclear(text, 'not_a_profession');
  const named = namedBy(said);
  if (named) return named.length > 1 ? ambiguous(named) : certain(named[0]);
  const veto = vetoIn(tokenise(full));
  const slipped = veto || settingWithin(tokenise(full)) ? undefined : slipOf(said);
  if (slipped) {
    const [only] = slipped.codes;
    if (slipped.codes.length > 1) return ambiguous(slipped.codes);
    return asks(text) || cautious || slipped.far ? likely(only) : certain(only);
  }

  const tokens = tokenise(full.replace(/[-/]+/g, ' '));
  const all: Found<string>[] = [];
  const roles = new Set<string>();
  for (let at = 0; at < tokens.length; ) {
    // "Midwife *or nurse* educator": an OR nurse is none behind another trade.
    const joined = tokens[at]?.text === 'or' && tokens[at]?.sep === '' && all.at(-1)?.to === at;
    const one = joined ? undefined : professionAt(tokens, at);
    if (one) all.push(one);
    else {
      const role = roleAt(tokens, at, lang);
      if (role && !isEmpty(role.value)) roles.add(role.value);
      if (role && role.length > 1) {
        at += role.length;
        continue;
      }
    }
    at = one?.to ?? at + 1;
  }
  const wards = wardsBehind(all, tokens, text);
  const mine = all.filter((one) => !wards.includes(one) && !isCompany(tokens, one.from));
  // "Midwife, I work with two surgeons"
  const found = mine.length > 0 ? mine : all;
  if (roles.has('not') && found.length < 2) return unclear(text, 'not_a_profession');
  const placed = placedBySetting(
    found.filter(({ from }) => !isCompany(tokens, from)),
    tokens,
  );
  // "Ex nurse, now I sell cars": what comes behind the "now" is no trade that is known here.
  const since = tokens.findIndex(({ text: word }) => nowadays.has(word));
  const past = placed.found.length > 0 && placed.found.every(({ from }) => isFormer(tokens, from));
  if (past && since > 0 && placed.found.every(({ to }) => to <= since) && tokens.length > since + 2)
    return unclear(text, 'not_a_profession');
  if (past && noMore.test(said)) return unclear(text, 'not_a_profession');
  if (veto && !(veto.kind === 'unrelated' && placed.found.some(({ to }) => to <= veto.at)))
    return unclear(text, 'not_a_profession');
  const setting = {
    tokens,
    lang,
    text,
    why: 'not_a_profession',
    past: formerly,
    personal: true,
    beside: { words: beside, numbers: true },
    harmless: ['block', 'until'],
  } as const;
  if (placed.found.length === 0 && found.length > 0) return unclear(text, 'not_a_profession');
  if (placed.places.length > 0)
    return settle(placed.found, {
      ...setting,
      also: [...placed.places, ...placesIn(tokens, placed.found, lang)],
    });
  // All words of substance together: "nurse, intensive care" is one profession and not a nurse.
  const alternatives = roles.has('or') || roles.has('instead');
  // Behind a comma stands more about the work, or another answer, but no more of this name.
  const clauses = clausesOf(tokens);
  const naming = new Set(found.map(({ from }) => clauses[from]));
  const substance = tokens.filter(
    ({ text: word }, at) =>
      (naming.size === 0 || naming.has(clauses[at])) &&
      !small.has(word) &&
      !beside.has(word) &&
      !(aroundWords.has(word) && !isOfAName(word)),
  );
  // A name that covers all of it is the answer; other words of the trade beside it make another one.
  const covered = (word: Token) => found.some(({ from, to }) => tokens.slice(from, to).includes(word));
  const open = substance.filter((word) => !covered(word));
  const trade = substance.filter(({ text: word }) => isOfAName(word));
  const whole = trade.length === substance.length;
  const searched = !alternatives && open.some(({ text: word }) => isOfAName(word) && !generic.has(word));
  const together =
    searched && trade.some(({ text: word }) => !generic.has(word))
      ? search(trade.map(({ text: word }) => word))
      : [];
  const [one] = together;
  if (one !== undefined) {
    if (together.length > 1)
      return found.length === 1 || together.length > 4
        ? unclear(text, 'not_a_profession')
        : ambiguous(together);
    const clear = !roles.has('hedge') && !roles.has('but') && !roles.has('not') && !asks(text);
    // One word that a single profession has ("theatre", "teacher") may mean something else.
    return clear && whole && trade.length > 1 && !cautious ? certain(one) : likely(one);
  }
  if (searched && found.length === 1)
    return settle(
      found.map((name) => ({ ...name, sure: false })),
      setting,
    );
  // "Ancien infirmier", "retired nurse", "bientôt infirmière": what they were, or are to be.
  const timed = past || tokens.some(({ text: word }) => notNow.has(word));
  return settle(timed ? found.map((name) => ({ ...name, sure: false })) : found, {
    ...setting,
    also: placesIn(tokens, found, lang),
  });
}

const notNow = new Set(
  'bientot soon future futur vuba retired retiree retraite retraitee pensionne pensionnee past'.split(' '),
);

const nowadays = new Set('now maintenant actuellement desormais aujourd currently ubu today'.split(' '));

const noMore = /(?:^| )(?:plus maintenant|plus du tout|no longer|no more|not any ?more|n't any ?more)(?: |$)/;

function isFormer(tokens: readonly Token[], from: number): boolean {
  return tokens.slice(Math.max(0, from - 4), from).some(({ text }) => formerly.has(text));
}

/** "I live with a physio", "mariée à un médecin": said of the company. */
function isCompany(tokens: readonly Token[], from: number): boolean {
  const before = keyOf(tokens, Math.max(0, from - 3), from);
  return company.test(before);
}

const company =
  /(?:^| )(?:(?:with|avec|n'|na) (?:two|three|deux|trois|some|many|plusieurs|des|les|\d)|(?:live|living|work|working|married|engaged|vis|vit|travaille|marie|mariee|mbana|nkorana|nashakanye) (?:with|to|for|under|avec|pour|sous|a|n'|na)|assist|assiste|need|needs|besoin d'|besoin de|chez|cherche|looking for|nkeneye|saw|see|seeing|voir|my|mon|ma|mes|our|notre|your|votre)(?: (?:a|an|un|une|the|le|la|des|some))?$/;

const codes: ReadonlySet<string> = new Set(professions.map(({ code }) => code));

/** "à Liège", "in Leeds", "au CHU", "mu bitaro": where somebody works says nothing of what they are. */
function placesIn(
  tokens: readonly Token[],
  found: readonly Found<string>[],
  lang: Lang,
): readonly { from: number; to: number }[] {
  return tokens.flatMap(({ text }, at) => {
    // "i" is a place in Kinyarwanda and a person in English.
    if (!/^(?:a|au|aux|in|at|chez|mu|muri|from|de|d'|pres)$/.test(text) && !(text === 'i' && lang === 'rw'))
      return [];
    let to = at + 1;
    const free = (place: number) => {
      const word = tokens[place]?.text ?? '';
      return (
        place < tokens.length &&
        !found.some(({ from, to }) => from <= place && place < to) &&
        !isOfAName(word) &&
        (!aroundWords.has(word) || /^(?:de|du|la|le|the|of)$/.test(word))
      );
    };
    while (to <= at + 4 && free(to)) to++;
    return to > at + 1 ? [{ from: at, to }] : [];
  });
}

/** A name as it stands before one with a slip: "paramedic 8" is no slip of a longer name. */
function professionAt(tokens: readonly Token[], at: number): Found<string> | undefined {
  // "Kwa muganga" is the place, not the physician.
  if (tokens[at]?.text === 'kwa' || tokens[at - 1]?.text === 'kwa') return undefined;
  const longest = Math.min(8, tokens.length - at);
  const keyFor = (length: number) => keyOf(tokens, at, at + length).replaceAll("' ", "'");
  for (let length = mayBeginName(tokens[at]?.text ?? '') ? longest : 0; length > 0; length--) {
    const key = keyFor(length);
    const exact = namedBy(key);
    if (exact && (key.length > 2 || tokens.length === 1))
      return { from: at, to: at + length, values: exact, sure: true };
  }
  for (let length = Math.min(3, longest); length > 0; length--) {
    // "Ex nurse" is no slip of "ER nurse": a little word is typed as it is meant.
    if (length > 1 && (tokens[at]?.text.length ?? 0) < 4) continue;
    const key = keyFor(length);
    if (key.length < 6 || aroundWords.has(key)) continue;
    const near = slipOf(key);
    const ward = near && length > 1 && settingWithin(tokens.slice(at, at + length));
    if (near && !ward) return { from: at, to: at + length, values: near.codes, sure: !near.far, slip: true };
  }
  return undefined;
}

const beside = new Set(
  'umuganga-w musculoskeletal msk sports sport toujours forever always north south east west nord sud est ouest small large big practice cabinet private rural urban local busy milieu hospitalier hospitaliere officine public prive privee retraite retraitee pension pensionne pensionnee interventionnel interventionnelle retired icumi itanu itatu ine itandatu irindwi umunani icyenda makumyabiri indep lib resp respi respiratoire band grade level niveau one two three four five six seven eight nine ten twelve fifteen twenty deux trois quatre cinq sept huit neuf dix douze quinze vingt mostly mainly surtout adult adults adultes nurse-in op operatoire consultant registrar nurse-specialist auf der im hospital hopital clinic clinique ibitaro chu uz university universitaire senior junior chief head chef cheffe registered licensed diplome diplomee brevete certified specialised specialized specialist specialiste specialise specialisee department departement service unit ward years graduate bachelor master full part stage independant independante liberal liberale uburambe by wabigize umwuga'.split(
    ' ',
  ),
);
