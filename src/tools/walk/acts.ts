import { type GlobalWord, type Lang, languages, type MediaKind } from '../../engine/message.ts';
import type { Rendered } from '../../engine/render.ts';
import type { Heard } from '../../engine/turn.ts';
import type { Random } from './random.ts';

/** One thing that a person does. `asks` when it only asks for the same question again. */
export type Act =
  | { readonly does: 'say'; readonly event: Heard['event']; readonly asks?: true; readonly quotes?: string }
  | { readonly does: 'wait'; readonly hours: number }
  /** A proactive question arrives. */
  | { readonly does: 'hear' };

/** What a person has before them: the messages so far, newest last, and what kind of answer is expected. */
export type View = {
  readonly messages: readonly Rendered[];
  readonly lang: Lang;
  /** The slot's kind of the open question. */
  readonly slot: string | null;
};

/**
 * What somebody might do next, badly or well; the shares are guesses about people, generous to the odd ones. Below
 * `oddity` 1 a person mostly answers what was asked, or nobody would ever come to the end of a long form.
 */
export function nextAct(view: View, oddity: number, random: Random): Act {
  const choices = view.messages.at(-1)?.choices ?? [];
  const roll = random.below(random.chance(oddity) ? 100 : 72);
  if (roll < 48) return choices.length > 0 ? press(choices, random) : say(answerTo(view, random));
  if (roll < 60) return choices.length > 0 ? say(asTyped(choices, random)) : say(answerTo(view, random));
  if (roll < 72) return say(answerTo(view, random));
  if (roll < 76) return say(random.pick(garbage));
  if (roll < 80) return pressOld(view, random);
  if (roll < 88) return sayWord(random.pick(commonWords), view.lang, random);
  if (roll < 90) return sayWord(random.pick(rareWords), view.lang, random);
  if (roll < 93) return { does: 'say', event: random.pick(notText) };
  if (roll < 96) return { does: 'wait', hours: random.pick([1, 3, 13, 25, 73, 24 * 30]) };
  return { does: 'hear' };
}

function say(text: string): Act {
  return { does: 'say', event: { kind: 'text', text } };
}

function press(choices: Rendered['choices'], random: Random): Act {
  const { token, label } = random.pick(choices);
  return { does: 'say', event: { kind: 'press', token, title: label } };
}

/** Of any message so far; a template's button carries its title alone. */
function pressOld({ messages }: View, random: Random): Act {
  const asking = messages.filter(({ choices }) => choices.length > 0);
  if (asking.length === 0) return { does: 'say', event: { kind: 'press', token: 'q999999:gone.gone:yes' } };
  const act = press(random.pick(asking).choices, random);
  if (act.does !== 'say' || act.event.kind !== 'press' || !random.chance(0.2)) return act;
  return { does: 'say', event: { ...act.event, token: act.event.title ?? '' } };
}

/** A number, the label, or the label as people write it. */
function asTyped(choices: Rendered['choices'], random: Random): string {
  const at = random.below(choices.length);
  const label = choices[at]?.label ?? '';
  return random.pick([
    String(at + 1),
    `${at + 1}.`,
    label,
    label.toLowerCase(),
    `  ${label} `,
    String(choices.length + 1),
  ]);
}

function answerTo({ slot }: View, random: Random): string {
  const own = slot === null ? undefined : answers[slot];
  return random.pick(own && random.chance(0.85) ? own : anything);
}

function sayWord(word: GlobalWord, lang: Lang, random: Random): Act {
  // Most people use the words of their own language.
  const said = words[random.chance(0.8) ? lang : random.pick(languages)][word];
  return { ...say(said), ...(asksAgain.includes(word) && { asks: true as const }) } as Act; // a text is said
}

const asksAgain: readonly GlobalWord[] = [
  'help',
  'back',
  'skip',
  'start',
  'restart',
  'change',
  'cancel',
  'list',
  'accept',
  'withdraw',
];
const commonWords: readonly GlobalWord[] = [
  'menu',
  'help',
  'back',
  'skip',
  'cancel',
  'language',
  'change',
  'restart',
];
const rareWords: readonly GlobalWord[] = [
  'human',
  'stop',
  'start',
  'mydata',
  'sos',
  'list',
  'withdraw',
  'accept',
];

const words: Readonly<Record<Lang, Readonly<Record<GlobalWord, string>>>> = {
  rw: {
    help: 'Ubufasha',
    menu: 'Menu',
    back: 'Subira inyuma',
    skip: 'Simbuka',
    cancel: 'Hagarika',
    restart: 'Tangira bundi bushya',
    stop: 'Hagarika ubutumwa',
    start: 'Tangira',
    human: 'Umuntu',
    language: 'Ururimi',
    mydata: 'Amakuru yanjye',
    sos: 'SOS',
    list: 'Urutonde',
    withdraw: 'WITHDRAW A-0087',
    change: 'Hindura',
    accept: 'ACCEPT A-0087',
  },
  fr: {
    help: 'aide',
    menu: 'menu',
    back: 'retour',
    skip: 'passer',
    cancel: 'annuler',
    restart: 'recommencer',
    stop: 'STOP',
    start: 'DÉBUT',
    human: 'une personne',
    language: 'langue',
    mydata: 'mes données',
    sos: 'SOS',
    list: 'liste',
    withdraw: 'RETIRER A-0087',
    change: 'modifier',
    accept: 'J’ACCEPTE A-0087',
  },
  en: {
    help: 'help',
    menu: 'menu',
    back: 'back',
    skip: 'skip',
    cancel: 'cancel',
    restart: 'restart',
    stop: 'STOP',
    start: 'START',
    human: 'a person',
    language: 'language',
    mydata: 'my data',
    sos: 'SOS',
    list: 'list',
    withdraw: 'WITHDRAW A-0087',
    change: 'change',
    accept: 'ACCEPT A-0087',
  },
};

