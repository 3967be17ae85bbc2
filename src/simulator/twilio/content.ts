/** A Content resource. Dates are programme time. */
export type Content = {
  readonly sid: string;
  readonly friendlyName: string;
  readonly language: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly types: Readonly<Record<string, ContentType>>;
  readonly createdAt: Date;
  approval: Approval | null;
};
export type Approval = {
  readonly name: string;
  readonly category: string;
  readonly contentType: string;
  status: 'received' | 'pending' | 'approved' | 'rejected' | 'paused' | 'disabled';
  rejectionReason: string;
  readonly allowCategoryChange: boolean;
};
export type ContentType = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

type Shape = { readonly required: readonly string[]; readonly allowed: readonly string[] };
// What is accepted of each type; the real API refuses names that it does not know.
const shapes: Readonly<Record<string, Shape>> = {
  'twilio/text': { required: ['body'], allowed: ['body'] },
  'twilio/media': { required: ['media'], allowed: ['body', 'media'] },
  'twilio/location': {
    required: ['latitude', 'longitude'],
    allowed: ['latitude', 'longitude', 'label', 'id', 'address'],
  },
  'twilio/quick-reply': { required: ['body', 'actions'], allowed: ['body', 'actions'] },
  'twilio/list-picker': {
    required: ['body', 'button', 'items'],
    allowed: ['body', 'button', 'items', 'multiple_selection'],
  },
  'twilio/call-to-action': { required: ['body', 'actions'], allowed: ['body', 'actions'] },
};

/** Twilio sends the richest type that the channel knows. */
const richness = [
  'twilio/list-picker',
  'twilio/quick-reply',
  'twilio/call-to-action',
  'twilio/location',
  'twilio/media',
  'twilio/text',
];

const text = (value: unknown) => (typeof value === 'string' ? value : '');
const records = (value: unknown) => (Array.isArray(value) ? value.filter(isRecord) : []);
const isPlaceholder = (value: string) => /\{\{\w+\}\}/.test(value);
/** A placeholder may stand for anything, so only what is fixed is measured before sending. */
const tooLong = (value: unknown, max: number) => text(value).length > max && !isPlaceholder(text(value));

/** What is wrong with the body of a Content create call, or null. */
export function refuseContent(body: unknown): string | null {
  if (!isRecord(body)) return 'Invalid JSON body';
  const unknown = Object.keys(body).find(
    (name) => !['friendly_name', 'language', 'variables', 'types'].includes(name),
  );
  if (unknown) return `Unrecognized field "${unknown}"`;
  if (text(body['language']) === '') return 'language is required';
  const types = body['types'];
  if (!isRecord(types) || Object.keys(types).length === 0) return 'types is required';
  for (const [name, type] of Object.entries(types)) {
    const shape = shapes[name];
    if (!shape) return `Unrecognized content type "${name}"`;
    if (!isRecord(type)) return `${name} must be an object`;
    const missing = shape.required.find((field) => !(field in type));
    if (missing) return `${name}: ${missing} is required`;
    const extra = Object.keys(type).find((field) => !shape.allowed.includes(field));
    if (extra) return `${name}: unrecognized field "${extra}"`;
    const wrong = refuseType(name, type);
    if (wrong) return `${name}: ${wrong}`;
  }
  const variables = body['variables'] ?? {};
  if (!isRecord(variables)) return 'variables must be an object';
  for (const [name, sample] of Object.entries(variables)) {
    if (!/^[A-Za-z0-9_]{1,16}$/.test(name)) return `variable name "${name}" is invalid`;
    if (typeof sample !== 'string') return `variable "${name}" must be a string`;
  }
  if (Object.keys(variables).length > 100) return 'too many variables';
  return null;
}

function refuseType(name: string, type: ContentType): string | null {
  if (name === 'twilio/text') return tooLong(type['body'], 1600) ? 'body exceeds 1600 characters' : null;
  if (tooLong(type['body'], 1024)) return 'body exceeds 1024 characters';
  if (name === 'twilio/quick-reply') {
    const actions = records(type['actions']);
    if (actions.length < 1 || actions.length > 10) return 'actions must hold 1 to 10 buttons';
    for (const action of actions) {
      const extra = Object.keys(action).find((field) => !['type', 'title', 'id'].includes(field));
      if (extra) return `unrecognized action field "${extra}"`;
      if (action['type'] !== undefined && action['type'] !== 'QUICK_REPLY')
        return 'action type must be QUICK_REPLY';
      if (text(action['title']) === '') return 'action title is required';
      if (tooLong(action['title'], 25)) return 'action title exceeds 25 characters';
      if (tooLong(action['id'], 200)) return 'action id exceeds 200 characters';
    }
  }
  if (name === 'twilio/list-picker') {
    const items = records(type['items']);
    if (items.length < 1 || items.length > 10) return 'items must hold 1 to 10 entries';
    if (tooLong(type['button'], 20)) return 'button exceeds 20 characters';
    for (const item of items) {
      const extra = Object.keys(item).find((field) => !['item', 'id', 'description'].includes(field));
      if (extra) return `unrecognized item field "${extra}"`;
      if (text(item['item']) === '' || text(item['id']) === '') return 'item and id are required';
      if (tooLong(item['item'], 24)) return 'item exceeds 24 characters';
      if (tooLong(item['id'], 200)) return 'item id exceeds 200 characters';
      if (tooLong(item['description'], 72)) return 'item description exceeds 72 characters';
    }
  }
  return null;
}

