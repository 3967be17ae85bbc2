import { el, icon } from './dom.js';
import { onEscape } from './keys.js';
import { shortened } from './words.js';

/**
 * Where somebody types. Enter sends, Shift+Enter begins a new line. `onSend(text, thread)` resolves true when
 * it went; then the field is emptied. `before` are nodes that stand left of the field.
 */
export function createComposer({ label, placeholder, onSend, before = [] }) {
  let replyingTo = null;
  const field = el('textarea', {
    rows: 1,
    'aria-label': label,
    placeholder,
    autocomplete: 'off',
    enterkeyhint: 'send',
  });
  const send = el('button', { type: 'submit', class: 'send', 'aria-label': 'Send' }, icon('send'));
  const quote = el('p', { class: 'replying', hidden: true });
  const form = el('form', { class: 'composer', novalidate: true }, quote, before, field, send);

  const grow = () => {
    field.style.height = 'auto';
    field.style.height = `${Math.min(field.scrollHeight, 110)}px`;
  };
  const reply = (message) => {
    replyingTo = message;
    quote.hidden = message === null;
    quote.replaceChildren(
      ...(message === null
        ? []
        : [
            el('span', {}, `Reply to: ${shortened(message.text || 'message', 60)}`),
            el(
              'button',
              {
                type: 'button',
                class: 'plain',
                'aria-label': 'Do not reply to it',
                on: { click: () => reply(null) },
              },
              icon('close'),
            ),
          ]),
    );
    field.focus();
  };

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (text === '') return field.focus();
    const thread = replyingTo?.id;
    // Emptied at once, as a phone does; given back when it could not be sent.
    const typed = field.value;
    field.value = '';
    grow();
    if (replyingTo) reply(null);
    field.focus();
    if (!(await onSend(text, thread)) && field.value === '') {
      field.value = typed;
      grow();
    }
    field.dispatchEvent(new Event('input'));
  });
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.defaultPrevented) return;
    event.preventDefault();
    form.requestSubmit();
  });
  field.addEventListener('input', grow);
  onEscape(quote, () => reply(null));

  return {
    node: form,
    field,
    reply,
    type(text) {
      field.value = text;
      field.dispatchEvent(new Event('input'));
      field.focus();
      field.setSelectionRange(text.length, text.length);
    },
  };
}
