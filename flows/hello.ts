import { answerCalls, callsNeeds, consentNeeds, giveConsent, hasAgreed } from '../src/domain/consent.ts';
import { speak } from '../src/domain/contact.ts';
import type { Context } from '../src/domain/model.ts';
import { defineFlow } from '../src/engine/flow.ts';
import type { Lang } from '../src/engine/message.ts';
import { language } from '../src/language/person-slots.ts';
import { agreement, choice, yesNo } from '../src/language/slots.ts';

/** First contact and consent. Until somebody agrees, nothing is kept but the address of this chat (rule 1). */

type Started = { readonly data: { readonly detected?: Lang }; readonly context: Context };
type Told = {
  readonly answers: {
    readonly who?: 'professional' | 'hospital' | 'staff' | 'asking';
    readonly agree?: 'agree' | 'refuse' | 'read_more';
    readonly agree_full?: 'agree' | 'refuse';
    readonly calls?: 'yes' | 'no';
  };
};

const isMember = ({ context }: { context: Context }) => context.member !== null;
const agreedBefore = ({ context }: { context: Context }) => hasAgreed(context);
const isDetected = ({ data, context }: Started) => (data.detected ?? context.detected ?? null) !== null;
const isHospital = ({ answers }: Told) => answers.who === 'hospital';
const isStaff = ({ answers }: Told) => answers.who === 'staff';
const isAsking = ({ answers }: Told) => answers.who === 'asking';
const wantsMore = ({ answers }: Told) => answers.agree === 'read_more';
const refuses = ({ answers }: Told) => answers.agree === 'refuse';
const refusesFull = ({ answers }: Told) => answers.agree_full === 'refuse';

const speakDetected = ({ data, context }: Started) =>
  speak(data.detected ?? context.detected ?? undefined, { context });
const speakChosen = ({ answers, context }: { answers: { language?: Lang }; context: Context }) =>
  speak(answers.language, { context });

export const hello = defineFlow({
  id: 'hello',
  version: 1,
  start: 'begin',
  slots: {
    // "Français" is an answer here, before it is a wish to change the language.
    language: { ...language(), first: true },
    who: choice('professional', 'hospital', 'staff', 'asking'),
    agree: agreement('agree', 'refuse', 'read_more'),
    agree_full: agreement('agree', 'refuse'),
    calls: yesNo(),
  },
  steps: {
    begin: {
      kind: 'decide',
      next: [
        { when: isMember, go: 'to_menu' },
        { when: agreedBefore, go: 'again' },
        { when: isDetected, go: 'speak' },
        'language',
      ],
    },
    language: { kind: 'ask', slot: 'language', next: 'speak_chosen' },
    speak: { kind: 'do', run: speakDetected, next: 'who' },
    speak_chosen: { kind: 'do', run: speakChosen, next: 'who' },
    who: {
      kind: 'ask',
      slot: 'who',
      next: [
        { when: isHospital, go: 'to_hospital' },
        { when: isStaff, go: 'to_staff' },
        { when: isAsking, go: 'about' },
        'notice',
      ],
    },
    notice: {
      kind: 'ask',
      slot: 'agree',
      next: [{ when: wantsMore, go: 'notice_full' }, { when: refuses, go: 'refused' }, 'agreed'],
    },
    notice_full: { kind: 'ask', slot: 'agree_full', next: [{ when: refusesFull, go: 'refused' }, 'agreed'] },
    agreed: { kind: 'do', needs: consentNeeds, run: giveConsent, next: 'calls' },
    calls: { kind: 'ask', slot: 'calls', next: 'calls_kept' },
    calls_kept: { kind: 'do', needs: callsNeeds, run: answerCalls, next: 'done' },
    done: {
      kind: 'end',
      variant: ({ answers }: Told) => (answers.calls === 'yes' ? 'calls' : 'no_calls'),
      params: ({ today }) => ({ today: { date: today } }),
      then: () => ({ flow: 'registration' }),
    },
    refused: { kind: 'end' },
    about: { kind: 'end' },
    again: { kind: 'end', then: () => ({ flow: 'registration' }) },
    to_menu: { kind: 'end', silent: true, then: () => ({ flow: 'menu' }) },
    to_hospital: { kind: 'end', silent: true, then: () => ({ flow: 'host_enrol' }) },
    to_staff: { kind: 'end', silent: true, then: () => ({ flow: 'staff' }) },
  },
});
