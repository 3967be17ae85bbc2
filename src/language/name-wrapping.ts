/** The sentence that people put around their names. */

/** Takes the sentence off a name, from both ends, until nothing more comes off. */
export function unwrapName(typed: string): string {
  let name = typed.slice(0, 200);
  // Behind "je m'appelle" a Merci is a name.
  let introduced = false;
  for (let round = 0; round < 6; round++) {
    const before = name;
    if (!introduced) name = name.replace(greeting, '');
    name = name.replace(
      labelled,
      (_all, first: string, second: string) => `${first.trim()} ${second.trim()}`,
    );
    introduced ||= opening.test(name);
    name = name
      .replace(/\s*\([^()]*\)$/u, '')
      .replace(/^[\s,;:!.…"«“(–—-]+|[\s,;:!…"»”)–—-]+$/gu, '')
      // A final point belongs to an initial or a title only.
      .replace(/(?<=\p{L}{3})\.+$/u, '')
      .replace(opening, '')
      .replace(closing, '')
      .replace(/(?<=\p{Ll}) x{1,3}$/u, '')
      // "Chantal, Chantal Ingabire"
      .replace(/^(\p{L}+)[,.]? (?=\1 \p{L})/iu, '');
    if (name === before || name === '') break;
  }
  return name === '' ? typed : name;
}

/**
 * "*C'est* compliqué", "it's *private*": what is said of the question, where "c'est Aline" would name somebody. Juste and
 * Long are names too, with their capital.
 */
export function remarksOnly(text: string): boolean {
  const said = remarks.exec(text)?.[1];
  return said !== undefined && /^\p{Ll}/u.test(said);
}

const remarks =
  /^(?:(?:oui|non|oh|ah|euh|yes|no|well),? )?(?:c['’ ]?est|[cç]a va [eê]tre|it['’]?s|it is|that['’]?s|that is)\s+(?:(?:trop|tr[eè]s|un peu|assez|plut[oô]t|d[eé]j[aà]|bien|vraiment|si|tout|pas|a bit|too|very|quite|rather|so|really|already|not|all|a)\s+)*(compliqu[eé]e?|complicated|longu?e?|difficile|difficult|dur|hard|facile|easy|simple|[eé]crit|written|personnel|personal|priv[eé]|private|confidentiel|d[eé]licat|tricky|secret|d[eé]j[aà] fait|fait|done|not[eé]|noted|indiqu[eé]|mentionn[eé]|correct|exact|juste|right|wrong|faux|pareil|bizarre|weird|strange|dr[oô]le|funny|possible|important|urgent|tard|late|clair|clear|[eé]vident|obvious|okay|ok|good|fine|tout|all|ennuyeux|boring|absurde|silly|story|histoire)(?!\p{L})/iu;

/** "Didi, officiellement Diane Ingabire", "Diane but everyone calls me Didi": which one to write is for them to say. */
export function twoNames(name: string): readonly [string, string] | undefined {
  const [first, second, ...more] = name.split(between);
  return first && second && more.length === 0 ? [first, second] : undefined;
}

/**
 * "Sorry, autocorrect! my name is Keza Diane", "Uwase Claire. Pardon, Uwase Clarisse": the name that stands in the end.
 * Names of two words with their capitals, so that no sentence is taken for one.
 */
export function nameBehindSlip(typed: string): string | undefined {
  const rest = slip.exec(typed)?.[1];
  if (rest === undefined) return undefined;
  const name = unwrapName(rest);
  if (noNames.test(name)) return undefined;
  return /^\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+){1,4}$/u.test(name) ? name : undefined;
}

/**
 * "Niyonkuru Patrick oya mwihangane, Niyonkuru Patrice": two names with words between that take the first back, and one
 * word the same in both. In small letters too, since nothing else would be said so.
 */
export function nameSaidAgain(typed: string): string | undefined {
  const [first, second, ...more] = typed.split(turnedBack);
  if (!first || !second || more.length > 0) return undefined;
  const [before, behind] = [unwrapName(first), unwrapName(second)];
  const known = new Set(before.toLowerCase().split(' '));
  const words = behind.toLowerCase().split(' ');
  const both =
    words.some((word) => word.length > 2 && known.has(word)) && words.some((word) => !known.has(word));
  return both && names.test(before) && names.test(behind) ? behind : undefined;
}

const names = /^\p{L}[\p{L}'’-]+(?: \p{L}[\p{L}'’-]+){1,4}$/u;
const turnedBack =
  /[\s,.;…!]+(?:(?:no|non|oya|nope),?\s+(?:(?:sorry|wait|pardon|d[eé]sol[eé]e?|attendez|mwihangane|mbabarira|nibeshye|plut[oô]t|rather|i meant?|je voulais dire)[\s,:.!…-]+)?|(?:i mean[t]?|je voulais dire|nibeshye|oops|oups)[\s,:.!…-]+)/iu;

const noNames =
  /(?<!\p{L})(?:wrong|number|person|mistake|fault|bad|idea|question|button|numéro|faute|erreur)(?!\p{L})/iu;

