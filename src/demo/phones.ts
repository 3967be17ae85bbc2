/** People with phones, over the simulator's control API: what the demo, and any outside tester, plays with. */

export type Channel = 'whatsapp' | 'telegram' | 'slack';

export type Seen = {
  readonly id: string;
  readonly at: string;
  readonly text: string;
  readonly choices: readonly { readonly id: string; readonly label: string }[];
  readonly template: string | null;
};

export type Phone = {
  readonly who: string;
  readonly channel: Channel;
  say(text: string): Promise<readonly Seen[]>;
  /** Presses the choice whose token ends with this option id, whatever its language; of the newest message that says `about`. */
  pick(option: string, about?: string): Promise<readonly Seen[]>;
  /** Everything seen so far that says this, newest last. */
  seen(words: string): readonly Seen[];
  /** The newest message. */
  last(): Seen | undefined;
  /** Presses a button by what stands on it (Slack). */
  press(label: string): Promise<readonly Seen[]>;
  command(text: string): Promise<readonly Seen[]>;
  submit(values: Readonly<Record<string, unknown>>): Promise<readonly Seen[]>;
  /** What came since the last look. */
  look(): Promise<readonly Seen[]>;
  received(): number;
};

export type Stage = {
  /** An `outsider` on Slack talks to us alone, in no channel of the team. */
  phone(person: {
    who: string;
    channel: Channel;
    address: string;
    name: string;
    locale: string;
    outsider?: true;
  }): Promise<Phone>;
  seed(document: unknown): Promise<void>;
  settle(): Promise<void>;
  /** Moves programme time, ISO 8601 duration or instant. */
  advance(duration: string): Promise<void>;
  moveTo(instant: Date): Promise<void>;
  now(): Promise<Date>;
};

/** `told` hears every message as it arrives. */
export function stage(
  baseUrl: string,
  told: (phone: string, channel: Channel, direction: 'in' | 'out', text: string) => void,
): Stage {
  const settle = async () => {
    await call('POST', '/simulator/settle', {});
  };
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(baseUrl + path, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json().catch(() => null);
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(answer)}`);
    return answer;
  };
  return {
    settle,
    async seed(document) {
      await call('POST', '/simulator/seed', document);
    },
    async advance(duration) {
      await call('POST', '/simulator/clock', { advance: duration });
    },
    async moveTo(instant) {
      await call('POST', '/simulator/clock', { to: instant.toISOString() });
    },
    async now() {
      return new Date(((await call('GET', '/simulator/clock')) as { now: string }).now);
    },
    async phone({ who, channel, address, name, locale, outsider }) {
      const channels = outsider && channel === 'slack' ? { channels: [] } : {};
      await call('POST', '/simulator/people', { channel, address, name, locale, ...channels });
      const path = `/simulator/people/${channel}/${encodeURIComponent(address)}`;
      let after = '';
      let received = 0;
      const all: Seen[] = [];
      const look = async () => {
        await settle();
        const { messages, next } = (await call(
          'GET',
          `${path}/messages?after=${encodeURIComponent(after)}`,
        )) as {
          messages: Seen[];
          next: string | null;
        };
        after = next ?? after;
        received += messages.length;
        for (const { text, choices } of messages)
          told(who, channel, 'in', [text, ...choices.map(({ label }) => `[${label}]`)].join(' '));
        all.push(...messages);
        return messages;
      };
      const deed = async (verb: string, body: object) => {
        await call('POST', `${path}/${verb}`, body);
        return look();
      };
      return {
        who,
        channel,
        look,
        received: () => received,
        say(text) {
          told(who, channel, 'out', text);
          return deed('say', { text });
        },
        seen: (words) => all.filter(({ text }) => text.includes(words)),
        last: () => all.at(-1),
        async pick(option, about = '') {
          for (const message of [...all].reverse()) {
            if (!message.text.includes(about)) continue;
            const choice = message.choices.find(({ id }) => id === option || id.endsWith(`:${option}`));
            if (!choice) continue;
            told(who, channel, 'out', `(${choice.label})`);
            return deed('press', { id: choice.id, message: message.id });
          }
          const last = all.at(-1);
          const offered = last?.choices.map(({ id }) => id.split(':').at(-1)).join(', ') || 'nothing';
          throw new Error(
            `${who} was never offered "${option}" (last offered: ${offered}; last text: ${last?.text.slice(0, 200)})`,
          );
        },
        press(label) {
          told(who, channel, 'out', `(${label})`);
          return deed('press', { label });
        },
        command(text) {
          told(who, channel, 'out', text);
          return deed('command', { text });
        },
        submit(values) {
          told(who, channel, 'out', '(submits the form)');
          return deed('submit', { values });
        },
      };
    },
  };
}
