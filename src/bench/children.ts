import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Answers, Options, RoleName } from './child.ts';

/** A process of its own for whatever is measured, so that no two of them share a thread or a heap. */
export type Child<R extends RoleName> = {
  ask<Q extends keyof Answers<R> & string>(question: Q, about?: object): Promise<Answers<R>[Q]>;
  stop(): Promise<void>;
};

export async function startChild<R extends RoleName>(role: R, options: Options<R>): Promise<Child<R>> {
  const own = fileURLToPath(import.meta.url);
  const isSource = own.endsWith('.ts');
  const child = fork(own.replace(/children\.(\w+)$/, 'child.$1'), [], {
    execArgv: [
      '--expose-gc',
      ...process.execArgv.filter((flag) => flag.startsWith('--cpu-prof')),
      ...(isSource ? ['--import', 'tsx'] : []),
    ],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const waiting = new Map<number, (message: Reply) => void>();
  child.on('message', (message: Reply) => {
    waiting.get(message.id)?.(message);
    waiting.delete(message.id);
  });
  const ended = once(child, 'exit').then(() => {
    for (const answer of waiting.values()) answer({ id: 0, failed: `the ${role} process ended` });
    waiting.clear();
  });
  let last = 0;
  const ask = (question: string, about: object): Promise<unknown> =>
    new Promise((done, failed) => {
      last += 1;
      waiting.set(last, (reply) =>
        'failed' in reply ? failed(new Error(reply.failed)) : done(reply.answer),
      );
      child.send({ id: last, question, about }, (error) => {
        if (error) failed(error);
      });
    });
  await ask('start', { role, options });
  return {
    // What a child answers is what its role's function returns, through JSON.
    ask: (question, about = {}) => ask(question, about) as never,
    async stop() {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}

export type Reply = { readonly id: number } & ({ readonly answer: unknown } | { readonly failed: string });