/** Why Meta would refuse this content as a template, or null. The API takes the request all the same. */
export function rejectTemplate(content: Content): string | null {
  const names = Object.keys(content.types);
  if (names.includes('twilio/list-picker') || names.includes('twilio/location'))
    return 'This content type can be sent in session only';
  const type = richest(content);
  const body = text(type.value['body']).trim();
  if (/^\{\{\w+\}\}/.test(body) || /\{\{\w+\}\}$/.test(body))
    return 'Variables cannot be at the start or end of the template';
  if (/\}\}\s*\{\{/.test(body)) return 'Variables cannot be next to each other';
  if (body.length > 1024) return 'The body of a template holds 1024 characters';
  const used = [...JSON.stringify(content.types).matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '');
  if (used.some((name) => !content.variables[name])) return 'Every variable needs a sample';
  const words = body
    .replace(/\{\{\w+\}\}/g, ' ')
    .split(/\s+/)
    .filter(Boolean).length;
  const inBody = new Set(body.match(/\{\{\w+\}\}/g) ?? []).size;
  if (words < inBody * 2 + 1) return 'Too many variables for the length of the template';
  return null;
}

export function richest(content: Content): { readonly name: string; readonly value: ContentType } {
  const name = richness.find((candidate) => candidate in content.types) ?? 'twilio/text';
  return { name, value: content.types[name] ?? {} };
}

export type RenderedContent = {
  readonly text: string;
  readonly listButton: string | null;
  readonly choices: readonly {
    readonly id: string;
    readonly label: string;
    readonly description?: string;
    readonly list?: true;
    readonly url?: string;
  }[];
};
export type ContentRendering =
  | { readonly ok: true; readonly rendered: RenderedContent }
  /** `code` as Twilio reports it in the status callback. */
  | { readonly ok: false; readonly code: number };

/**
 * Fills the variables in and measures what the person would see. As a template the rules of approved
 * content hold, else those of a message in session.
 */
export function renderContent(
  content: Content,
  given: Readonly<Record<string, string>>,
  asTemplate: boolean,
): ContentRendering {
  const { name, value } = richest(content);
  const used = new Set(
    [...JSON.stringify(value).matchAll(/\{\{(\w+)\}\}/g)].map(([, variable]) => variable ?? ''),
  );
  // Without any variables Twilio falls back to the samples; with some missing it refuses.
  const values = Object.keys(given).length === 0 ? content.variables : given;
  if ([...used].some((variable) => values[variable] === undefined)) return { ok: false, code: 63028 };
  if (asTemplate && Object.values(given).some((variable) => /[\n\t]| {5,}/.test(variable)))
    return { ok: false, code: 63013 };
  const fill = (raw: unknown) =>
    text(raw).replace(/\{\{(\w+)\}\}/g, (_, variable: string) => values[variable] ?? '');

  const body = fill(value['body']);
  if (body.length > (name === 'twilio/text' && !asTemplate ? 1600 : 1024)) return { ok: false, code: 63013 };
  const actions = records(value['actions']).map((action) => ({
    id: fill(action['id'] ?? action['title']),
    label: fill(action['title']),
    ...(action['url'] === undefined ? {} : { url: fill(action['url']) }),
  }));
  const items = records(value['items']).map((item) => ({
    id: fill(item['id']),
    label: fill(item['item']),
    list: true as const,
    ...(item['description'] === undefined || fill(item['description']) === ''
      ? {}
      : { description: fill(item['description']) }),
  }));
  const maxLabel = asTemplate ? 25 : 20;
  const isBad =
    (name === 'twilio/quick-reply' && !asTemplate && actions.length > 3) ||
    actions.some(({ id, label }) => label === '' || label.length > maxLabel || id.length > 200) ||
    items.some(
      ({ id, label, description }) =>
        label === '' || label.length > 24 || id.length > 200 || (description ?? '').length > 72,
    ) ||
    new Set(actions.map(({ label }) => label)).size < actions.length ||
    new Set(items.map(({ id }) => id)).size < items.length ||
    fill(value['button']).length > 20;
  if (isBad) return { ok: false, code: 63021 };
  return {
    ok: true,
    rendered: {
      text: body,
      listButton: name === 'twilio/list-picker' ? fill(value['button']) : null,
      choices: [...actions, ...items],
    },
  };
}

/** ContentVariables as sent: a JSON object of non-empty strings, or null when Twilio would answer 21656. */
export function readVariables(raw: string | undefined): Readonly<Record<string, string>> | null {
  if (raw === undefined || raw === '') return {};
  let parsed: unknown;
  try {
    parsed = JSON.parse(raw);
  } catch {
    return null;
  }
  if (!isRecord(parsed)) return null;
  const variables: Record<string, string> = {};
  for (const [name, value] of Object.entries(parsed)) {
    if (typeof value !== 'string' || value === '' || value.length > 1600) return null;
    variables[name] = value;
  }
  return variables;
}