const slip =
  /^(?:[\p{L}'’ -]{3,60}[.,;…!]+\s*)?(?:non |no |oya )?(?:sorry|pardon|d[eé]sol[eé]e?|oups|oops|mwihangane)[\s,:!.…-]+(?:(?:autocorrect(?:ed)?|auto-correct|typo|faute de frappe|je voulais dire|i mean[t]?)[\s,:!.…-]+)?(.+)$/isu;

const apostrophe = "['’‘ʼ´` ]?";
const greetings =
  'bonjour|bonsoir|salut|bjr|bsr|hello|hi there|hi|hey|good morning|good afternoon|good evening|muraho neza|muraho|mwaramutse(?:ho)?|mwiriwe(?:ho)?|uraho|yes|oui|yego|ok|okay|well|alors|donc|dear (?:all|team|sir|madam)|thanks|thank you|merci|murakoze|sure|please|pls|svp';
const openings = [
  'moi',
  `je m${apostrophe}ap+el+es?`,
  'je me (?:pr[eé]nomme|nomme)',
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
  `first name${apostrophe}s`,
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
  'just',
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
  '(?:jye |jyewe |njye |njyewe )?nitwa',
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
const greeting = new RegExp(`^(?:(?:${greetings})(?=[\\s,:;.!…-])[\\s,:;.!…-]*)+`, 'iu');
/** "Nom Mukamana prénom Aline", in the order typed. */
const labelled =
  /^(?:(?:mon|my|the|le)\s+)?(?:nom(?: de famille)?|pr[eé]nom|surname|last name|family name|first name|given name|izina ry['’]umuryango)\s*(?:est|is)?\s*[:=-]?\s+(\p{L}[^,;:]*?)[\s,;./]+(?:et |and |na )?(?:(?:mon|my)\s+)?(?:nom(?: de famille)?|pr[eé]noms?|surname|last name|family name|first names?|given names?)\s*(?:est|is)?\s*[:=-]?\s+(\p{L}[^,;:]*)$/iu;
const between = new RegExp(
  `[\\s,;(]+(?:${[
    "but (?:on paper|officially|legally|everyone calls me|everybody calls me|people call me|(?:my )?friends call me|you can call me|call me|i go by|(?:in|on) my passport(?: it[’']s| it is)?|my (?:real|full|official|passport) name is|my passport says)",
    '(?:everyone|everybody|people|they|(?:my )?friends) calls? me',
    "(?:i am |i[’']m )?(?:also )?known as",
    'officially|legally|officiellement',
    "mais (?:officiellement|sur papier|sur mon passeport|dans mon passeport|tout le monde m[’']appelle|on m[’']appelle|appelez[- ]moi|mon vrai nom(?: est| c[’']est)?)",
    "(?:tout le monde|on|mes amis|mes coll[eè]gues) m[’']appell?e(?:nt)?",
    'aka|alias|a\\.k\\.a\\.?',
    'or|or just|ou|ou bien|cyangwa|cg',
    '(?:ariko )?(?:banyita|bakunda kunyita|mwanyita)',
  ].join('|')})[\\s,:;]+`,
  'iu',
);
const closing =
  /[\s,.;:!-]+(?:[aà] l['’]appareil|au t[eé]l[eé]phone|on the line|merci(?: beaucoup| bien| d['’]avance| et [\p{L} ]{2,30})?|mrc|svp|s['’]il vous pla[iî]t|thanks(?: a lot| so much| for [\p{L} ]{2,30})?|thank you(?: so much| very much)?|thx|please|pls|murakoze(?: cyane)?|urakoze|bonne journ[eé]e|cordialement|regards|cheers|here|speaking|ici|sans accents?|no accents?|nice to (?:e-)?meet (?:you|u)(?: all)?|mwihangane(?: [\p{L} ]{2,30})?|(?:sorry|d[ée]sol[ée]e?|dsl|pardon) (?:for|pour) [\p{L} ]{2,30}|pleased to meet you|good to meet you|happy to meet you|tout court|tout simplement|enchant[eé]e?|ravie? de vous (?:conna[iî]tre|rencontrer)|bonne soir[eé]e|et vous|(?:like|comme|nka) (?:my|ma|mon) [\p{L} ]+|and you|and yours|on the list|on the form|in the form|sur la liste|ku rutonde|in full|full stop|mon nom complet|my full name|as on my passport|as in my passport|as in passport|on my passport|comme sur mon passeport|comme dans mon passeport|sur mon passeport|nk['’]uko biri muri pasiporo|muri pasiporo|ni yo mazina yanjye(?: yose)?|niyo mazina yanjye(?: yose)?|niko nitwa|ni ko nitwa|nishimiye kubamenya|for short|rwose|that['’]s (?:it|all|me)|that is all|c['’]est tout|voil[aà]|lol|mdr|de mon (?:pr[eé]nom|nom)|is my (?:full )?name|ni(?: ryo|yo) (?:zina|mazina) ryanjye)$/iu;
