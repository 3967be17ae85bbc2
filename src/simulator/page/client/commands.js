import { el } from './dom.js';

/** Offers slash commands while one is being typed: arrows choose, Tab or Enter takes, Escape closes. */
export function suggestCommands(field, commands) {
  const list = el('ul', {
    class: 'suggestions',
    role: 'listbox',
    id: 'suggestions',
    'aria-label': 'Commands',
    hidden: true,
  });
  let shown = [];
  let at = 0;
  field.setAttribute('role', 'combobox');
  field.setAttribute('aria-expanded', 'false');
  field.setAttribute('aria-controls', 'suggestions');
  field.setAttribute('aria-autocomplete', 'list');

  function close() {
    list.hidden = true;
    shown = [];
    field.setAttribute('aria-expanded', 'false');
    field.removeAttribute('aria-activedescendant');
  }
  function draw() {
    list.replaceChildren(
      ...shown.map(({ command, about }, index) =>
        el(
          'li',
          {
            role: 'option',
            id: `suggestion-${index}`,
            'aria-selected': String(index === at),
            // The field keeps the focus; a click would take it away.
            on: { pointerdown: (event) => event.preventDefault(), click: () => take(index) },
          },
          el('strong', {}, command),
          el('span', {}, about),
        ),
      ),
    );
    list.hidden = shown.length === 0;
    field.setAttribute('aria-expanded', String(shown.length > 0));
    if (shown.length > 0) field.setAttribute('aria-activedescendant', `suggestion-${at}`);
    list.children[at]?.scrollIntoView({ block: 'nearest' });
  }
  function take(index) {
    const chosen = shown[index];
    if (!chosen) return;
    field.value = `${chosen.command} `;
    close();
    field.focus();
  }

  field.addEventListener('input', () => {
    const typed = field.value;
    const isOne = typed.startsWith('/') && !typed.includes('\n');
    shown = isOne
      ? commands.filter(({ command }) => command.startsWith(typed.trimEnd()) && command !== typed.trimEnd())
      : [];
    at = 0;
    if (shown.length === 0) close();
    else draw();
  });
  field.addEventListener('blur', close);
  field.addEventListener('keydown', (event) => {
    if (list.hidden || event.isComposing) return;
    const steps = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (steps) at = (at + steps + shown.length) % shown.length;
    else if (event.key === 'Tab' || event.key === 'Enter') take(at);
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
    event.stopPropagation();
    if (steps) draw();
  });
  return list;
}
