/** As {@link plain}, with the letters of western Europe. */
const latin = /^[\w .,:;?!/()'+’À-ÖØ-öø-ÿ-]*$/;
const emojiOnly = /^[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\p{S}\s]+$/u;
const longestPhrase = 500;
const plain = /^[\w .,:;?!/()'+-]*$/;
const sign = /[^\p{L}\p{N}]/u;

/**
 * Makes two spellings of the same words equal: one Unicode form, lower case, no accents, one kind of apostrophe,
 * no invisible or skin-tone marks, single spaces. Lexicon entries pass through it too, so both sides always agree.
 */
export function fold(text: string): string {
  if (lastFold.text !== text) lastFold = { text, folded: folding(text) };
  return lastFold.folded;
}

/** A message is cut into words and looked up as a whole, both folded. */
let lastFold = { text: '', folded: '' };

function folding(text: string): string {
  // Most messages are plain ASCII, where nothing but capitals and spaces can differ.
  if (plain.test(text)) {
    const lower = text.toLowerCase();
    return leant((lower.includes('  ') ? lower.replace(/ {2,}/g, ' ') : lower).trim());
  }
  // Accents and the bent apostrophe are all that the next most hold.
  if (latin.test(text))
    return leant(
      text
        .replaceAll('’', "'")
        .toLowerCase()
        .normalize('NFD')
        .replace(/[\u0300-\u036f]/g, '')
        .replaceAll('æ', 'ae')
        .replace(/ {2,}/g, ' ')
        .trim(),
    );
  return leant(
    text
      // First of all: compatibility would make a space of the free-standing acute accent.
      .replace(/[’‘´`ʼ′]/g, "'")
      .normalize('NFKC')
      .toLowerCase()
      .normalize('NFD')
      // Accents.
      .replace(/\p{Mn}/gu, '')
      // Zero-width characters, the keycap ring, skin tones.
      .replace(/[\u200b-\u200f\u2060\ufeff]|\u20e3|\p{Emoji_Modifier}/gu, '')
      .normalize('NFC')
      // One character may hold an apostrophe and a letter (ŉ), or be another spelling of the sign.
      .replace(/[ʼ`´′]/g, "'")
      .replace(/œ/g, 'oe')
      .replace(/æ/g, 'ae')
      .replace(/\s+/g, ' ')
      .trim(),
  );
}

/** "j ai", "n habite plus": on a phone the French apostrophe becomes a space. After an English word it was another letter. */
function leant(folded: string): string {
  return maybeApart.test(folded) ? folded.replace(apart, "$1'") : folded;
}

/** A quick look for what {@link apart} finds in few messages, without its many looks behind. */
const maybeApart = /(?<![a-z])(?:[jldctmsn]|qu) [aeiouyh]/;

const apart =
  /(?<![\p{L}\p{N}'])(?<!(?:^| )(?:i|it|he|she|we|you|they|that|there|what|who|don|can|won|isn|doesn|didn|couldn|wouldn|haven|hasn) )([jldctmsn]|qu) (?=[aeiouyh]\p{L})/gu;

/**
 * {@link fold}, then without punctuation and emoji at both ends. A message of nothing else keeps one of its signs
 * (`👍👍` becomes `👍`, `??` becomes `?`), because a sign alone can be the whole answer. Empty for a text longer than
 * any phrase we know: it is cut nowhere, so that no long story ever shrinks to a command.
 */
export function bare(text: string): string {
  if (last.text !== text) last = { text, bare: stripped(text) };
  return last.bare;
}

/** A message is stripped once though many words are looked for in it. */
let last = { text: '', bare: '' };

function stripped(text: string): string {
  if (text.length > longestPhrase) return '';
  const folded = fold(text);
  const inner = withoutEdges(folded);
  if (inner !== '') return inner;
  const signs = folded.replace(/\s/g, '');
  const [first = ''] = signs;
  return first !== '' && signs === first.repeat(signs.length / first.length) ? first : signs;
}

/** Character by character: an expression anchored at the end tries every stretch of signs inside the text too. */
function withoutEdges(folded: string): string {
  if (isPlain(folded.charCodeAt(0)) && isPlain(folded.charCodeAt(folded.length - 1))) return folded;
  const characters = [...folded];
  let start = 0;
  let end = characters.length;
  while (start < end && sign.test(characters[start] ?? '')) start++;
  while (end > start && sign.test(characters[end - 1] ?? '')) end--;
  return characters.length === end - start ? folded : characters.slice(start, end).join('');
}

/** A letter or figure of the plain alphabet. */
function isPlain(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
}

/** The spellings to try, in order: as typed, then letters repeated three times or more as two and as one. */
export function spellings(bareText: string): readonly string[] {
  if (spelt[0] !== bareText)
    spelt = isStretched(bareText)
      ? [bareText, bareText.replace(/(\p{L})\1{2,}/gu, '$1$1'), bareText.replace(/(\p{L})\1{2,}/gu, '$1')]
      : [bareText];
  return spelt;
}

/** A message is looked up in many lists, in the same spellings. */
let spelt: readonly string[] = [];

/** Most messages hold no sign three times in a row; for the others it is worth asking whether it is a letter. */
function isStretched(text: string): boolean {
  for (let at = 2; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === text.charCodeAt(at - 1) && code === text.charCodeAt(at - 2)) return threefold.test(text);
  }
  // A letter outside the basic plane is two different signs.
  return surrogate.test(text) && threefold.test(text);
}

const surrogate = /[\ud800-\udbff]/;
const threefold = /(\p{L})\1\1/u;

/** True when the message is made of emoji and signs alone: such an answer is asked back. */
export function isEmoji(text: string): boolean {
  return (
    emojiOnly.test(text.normalize('NFKC').replace(/\u200d|\ufe0e|\ufe0f/g, '')) && /\P{ASCII}/u.test(text)
  );
}
