import { speak } from '../src/domain/contact.ts';
import type { Context } from '../src/domain/model.ts';
import { defineFlow } from '../src/engine/flow.ts';
import type { Lang } from '../src/engine/message.ts';
import { language as languageSlot } from '../src/language/person-slots.ts';

/** `data.wanted`: the language was named with the wish ("en français"), so nothing has to be asked. */
type Asked = { readonly answers: { readonly language?: Lang }; readonly data: { readonly wanted?: Lang } };

const isNamed = ({ data }: Asked) => data.wanted !== undefined;
const speakWanted = ({ answers, data, context }: Asked & { context: Context }) =>
  speak(data.wanted ?? answers.language, { context });

export const language = defineFlow({
  id: 'language',
  version: 1,
  start: 'which',
  slots: { language: { ...languageSlot(), first: true } },
  steps: {
    which: { kind: 'ask', slot: 'language', unless: isNamed, next: 'speak' },
    speak: { kind: 'do', run: speakWanted, next: 'done' },
    done: { kind: 'end' },
  },
});
