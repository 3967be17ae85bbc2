import { z } from 'zod';
import type { Values } from './form.ts';

/** What Slack sends, as far as the desk reads it. Everything in it but the user's id is only what a client claims. */

export const commandBody = z.object({
  user_id: z.string(),
  command: z.string(),
  text: z.string().default(''),
  trigger_id: z.string(),
});

export const pressBody = z.object({
  user: z.object({ id: z.string() }),
  trigger_id: z.string(),
  container: z.object({ type: z.string(), view_id: z.string().optional() }),
  view: z.object({ id: z.string(), type: z.string() }).optional(),
  actions: z.array(z.object({ action_id: z.string(), value: z.string().default('') })).min(1),
});

const field = z.object({
  value: z.string().nullish(),
  selected_date: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
  selected_options: z.array(z.object({ value: z.string() })).optional(),
});
export const submissionBody = z.object({
  user: z.object({ id: z.string() }),
  view: z.object({
    id: z.string(),
    callback_id: z.string(),
    private_metadata: z.string(),
    state: z.object({ values: z.record(z.string(), z.record(z.string(), field)) }),
  }),
});
export const homeBody = z.object({ event: z.object({ user: z.string(), tab: z.string().optional() }) });

/** The fields of a form by their block; what was left empty is not there. */
export function valuesOf(values: z.infer<typeof submissionBody>['view']['state']['values']): Values {
  const read = Object.entries(values).flatMap(
    ([block, fields]): readonly [string, string | readonly string[]][] => {
      const [one] = Object.values(fields);
      const many = one?.selected_options?.map(({ value }) => value);
      const found = many ?? one?.value ?? one?.selected_date ?? one?.selected_option?.value;
      return found === undefined || found === null || found === '' ? [] : [[block, found]];
    },
  );
  return Object.fromEntries(read);
}

/** What a button or a form carries; null where it is not ours, or of a build before. */
export function readJson<T>(shape: z.ZodType<T>, text: string): T | null {
  try {
    return shape.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
