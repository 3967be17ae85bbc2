/** Block Kit, in plain text throughout: nothing that a person wrote can become a mention, a link or a format. */
export type Block = { readonly type: string; readonly [field: string]: unknown };

const longest = { section: 2900, header: 150, label: 75, value: 2000 };

export function plainText(text: string, max: number = longest.section): object {
  return { type: 'plain_text', text: cut(text, max) || ' ', emoji: true };
}

export function section(text: string): Block {
  return { type: 'section', text: plainText(text) };
}

export function header(text: string): Block {
  return { type: 'header', text: plainText(text, longest.header) };
}

export function context(text: string): Block {
  return { type: 'context', elements: [plainText(text)] };
}

export const divider: Block = { type: 'divider' };

export type Pressable = {
  readonly label: string;
  readonly action: string;
  readonly value: string;
  readonly style?: 'primary' | 'danger' | undefined;
};

/** At most 25 buttons; their action ids are told apart by their place. */
export function actions(buttons: readonly Pressable[]): Block {
  return {
    type: 'actions',
    elements: buttons.slice(0, 25).map(({ label, action, value, style }, i) => ({
      type: 'button',
      action_id: `${action}:${i + 1}`,
      text: plainText(label, longest.label),
      value: fits(value),
      ...(style && { style }),
    })),
  };
}

type Input = { readonly optional?: boolean; readonly hint?: string };

export function input(
  id: string,
  label: string,
  element: object,
  { optional = false, hint }: Input = {},
): Block {
  return {
    type: 'input',
    block_id: id,
    label: plainText(label),
    element: { action_id: id, ...element },
    optional,
    ...(hint && { hint: plainText(hint) }),
  };
}

export function textInput(initial: string | undefined, { lines = false, max = 150 } = {}): object {
  return {
    type: 'plain_text_input',
    multiline: lines,
    max_length: max,
    ...(initial && { initial_value: initial }),
  };
}

export function dateInput(initial: string | undefined): object {
  return { type: 'datepicker', ...(initial && { initial_date: initial }) };
}

export type Choice = { readonly value: string; readonly label: string };
const optionOf = ({ value, label }: Choice) => ({ text: plainText(label, longest.label), value });

/** At most 100 choices. An initial value that is not among them is left out. */
export function select(choices: readonly Choice[], initial?: string): object {
  const chosen = choices.find(({ value }) => value === initial);
  return {
    type: 'static_select',
    options: choices.slice(0, 100).map(optionOf),
    ...(chosen && { initial_option: optionOf(chosen) }),
  };
}

export function selectGroups(
  groups: readonly { readonly label: string; readonly choices: readonly Choice[] }[],
  initial?: string,
): object {
  const chosen = groups.flatMap(({ choices }) => choices).find(({ value }) => value === initial);
  return {
    type: 'static_select',
    option_groups: groups.map(({ label, choices }) => ({
      label: plainText(label, longest.label),
      options: choices.slice(0, 100).map(optionOf),
    })),
    ...(chosen && { initial_option: optionOf(chosen) }),
  };
}

export function selectMany(choices: readonly Choice[], initial: readonly string[] = []): object {
  const chosen = choices.filter(({ value }) => initial.includes(value));
  return {
    type: 'multi_static_select',
    options: choices.slice(0, 100).map(optionOf),
    ...(chosen.length > 0 && { initial_options: chosen.map(optionOf) }),
  };
}

/** The `text` of a message is mrkdwn: three characters are all it takes to keep a name from becoming a mention. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function cut(text: string, max: number): string {
  return text.length > max ? `${text.slice(0, max - 1)}…` : text;
}

function fits(value: string): string {
  if (value.length > longest.value) throw new Error('a button cannot carry so much');
  return value;
}
