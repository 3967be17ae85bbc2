import type { Choice, Rendered } from '../app/ports.ts';
import type { ChannelLimits } from './limits.ts';
import { split } from './split.ts';

/** How a message leaves: texts before the last one go out bare, the last one carries the choices. */
export type Fitted = { readonly leading: readonly string[]; readonly last: string; readonly choices: Shown };

export type Shown =
  | { readonly as: 'nothing' }
  | { readonly as: 'buttons'; readonly choices: readonly Choice[] }
  | { readonly as: 'list'; readonly choices: readonly Choice[]; readonly button: string };

/**
 * Fits a message to a channel: buttons, else its list, else numbered lines in the text.
 * Buttons and lists do not repeat their labels in the text; numbered lines are the text.
 */
export function fitTo(rendered: Rendered, limits: ChannelLimits): Fitted {
  const { choices } = rendered;
  if (choices.length === 0) return cut(rendered.text, limits.text, { as: 'nothing' });
  if (fitsButtons(choices, limits)) {
    return cut(withDescriptions(rendered), limits.textWithChoices, { as: 'buttons', choices });
  }
  if (fitsList(choices, limits)) {
    return cut(rendered.text, limits.textWithChoices, { as: 'list', choices, button: rendered.listButton });
  }
  return cut(join(rendered.text, numbered(choices)), limits.text, { as: 'nothing' });
}

/** The same message for a channel, or a moment, without any buttons. */
export function fitAsText(rendered: Rendered, limits: ChannelLimits): Fitted {
  return fitTo(rendered, { ...limits, buttons: { max: 0, label: 0 }, list: null });
}

function fitsButtons(choices: readonly Choice[], { buttons, list }: ChannelLimits): boolean {
  // A button has no room for a description; where the channel has a list, that shows it.
  if (
    list !== null &&
    choices.some((choice) => choice.description !== undefined) &&
    fitsListOf(choices, list)
  )
    return false;
  return choices.length <= buttons.max && choices.every(({ label }) => label.length <= buttons.label);
}

function fitsList(choices: readonly Choice[], { list }: ChannelLimits): boolean {
  return list !== null && fitsListOf(choices, list);
}

function fitsListOf(choices: readonly Choice[], list: NonNullable<ChannelLimits['list']>): boolean {
  return (
    choices.length <= list.max &&
    choices.every(
      ({ label, description = '' }) => label.length <= list.label && description.length <= list.description,
    )
  );
}

function withDescriptions({ text, choices }: Rendered): string {
  const lines = choices.flatMap(({ label, description }) =>
    description === undefined ? [] : [`${label}: ${description}`],
  );
  return join(text, lines.join('\n'));
}

function numbered(choices: readonly Choice[]): string {
  return choices
    .map(
      ({ label, description }, index) =>
        `${index + 1}. ${label}${description === undefined ? '' : `: ${description}`}`,
    )
    .join('\n');
}

function join(text: string, more: string): string {
  return more === '' ? text : text === '' ? more : `${text}\n\n${more}`;
}

function cut(text: string, limit: number, choices: Shown): Fitted {
  const parts = split(text, limit);
  return { leading: parts.slice(0, -1), last: parts.at(-1) ?? '', choices };
}
