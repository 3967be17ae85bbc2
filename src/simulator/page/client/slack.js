import { api } from './api.js';
import { drawBlocks } from './blocks.js';
import { suggestCommands } from './commands.js';
import { createComposer } from './composer.js';
import { el, icon } from './dom.js';
import { walkWithArrows } from './keys.js';
import { showLog } from './log.js';
import { createModal } from './modal.js';
import { announce, attempt, complain } from './notices.js';
import { createOwner } from './owner.js';
import { createScroller } from './scroller.js';
import { openSheet } from './sheet.js';
import { slackMessage } from './slack-message.js';
import { shortened } from './words.js';

const dmOf = ({ address }) => `D${address.slice(1)}`;

/** The coordinators' Slack: channel, direct messages with the app, its home tab, threads, modals. */
export function createSlack(root, { store, time, addPerson, onSent }) {
  let key = '';
  /** Which conversation is open, whether its home tab is shown, and the first message of an open thread. */
  let room = '';
  let isHome = false;
  let thread = null;
  let home = null;
  let inHand = false;
  const person = () => store.person(key);
  const act = async (deed, body) => {
    const answer = await attempt(() => api.act(person(), deed, body));
    if (answer?.problem) complain(`Slack could not reach the app: ${answer.problem}`);
    return answer;
  };
  const isDm = () => room.startsWith('D');
  const channels = () =>
    [...store.people.values()].filter(
      ({ channel, kind, address }) =>
        channel === 'slack' &&
        kind === 'slack-channel' &&
        (person()?.channels ?? [address]).includes(address),
    );
  const nameOf = (id) =>
    id.startsWith('U0INTUMWA') ? 'Intumwa' : (store.person(`slack ${id}`)?.name ?? 'somebody');

  const owner = createOwner({
    label: 'Who is at the desk?',
    list: () => store.members().filter(({ channel }) => channel === 'slack'),
    describe: ({ name }) => `${name} · Slack`,
    onChoose: (chosen) => show(chosen),
    onAdd: () => addPerson('slack', (added) => show(added)),
  });
  const rooms = walkWithArrows(el('nav', { class: 'rooms', 'aria-label': 'Conversations' }));
  const title = el('h3', { class: 'room-title' });
  const tabs = el('div', { class: 'room-tabs', role: 'tablist', 'aria-label': 'Intumwa' });
  const leave = el(
    'button',
    {
      type: 'button',
      class: 'plain',
      'aria-label': 'Back from the thread',
      hidden: true,
      on: { click: () => openThread(null) },
    },
    icon('back'),
  );
  const bar = el('header', { class: 'room-bar' }, leave, title, tabs);
  const list = el('ol', { class: 'log' });
  const scroller = createScroller(list, 'Messages', () => seen());
  const empty = el('p', { class: 'empty' });
  scroller.area.prepend(empty);
  const homeView = el('div', {
    class: 'home scroll',
    tabindex: '0',
    role: 'tabpanel',
    'aria-label': 'Home',
    hidden: true,
  });
  const composer = createComposer({ label: 'Message', placeholder: 'Message', onSend: send });
  const suggestions = suggestCommands(composer.field, store.setup.commands ?? []);
  composer.node.append(suggestions);
  const layer = el('div', { class: 'layer', hidden: true });
  const picks = el('div', { class: 'layer', hidden: true });
  const body = el('div', { class: 'room' }, bar, scroller.node, homeView, composer.node);
  root.append(owner.node, el('div', { class: 'workspace' }, rooms, body, layer, picks));

  const pick = (words, rows) => openSheet(picks, { title: words, rows, covered: [rooms, body, layer] });
  const modal = createModal(layer, {
    covered: [rooms, body],
    pick,
    nameOf,
    lists: () => ({
      members: store.members().filter(({ channel }) => channel === 'slack'),
      channels: channels(),
    }),
  });
  const does = {
    press: (message, index) => act('press', { message: message.id, index }),
    pick,
    openThread: (message) => openThread(message),
  };

  async function send(text) {
    const where = isDm() ? {} : { channel: room };
    if (text.startsWith('/')) {
      const answer = await act('command', { text, ...where });
      if (answer) onSent(key, text);
      return answer !== null;
    }
    const answer = await act('say', { text, ...where, ...(thread ? { thread: thread.id } : {}) });
    if (!answer) return false;
    store.wrote(answer.id, person());
    scroller.toEnd();
    onSent(key, text);
    return true;
  }

  function openThread(message) {
    thread = message;
    list.replaceChildren();
    showRoom();
    scroller.toEnd();
    if (message) composer.field.focus();
  }

  function openRoom(next, onHome = false) {
    room = next;
    isHome = onHome;
    thread = null;
    list.replaceChildren();
    showRooms();
    showRoom();
    if (isHome) void loadHome(false);
    else scroller.toEnd();
    seen();
  }

  async function loadHome(peek) {
    const asked = key;
    const next = await attempt(() => api.home(person(), peek));
    if (asked !== key) return;
    home = next;
    showHome();
  }

  function showHome() {
    homeView.replaceChildren(
      ...(home
        ? drawBlocks(home.blocks ?? [], {
            press: (index) => act('press', { message: 'home', index }),
            pick,
            nameOf,
          }).filter(Boolean)
        : [el('p', { class: 'empty' }, 'Nothing is shown here yet.')]),
    );
  }

  function showRooms() {
    if (!person()) return;
    const line = (id, label, mark) => {
      const count = store.unread(person(), id);
      return el(
        'button',
        {
          type: 'button',
          class: `room-link${count > 0 ? ' has-new' : ''}`,
          'aria-current': room === id ? 'true' : null,
          data: { room: id },
          on: { click: () => openRoom(id) },
        },
        el('span', { class: 'room-mark', 'aria-hidden': 'true' }, mark),
        el('span', { class: 'room-name' }, label),
        count > 0 ? el('span', { class: 'badge', 'aria-label': `${count} unread` }, String(count)) : null,
      );
    };
    const focused = rooms.contains(document.activeElement) ? document.activeElement.dataset.room : null;
    rooms.replaceChildren(
      el('p', { class: 'workspace-name' }, 'Programme'),
      el('h4', {}, 'Channels'),
      ...channels().map(({ address, name }) => line(address, name, '#')),
      el('h4', {}, 'Apps'),
      line(dmOf(person()), 'Intumwa', '◆'),
    );
    if (focused) rooms.querySelector(`[data-room="${CSS.escape(focused)}"]`)?.focus();
  }

  const inRoom = () => person().messages.filter(({ channel }) => channel === room);

  function showRoom() {
    const who = person();
    if (!who) return;
    leave.hidden = thread === null;
    title.textContent = thread
      ? 'Thread'
      : isDm()
        ? 'Intumwa'
        : `# ${store.person(`slack ${room}`)?.name ?? ''}`;
    showTabs();
    const messages = inRoom();
    const repliesOf = (id) => messages.filter((each) => each.thread === id && each.id !== id);
    const shown = thread
      ? messages.filter(({ id, thread: of }) => id === thread.id || of === thread.id)
      : messages.filter(({ id, thread: of }) => !of || of === id || !messages.some((each) => each.id === of));
    scroller.update(
      () => {
        showLog(list, shown, {
          zone: who.zone,
          now: time.now(),
          also: (message) => `${repliesOf(message.id).length} ${store.authorOf(message) ?? ''} ${thread?.id}`,
          draw: (message) =>
            slackMessage(message, {
              zone: who.zone,
              author: authorOf(message),
              replies: repliesOf(message.id).length,
              isInThread: thread !== null,
              does,
              nameOf,
            }),
        });
        empty.hidden = shown.length > 0;
      },
      store.unread(who, room),
    );
    empty.textContent = isDm()
      ? 'Write to the app, or try a command: type / to see them.'
      : 'No messages in this channel yet. Type / to see the commands.';
    homeView.hidden = !isHome;
    scroller.node.hidden = isHome;
    composer.node.hidden = isHome;
    const where = thread
      ? 'Reply…'
      : isDm()
        ? 'Message Intumwa'
        : `Message #${store.person(`slack ${room}`)?.name ?? ''}`;
    composer.field.placeholder = where;
    composer.field.setAttribute('aria-label', `${where}, as ${who.name}`);
    seen();
  }

  function authorOf(message) {
    if (message.from === 'product') return { name: 'Intumwa', isApp: true };
    if (message.from === 'provider') return { name: 'Slack', isApp: true };
    const author = store.authorOf(message) ?? (isDm() ? person().address : null);
    return { name: author ? nameOf(author) : 'Team member', isApp: false };
  }

  function showTabs() {
    tabs.hidden = !isDm() || thread !== null;
    const tab = (label, onHome) =>
      el(
        'button',
        {
          type: 'button',
          role: 'tab',
          'aria-selected': String(isHome === onHome),
          on: { click: () => openRoom(room, onHome) },
        },
        label,
      );
    const isFocused = tabs.contains(document.activeElement);
    tabs.replaceChildren(tab('Home', true), tab('Messages', false));
    if (isFocused) tabs.querySelector('[aria-selected="true"]').focus();
  }
  walkWithArrows(tabs);

  function seen() {
    if (!person() || !inHand || document.hidden || isHome || !scroller.isAtEnd()) return;
    if (store.see(person(), room)) {
      showRooms();
      showBadge();
      store.tell('seen', key);
    }
  }

  const unread = () =>
    person()
      ? [...channels().map(({ address }) => address), dmOf(person())].reduce(
          (sum, id) => sum + store.unread(person(), id),
          0,
        )
      : 0;
  const showBadge = () => owner.badge(unread());

  function show(next) {
    if (next === key) return;
    key = next;
    home = null;
    root.dataset.owner = key;
    owner.show(key, person().about);
    const first = channels()[0];
    openRoom(first ? first.address : dmOf(person()));
    modal.show(person());
    showBadge();
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
    if (what === 'people' && person()) {
      owner.show(key, person().about);
      showRooms();
      showRoom();
    }
    if (whose !== key) return;
    if (what === 'modal') void modal.refresh();
    if (what === 'home') void loadHome(true);
    if (what !== 'log') return;
    showRooms();
    showRoom();
    showBadge();
    if (extra?.arrived && extra.arrived.from !== 'person')
      announce(`Slack, ${person().name}: ${shortened(extra.arrived.text, 300)}`);
  });

  return {
    root,
    key: () => key,
    show,
    unread,
    name: () => 'Slack',
    shown: () => scroller.toEnd(),
    /** Commands are typed in the channel, everything else to the app. */
    type(text) {
      if (isHome) openRoom(room);
      composer.type(text);
    },
  };
}
