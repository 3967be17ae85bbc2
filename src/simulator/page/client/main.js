import { openAddPerson } from './add-person.js';
import { api } from './api.js';
import { createClock } from './clock.js';
import { createHints } from './hints.js';
import { attempt } from './notices.js';
import { createPhone } from './phone.js';
import { createSlack } from './slack.js';
import { createStore, keyOf } from './store.js';
import { createTabs } from './tabs.js';
import { createTime } from './time.js';

/** The page: three phones, a desk with Slack, a clock and a tour, over the control API of the simulator. */
const setup = JSON.parse(document.getElementById('setup').textContent);
const time = createTime();
const store = createStore(setup);
const pane = (name) => document.querySelector(`[data-pane="${name}"]`);

const clock = createClock(document.getElementById('clock'), document.getElementById('pending'), {
  store,
  time,
});
const onSent = (key, text) => hints.sent(store.person(key)?.address, text);
const addPerson = (channel, onAdded) => openAddPerson(store, channel, give(onAdded));

/** Whoever is added on another app than asked for goes where that app is. */
function give(onAdded) {
  return (key) => (store.person(key).channel === 'slack' ? slack.show(key) : onAdded(key));
}

const phones = [1, 2, 3].map((number) => {
  const phone = createPhone(pane(`phone-${number}`), {
    store,
    time,
    addPerson,
    onSent,
    swap: (key) => swap(phone, key),
  });
  return phone;
});
const slack = createSlack(pane('slack'), { store, time, addPerson, onSent });
const tabs = createTabs(document.getElementById('tabs'), [...phones, slack]);
const hints = createHints(document.getElementById('hints'), { store, type: typeFor });

/** Nobody holds two phones: whoever is chosen here gives up the other one for it. */
function swap(phone, key) {
  const other = phones.find((each) => each !== phone && each.key() === key);
  const before = phone.key();
  phone.show(key);
  other?.show(before);
  remember();
  tabs.refresh();
}

function remember() {
  sessionStorage.setItem('phones', JSON.stringify(phones.map((phone) => phone.key())));
}

/** Puts words into somebody's hands: on their phone if it is shown, else on the first one. */
function typeFor(address, text) {
  const person = store.members().find((each) => each.address === address);
  if (!person) return;
  if (person.channel === 'slack') {
    slack.show(person.key);
    tabs.show(slack);
    slack.type(text);
    return;
  }
  const phone = phones.find((each) => each.key() === person.key) ?? phones[0];
  if (phone.key() !== person.key) swap(phone, person.key);
  tabs.show(phone);
  phone.type(text);
}

store.on((what) => {
  if (what === 'log' || what === 'people' || what === 'seen') tabs.refresh();
});

let isBegun = false;

async function begin() {
  await store.refresh();
  const saved = JSON.parse(sessionStorage.getItem('phones') ?? '[]').filter((key) => store.person(key));
  const order = [...saved, ...setup.people.map(keyOf), ...store.members().map(({ key }) => key)];
  const wanted = [...new Set(order)].map((key) => store.person(key)).filter(Boolean);
  const withPhone = wanted.filter(({ channel }) => channel !== 'slack');
  for (const [index, phone] of phones.entries()) if (withPhone[index]) phone.show(withPhone[index].key);
  const atDesk = wanted.find(({ channel, kind }) => channel === 'slack' && kind === 'person');
  if (atDesk) slack.show(atDesk.key);
  remember();
  tabs.refresh();
  await clock.refresh();
  isBegun = true;
  document.body.dataset.ready = 'true';
}

api.listen((type, data) => {
  if (type !== 'hello') return store.hear(type, data);
  // Whatever was missed while the connection was down is asked for again.
  void attempt(isBegun ? store.refresh : begin);
});
