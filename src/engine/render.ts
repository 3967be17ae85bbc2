import type { Lang, Message, Option, Param } from './message.ts';
import { tokenOf } from './token.ts';

/** A choice as it leaves: `token` comes back when it is pressed (at most 64 bytes of ASCII). */
export type Choice = { readonly token: string; readonly label: string; readonly description?: string };

/** A message in the words of one language, ready for any channel. Texts are plain, never escaped. */
export type Rendered = {
  readonly text: string;
  readonly choices: readonly Choice[];
  /** The word on the button that opens a list ("Choose"), in the same language. */
  readonly listButton: string;
};

/** Writes a value, or a text by its key, in one language. Throws for a key that does not exist. */
export type Writer = (lang: Lang, param: Param) => string;

/**
 * The words of a message. Parts are joined by an empty line, but "3/14" stands right above its question.
 * Choices are not numbered here: whether they are buttons or lines is the channel's affair.
 */
export function render(message: Message, lang: Lang, write: Writer): Rendered {
  const { parts, options = [], question, at } = message;
  let text = '';
  let gap = '';
  for (const part of parts) {
    text += gap + write(lang, part);
    gap = part.key === 'common.progress' ? '\n' : '\n\n';
  }
  const choices =
    question && at ? options.map((option) => choiceOf(option, lang, write, { question, ...at })) : [];
  return { text, choices, listButton: choices.length > 0 ? write(lang, { key: 'common.list_button' }) : '' };
}

function choiceOf(
  { id, label, description }: Option,
  lang: Lang,
  write: Writer,
  { question, flow, step }: { question: string; flow: string; step: string },
): Choice {
  return {
    token: tokenOf(question, flow, step, id),
    label: write(lang, label ?? id),
    ...(description !== undefined && { description: write(lang, description) }),
  };
}
