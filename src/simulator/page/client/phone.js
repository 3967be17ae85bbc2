import { api } from './api.js';
import { bubble } from './bubble.js';
import { createComposer } from './composer.js';
import { avatar, el, icon } from './dom.js';
import { showLog } from './log.js';
import { announce, attempt } from './notices.js';
import { createOwner } from './owner.js';
import { createScroller } from './scroller.js';
import { openSheet } from './sheet.js';
import { cityOf, hourOf } from './time.js';
import { shortened } from './words.js';

const apps = { whatsapp: 'WhatsApp', telegram: 'Telegram' };
const sendable = ['image', 'document', 'voice', 'location', 'contact', 'sticker'];
const sendWords = {
  image: 'Photo',
  document: 'Document',
  voice: 'Voice message',
  location: 'Location',
  contact: 'Contact',
  sticker: 'Sticker',
};

/** One phone. It belongs to whoever is chosen above it; `swap(key)` is asked when somebody else is chosen. */
export function createPhone(root, { store, time, swap, addPerson, onSent }) {
  let key = '';
  let inHand = false;
  const person = () => store.person(key);
  const act = (deed, body) => attempt(() => api.act(person(), deed, body));

  const owner = createOwner({
    label: `Whose ${root.getAttribute('aria-label').toLowerCase()} is this?`,
    list: () => store.members().filter(({ channel }) => channel !== 'slack'),
    describe: ({ name, channel }) => `${name} · ${apps[channel]}`,
    onChoose: (chosen) => swap(chosen),
    onAdd: () => addPerson('whatsapp', (added) => swap(added)),
  });
  const wallTime = el('time', { class: 'wall-time' });
  const wallPlace = el('span', {});
  const number = el('span', { class: 'address' });
  const line = el('span', { class: 'line' });
  const list = el('ol', { class: 'log' });
  const layer = el('div', { class: 'layer', hidden: true });
  const empty = el('p', { class: 'empty' });
  const scroller = createScroller(list, 'Conversation', () => seen());
  scroller.area.prepend(empty);
  const composer = createComposer({
    label: 'Message',
    placeholder: 'Message',
    onSend: async (text, thread) => {
      const isDone = (await act('say', { text, ...(thread ? { thread } : {}) })) !== null;
      if (isDone) onSent(key, text);
      scroller.toEnd();
      return isDone;
    },
    before: [
      el(
        'button',
        {
          type: 'button',
          class: 'plain attach',
          'aria-label': 'Attach',
          'aria-haspopup': 'dialog',
          on: { click: attach },
        },
        icon('attach'),
      ),
    ],
  });
  const start = el(
    'button',
    { type: 'button', class: 'start', hidden: true, on: { click: () => act('command', { text: '/start' }) } },
    'START',
  );
  const bar = el(
    'header',
    { class: 'app-bar' },
    avatar('Intumwa', true),
    el('span', { class: 'who' }, el('strong', {}, 'Intumwa'), line),
    el(
      'button',
      {
        type: 'button',
        class: 'plain',
        'aria-label': 'More about this phone',
        'aria-haspopup': 'dialog',
        on: { click: more },
      },
      icon('more'),
    ),
  );
  const device = el(
    'div',
    { class: 'device' },
    el('div', { class: 'status-bar' }, wallTime, number, wallPlace),
    bar,
    scroller.node,
    composer.node,
    start,
    layer,
  );
  root.append(owner.node, device);
  const covered = [bar, scroller.node, composer.node];

  const does = {
    press: async (message, index) => {
      await act('press', { message: message.id, index });
      scroller.toEnd();
    },
    openList: (message) =>
      openSheet(layer, {
        title: message.listButton,
        covered,
        rows: message.choices.map(({ label, description }, index) => ({
          label,
          description,
          isChoice: true,
          onPick: () => does.press(message, index),
        })),
      }),
    reply: (message) => composer.reply(message),
  };

  function attach() {
    openSheet(layer, {
      title: 'Send',
      covered,
      rows: sendable.map((kind) => ({
        label: sendWords[kind],
        icon: kind,
        onPick: () => act('send', { kind }),
      })),
    });
  }

  function more() {
    const { offline, blocked } = person();
    openSheet(layer, {
      title: `${person().name}’s phone`,
      covered,
      rows: [
        offline
          ? { label: 'Switch the phone on', onPick: () => act('online') }
          : {
              label: 'Switch the phone off',
              description: 'Messages wait until it is on again',
              onPick: () => act('offline'),
            },
        blocked
          ? { label: 'Unblock Intumwa', onPick: () => act('unblock') }
          : {
              label: 'Block Intumwa',
              description: 'As somebody does who wants no more messages',
              onPick: () => act('block'),
            },
      ],
    });
  }

  /** What is on the screen of the phone in somebody's hand has been read. */
  function seen() {
    const who = person();
    if (!who || !inHand || document.hidden || !scroller.isAtEnd()) return;
    const hadUnread = who.messages.some(({ from, receipts }) => from === 'product' && !receipts.read);
    const isNew = store.see(who);
    if (isNew) store.tell('seen', key);
    if (isNew && hadUnread && who.channel === 'whatsapp' && !who.offline) void act('read');
  }

  function showLine() {
    const who = person();
    if (!who) return;
    const words = who.blocked
      ? 'blocked'
      : who.offline
        ? 'this phone is off'
        : who.isTyping
          ? 'typing…'
          : who.channel === 'whatsapp'
            ? 'business account'
            : 'bot';
    line.textContent = words;
    line.classList.toggle('is-typing', words === 'typing…');
  }

  function showPerson() {
    const who = person();
    if (!who) return;
    device.dataset.app = who.channel;
    root.dataset.owner = key;
    device.classList.toggle('is-off', who.offline);
    scroller.area.setAttribute(
      'aria-label',
      `Conversation of ${who.name} with Intumwa on ${apps[who.channel]}`,
    );
    composer.field.setAttribute('aria-label', `Message from ${who.name}`);
    wallPlace.textContent = cityOf(who.zone);
    number.textContent = who.channel === 'whatsapp' ? who.address : '';
    empty.textContent = `${who.name}${who.about ? `, ${who.about}` : ''}. Write a word to Intumwa to begin.`;
    start.hidden = who.channel !== 'telegram' || who.started;
    composer.node.hidden = !start.hidden;
    owner.show(key, who.about);
    showTime();
    showLine();
  }

  function showTime() {
    const who = person();
    if (!who) return;
    wallTime.textContent = hourOf(time.now(), who.zone);
  }

  function showMessages() {
    const who = person();
    if (!who) return;
    scroller.update(() => {
      showLog(list, who.messages, {
        zone: who.zone,
        now: time.now(),
        draw: (message) => bubble(message, who, does),
      });
      empty.hidden = who.messages.length > 0 || !who.isLoaded;
    }, store.unread(who));
    owner.badge(store.unread(who));
    seen();
  }

  const takeUp = () => {
    inHand = true;
    store.tell('taken', key);
    seen();
  };
  root.addEventListener('focusin', takeUp);
  root.addEventListener('pointerdown', takeUp);

  store.on((what, whose, extra) => {
    if (what === 'taken' && whose !== key) inHand = false;
    if (what === 'people') showPerson();
    if (what === 'clock' || what === 'minute') showTime();
    if (whose !== key) return;
    if (what === 'typing') showLine();
    if (what === 'seen') owner.badge(store.unread(person()));
    if (what !== 'log') return;
    showMessages();
    if (extra?.arrived && extra.arrived.from !== 'person')
      announce(`${person().name}: ${shortened(extra.arrived.text, 300)}`);
  });

  return {
    root,
    key: () => key,
    /** Gives the phone to somebody. */
    show(next) {
      if (next === key) return;
      key = next;
      inHand = root.contains(document.activeElement);
      list.replaceChildren();
      showPerson();
      showMessages();
      scroller.toEnd();
    },
    unread: () => (person() ? store.unread(person()) : 0),
    name: () => person()?.name ?? 'Phone',
    type: (text) => composer.type(text),
    shown: () => scroller.toEnd(),
  };
}
