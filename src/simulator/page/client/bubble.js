import { el, icon } from './dom.js';
import { walkWithArrows } from './keys.js';
import { hourOf } from './time.js';
import { formatted, linked, shortened } from './words.js';

const mediaWords = {
  image: 'Photo',
  document: 'Document',
  voice: 'Voice message',
  audio: 'Audio',
  video: 'Video',
  sticker: 'Sticker',
  location: 'Location',
  contact: 'Contact',
};
const drawnMedia = new Set(['image', 'document', 'voice', 'location', 'contact', 'sticker']);

/**
 * One message as WhatsApp or Telegram draws it: bubble, and what can be pressed beneath.
 * `does` has press(choice index), openList(message), reply(message).
 */
export function bubble(message, person, does) {
  const isOwn = message.from === 'person';
  const quoted = message.thread ? person.messages.find(({ id }) => id === message.thread) : null;
  const words = person.channel === 'whatsapp' ? formatted : linked;
  const body = message.deleted
    ? el('p', { class: 'text gone' }, 'This message was deleted')
    : el('p', { class: 'text', dir: 'auto' }, words(message.text));
  return el(
    'li',
    {
      class: `message ${isOwn ? 'own' : 'theirs'}`,
      data: { message: message.id, from: message.from },
    },
    el(
      'div',
      { class: 'bubble-row' },
      el(
        'div',
        { class: 'bubble' },
        el('span', { class: 'unseen' }, isOwn ? 'You: ' : 'Intumwa: '),
        quoted ? el('p', { class: 'quote' }, shortened(quoted.text || 'Message', 90)) : null,
        message.media && !message.deleted ? mediaCard(message.media) : null,
        message.text || message.deleted ? body : null,
        meta(message, person),
      ),
      message.deleted
        ? null
        : el(
            'button',
            {
              type: 'button',
              class: 'reply',
              'aria-label': 'Reply to this message',
              on: { click: () => does.reply(message) },
            },
            icon('reply'),
          ),
    ),
    message.reactions?.length ? el('p', { class: 'reactions' }, message.reactions.join(' ')) : null,
    message.deleted || message.choices.length === 0 ? null : choices(message, does),
  );
}

function meta(message, person) {
  const at = new Date(message.at);
  return el(
    'span',
    { class: 'meta' },
    message.template ? el('span', { class: 'tag', title: message.template }, 'template') : null,
    message.edited ? el('span', {}, 'edited') : null,
    el('time', { datetime: message.at }, hourOf(at, person.zone)),
    ticks(message, person),
  );
}

/** Grey and single when sent, double when delivered, blue when read: what the sender's side knows. */
function ticks(message, person) {
  const { sent, delivered, read } = message.receipts;
  if (person.channel === 'telegram')
    return message.from === 'person' ? el('span', { class: 'ticks', title: 'Sent' }, icon('tick')) : null;
  const state = read ? 'read' : delivered ? 'delivered' : sent ? 'sent' : 'waiting';
  const when = (at) => hourOf(new Date(at), person.zone);
  const title = [
    sent && `sent ${when(sent)}`,
    delivered && `delivered ${when(delivered)}`,
    read && `read ${when(read)}`,
  ]
    .filter(Boolean)
    .join(', ');
  return el(
    'span',
    { class: 'ticks', role: 'img', 'aria-label': title || 'waiting', title, data: { state } },
    icon(state === 'sent' || state === 'waiting' ? 'tick' : 'ticks'),
  );
}

function mediaCard({ kind, name }) {
  const title = mediaWords[kind] ?? kind;
  const isFile = kind === 'document' || kind === 'location';
  return el(
    'p',
    { class: 'media', data: { kind } },
    icon(drawnMedia.has(kind) ? kind : 'document'),
    el('span', {}, title, isFile ? el('small', {}, name) : null),
  );
}

function choices(message, does) {
  if (message.listButton)
    return el(
      'div',
      { class: 'choices' },
      el(
        'button',
        {
          type: 'button',
          class: 'choice opens-list',
          'aria-haspopup': 'dialog',
          on: { click: () => does.openList(message) },
        },
        icon('list'),
        message.listButton,
      ),
    );
  const buttons = message.choices.map(({ id, label, url }, index) =>
    url
      ? el(
          'a',
          { class: 'choice', href: url, target: '_blank', rel: 'noopener noreferrer', data: { choice: id } },
          label,
          icon('link'),
        )
      : el(
          'button',
          {
            type: 'button',
            class: 'choice',
            data: { choice: id },
            on: { click: () => does.press(message, index) },
          },
          label,
        ),
  );
  return walkWithArrows(
    el(
      'div',
      {
        class: 'choices',
        role: 'group',
        'aria-label': 'Answers',
        data: { pairs: buttons.length > 1 && message.choices.every(({ label }) => label.length <= 14) },
      },
      buttons,
    ),
    'button, a',
  );
}
