import { clausesOf } from './clauses.ts';
import { type Token, tokenise } from './tokens.ts';

/**
 * Whether what stands at a place is said of somebody else: "my wife is a nurse", "ma famille vit en France", "umugore
 * wanjye ni umuforomo". A first person between the relative and the value makes it the writer's own again.
 */
export function isOfOthers(tokens: readonly Token[], from: number): boolean {
  const clauses = clausesOf(tokens);
  let granted = false;
  let clause = clauses[from];
  for (let at = from - 1; at >= 0; at--) {
    // "My patients *mostly* speak English"
    if (clauses[at] !== clause && !/^(?:mostly|mainly|surtout)$/.test(tokens[at + 1]?.text ?? ''))
      return false;
    clause = clauses[at];
    const text = tokens[at]?.text ?? '';
    granted ||= grants.has(text);
    // "My boss *approved* 3 to 20 May": the days are the writer's.
    if (granted && bosses.has(text)) return false;
    if (own.has(text)) return false;
    // A midwife is nobody's wife in French.
    if (others.has(text) && tokens[at - 1]?.text !== 'sage' && !isJoined(tokens, at)) return true;
    // "My doctor", "mon ex": a trade or a word of time alone.
    if (roles.has(text) && /^(?:my|our|mon|ma|notre)$/.test(tokens[at - 1]?.text ?? '')) return true;
    if (kin.has(text) && /^w[ai]/.test(tokens[at + 1]?.text ?? '')) return true;
  }
  return false;
}

/** "Avec *ma femme* on arrive", "me and *my husband*": whoever comes along does not answer alone. */
function isJoined(tokens: readonly Token[], at: number): boolean {
  const article = /^(?:my|our|mon|ma|mes|notre|nos|the|le|la|une?|a)$/.test(tokens[at - 1]?.text ?? '');
  return joining.has(tokens[at - (article ? 2 : 1)]?.text ?? '');
}

const joining = new Set("with avec and et na n' plus".split(' '));

/** Whether a relative or a colleague is named at all: their number or address is not the writer's. */
export function namesOthers(text: string): boolean {
  // "Iy'umugabo wanjye": a relative behind an elision.
  return tokenise(text).some(
    ({ text: word }, at, all) =>
      others.has(word) ||
      others.has(word.slice(word.lastIndexOf("'") + 1)) ||
      (word === 'ex' && /^(?:my|mon)$/.test(all[at - 1]?.text ?? '')),
  );
}

/** Kinyarwanda words for kin that mean other things too without "my" behind them: *mukuru* is "senior". */
const kin = new Set('mukuru umuhungu umukobwa murumuna'.split(' '));
const roles = new Set(
  'ex teacher prof professeur doctor docteur medecin dentist dentiste gyneco chief director directeur directrice secretary secretaire'.split(
    ' ',
  ),
);
const grants = new Set(
  'said says dit approved accepted agreed gave granted signed allowed accepte accorde valide signe donne yampaye yanyemereye yemeye'.split(
    ' ',
  ),
);
const bosses = new Set(
  "boss boss's manager chef cheffe patron lead leader matron umukoresha shebuja hubby husband wife mari femme umugabo umugore".split(
    ' ',
  ),
);
const own = new Set(
  "i i'm im i've je j' jsuis chui jhabite moi ndi njye jye ntuye mba nba nkora dutuye we on nous with avec n' na for pour nza nzaza nzagera tuza tuzagera mfite".split(
    ' ',
  ),
);
const others = new Set(
  "wife wife's wifes hubby hubby's husbands sisters brothers dads husband husband's sister sister's brother brother's mother mother's mum mum's mums mom mom's moms father father's dad dad's son son's daughter daughter's friend friend's boss boss's colleague colleague's cousin cousin's parents parents' partner partner's girlfriend boyfriend mari femme soeur frere mere pere fils fille ami amie patron cheffe collegue cousine famille conjoint conjointe compagnon compagne copain copine umugore umugabo mushiki murumuna musaza nyina mama papa umwana inshuti umuryango mugenzi shebuja umukoresha umubyeyi ababyeyi lead leader chef manager matron colleagues collegues patients patient voisin voisine neighbour neighbor kids children enfants daughters sons uncle aunt oncle tante nephew niece neveu fiance fiancee roommate flatmate landlord landlady proprio proprietaire recruiter baby bebe epouse epoux spouse remplacant remplacante replacement yari".split(
    ' ',
  ),
);
