import { createHash } from 'node:crypto';
import type { Twilio } from 'twilio';
import type { Choice, Outcome, Template } from '../../app/ports.ts';
import type { Lang } from '../../engine/message.ts';
import type { Shown } from '../fit.ts';
import { limits } from '../limits.ts';
import { outcomeOfFailure } from './classify.ts';

/**
 * Where Content ids are remembered, for the one account the adapter speaks for (rule 19), by content hash:
 * {@link hashOf} a layout, {@link templateHash} of a template. A template is kept once it is approved, and
 * must not be found while it is not (paused, disabled). `keep` replaces what was kept before.
 */
export type Contents = {
  find(hash: string): Promise<string | null>;
  keep(hash: string, sid: string, meta: { readonly name: string; readonly lang: Lang }): Promise<void>;
};

/** A Content resource to be made at Twilio, in the words of its API, and the values for one message. */
export type Layout = {
  readonly name: string;
  readonly lang: Lang;
  readonly types: object;
  readonly samples: Variables;
};
export type Variables = Readonly<Record<string, string>>;

/** The choices of one session message as a layout that every message of the same shape shares. */
export function layoutOf(
  body: string,
  shown: Exclude<Shown, { as: 'nothing' }>,
  lang: Lang,
): { layout: Layout; variables: Variables } {
  const described = shown.choices.some(({ description }) => description !== undefined);
  const name = `${shown.as}${described && shown.as === 'list' ? '_described' : ''}_${shown.choices.length}_${lang}`;
  const { type, variables } =
    shown.as === 'buttons' ? quickReply(body, shown.choices) : listPicker(body, shown, described);
  return { layout: { name, lang, types: type, samples: variables.samples }, variables: variables.values };
}

/** The hash of a template: a new wording is a new Content with an approval of its own. */
export function templateHash({ key, lang, body, options }: Omit<Template, 'variables' | 'category'>): string {
  const words = JSON.stringify([key, lang, body, options.map(({ id, title }) => [id, title])]);
  return createHash('sha256').update(words).digest('hex').slice(0, 32);
}

/** The same layout always has the same hash; another language or number of options has another. */
export function hashOf({ name, lang, types }: Pick<Layout, 'name' | 'lang' | 'types'>): string {
  return createHash('sha256')
    .update(JSON.stringify([name, lang, types]))
    .digest('hex')
    .slice(0, 32);
}

/** Values of an approved template: Meta refuses empty ones, and line breaks and wide gaps inside them. */
export function templateVariables({ variables }: Template): Variables {
  const clean = variables.map((value) => value.replace(/\s+/g, ' ').trim() || '-');
  return Object.fromEntries(clean.map((value, index) => [String(index + 1), value]));
}

/** Makes a Content. It is no message, so making it twice by a broken call costs nothing but a row at Twilio. */
export async function createContent(
  client: Twilio,
  layout: Layout,
): Promise<{ sid: string } | { failed: Outcome }> {
  const request = {
    friendly_name: `intumwa_${layout.name}`,
    language: whatsappLanguages[layout.lang],
    variables: layout.samples,
    types: layout.types,
  };
  try {
    // The SDK's type asks for camelCase names that the API does not know; it sends the object as it is.
    type Request = Parameters<typeof client.content.v1.contents.create>[0];
    const { sid } = await client.content.v1.contents.create(request as unknown as Request);
    return { sid };
  } catch (error) {
    return { failed: outcomeOfFailure(error) };
  }
}

/** Meta's codes of our languages. Whether Twilio takes `rw_RW` for approval must be tried before launch. */
export const whatsappLanguages: Readonly<Record<Lang, string>> = { rw: 'rw_RW', fr: 'fr', en: 'en' };

type Made = {
  readonly type: object;
  readonly variables: { readonly values: Variables; readonly samples: Variables };
};

function quickReply(body: string, choices: readonly Choice[]): Made {
  const put = numbering();
  const text = put(body, 'Text');
  const actions = choices.map(({ label, token }, index) => ({
    type: 'QUICK_REPLY',
    title: put(label, `Choice ${index + 1}`),
    id: put(token, `choice-${index + 1}`),
  }));
  return {
    type: { 'twilio/quick-reply': { body: text, actions }, 'twilio/text': { body: text } },
    variables: put,
  };
}

function listPicker(
  body: string,
  { choices, button }: { choices: readonly Choice[]; button: string },
  described: boolean,
): Made {
  const put = numbering();
  const text = put(body, 'Text');
  const opener = put(button.slice(0, limits.whatsapp.buttons.label), 'Choose');
  const items = choices.map(({ label, token, description }, index) => ({
    item: put(label, `Choice ${index + 1}`),
    id: put(token, `choice-${index + 1}`),
    // A value may not be empty, and a layout per subset of described items would be hundreds.
    ...(described ? { description: put(description ?? '–', 'More words') } : {}),
  }));
  return {
    type: { 'twilio/list-picker': { body: text, button: opener, items }, 'twilio/text': { body: text } },
    variables: put,
  };
}

/** Gives each value the next variable, and keeps values and samples by its number. */
function numbering() {
  const values: Record<string, string> = {};
  const samples: Record<string, string> = {};
  const put = (value: string, sample: string): string => {
    const name = String(Object.keys(values).length + 1);
    values[name] = value;
    samples[name] = sample;
    return `{{${name}}}`;
  };
  return Object.assign(put, { values, samples });
}
