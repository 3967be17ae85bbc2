import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Handed } from '../simulator/handed.ts';
import type { ChannelName } from '../simulator/people.ts';
import type { RecordedRequest } from '../simulator/tap.ts';
import type { Outage } from './judge.ts';
import { startProcess } from './processes.ts';

/** A message as a phone shows it. */
export type Seen = {
  readonly id: string;
  readonly from: 'product' | 'person' | 'provider';
  readonly text: string;
  readonly choices: readonly { readonly id: string; readonly label: string }[];
  readonly deleted?: boolean;
};
export type Who = { readonly channel: ChannelName; readonly address: string };

export type StandIns = {
  readonly url: string;
  /** Throws with the stand-in's words when it refuses. */
  call(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<Answer>;
  /** What a person does; answers the deed's id. */
  act(who: Who, deed: string, body: object): Promise<string>;
  /** Calls `heard` for every message of the product that a phone shows from now on. */
  listen(heard: (who: Who, message: Seen) => void): void;
  /** What is owed to the product, by the id of the deed; kept up to date a few times a second. */
  readonly handed: ReadonlyMap<string, Handed>;
  refreshHanded(): Promise<void>;
  requests(after?: number): Promise<readonly RecordedRequest[]>;
  messages(who: Who): Promise<readonly Seen[]>;
  /** When their process stood still, on a machine that had other things to do; machine time. */
  readonly stalls: readonly Outage[];
  stop(): Promise<void>;
};
export type Answer = { readonly [key: string]: unknown };

const main = fileURLToPath(new URL('./stand-ins.main.ts', import.meta.url));
const refreshMs = 120;

export const pathOf = ({ channel, address }: Who) => `people/${channel}/${encodeURIComponent(address)}`;
export const keyOf = ({ channel, address }: Who) => `${channel} ${address}`;

/** Starts the stand-ins as a process of their own, which outlives every replica (rule 32). */
export async function startStandIns(
  productUrl: string,
  listLagMs: number,
  onLine: (line: string) => void,
): Promise<StandIns> {
  const closing = new AbortController();
  const stalls: Outage[] = [];
  const running = await startProcess(
    [main, productUrl, String(listLagMs)],
    {},
    onLine,
    closing.signal,
    (line) => {
      const [, from, to] = /^stalled (\d+) (\d+)$/.exec(line) ?? [];
      if (from !== undefined) stalls.push({ from: Number(from), to: Number(to) });
    },
  );
  if (!running) throw new Error('the stand-ins do not start');
  const { url } = running;
  void running.ended.then(() => {
    if (!closing.signal.aborted) onLine('ended by themselves');
  });
  const handed = new Map<string, Handed>();
  let changed = 0;

  const call: StandIns['call'] = async (method, path, body) => {
    const response = await fetch(`${url}/simulator/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as Answer; // the control API answers objects
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(answer)}`);
    return answer;
  };
  const refreshHanded = async () => {
    const { handed: news, next } = await call('GET', `handed?after=${changed}`);
    for (const thing of news as Handed[]) if (thing.what === 'event') handed.set(thing.deed, thing);
    changed = Number(next);
  };
  const refreshing = (async () => {
    while (!closing.signal.aborted) {
      await refreshHanded().catch(() => {});
      await pause(refreshMs);
    }
  })();

  return {
    url,
    call,
    handed,
    stalls,
    refreshHanded,
    async act(who, deed, body) {
      return String((await call('POST', `${pathOf(who)}/${deed}`, body))['id']);
    },
    listen(heard) {
      void listen(`${url}/simulator/stream`, closing.signal, (data) => {
        const { type, channel, address, message } = data as { type: string; message: Seen } & Who;
        if (type === 'message' && message.from === 'product') heard({ channel, address }, message);
      });
    },
    async requests(after = 0) {
      return (await call('GET', `requests?after=${after}`))['requests'] as RecordedRequest[];
    },
    async messages(who) {
      return (await call('GET', `${pathOf(who)}/messages`))['messages'] as Seen[];
    },
    async stop() {
      closing.abort();
      await refreshing;
      await running.ended;
    },
  };
}

/** Server-sent events, one JSON each. */
async function listen(url: string, signal: AbortSignal, heard: (data: unknown) => void): Promise<void> {
  const response = await fetch(url, { signal });
  let rest = '';
  const decoder = new TextDecoder();
  try {
    for await (const chunk of response.body ?? []) {
      const parts = `${rest}${decoder.decode(chunk, { stream: true })}`.split('\n\n');
      rest = parts.pop() ?? '';
      for (const part of parts) {
        const data = part
          .split('\n')
          .filter((line) => line.startsWith('data:'))
          .map((line) => line.slice(5).trim())
          .join('\n');
        if (data !== '' && data !== '{}') heard(JSON.parse(data));
      }
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
