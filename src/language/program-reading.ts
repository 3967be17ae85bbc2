import type { Program } from '../engine/flow.ts';
import { isSos, isStop, readCommand } from './commands.ts';
import { readCorrection, readField } from './corrections.ts';
import { courtesyIn } from './courtesy.ts';
import { distressIn } from './distress.ts';
import { readChoice } from './read-choice.ts';
import { readSpokenCommand } from './read-spoken-command.ts';
import { plainYesNo, readYesNo } from './read-yes-no.ts';
import { splitsOf } from './several.ts';

/** The readers as the engine calls them, in the order of rule 9. */
export const programReading: Program['reading'] = {
  isSos: (text) => isSos(text),
  isStop: (text) => isStop(text),
  distress: distressIn,
  courtesy: courtesyIn,
  global(text, lang) {
    const reading = readCommand(text, lang);
    return reading.kind === 'unclear' ? null : reading;
  },
  spoken(text, lang) {
    const reading = readSpokenCommand(text, lang);
    // An acceptance names its offer, and one who comes back says so with the word itself.
    const whole = reading.kind === 'value' && (reading.value === 'accept' || reading.value === 'start');
    return reading.kind === 'unclear' || whole ? null : reading;
  },
  choice(text, labels, lang) {
    const options = labels.map((label, at) => ({ id: String(at), label }));
    const reading = readChoice(text, options, { lang, today: '' });
    return reading.kind === 'value' ? Number(reading.value) : null;
  },
  correction: (text) => readCorrection(text),
  field: readField,
  splits: splitsOf,
  yesNo(text, lang) {
    // Plain words and pictures press the engine's own yes and no; a sentence must be certain.
    const plain = plainYesNo(text, lang);
    const reading = plain.kind === 'value' ? plain : readYesNo(text, { lang, today: '' });
    const meant = reading === plain || (reading.kind === 'value' && reading.confidence === 'certain');
    return meant && reading.kind === 'value' && reading.value !== 'maybe' ? reading.value : null;
  },
};
