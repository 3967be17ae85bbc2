import { api } from './api.js';
import { el } from './dom.js';
import { keyOf } from './store.js';

const examples = {
  whatsapp: { label: 'Phone number', example: '+32470000009' },
  telegram: { label: 'User id, digits', example: '510000009' },
  slack: { label: 'Member id', example: 'U0MEMBER9' },
};

/** Asks for a new person and gives them a phone. `onAdded(key)` when they have it. */
export function openAddPerson(store, channel, onAdded) {
  const error = el('p', { class: 'field-error', role: 'alert', hidden: true });
  const address = el('input', { name: 'address', required: true, autocomplete: 'off' });
  const addressLabel = el('span', {});
  const channels = el(
    'select',
    { name: 'channel' },
    el('option', { value: 'whatsapp' }, 'WhatsApp'),
    el('option', { value: 'telegram' }, 'Telegram'),
    el('option', { value: 'slack' }, 'Slack'),
  );
  channels.value = channel;
  const explain = () => {
    const { label, example } = examples[channels.value];
    addressLabel.textContent = label;
    address.placeholder = example;
  };
  channels.addEventListener('change', explain);
  explain();
  const locales = el(
    'select',
    { name: 'locale' },
    el('option', { value: 'rw' }, 'Kinyarwanda'),
    el('option', { value: 'fr' }, 'Français'),
    el('option', { value: 'en' }, 'English'),
  );
  const name = el('input', { name: 'name', required: true, maxlength: 100, autocomplete: 'off' });
  const form = el(
    'form',
    { method: 'dialog', class: 'box-form' },
    el('h2', {}, 'Add a person'),
    el('label', {}, el('span', {}, 'App'), channels),
    el('label', {}, el('span', {}, 'Name'), name),
    el('label', {}, addressLabel, address),
    el('label', {}, el('span', {}, 'Language of the phone'), locales),
    error,
    el(
      'p',
      { class: 'box-buttons' },
      el('button', { type: 'button', class: 'button', on: { click: () => dialog.close() } }, 'Cancel'),
      el('button', { type: 'submit', class: 'button primary' }, 'Add'),
    ),
  );
  const dialog = el('dialog', { class: 'box', 'aria-label': 'Add a person' }, form);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    try {
      const { messages, ...person } = await api.addPerson({
        channel: channels.value,
        address: address.value.trim(),
        name: name.value.trim(),
        locale: locales.value,
      });
      store.know(person);
      store.tell('people');
      dialog.close();
      onAdded(keyOf(person));
    } catch (problem) {
      error.textContent = problem.message;
      error.hidden = false;
    }
  });
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  name.focus();
}
