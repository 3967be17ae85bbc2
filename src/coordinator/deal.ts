import type { z } from 'zod';
import type { Coordinator } from '../app/desk/ports.ts';
import type { UseCase } from '../app/desk/use-case.ts';
import { type Button, type Page, page } from './page.ts';

/** A change that a button or a form can ask for: how its input reads, and what is shown of it before and after. */
export type Deal = {
  preview(input: unknown, actor: Coordinator): Promise<Dealt>;
  confirm(input: unknown, actor: Coordinator, once: string): Promise<Dealt>;
};
export type Dealt = { readonly ok: true; readonly page: Page } | { readonly ok: false; readonly why: string };

type Said = {
  readonly title: string;
  readonly lines: readonly string[] | string;
  readonly buttons?: readonly Button[];
};

export function deal<I, P>(
  input: z.ZodType<I>,
  useCase: UseCase<I, P>,
  before: (shown: P, input: I) => Said,
  after: (shown: P, input: I) => Said,
): Deal {
  const write = ({ title, lines, buttons = [] }: Said): Dealt => ({
    ok: true,
    page: page(title, lines, buttons),
  });
  return {
    async preview(raw, actor) {
      const read = input.safeParse(raw);
      if (!read.success) return { ok: false, why: 'unknown' };
      const shown = await useCase.preview(read.data, actor);
      return shown.ok ? write(before(shown.shown, read.data)) : shown;
    },
    async confirm(raw, actor, once) {
      const read = input.safeParse(raw);
      if (!read.success) return { ok: false, why: 'unknown' };
      const shown = await useCase.confirm(read.data, actor, once);
      return shown.ok ? write(after(shown.shown, read.data)) : shown;
    },
  };
}

export type Deals = { readonly [name: string]: Deal };

export function follow(code: string): readonly Button[] {
  return [{ label: `Follow ${code}`, does: { page: 'assignment', code } }];
}
