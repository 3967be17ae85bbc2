import type { Program } from '../engine/flow.ts';
import { isSos, isStop, readCommand } from './commands.ts';
import { readChoice } from './read-choice.ts';
import { readYesNo } from './read-yes-no.ts';

/** The readers as the engine calls them, in the order of rule 9. */
export const programReading: Program['reading'] = {
  isSos: (text) => isSos(text),
  isStop: (text) => isStop(text),
  global(text, lang) {
    const reading = readCommand(text, lang);
    return reading.kind === 'unclear' ? null : reading;
  },
  choice(text, labels, lang) {
    const options = labels.map((label, at) => ({ id: String(at), label }));
    const reading = readChoice(text, options, { lang, today: '' });
    return reading.kind === 'value' ? Number(reading.value) : null;
  },
  yesNo(text, lang) {
    const reading = readYesNo(text, { lang, today: '' });
    return reading.kind === 'value' && reading.value !== 'maybe' ? reading.value : null;
  },
};
