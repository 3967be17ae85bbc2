import { el } from './dom.js';

/**
 * One field of a modal: {node, read, block, label, isOptional, focus}. `read()` answers the value as `submit`
 * wants it, null when nothing was given. `draft` is what had been typed before the modal was drawn again.
 */
export function drawField(block, draft, { members, channels }) {
  const { element } = block;
  const id = `field-${block.block_id}`;
  const make = kinds[element.type] ?? kinds['plain_text_input'];
  const described = `${id}-hint ${id}-error`;
  const input = make(element, draft, { id, described, members, channels });
  const error = el('p', { class: 'field-error', id: `${id}-error`, hidden: true });
  const label = block.label?.text ?? '';
  const hint = block.hint ? el('p', { class: 'field-hint', id: `${id}-hint` }, block.hint.text) : null;
  const optional = block.optional ? el('span', { class: 'quiet' }, ' (optional)') : null;
  const node = input.isGroup
    ? el(
        'fieldset',
        { class: 'field', 'aria-describedby': described },
        el('legend', {}, label, optional),
        input.node,
        hint,
        error,
      )
    : el('div', { class: 'field' }, el('label', { for: id }, label, optional), input.node, hint, error);
  node.dataset.block = block.block_id;
  return {
    node,
    block: block.block_id,
    name: `${block.block_id} ${element.action_id}`,
    isOptional: block.optional === true,
    read: input.read,
    complain(words) {
      error.textContent = words ?? '';
      error.hidden = !words;
      for (const control of node.querySelectorAll('input, select, textarea'))
        control.setAttribute('aria-invalid', String(Boolean(words)));
    },
    focus: () => node.querySelector('input, select, textarea')?.focus(),
  };
}

const optionsOf = (element) => [
  ...(element.options ?? []),
  ...(element.option_groups ?? []).flatMap((group) => group.options ?? []),
];
const pairs = (element) =>
  optionsOf(element).map(({ value, text, description }) => ({
    value,
    label: text?.text ?? value,
    description: description?.text,
  }));
const people = (members) => members.map(({ address, name }) => ({ value: address, label: name }));
const or = (value) => (value === '' || value === undefined ? null : value);

function line(type, read = (value) => value) {
  return (element, draft, { id, described }) => {
    const initial = draft ?? element.initial_value ?? element[`initial_${type}`] ?? '';
    const isLong = type === 'text' && element.multiline;
    const node = el(isLong ? 'textarea' : 'input', {
      id,
      type: isLong ? null : type,
      rows: isLong ? 4 : null,
      placeholder: element.placeholder?.text,
      maxlength: element.max_length,
      min: element.min_value,
      max: element.max_value,
      step: element.is_decimal_allowed ? 'any' : null,
      autocomplete: 'off',
      'aria-describedby': described,
    });
    node.value = String(initial);
    return { node, read: () => (or(node.value) === null ? null : read(node.value)) };
  };
}

function oneOf(list, initialOf) {
  return (element, draft, { id, described, ...known }) => {
    const options = list(element, known);
    const node = el(
      'select',
      { id, 'aria-describedby': described },
      el('option', { value: '' }, element.placeholder?.text ?? 'Choose…'),
      options.map(({ value, label }) => el('option', { value }, label)),
    );
    node.value = draft ?? initialOf(element) ?? '';
    return { node, read: () => or(node.value) };
  };
}

function several(list, initialOf, type = 'checkbox') {
  return (element, draft, { id, ...known }) => {
    const chosen = new Set([draft ?? initialOf(element) ?? []].flat());
    const boxes = list(element, known).map(({ value, label, description }) => {
      const box = el('input', { type, name: id, value, checked: chosen.has(value) });
      return {
        box,
        node: el(
          'label',
          { class: 'option' },
          box,
          el('span', {}, label, description ? el('small', {}, description) : null),
        ),
      };
    });
    const values = () => boxes.filter(({ box }) => box.checked).map(({ box }) => box.value);
    return {
      isGroup: true,
      node: el(
        'div',
        { class: boxes.length > 8 ? 'options scroll' : 'options' },
        boxes.map(({ node }) => node),
      ),
      read: () => (type === 'radio' ? or(values()[0]) : values()),
    };
  };
}

const single = (element) => element.initial_option?.value;
const many = (element) => element.initial_options?.map(({ value }) => value);
const kinds = {
  plain_text_input: line('text'),
  rich_text_input: line('text'),
  external_select: line('text'),
  email_text_input: line('email'),
  url_text_input: line('url'),
  number_input: line('number'),
  datepicker: line('date'),
  timepicker: line('time'),
  datetimepicker: line('datetime-local', (value) => Math.floor(new Date(value).getTime() / 1000)),
  static_select: oneOf(pairs, single),
  users_select: oneOf(
    (_, { members }) => people(members),
    (element) => element.initial_user,
  ),
  channels_select: oneOf(
    (_, { channels }) => people(channels),
    (element) => element.initial_channel,
  ),
  conversations_select: oneOf(
    (_, { channels }) => people(channels),
    (element) => element.initial_conversation,
  ),
  radio_buttons: several(pairs, single, 'radio'),
  checkboxes: several(pairs, many),
  multi_static_select: several(pairs, many),
  multi_users_select: several(
    (_, { members }) => people(members),
    (element) => element.initial_users,
  ),
};
