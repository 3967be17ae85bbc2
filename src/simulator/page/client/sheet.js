import { el, icon } from './dom.js';
import { onEscape, walkWithArrows } from './keys.js';

/**
 * A sheet that slides up inside one phone. `rows` are {label, description?, icon?, onPick}. Escape, the shade
 * and the cross close it, and the focus returns to where it came from. Answers a function that closes it.
 */
export function openSheet(layer, { title, rows, covered }) {
  const back = document.activeElement;
  const close = () => {
    layer.replaceChildren();
    layer.hidden = true;
    for (const node of covered) node.inert = false;
    if (back?.isConnected) back.focus();
  };
  const pick = (row) => {
    close();
    row.onPick();
  };
  const list = walkWithArrows(
    el(
      'ul',
      { class: 'sheet-rows' },
      rows.map((row) =>
        el(
          'li',
          {},
          el(
            'button',
            { type: 'button', class: 'sheet-row', on: { click: () => pick(row) } },
            row.icon ? icon(row.icon) : null,
            el(
              'span',
              { class: 'sheet-words' },
              el('span', { class: 'sheet-label' }, row.label),
              row.description ? el('span', { class: 'sheet-description' }, row.description) : null,
            ),
            row.isChoice ? el('span', { class: 'sheet-ring', 'aria-hidden': 'true' }) : null,
          ),
        ),
      ),
    ),
  );
  const sheet = el(
    'div',
    { class: 'sheet', role: 'dialog', 'aria-label': title },
    el(
      'div',
      { class: 'sheet-head' },
      el(
        'button',
        { type: 'button', class: 'plain', 'aria-label': 'Close', on: { click: close } },
        icon('close'),
      ),
      el('h3', {}, title),
    ),
    list,
  );
  onEscape(sheet, close);
  layer.replaceChildren(el('div', { class: 'shade', on: { click: close } }), sheet);
  layer.hidden = false;
  for (const node of covered) node.inert = true;
  list.querySelector('button')?.focus();
  return close;
}
