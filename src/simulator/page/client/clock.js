import { api } from './api.js';
import { el } from './dom.js';
import { attempt } from './notices.js';
import { dayOf, hourOf, isoDayOf, kigaliInstant, nextMorning } from './time.js';

const zone = 'Africa/Kigali';

/** The clock bar: what time it is in the programme, and the buttons that move it. */
export function createClock(root, pending, { store, time }) {
  const day = el('span', { class: 'clock-day' });
  const hour = el('span', { class: 'clock-hour' });
  const moves = [
    ['+1 h', () => ({ advance: 'PT1H' })],
    ['Next morning', () => ({ to: nextMorning(time.now()).toISOString() })],
    ['+1 week', () => ({ advance: 'P7D' })],
  ];
  const buttons = [
    ...moves.map(([label, to]) =>
      el('button', { type: 'button', class: 'button', on: { click: () => move(to()) } }, label),
    ),
    el(
      'button',
      { type: 'button', class: 'button', 'aria-haspopup': 'dialog', on: { click: askDate } },
      'To date…',
    ),
  ];
  root.append(
    el(
      'p',
      { class: 'clock-face', 'aria-live': 'off' },
      hour,
      day,
      el('span', { class: 'clock-place' }, 'Kigali'),
    ),
    el('div', { class: 'clock-buttons', role: 'group', 'aria-label': 'Move the clock' }, buttons),
  );

  function show() {
    const now = time.now();
    hour.textContent = hourOf(now, zone);
    day.textContent = dayOf(now, zone);
  }

  async function move(how) {
    for (const button of buttons) button.setAttribute('aria-disabled', 'true');
    root.classList.add('is-moving');
    say('Moving the clock; everything due on the way happens now…');
    const now = await attempt(() => api.moveClock(how));
    if (now) time.set(now);
    for (const button of buttons) button.removeAttribute('aria-disabled');
    root.classList.remove('is-moving');
    show();
    store.tell('minute');
    await look();
  }
  root.addEventListener(
    'click',
    (event) => {
      if (!event.target.closest('[aria-disabled="true"]')) return;
      event.stopPropagation();
      event.preventDefault();
    },
    true,
  );

  function askDate() {
    const date = el('input', { type: 'date', required: true, min: isoDayOf(time.now(), zone) });
    const at = el('input', { type: 'time', required: true, value: '08:00' });
    date.value = isoDayOf(new Date(time.now().getTime() + 86_400_000), zone);
    const form = el(
      'form',
      { method: 'dialog', class: 'box-form' },
      el('h2', {}, 'Move the clock to'),
      el('label', {}, el('span', {}, 'Day'), date),
      el('label', {}, el('span', {}, 'Time in Kigali'), at),
      el(
        'p',
        { class: 'quiet' },
        'The clock only moves forward. Reminders and deadlines on the way happen in their order.',
      ),
      el(
        'p',
        { class: 'box-buttons' },
        el('button', { type: 'button', class: 'button', on: { click: () => dialog.close() } }, 'Cancel'),
        el('button', { type: 'submit', class: 'button primary' }, 'Move'),
      ),
    );
    const dialog = el('dialog', { class: 'box', 'aria-label': 'Move the clock to a date' }, form);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      dialog.close();
      void move({ to: kigaliInstant(date.value, at.value).toISOString() });
    });
    dialog.addEventListener('close', () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
    date.focus();
  }

  const say = (words, state = '') => {
    pending.textContent = words;
    pending.title = words;
    pending.dataset.state = state;
  };
  let looking = 0;
  /** Waits until all is at rest, then says what is held back and why it is not on a phone. */
  async function look() {
    looking += 1;
    const mine = looking;
    const counts = await api.settle().catch(() => null);
    if (mine !== looking) return;
    if (counts === null) return say('Still at work', 'busy');
    const waiting = Object.entries(counts).filter(([, count]) => Number(count) > 0);
    const known = { held: 'held back', retrying: 'trying again', unknown: 'outcome unknown' };
    if (waiting.length === 0) say('Nothing waits', 'rest');
    else
      say(
        `Waiting: ${waiting.map(([what, count]) => `${count} ${known[what] ?? what}`).join(', ')}`,
        'waits',
      );
  }

  async function hear() {
    const now = await api.clock().catch(() => null);
    if (now) time.set(now);
    show();
    store.tell('minute');
  }

  let due;
  store.on((what, _key, extra) => {
    if (what === 'clock') {
      time.set(extra.now);
      show();
    }
    if (what !== 'stirred' && what !== 'clock') return;
    clearTimeout(due);
    due = setTimeout(look, 700);
  });
  setInterval(() => void hear(), 20_000);
  return { refresh: () => Promise.all([hear(), look()]) };
}
