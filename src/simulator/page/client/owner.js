import { el } from './dom.js';

const addValue = '+';

/** The line above a phone that says whose it is, and lets another person have it. */
export function createOwner({ label, list, describe, onChoose, onAdd }) {
  let key = '';
  const select = el('select', { 'aria-label': label });
  const badge = el('span', { class: 'badge', hidden: true });
  const about = el('span', { class: 'about' });
  const fill = () => {
    const options = list().map((person) =>
      el('option', { value: person.key, selected: person.key === key }, describe(person)),
    );
    select.replaceChildren(...options, el('hr'), el('option', { value: addValue }, 'Add a person…'));
    select.value = key;
  };
  select.addEventListener('change', () => {
    const { value } = select;
    select.value = key;
    if (value === addValue) onAdd();
    else onChoose(value);
  });
  return {
    node: el('div', { class: 'owner' }, el('span', { class: 'owner-line' }, select, badge), about),
    show(next, words) {
      key = next;
      about.textContent = words;
      fill();
    },
    badge(count) {
      badge.hidden = count === 0;
      badge.textContent = String(count);
      badge.setAttribute('aria-label', `${count} unread`);
    },
  };
}
