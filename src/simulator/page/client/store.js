import { api } from './api.js';

export const keyOf = ({ channel, address }) => `${channel} ${address}`;

/** How long "typing…" stays when nothing follows, as in the apps. */
const typingMs = 5_000;

/**
 * What the page knows: people and what is on their screens, kept up to date by the stream. Listeners hear
 * (what, key): people, log, typing, home, modal, clock, stirred.
 */
export function createStore(setup) {
  const people = new Map();
  const listeners = new Set();
  const authors = new Map();
  const seen = new Map(Object.entries(JSON.parse(sessionStorage.getItem('seen') ?? '{}')));
  const tell = (what, key, more) => {
    for (const listener of listeners) listener(what, key, more);
  };

  function know(facts) {
    const key = keyOf(facts);
    const known = people.get(key) ?? { messages: [], isLoaded: false, isTyping: false };
    const told = setup.people.find((each) => keyOf(each) === key);
    Object.assign(known, { zone: told?.zone ?? 'Africa/Kigali', about: told?.about ?? '' }, facts, { key });
    delete known.log;
    // The count of messages that the API gives under this name is not the list.
    if (!Array.isArray(known.messages)) known.messages = [];
    people.set(key, known);
    return known;
  }

  async function load(key) {
    const person = people.get(key);
    if (!person) return;
    // What arrives meanwhile is kept; what the simulator no longer knows is not.
    const before = person.messages.length;
    const messages = await api.messages(person);
    const ids = new Set(messages.map(({ id }) => id));
    person.messages = [...messages, ...person.messages.slice(before).filter(({ id }) => !ids.has(id))];
    person.isLoaded = true;
    tell('log', key);
  }

  /** Everybody of the setup has a phone, and every log is there. Also after a broken connection. */
  async function refresh() {
    const known = await api.people();
    const have = new Set(known.map(keyOf));
    for (const { channel, address, name, locale } of setup.people)
      if (!have.has(keyOf({ channel, address })))
        known.push(await api.addPerson({ channel, address, name, ...(locale ? { locale } : {}) }));
    for (const { messages, ...facts } of known) know(facts);
    tell('people');
    await Promise.all([...people.keys()].map(load));
  }

  function stopTyping(person) {
    clearTimeout(person.typingTimer);
    if (!person.isTyping) return;
    person.isTyping = false;
    tell('typing', person.key);
  }

  const onStream = {
    person({ person: { messages, ...facts } }) {
      know(facts);
      tell('people');
    },
    message({ message, ...whose }) {
      const person = people.get(keyOf(whose));
      if (!person || person.messages.some(({ id }) => id === message.id)) return;
      person.messages.push(message);
      if (message.from !== 'person') stopTyping(person);
      tell('log', person.key, { arrived: message });
      tell('stirred');
    },
    changed({ message, ...whose }) {
      const person = people.get(keyOf(whose));
      const place = person?.messages.findIndex(({ id }) => id === message.id) ?? -1;
      if (place < 0) return;
      person.messages[place] = message;
      tell('log', person.key);
      tell('stirred');
    },
    typing(whose) {
      const person = people.get(keyOf(whose));
      if (!person) return;
      clearTimeout(person.typingTimer);
      person.typingTimer = setTimeout(() => stopTyping(person), typingMs);
      person.isTyping = true;
      tell('typing', person.key);
    },
    home: (whose) => tell('home', keyOf(whose)),
    modal: (whose) => tell('modal', keyOf(whose)),
    clock: ({ now }) => tell('clock', undefined, { now: new Date(now) }),
  };

  return {
    setup,
    people,
    person: (key) => people.get(key),
    members: () => [...people.values()].filter(({ kind }) => kind === 'person'),
    on: (listener) => listeners.add(listener),
    refresh,
    know,
    hear: (type, data) => onStream[type]?.(data),
    /** Who wrote a message of a shared Slack channel, where it was written on this page. */
    wrote: (id, person) => {
      authors.set(id, person.address);
      tell('log', person.key);
    },
    authorOf: (message) => message.author ?? authors.get(message.id),
    /** Of a conversation (default: the whole log), what came after it was last looked at. */
    unread(person, within = '') {
      const all = within === '' ? person.messages : person.messages.filter((each) => each.channel === within);
      const last = all.findIndex(({ id }) => id === seen.get(`${person.key} ${within}`));
      return all
        .slice(last + 1)
        .filter((each) => each.from !== 'person' && !each.receipts.read && !each.deleted).length;
    },
    see(person, within = '') {
      const all = within === '' ? person.messages : person.messages.filter((each) => each.channel === within);
      const last = all.at(-1);
      const place = `${person.key} ${within}`;
      if (!last || seen.get(place) === last.id) return false;
      seen.set(place, last.id);
      sessionStorage.setItem('seen', JSON.stringify(Object.fromEntries(seen)));
      return true;
    },
    tell,
  };
}
