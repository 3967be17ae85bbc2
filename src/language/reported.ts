import { isOfOthers } from './others.ts';
import type { Token } from './tokens.ts';
import type { Part } from './yes-no-words.ts';

/** Whether what follows is what somebody else said: "ma cheffe a dit", "he told me", "umugabo wanjye yavuze". */
export function isReported(part: Part, tokens: readonly Token[], at: number): boolean {
  const from = Math.max(0, at - 4);
  if (/^(?:yavuze|bavuze|yambwiye|bambwiye)$/.test(tokens[at - 1]?.text ?? '')) return true;
  const told = tokens.slice(from, at).findLastIndex(({ text }) => tellings.has(text));
  // "He agreed", "mes parents sont d'accord"; but "mon chef est d'accord donc oui" answers.
  if (told < 0) {
    const near = tokens.slice(Math.max(0, at - 2), at);
    const crowd = tokens.slice(from, at).some(({ text }) => /^(?:they|ils|elles|he|she)$/.test(text));
    if (part === 'said_yes' && crowd) return true;
    return (
      part === 'yes' && (isOfOthers(tokens, at) || near.some(({ text }) => text !== 'on' && third.has(text)))
    );
  }
  return (
    isOfOthers(tokens, at) ||
    tokens.slice(0, from + told).some(({ text }) => third.has(text) || bosses.test(text))
  );
}

const tellings = new Set(
  'telling said says told dit disait repondu yavuze avuga aravuga ati bavuze yambwiye'.split(' '),
);
const bosses =
  /^(?:boss|chef|cheffe|patron|manager|matron|wife|husband|hubby|femme|mari|umugabo|umugore|umukoresha|shebuja)$/;
const third = new Set(
  'doctor medecin docteur everyone everybody people monde he she they il elle ils elles on somebody someone'.split(
    ' ',
  ),
);
