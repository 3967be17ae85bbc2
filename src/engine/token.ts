/**
 * A choice's token: `<question>:<flow>.<step>:<option>`, ASCII, at most 64 bytes (Telegram's limit).
 * It says by itself which question it answers, so a tap that comes days late finds its own question
 * and never answers a newer one (rule 11). The flow check keeps ids short enough.
 */

export type Token = {
  readonly question: string;
  readonly flow: string;
  readonly step: string;
  readonly option: string;
};

export const tokenBytes = 64;
/** Room for the question id: `q` or `o` and twelve digits. */
export const questionBytes = 13;

export function tokenOf(question: string, flow: string, step: string, option: string): string {
  return `${question}:${flow}.${step}:${option}`;
}

/** Null for anything that is not one of ours: forged, cut, or from another bot. */
export function readToken(text: string): Token | null {
  const first = text.indexOf(':');
  const last = text.lastIndexOf(':');
  const dot = text.indexOf('.', first);
  if (first < 1 || dot < first || last < dot || text.length > tokenBytes) return null;
  return {
    question: text.slice(0, first),
    flow: text.slice(first + 1, dot),
    step: text.slice(dot + 1, last),
    option: text.slice(last + 1),
  };
}
