import { confirmWindows, withdrawWindow } from '../src/domain/availability.ts';
import type { ApplicationStatus, AssignmentStatus, Context, Window } from '../src/domain/model.ts';
import { defineFlow } from '../src/engine/flow.ts';
import type { Option, Param, Params } from '../src/engine/message.ts';
import { listening } from '../src/language/listening.ts';
import { choiceOf } from '../src/language/slots.ts';

/** A member's way to everything that is not being asked just now. */
type Told = {
  readonly answers: {
    readonly what?: string;
    readonly dates?: string;
    readonly window?: string;
    readonly mission?: string;
  };
  readonly context: Context;
};
type Knows = { readonly context: Context };

/** Windows that can be taken back; one held for an offer is explained instead. */
const shownWindows = ({ windows }: Context): readonly Window[] =>
  windows.filter(({ status }) => status === 'open' || status === 'stale' || status === 'held');
const hasStale = ({ windows }: Context) => windows.some(({ status }) => status === 'stale');

const homeOptions = ({ context }: Knows): readonly Option[] => [
  ...(context.member ? [{ id: 'dates' }, { id: 'missions' }] : [{ id: 'register' }]),
  { id: 'question' },
  { id: 'language' },
  { id: 'human' },
  { id: 'data' },
  { id: context.person?.optedOut ? 'start' : 'stop' },
  { id: 'close' },
];
const datesOptions = ({ context }: Knows): readonly Option[] => [
  { id: 'add' },
  { id: 'online' },
  ...(shownWindows(context).length > 0 ? [{ id: 'withdraw' }] : []),
  ...(hasStale(context) ? [{ id: 'valid' }] : []),
  { id: 'close' },
];
/** `01/03/27–30/04/27`: short enough for a button, and day first in all three languages. */
const windowOptions = ({ context }: Knows): readonly Option[] =>
  shownWindows(context).map(({ id, fromDay, toDay }) => ({
    id: String(id),
    label: `${shortDay(fromDay)}–${shortDay(toDay)}`,
  }));

function shortDay(day: string): string {
  return `${day.slice(8, 10)}/${day.slice(5, 7)}/${day.slice(2, 4)}`;
}

const isThanks = ({ data }: { data: { thanked?: boolean } }) => data.thanked === true;
const wantsDates = ({ answers }: Told) => answers.what === 'dates';
const wantsMissions = ({ answers }: Told) => answers.what === 'missions';
const wantsRegistration = ({ answers }: Told) => answers.what === 'register';
const hasQuestion = ({ answers }: Told) => answers.what === 'question';
const wantsLanguage = ({ answers }: Told) => answers.what === 'language';
const wantsHuman = ({ answers }: Told) => answers.what === 'human';
const wantsData = ({ answers }: Told) => answers.what === 'data';
const wantsStop = ({ answers }: Told) => answers.what === 'stop';
const wantsStart = ({ answers }: Told) => answers.what === 'start';
const addsDates = ({ answers }: Told) => answers.dates === 'add';
const addsOnline = ({ answers }: Told) => answers.dates === 'online';
const takesBack = ({ answers }: Told) => answers.dates === 'withdraw';
const confirms = ({ answers }: Told) => answers.dates === 'valid';

const situation = ({ context: { member, person } }: Knows) => {
  if (person?.optedOut) return 'opted_out';
  if (!member) return 'guest';
  return member.status === 'submitted' || member.status === 'active' || member.status === 'paused'
    ? member.status
    : 'other';
};
const codeParams = ({ context }: Knows): Params => ({ code: context.member?.code ?? '' });

function windowLine({ fromDay, toDay, status, mode }: Window): Param {
  return {
    key: 'menu.dates.line',
    params: {
      from: { date: fromDay },
      until: { date: toDay },
      mode: { key: `menu.dates.mode.${mode}` },
      state: { key: `menu.dates.state.${status}` },
    },
  };
}

/** Calls and offers that still wait for the member's word. */
const waiting: readonly (ApplicationStatus | undefined)[] = [undefined, 'invited', 'interested', 'maybe'];
const offered: readonly AssignmentStatus[] = ['proposed', 'host_accepted'];
const missionChoices = ({ context }: Knows): readonly Option[] => [
  ...context.calls
    .filter(({ application }) => waiting.includes(application?.status))
    .map(({ mission }) => ({ id: `m${mission.id}`, label: mission.code })),
  ...context.assignments
    .filter(({ status }) => offered.includes(status))
    .map(({ id, code }) => ({ id: `a${id}`, label: code })),
];
const missionOptions = (scope: Knows): readonly Option[] => [
  ...missionChoices(scope),
  { id: 'close', label: { key: 'menu.home.choices.close' } },
];
const hasMissions = (scope: Knows) => missionChoices(scope).length > 0;
const isCall = ({ answers }: Told) => answers.mission?.startsWith('m') === true;
const isOffer = ({ answers }: Told) => answers.mission?.startsWith('a') === true;

