import { simulatedAccounts } from '../product.ts';
import { checkBlocks } from './blocks.ts';
import {
  type Block,
  newHash,
  newSlackId,
  plain,
  type SlackState,
  textOfBlocks,
  type View,
} from './workspace.ts';

export type Refused = { readonly error: string; readonly messages?: readonly string[] };
type Body = Readonly<Record<string, unknown>>;

/** What Slack would refuse of a view, or null. */
export function refuseView(view: unknown, type: 'modal' | 'home'): Refused | null {
  if (!isRecord(view))
    return { error: 'invalid_arguments', messages: ['[ERROR] missing required field: view'] };
  const problems = checkBlocks(view['blocks'], type);
  if (view['type'] !== type) problems.push(`[ERROR] must be of type ${type} [json-pointer:/view/type]`);
  if (type === 'modal') {
    for (const [field, isRequired] of [
      ['title', true],
      ['submit', false],
      ['close', false],
    ] as const) {
      const text = plain(view[field]);
      if ((isRequired && text === '') || text.length > 24)
        problems.push(`[ERROR] must be 1 to 24 characters [json-pointer:/view/${field}]`);
    }
    const hasInput = records(view['blocks']).some((block) => block['type'] === 'input');
    if (hasInput && view['submit'] === undefined)
      problems.push('[ERROR] submit is required when there are inputs [json-pointer:/view]');
  }
  if (String(view['private_metadata'] ?? '').length > 3000)
    problems.push('[ERROR] must be less than 3001 characters [json-pointer:/view/private_metadata]');
  if (String(view['callback_id'] ?? '').length > 255)
    problems.push('[ERROR] must be less than 256 characters [json-pointer:/view/callback_id]');
  if (JSON.stringify(view).length > 250_000) return { error: 'view_too_large' };
  return problems.length > 0 ? { error: 'invalid_arguments', messages: problems } : null;
}

/** Uses a trigger up: three seconds, once. */
export function useTrigger(state: SlackState, id: unknown, lifetimeMs: number): { user: string } | Refused {
  const trigger = state.triggers.get(String(id ?? ''));
  if (!trigger) return { error: 'invalid_trigger_id' };
  if (trigger.used) return { error: 'exchanged_trigger_id' };
  if (Date.now() - trigger.at > lifetimeMs) return { error: 'expired_trigger_id' };
  trigger.used = true;
  return { user: trigger.user };
}

export function newView(body: Body, above: View | undefined): View {
  const id = newSlackId('V');
  return {
    id,
    rootId: above?.rootId ?? id,
    previousId: above?.id ?? null,
    hash: newHash(),
    body: withIds(body),
    errors: {},
  };
}

export function replaceView(view: View, body: Body): void {
  view.body = withIds(body);
  view.hash = newHash();
  view.errors = {};
}

/** Slack names every block and element that the app left without a name. */
export function withIds(body: Body): Body {
  const name = (node: Record<string, unknown>) => ({ action_id: newSlackId('').slice(0, 5), ...node });
  const blocks = records(body['blocks']).map(
    (block): Block => ({
      block_id: newSlackId('').slice(0, 5),
      ...block,
      ...(isRecord(block['element']) ? { element: name(block['element']) } : {}),
      ...(isRecord(block['accessory']) ? { accessory: name(block['accessory']) } : {}),
      ...(block['type'] === 'actions' ? { elements: records(block['elements']).map(name) } : {}),
    }),
  );
  return { ...body, blocks };
}

/** A view in the shape of the Web API and of payloads. */
export function describeView(view: View, values: Readonly<Record<string, unknown>> = {}) {
  return {
    id: view.id,
    team_id: simulatedAccounts.teamId,
    app_id: simulatedAccounts.appId,
    bot_id: simulatedAccounts.botId,
    private_metadata: '',
    callback_id: '',
    clear_on_close: false,
    notify_on_close: false,
    external_id: '',
    ...view.body,
    hash: view.hash,
    state: { values },
    root_view_id: view.rootId,
    previous_view_id: view.previousId,
  };
}

export type Field = {
  readonly block: string;
  readonly action: string;
  readonly type: string;
  readonly label: string;
  readonly isOptional: boolean;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly element: Record<string, unknown>;
};

/** The inputs of a view as a person sees them. */
export function fieldsOf(view: View): Field[] {
  return records(view.body['blocks']).flatMap((block) => {
    const element = block['element'];
    if (block['type'] !== 'input' || !isRecord(element)) return [];
    return [
      {
        block: String(block['block_id']),
        action: String(element['action_id']),
        type: String(element['type']),
        label: plain(block['label']),
        isOptional: block['optional'] === true,
        options: optionsOf(element).map((option) => ({
          value: String(option['value']),
          label: plain(option['text']),
        })),
        element,
      },
    ];
  });
}

