/**
 * Keeps WhatsApp from formatting our plain texts: it knows no escape, so an invisible space goes behind a
 * mark that would open bold, italic, struck or fixed-width words. Marks inside words and addresses stay.
 */
export function plainForWhatsApp(text: string): string {
  return text.replace(opening, `$1${zeroWidthSpace}`);
}

const zeroWidthSpace = '\u200b';
const opening = /(?<![\p{L}\p{N}/_-])([*_~`])(?=\S(?:[^\n]*\S)?\1(?![\p{L}\p{N}]))/gu;
