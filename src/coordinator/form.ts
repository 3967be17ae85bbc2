import type { Coordinator } from '../app/desk/ports.ts';
import { type Block, plainText } from './blocks.ts';
import type { Page } from './page.ts';
import { plain } from './words.ts';

export type Given = { readonly [field: string]: string };
/** What was filled in, by block; nothing for what was left empty. */
export type Values = { readonly [block: string]: string | readonly string[] | undefined };
export type Form = {
  readonly title: string;
  /** The block that refusals are shown at when their own is not there. */
  readonly first: string;
  /** Which block a refusal belongs to. */
  readonly at?: Readonly<Record<string, string>>;
  /** The fields; a page instead where there is nothing to fill in. Null for an unknown code. */
  fields(given: Given, actor: Coordinator, today: string): Promise<readonly Block[] | Page | null>;
  read(
    values: Values,
    given: Given,
  ): { readonly deal: string; readonly input: unknown } | { readonly errors: Record<string, string> };
};

export function formView(name: string, { title }: Form, given: Given, blocks: readonly Block[]): object {
  return {
    type: 'modal',
    callback_id: 'desk:form',
    private_metadata: JSON.stringify({ form: name, given }),
    title: plainText(title, 24),
    submit: plainText('Preview', 24),
    close: plainText('Cancel', 24),
    blocks,
  };
}

export type Forms = { readonly [name: string]: Form };

/** Words of our own tables as choices. */
export const named = (words: readonly string[]) => words.map((value) => ({ value, label: plain(value) }));
export const scopes = named(['teaching_only', 'supervised', 'hands_on']);
