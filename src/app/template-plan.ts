import type { Program } from '../engine/flow.ts';
import { type Lang, languages, type Params } from '../engine/message.ts';
import type { Template } from './ports.ts';
import { optionsOf } from './prepare.ts';
import { type TemplateWords, templateOf } from './templates.ts';

/** A template that has to be approved before its message can leave outside the window: one for a text and a language. */
export type TemplateDraft = Omit<Template, 'variables'> & { readonly samples: readonly string[] };

/** `hash` is that of its wording, `name` what Meta knows it by: `channels/whatsapp` makes both. */
export type Wanted = TemplateDraft & { readonly hash: string; readonly name: string };

/** A template that was made at Twilio. `status` is Meta's word, or `lost` when Twilio has it no more. */
export type KnownTemplate = {
  readonly hash: string;
  readonly sid: string;
  readonly name: string;
  readonly key: string;
  readonly lang: Lang;
  readonly status: string;
  readonly reason: string;
};

export type PlanLine = {
  readonly wanted: Wanted;
  /**
   * `new` and `changed` (another wording is approved or asked for) and `lost` are made anew; `unsubmitted` was made
   * and is only submitted; the rest stays as it is.
   */
  readonly what: 'new' | 'changed' | 'lost' | 'unsubmitted' | 'unchanged';
  readonly known: KnownTemplate | null;
};

/** What would have to be done so that every wanted template is known to Meta. Nothing that is approved is touched. */
export function planTemplates(
  wanted: readonly Wanted[],
  known: readonly KnownTemplate[],
): readonly PlanLine[] {
  const byHash = new Map(known.map((template) => [template.hash, template]));
  const worded = new Set(known.map(({ key, lang }) => `${key} ${lang}`));
  return wanted.map((template) => {
    const found = byHash.get(template.hash) ?? null;
    if (!found)
      return {
        wanted: template,
        what: worded.has(`${template.key} ${template.lang}`) ? 'changed' : 'new',
        known: null,
      };
    const { status } = found;
    return {
      wanted: template,
      what: status === 'lost' || status === 'unsubmitted' ? status : 'unchanged',
      known: found,
    };
  });
}

/** Every text that can reach a member or a host unasked, in the three languages, with the choices its answer opens. */
export function templateDrafts(
  words: TemplateWords & {
    keys(lang: Lang): readonly string[];
    classOf(key: string): string | undefined;
  },
  program: Program,
): readonly TemplateDraft[] {
  const keys = words.keys('en').filter((key) => isProactive(key, words.classOf(key)));
  return keys.flatMap((key) => languages.flatMap((lang) => draftOf(words, program, key, lang) ?? []));
}

function draftOf(
  words: TemplateWords & { classOf(key: string): string | undefined },
  program: Program,
  key: string,
  lang: Lang,
): TemplateDraft | null {
  const opens = opened[key];
  const flow = opens && program.newest(opens.flow);
  const options =
    opens && flow ? optionsOf(program, { ...opens, version: flow.version, data: {} }, lang) : [];
  const made = templateOf(words, lang, key, samples, options, words.classOf(key) === 'call');
  if (!made) return null;
  const { variables, ...template } = made;
  return { ...template, samples: variables.map((value) => (value === '—' ? 'information' : value)) };
}

/** Texts to the coordinators go to Slack, which has no templates. */
const toStaff = /\.desk\.|^staff\.|^host_alert\.|^member_news\./;

export function isProactive(key: string, kind: string | undefined): boolean {
  return key.endsWith('.text') && kind !== undefined && kind !== 'reply' && !toStaff.test(key);
}

const offer = { flow: 'offer', step: 'answer' };
const call = { flow: 'call', step: 'answer' };
const itinerary = { flow: 'itinerary', step: 'answer' };
const arrival = { flow: 'arrival', step: 'answer' };
const placement = { flow: 'placement', step: 'answer' };
const readiness = { flow: 'readiness', step: 'opened' };
const code = { flow: 'sign_off', step: 'code' };
const resume = { flow: 'resume', step: 'answer' };

/** Which question an answer opens, as the reactions say it: its choices are part of the template. */
export const opened: Readonly<Record<string, { readonly flow: string; readonly step: string }>> = {
  'call.invite.text': call,
  'call.remind.text': call,
  'call.remind_closed.text': call,
  'offer.invite.text': offer,
  'offer.remind24.text': offer,
  'offer.remind60.text': offer,
  'itinerary.invite.text': itinerary,
  'itinerary.remind.text': itinerary,
  'travel_card.invite.text': { flow: 'travel_card', step: 'answer' },
  'day_before.invite.text': { flow: 'day_before', step: 'answer' },
  'arrival.invite.text': arrival,
  'arrival.remind.text': arrival,
  'host_news.placement.text': placement,
  'host_news.placement_again.text': placement,
  'host_news.readiness.text': readiness,
  'host_news.readiness_again.text': readiness,
  'host_news.ask_again.text': { flow: 'readiness', step: 'item' },
  'host_news.ask_again_several.text': { flow: 'readiness', step: 'item' },
  'host_news.recheck.text': { flow: 'recheck', step: 'supervisor' },
  'host_news.code.placement.text': code,
  'host_news.code.readiness.text': code,
  'host_news.arrived.text': { flow: 'host_arrival', step: 'arrived' },
  'resume.invite.text': resume,
  'resume.warning.text': resume,
  'host_news.started.text': { flow: 'host_arrival', step: 'started' },
};

/** Meta wants to see what stands in a variable. Invented; a name that is not here is shown as a plain word. */
const samples: Params = {
  code: 'A-0087',
  mission: 'M-2027-01',
  hospital: 'Kabgayi Hospital',
  title: 'Mental health in district hospitals',
  department: 'Psychiatry',
  from: '2027-05-03',
  to: '2027-05-28',
  closes: '2027-04-15',
  until: '2027-04-15',
  digits: '482913',
  hours: '24',
  name: 'Aline Uwase',
  profession: 'psychologist',
};
