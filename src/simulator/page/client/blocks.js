import { el, icon } from './dom.js';
import { walkWithArrows } from './keys.js';
import { formatted, slackText } from './words.js';

/**
 * Draws the blocks of a Slack message, modal or home tab. `does.press(index, label)` counts what can be
 * pressed as the control API does: one for a button, one for each option of a select. `does.pick(title, rows)`
 * opens a list; `does.input(block)` draws a field.
 */
export function drawBlocks(blocks, does) {
  let index = 0;
  const words = (text) =>
    text?.type === 'mrkdwn' ? slackText(text.text, does.nameOf) : formatted(text?.text ?? '');

  const element = (item) => {
    const first = index;
    if (item.type === 'button') {
      index += 1;
      return button(item, words(item.text), () => does.press(first, item));
    }
    const options = [
      ...(item.options ?? []),
      ...(item.option_groups ?? []).flatMap((group) => group.options ?? []),
    ];
    index += options.length;
    if (options.length === 0) return item.type === 'image' ? picture(item) : null;
    const rows = options.map((option, place) => ({
      label: option.text?.text ?? '',
      description: option.description?.text,
      onPick: () => does.press(first + place, item),
    }));
    const title = item.placeholder?.text ?? 'Choose';
    const chosen = item.initial_option?.text?.text;
    return el(
      'button',
      {
        type: 'button',
        class: item.type === 'overflow' ? 'plain overflow' : 'block-select',
        'aria-haspopup': 'dialog',
        'aria-label': item.type === 'overflow' ? 'More' : null,
        on: { click: () => does.pick(title, rows) },
      },
      item.type === 'overflow' ? icon('more') : (chosen ?? title),
    );
  };

  const kinds = {
    header: (block) => el('h3', { class: 'block-header' }, words(block.text)),
    divider: () => el('hr', { class: 'block-divider' }),
    section: (block) =>
      el(
        'div',
        { class: 'block-section' },
        el(
          'div',
          { class: 'block-words' },
          block.text ? el('p', { class: 'text' }, words(block.text)) : null,
          block.fields
            ? el(
                'div',
                { class: 'block-fields' },
                block.fields.map((field) => el('p', { class: 'text' }, words(field))),
              )
            : null,
        ),
        block.accessory ? element(block.accessory) : null,
      ),
    context: (block) =>
      el(
        'p',
        { class: 'block-context' },
        block.elements.map((item) =>
          item.type === 'image' ? picture(item) : el('span', { class: 'text' }, words(item)),
        ),
      ),
    actions: (block) =>
      walkWithArrows(
        el(
          'div',
          { class: 'block-actions', role: 'group', 'aria-label': 'Actions' },
          block.elements.map(element),
        ),
      ),
    image: picture,
    input: (block) => does.input?.(block) ?? null,
    rich_text: (block) => el('p', { class: 'text' }, richText(block)),
    markdown: (block) => el('p', { class: 'text' }, formatted((block.text ?? '').replaceAll('**', '*'))),
  };
  return blocks.map((block) => kinds[block.type]?.(block) ?? null);
}

function button(item, label, press) {
  const style = `block-button ${item.style ?? ''}`.trim();
  const name = item.accessibility_label ?? null;
  if (item.url)
    return el(
      'a',
      {
        class: style,
        href: item.url,
        target: '_blank',
        rel: 'noopener noreferrer',
        'aria-label': name,
        on: { click: press },
      },
      label,
      icon('link'),
    );
  return el('button', { type: 'button', class: style, 'aria-label': name, on: { click: press } }, label);
}

/** Pictures come from elsewhere and are not loaded; their words are shown. */
const picture = (item) => el('span', { class: 'block-image' }, item.alt_text ?? item.title?.text ?? 'Image');

function richText(node) {
  if (typeof node.text === 'string') {
    const { bold, italic, strike, code } = node.style ?? {};
    const tag = bold ? 'strong' : italic ? 'em' : strike ? 's' : code ? 'code' : 'span';
    return el(tag, {}, node.text);
  }
  if (node.type === 'link') return el('span', {}, node.url ?? '');
  const parts = (node.elements ?? []).map(richText);
  if (node.type === 'rich_text_list')
    return el(
      'span',
      {},
      parts.flatMap((part) => ['• ', part, '\n']),
    );
  return el('span', {}, parts);
}
