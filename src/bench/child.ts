import type { Reply } from './children.ts';
import { desk } from './desk-role.ts';
import { replica } from './replica-role.ts';
import { sdk } from './sdk-role.ts';
import { standIn } from './stand-in-role.ts';
import { statements } from './statements-role.ts';

/** The processes of the bench. Each role answers questions until its parent lets go of it. */
const roles = { desk, replica, sdk, standIn, statements };

export type RoleName = keyof typeof roles;
export type Options<R extends RoleName> = Parameters<(typeof roles)[R]>[0];
type Made<R extends RoleName> = Awaited<ReturnType<(typeof roles)[R]>>;
/** By question, what is answered. */
export type Answers<R extends RoleName> = { [Q in keyof Made<R>]: AnswerOf<Made<R>[Q]> };
type AnswerOf<T> = T extends (...about: never[]) => infer A ? Awaited<A> : never;

type Asked = { readonly id: number; readonly question: string; readonly about: object };
type Answering = { readonly [question: string]: (about: never) => unknown };

let made: Answering = {};

async function answer({ question, about }: Asked): Promise<unknown> {
  if (question === 'start') {
    const { role, options } = about as { role: RoleName; options: never }; // written by startChild
    made = await roles[role](options);
    return null;
  }
  const known = made[question];
  if (!known) throw new Error(`nobody answers "${question}" here`);
  return known(about as never); // each question is typed where it is asked
}

process.on('message', (asked: Asked) => {
  answer(asked).then(
    (value) => reply({ id: asked.id, answer: value ?? null }),
    (error: unknown) =>
      reply({ id: asked.id, failed: error instanceof Error ? (error.stack ?? '') : String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));

function reply(message: Reply): void {
  process.send?.(message);
}