/** What the page and testers see of a view. */
export function showView(view: View) {
  return {
    id: view.id,
    callback_id: String(view.body['callback_id'] ?? ''),
    title: plain(view.body['title']),
    submit: plain(view.body['submit']),
    close: plain(view.body['close']),
    text: textOfBlocks(records(view.body['blocks'])),
    fields: fieldsOf(view).map(({ element, ...field }) => ({ ...field, initial: initialOf(element) })),
    errors: view.errors,
    blocks: view.body['blocks'],
  };
}

/**
 * Fills a form in: `given` by block id, action id or label; options by value or label. What was not given
 * keeps its initial value. Answers the state as Slack sends it, or what the client itself would complain of.
 */
export function fillIn(
  view: View,
  given: Readonly<Record<string, unknown>>,
): { readonly values: Record<string, Record<string, unknown>> } | { readonly error: string } {
  const fields = fieldsOf(view);
  const unknown = Object.keys(given).find(
    (key) => !fields.some((field) => [field.block, field.action, field.label].includes(key)),
  );
  if (unknown !== undefined)
    return { error: `no field "${unknown}"; there are ${fields.map(({ block }) => block).join(', ')}` };
  const values: Record<string, Record<string, unknown>> = {};
  for (const field of fields) {
    const raw = given[field.block] ?? given[field.action] ?? given[field.label];
    // Slack's own nesting { block: { action: value } } is understood too.
    const value = isRecord(raw) && field.action in raw ? raw[field.action] : raw;
    const read = readValue(field, value);
    if ('error' in read) return read;
    if (!field.isOptional && read.isEmpty)
      return { error: `"${field.label}" (${field.block}) must be filled in` };
    values[field.block] = { [field.action]: { type: field.type, ...read.state } };
  }
  return { values };
}

type FieldState = { readonly state: Record<string, unknown>; readonly isEmpty: boolean };

function readValue(field: Field, value: unknown): FieldState | { readonly error: string } {
  const { type, element } = field;
  if (/^(static_select|radio_buttons|overflow)$/.test(type)) {
    const option = value === undefined ? element['initial_option'] : pickOption(element, value);
    if (value !== undefined && value !== null && !option)
      return { error: `"${field.label}" has no option "${String(value)}"` };
    return { state: { selected_option: option ?? null }, isEmpty: !option };
  }
  if (/^(multi_static_select|checkboxes)$/.test(type)) {
    const options =
      value === undefined
        ? records(element['initial_options'])
        : [value].flat().map((each) => pickOption(element, each));
    if (options.includes(undefined)) return { error: `"${field.label}" has not all of these options` };
    return { state: { selected_options: options }, isEmpty: options.length === 0 };
  }
  const single = singles[type];
  if (single) {
    const chosen = value === undefined ? (element[single.initial] ?? null) : value;
    return { state: { [single.name]: chosen }, isEmpty: chosen === null || chosen === '' };
  }
  if (type === 'external_select') {
    const option =
      value === undefined
        ? element['initial_option']
        : { text: { type: 'plain_text', text: String(value) }, value: String(value) };
    return { state: { selected_option: option ?? null }, isEmpty: !option };
  }
  const text = value === undefined ? element['initial_value'] : value;
  const max = Number(element['max_length'] ?? 3000);
  if (typeof text === 'string' && text.length > max)
    return { error: `"${field.label}" holds ${max} characters` };
  return {
    state: { value: text === undefined || text === '' || text === null ? null : String(text) },
    isEmpty: text === undefined || text === '' || text === null,
  };
}

const singles: Readonly<Record<string, { name: string; initial: string }>> = {
  datepicker: { name: 'selected_date', initial: 'initial_date' },
  timepicker: { name: 'selected_time', initial: 'initial_time' },
  datetimepicker: { name: 'selected_date_time', initial: 'initial_date_time' },
  users_select: { name: 'selected_user', initial: 'initial_user' },
  multi_users_select: { name: 'selected_users', initial: 'initial_users' },
  conversations_select: { name: 'selected_conversation', initial: 'initial_conversation' },
  channels_select: { name: 'selected_channel', initial: 'initial_channel' },
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const records = (value: unknown) => (Array.isArray(value) ? value.filter(isRecord) : []);
const optionsOf = (element: Record<string, unknown>) => [
  ...records(element['options']),
  ...records(element['option_groups']).flatMap((group) => records(group['options'])),
];
const pickOption = (element: Record<string, unknown>, wanted: unknown) =>
  optionsOf(element).find((option) => option['value'] === wanted || plain(option['text']) === wanted);
const initialOf = (element: Record<string, unknown>) =>
  Object.entries(element).find(([key]) => key.startsWith('initial_'))?.[1] ?? null;
