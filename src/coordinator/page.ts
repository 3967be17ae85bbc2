import { z } from 'zod';
import { actions, type Block, escapeText, header, type Pressable, plainText, section } from './blocks.ts';
import { refusalWords } from './words.ts';

/** What a button stands for: a change to preview, a form to fill in, or something to look at. */
export const doing = z.union([
  z.strictObject({ deal: z.string(), input: z.unknown() }),
  z.strictObject({ form: z.string(), given: z.record(z.string(), z.string()) }),
  z.strictObject({ page: z.string(), code: z.string().default('') }),
]);
export type Doing = z.infer<typeof doing>;

/** A previewed change that waits for its confirmation; `once` makes a second press harmless. */
export const pending = z.strictObject({ deal: z.string(), input: z.unknown(), once: z.string() });
export type Pending = z.infer<typeof pending>;

export type Button = { readonly label: string; readonly does: Doing; readonly style?: 'primary' | 'danger' };
export type Row = { readonly text: string; readonly buttons?: readonly Button[] };

/** One thing to read, the same in a message, in a modal and on the home tab. */
export type Page = {
  readonly title: string;
  readonly rows: readonly Row[];
  readonly pending?: Pending;
};

export function page(
  title: string,
  lines: readonly string[] | string,
  buttons: readonly Button[] = [],
): Page {
  const text = typeof lines === 'string' ? lines : lines.filter((line) => line !== '').join('\n');
  return { title, rows: [{ text, buttons }] };
}

export function refusalPage(why: string): Page {
  return page('Not possible', refusalWords(why));
}

/** Slack takes 50 blocks in a message, 100 in a view. */
const mostMessageBlocks = 48;
const mostViewBlocks = 98;
/** Characters that a button, and a view, carry along. */
const mostCarried = 2000;
const mostKept = 3000;
const tooLong = 'This is too long to be kept until it is confirmed. Please write it shorter.';

export function messageOf(shown: Page): { readonly text: string; readonly blocks: readonly Block[] } {
  const end = shown.pending ? [confirmation(shown.pending)] : [];
  return {
    text: escapeText([shown.title, ...shown.rows.map(({ text }) => text)].join('\n')).slice(0, 3000),
    blocks: [...blocksOf(shown).slice(0, mostMessageBlocks - end.length), ...end],
  };
}

export function modalOf(shown: Page): object {
  const waits = shown.pending && JSON.stringify(shown.pending);
  const isPending = waits !== undefined && waits.length <= mostKept;
  return {
    type: 'modal',
    callback_id: isPending ? 'desk:confirm' : 'desk:page',
    title: plainText(shown.title, 24),
    close: plainText(isPending ? 'Cancel' : 'Close', 24),
    ...(isPending && { submit: plainText('Confirm', 24), private_metadata: waits }),
    blocks: [...blocksOf(shown).slice(0, mostViewBlocks), ...(waits && !isPending ? [section(tooLong)] : [])],
  };
}

export function homeOf(pages: readonly Page[]): object {
  return { type: 'home', blocks: pages.flatMap(blocksOf).slice(0, mostViewBlocks) };
}

function blocksOf({ title, rows }: Page): readonly Block[] {
  return [header(title), ...rows.flatMap(rowBlocks)];
}

function rowBlocks({ text, buttons = [] }: Row): readonly Block[] {
  const shown: Pressable[] = buttons.map(({ label, does, style }) => ({
    label,
    action: 'desk:do',
    value: JSON.stringify(does),
    style,
  }));
  return [...(text === '' ? [] : [section(text)]), ...(shown.length > 0 ? [actions(shown)] : [])];
}

function confirmation(waits: Pending): Block {
  const value = JSON.stringify(waits);
  if (value.length > mostCarried) return section(tooLong);
  return actions([
    { label: 'Confirm', action: 'desk:confirm', value, style: 'primary' },
    { label: 'Cancel', action: 'desk:cancel', value: 'cancel' },
  ]);
}
