import { standingOf } from '../src/domain/approved-answers.ts';
import type { Context } from '../src/domain/model.ts';
import { openOffer } from '../src/domain/offer-answers.ts';
import type { Answers, Asked, Flow } from '../src/engine/flow.ts';
import type { GlobalWord, Lang } from '../src/engine/message.ts';
import { readLanguageWish } from '../src/language/commands.ts';
import { readCourtesy } from '../src/language/courtesy.ts';
import { readQuestion } from '../src/language/questions.ts';
import { readLanguage } from '../src/language/read-language.ts';
import { arrival } from './arrival.ts';
import { arrivalV1 } from './arrival.v1.ts';
import { availability } from './availability.ts';
import { call } from './call.ts';
import { callV1 } from './call.v1.ts';
import { dayBefore } from './day-before.ts';
import { hello } from './hello.ts';
import { hostArrival } from './host-arrival.ts';
import { hostEnrol } from './host-enrol.ts';
import { hostFlowFor, hostMenu } from './host-menu.ts';
import { hostWho } from './host-who.ts';
import { human } from './human.ts';
import { itinerary } from './itinerary.ts';
import { language } from './language.ts';
import { menu } from './menu.ts';
import { menuV1 } from './menu.v1.ts';
import { myData } from './my-data.ts';
import { offer } from './offer.ts';
import { placement } from './placement.ts';
import { questions } from './questions.ts';
import { readiness } from './readiness.ts';
import { recheck } from './recheck.ts';
import { registration } from './registration.ts';
import { resume } from './resume.ts';
import { signOffFlow } from './sign-off.ts';
import { sos } from './sos.ts';
import { sosV1 } from './sos.v1.ts';
import { staff } from './staff.ts';
import { start } from './start.ts';
import { stop } from './stop.ts';
import { travelCard } from './travel-card.ts';
import { withdraw } from './withdraw.ts';

/** Every version of every conversation that is alive. Sessions pin theirs; a missing one stops start-up. */
export const flows: readonly Flow[] = [
  availability,
  hello,
  hostArrival,
  hostEnrol,
  hostMenu,
  hostWho,
  human,
  language,
  menu,
  menuV1,
  myData,
  placement,
  questions,
  readiness,
  recheck,
  registration,
  resume,
  signOffFlow,
  sos,
  sosV1,
  staff,
  start,
  stop,
  arrival,
  arrivalV1,
  call,
  callV1,
  dayBefore,
  itinerary,
  offer,
  travelCard,
  withdraw,
];

type Begin = { readonly flow: string; readonly data?: Answers };

/** Which conversation begins when somebody writes and nothing is open. */
export function entry(context: Context, said?: { readonly text: string; readonly lang: Lang }): Begin {
  // A checklist's item or a director's six digits need no menu.
  if (context.host) return hostFlowFor(said?.text ?? '') ?? { flow: 'host_menu' };
  if (context.staff) return { flow: 'staff' };
  if (context.member) {
    // Thanks and goodbyes ask for nothing: a menu would be a strange answer.
    const courtesy = said && readCourtesy(said.text, said.lang);
    return {
      flow: 'menu',
      ...((courtesy === 'thanks' || courtesy === 'goodbye') && { data: { thanked: true } }),
    };
  }
  return { flow: 'hello' };
}

/**
 * Whether somebody asks something of their own, and the approved answer. A question about nothing known is one only for
 * who is known here: a stranger's first words are met by the welcome.
 */
export function question(text: string, lang: Lang, context: Context, today: string): Asked | null {
  const asked = readQuestion(text, lang);
  if (!asked) return null;
  const [topic, ...others] = asked.topics;
  const standing = topic && others.length === 0 ? standingOf(topic, today, context.host !== null) : 'none';
  if (standing === 'none') return context.person ? { plain: asked.plain, answer: null } : null;
  return {
    plain: asked.plain,
    answer: standing === 'stale' ? 'stale' : { key: `questions.answer.${topic}.text` },
  };
}

/** The conversations behind global words. A word that is missing is not offered. */
export const words: { readonly [word in GlobalWord]?: string } = {
  help: 'menu',
  menu: 'menu',
  human: 'human',
  language: 'language',
  stop: 'stop',
  start: 'start',
  sos: 'sos',
  mydata: 'my_data',
};

/** The conversation behind a word for this person, or null where it means nothing to them. */
export function word(said: GlobalWord, context: Context, typed = ''): Begin | null {
  if (said === 'list') return context.host ? { flow: 'readiness' } : null;
  if (said === 'accept') {
    const open = openOffer(context, typed);
    return open ? { flow: 'offer', data: { assignmentId: open.id } } : null;
  }
  if (said === 'withdraw') return context.member ? { flow: 'withdraw' } : null;
  if ((said === 'menu' || said === 'help') && context.host) return { flow: 'host_menu' };
  // A stranger who asks for help has met nothing yet that help could be about.
  if (said === 'help' && context.person === null) return { flow: 'hello' };
  // "Start" from somebody who never left only means "go on".
  if (said === 'start' && !context.person?.optedOut) return null;
  if (said === 'language') {
    // The wish may name the language: "en français", "English please" need no question.
    const wanted = languageIn(typed, context.person?.lang ?? 'en');
    return { flow: 'language', ...(wanted && { data: { wanted } }) };
  }
  const flow = words[said];
  return flow ? { flow } : null;
}

function languageIn(typed: string, lang: Lang): Lang | null {
  const wish = readLanguageWish(typed, lang);
  if (wish) return wish === 'switch' ? null : wish;
  const reading = readLanguage(typed, { lang, today: '' });
  return reading.kind === 'value' && reading.confidence === 'certain' ? reading.value : null;
}
