import type { Shown } from '../fit.ts';
import { choicePrefix } from './read.ts';

/** The blocks of a message with choices. The text is `plain_text`, which nothing in it can format. */
export function blocksOf(text: string, shown: Exclude<Shown, { as: 'nothing' }>): object[] {
  const elements =
    shown.as === 'buttons' ? buttonsOf(shown.choices) : [selectOf(shown.choices, shown.button)];
  return [
    { type: 'section', text: plain(text) },
    { type: 'actions', elements },
  ];
}

type Choices = Exclude<Shown, { as: 'nothing' }>['choices'];

function buttonsOf(choices: Choices): object[] {
  return choices.map(({ label, token }, index) => ({
    type: 'button',
    // Ids must differ within a block.
    action_id: `${choicePrefix}-${index + 1}`,
    text: plain(label),
    value: token,
  }));
}

function selectOf(choices: Choices, button: string): object {
  const options = choices.map(({ label, token, description }) => ({
    text: plain(label),
    value: token,
    ...(description === undefined ? {} : { description: plain(description) }),
  }));
  return {
    type: 'static_select',
    action_id: `${choicePrefix}-list`,
    placeholder: plain(button.slice(0, 150)),
    options,
  };
}

function plain(text: string): object {
  return { type: 'plain_text', text, emoji: true };
}