function idIn(choice: string | undefined): number {
  return Number(choice?.slice(1));
}

const missionLines = ({ context }: Knows): Params => ({
  lines: {
    lines: [
      ...context.calls.map(({ mission, application }) => ({
        key: 'menu.mission_list.call',
        params: {
          code: mission.code,
          title: { text: mission.title },
          state: { key: `menu.mission_list.call_state.${application?.status ?? 'invited'}` },
        },
      })),
      ...context.assignments.map(({ code, need, startsOn, endsOn, status }) => ({
        key: 'menu.mission_list.offer',
        params: {
          code,
          hospital: need.hospital.name,
          from: { date: startsOn },
          until: { date: endsOn },
          state: { key: `menu.mission_list.state.${status}` },
        },
      })),
    ],
  },
});

export const menu = defineFlow({
  id: 'menu',
  version: 2,
  start: 'begin',
  slots: {
    // Open when nothing else is asked, so whoever is in need writes here.
    what: { ...listening(choiceOf('menu', homeOptions)), leads: true },
    dates: { ...choiceOf('menu', datesOptions), leads: true },
    window: choiceOf('window', windowOptions),
    mission: { ...choiceOf('mission', missionOptions), leads: true },
  },
  steps: {
    begin: { kind: 'decide', next: [{ when: isThanks, go: 'close' }, 'home'] },
    home: {
      kind: 'ask',
      slot: 'what',
      variant: situation,
      params: codeParams,
      next: [
        { when: wantsDates, go: 'dates' },
        { when: wantsMissions, go: 'missions' },
        { when: wantsRegistration, go: 'to_registration' },
        { when: hasQuestion, go: 'to_questions' },
        { when: wantsLanguage, go: 'to_language' },
        { when: wantsHuman, go: 'to_human' },
        { when: wantsData, go: 'to_data' },
        { when: wantsStop, go: 'to_stop' },
        { when: wantsStart, go: 'to_start' },
        'close',
      ],
    },

    dates: {
      kind: 'ask',
      slot: 'dates',
      variant: ({ context }: Knows) => (shownWindows(context).length > 0 ? 'some' : 'none'),
      params: ({ context }: Knows) => ({ lines: { lines: shownWindows(context).map(windowLine) } }),
      next: [
        { when: addsDates, go: 'to_dates' },
        { when: addsOnline, go: 'to_online' },
        { when: takesBack, go: 'window' },
        { when: confirms, go: 'confirm' },
        'close',
      ],
    },
    window: { kind: 'ask', slot: 'window', next: 'withdraw' },
    withdraw: { kind: 'do', run: withdrawWindow, refused: { held: 'held', gone: 'gone' }, next: 'withdrawn' },
    withdrawn: { kind: 'end' },
    held: { kind: 'end' },
    gone: { kind: 'end' },
    confirm: { kind: 'do', run: confirmWindows, next: 'confirmed' },
    confirmed: { kind: 'end', params: ({ today }) => ({ today: { date: today } }) },

    missions: { kind: 'decide', next: [{ when: hasMissions, go: 'mission' }, 'mission_list'] },
    mission: {
      kind: 'ask',
      slot: 'mission',
      params: missionLines,
      next: [{ when: isCall, go: 'to_call' }, { when: isOffer, go: 'to_offer' }, 'close'],
    },
    mission_list: {
      kind: 'end',
      variant: ({ context }: Knows) =>
        context.calls.length + context.assignments.length > 0 ? 'some' : 'none',
      params: missionLines,
    },
    to_call: {
      kind: 'end',
      silent: true,
      then: ({ answers }: Told) => ({ flow: 'call', data: { missionId: idIn(answers.mission) } }),
    },
    to_offer: {
      kind: 'end',
      silent: true,
      then: ({ answers }: Told) => ({ flow: 'offer', data: { assignmentId: idIn(answers.mission) } }),
    },

    to_registration: { kind: 'end', silent: true, then: () => ({ flow: 'hello' }) },
    to_dates: { kind: 'end', silent: true, then: () => ({ flow: 'availability' }) },
    to_online: { kind: 'end', silent: true, then: () => ({ flow: 'availability', data: { online: true } }) },
    to_questions: { kind: 'end', silent: true, then: () => ({ flow: 'questions' }) },
    to_language: { kind: 'end', silent: true, then: () => ({ flow: 'language' }) },
    to_human: { kind: 'end', silent: true, then: () => ({ flow: 'human' }) },
    to_data: { kind: 'end', silent: true, then: () => ({ flow: 'my_data' }) },
    to_stop: { kind: 'end', silent: true, then: () => ({ flow: 'stop' }) },
    to_start: { kind: 'end', silent: true, then: () => ({ flow: 'start' }) },
    close: { kind: 'end' },
  },
});