/** Plausible answers by the kind of slot; what a question's own limits refuse is an answer too. */
const answers: { readonly [slot: string]: readonly string[] } = {
  name: ['Diane Ingabire', 'MUKAMANA Jeanne', 'X', 'Jean-Paul Habimana', 'Je m’appelle Alice'],
  email: ['diane@example.org', 'diane@', 'pas d’email', 'Diane.Ingabire@EXAMPLE.com'],
  phone: ['+32 470 00 00 12', '0788 000 051', '123', '+250788000051'],
  country: ['Belgique', 'Ubudage', 'Netherlands', 'Canada', 'Atlantis', 'u Bubiligi'],
  city: ['Namur', 'Bruxelles', 'Kigali', '7'],
  language: ['français', 'Kinyarwanda', 'anglais', 'Deutsch'],
  profession_family: ['infirmière', 'umuforomo', 'nurse', 'psychologue', 'astronaut', '2'],
  profession: ['sage-femme', 'anaesthetist', 'umuganga', 'infirmier', '1'],
  levels: ['332', '3 3 2', '999', 'bien', '0 0 0'],
  count: ['0', '1', '2', '3', '9', '30', '45', '2019', 'huit', 'icumi', '-4', '1000000', '2,5'],
  points: ['1', '2', '3', '5'],
  two_numbers: ['30 60', '30-60', '60 30', '14'],
  ranked: ['1 2', '2', '1,2,3', '9 9'],
  day: ['5 Nzeri 2027', 'le 3 mars 2027', '2027-05-01', 'tomorrow', '31/02/2027', '01/12/2026', 'ejo'],
  day_range: [
    'du 1er mars au 30 avril 2027',
    'from 3 May to 20 June 2027',
    '01/05/2027 - 15/06/2027',
    'mars',
    'kuva 1 Gicurasi kugeza 30 Kamena 2027',
  ],
  month: ['mars 2027', 'Nzeri', 'May', '13/2027'],
  code: ['ABCD-2345', 'abcd2345', '482913', '000000'],
  record_code: ['A-0087', 'M-2027-03', 'a 87'],
  acceptance: ['ACCEPT A-0087', 'J’ACCEPTE A-0087', 'NDEMEYE A-0087', 'ok'],
  whereabouts: ['Kigali', 'aéroport', 'Muhanga'],
  yes_no: ['oui', 'non', 'yego', 'oya', 'yes', 'no', 'peut-être', 'OK'],
  yes_no_maybe: ['oui', 'non', 'pas encore', 'maybe'],
  topic: ['visa', 'où vais-je loger', 'who pays', 'hmm', 'Do you like football?'],
  text: ['Bloc opératoire et réanimation', 'ok', 'Ndashaka gufasha', 'x'.repeat(400)],
};
const anything: readonly string[] = [
  'oui',
  'yego',
  'no',
  '1',
  '2',
  '3',
  '4',
  'Bonjour',
  'Muraho',
  'Merci',
  'Murakoze',
  'Pourquoi ?',
  'I need to ask my employer first',
  'R4 partly',
  'R1 yes R2 no',
  'actually I live in Germany',
  'en fait j’habite à Namur',
  'sorry, my name is Diane Ingabire',
  'correction: 9',
  'nibeshye',
  'change my city',
  'who pays the flight?',
  'qui paie le billet',
  'ninde wishyura itike?',
  'Do you like football?',
  'Belgium, Liège',
  'Oui, 12 ans',
  'yego, u Bubiligi',
  'from 3 May 2027 until 20 June 2027',
];
const garbage: readonly string[] = [
  '',
  ' ',
  '…',
  '😀',
  '{{name}}',
  '$t(common.help)',
  '<b>x</b>',
  '0'.repeat(2_000),
  '\u2800',
  'q1:hello.begin:yes',
  '../../etc',
  'ضع',
  'N/A',
  '*',
  'ejo',
  'hagarika',
  'reka',
];
const media: readonly MediaKind[] = [
  'image',
  'document',
  'voice',
  'audio',
  'video',
  'sticker',
  'contact',
  'unknown',
];
const notText: readonly Heard['event'][] = [
  ...media.map((kind) => ({ kind: 'media', media: kind }) as const),
  { kind: 'location', latitude: -1.9441, longitude: 30.0619 },
  { kind: 'media', media: 'image', caption: 'Billet' },
];
