/** Answers the body, or throws an Error whose message can be shown. */
async function call(method, path, body) {
  const response = await fetch(`/simulator/${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  }).catch(() => {
    throw new Error('The simulator does not answer. Is it still running?');
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error ?? `The simulator answered ${response.status}.`);
  return answer;
}

const at = ({ channel, address }) => `people/${channel}/${encodeURIComponent(address)}`;

/** The control API as this page uses it. */
export const api = {
  people: async () => (await call('GET', 'people')).people,
  addPerson: (person) => call('POST', 'people', person),
  act: (person, deed, body = {}) => call('POST', `${at(person)}/${deed}`, body),
  messages: async (person) => (await call('GET', `${at(person)}/messages?all=true`)).messages,
  home: async (person, peek) => (await call('GET', `${at(person)}/home${peek ? '?peek=true' : ''}`)).home,
  modal: async (person) => (await call('GET', `${at(person)}/modal`)).modal,
  clock: async () => new Date((await call('GET', 'clock')).now),
  moveClock: async (move) => new Date((await call('POST', 'clock', move)).now),
  settle: () => call('POST', 'settle'),
  /** Hears everything that happens; `hello` comes at every new connection. */
  listen(listener) {
    const stream = new EventSource('/simulator/stream');
    const types = ['hello', 'person', 'message', 'changed', 'typing', 'home', 'modal', 'clock'];
    for (const type of types)
      stream.addEventListener(type, (event) => listener(type, JSON.parse(event.data)));
  },
};
