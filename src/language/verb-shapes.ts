/**
 * Kinyarwanda sentences of one word where a name was asked for: *murayafite* ("you have them already"). There is no grammar
 * of the verb here, only its shape: a subject, perhaps *-ra-*, what is spoken of (*-ya-* the names, *-ri-* the name, *-bi-*
 * it), and a stem that people use of their names. Many family names are verbs too (Murangira, Turatsinze, Barayagwiza), so
 * the shape without such a stem only makes a name less sure, and only behind "amazina yanjye" without *ni*.
 */
export function verbIn(name: string, before: string): 'verb' | 'perhaps' | undefined {
  // "*Sinitwa* Aline": what one is not called.
  if (/^sinitwa(?!\p{L})/iu.test(name)) return 'verb';
  // A family name and a first name, as many write them.
  if (/[\s-]\p{Lu}/u.test(name)) return undefined;
  const [first = ''] = name.split(/[\s,.]/);
  const word = first.toLowerCase();
  const typedSmall = first === word;
  if (ofThem.test(word) || (typedSmall && (plain.test(word) || spokenOf.test(word)))) return 'verb';
  // "Mumaze *kurimenya*": to know it.
  if (infinitive.test(name)) return 'verb';
  if (!typedSmall || !unjoined.test(before)) return undefined;
  return past.test(word) || wanted.test(word) ? 'verb' : shaped.test(word) ? 'perhaps' : undefined;
}

const stems = '(?:fite|zi|bonye|bona|vuze|anditse|tanze|bwiye|hindutse)';
const subjects = '(?:mwa|mu|na|nda|twa|tu|ba|wa|ya|ri|a)';
const ofThem = new RegExp(`^${subjects}(?:ra)?(?:(?:ya|yi|y|bi|by|ri|ry)(?:ba|ku)?|ba)${stems}$`);
const plain = new RegExp(`^${subjects}(?:ra)?${stems}$`);
/** "I shall do it", "you do not know it yet": with an *it*, and a stem that few names end in. */
const spokenOf =
  /^(?:nza|tuza|muza|(?:mu|n|tu)tara|nda|mura|tura)(?:ya|yi|y|bi|by|ri|ry)(?:ba|ku)?(?:kora|menya|bwira|vuga|andika|ohereza|tanga|reba|tekereza)(?:ho)?$/u;
const infinitive = /\s(?:ku|gu)(?:ya|bi|ri)\p{L}{3,}a(?!\p{L})/u;
/** No *ni* and no colon between the words and what they name. */
const unjoined = /(?:^|[\s'’])(?:amazina|izina|yanjye|yange|ryanjye|ryange|yose|yombi)[\s,.!…-]*$/iu;
/** "I gave", "you wrote": names begin with another person. */
const past = /^(?:nara|mwara|twara|wara|yara|ryara)\p{L}{3,}[ae]$/u;
const wanted = /^(?:mura|ura|tura)(?:ya|yi|bi|ri)\p{L}{3,}[ae]$/u;
const shaped =
  /^(?:mu|mwa|ba|tu|twa|nda?|na|ni|ya|ri|u|a)ra\p{L}{2,}[aei]$|^(?:mwa|na|twa|ya|ba|nda|mu|ni)(?:ya|yi|bi|by|ri)\p{L}{3,}[aei]$/u;
