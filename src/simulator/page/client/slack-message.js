import { drawBlocks } from './blocks.js';
import { avatar, el, icon } from './dom.js';
import { hourOf } from './time.js';
import { formatted } from './words.js';

/** More buttons than this are a wall: then they stand in a list. */
const wall = 5;

/** One message of a Slack conversation. `author` is {name, isApp}; `replies` counts those of its thread. */
export function slackMessage(message, { zone, author, replies, isInThread, does, nameOf }) {
  const press = (index) => does.press(message, index);
  const words = message.deleted
    ? el('p', { class: 'text gone' }, 'This message was deleted')
    : message.blocks
      ? el('div', { class: 'blocks' }, drawBlocks(message.blocks, { press, pick: does.pick, nameOf }))
      : [
          el('p', { class: 'text', dir: 'auto' }, formatted(message.text)),
          plainChoices(message, press, does),
        ];
  return el(
    'li',
    {
      class: `line-message${message.ephemeral ? ' only-you' : ''}`,
      data: { message: message.id, from: message.from },
    },
    message.ephemeral ? el('p', { class: 'only-you-note' }, 'Only visible to you') : null,
    avatar(author.name, author.isApp),
    el(
      'div',
      { class: 'line-body' },
      el(
        'p',
        { class: 'line-head' },
        el('strong', {}, author.name),
        author.isApp ? el('span', { class: 'tag' }, 'app') : null,
        el('time', { datetime: message.at }, hourOf(new Date(message.at), zone)),
        message.edited ? el('span', { class: 'quiet' }, 'edited') : null,
      ),
      words,
      message.reactions?.length ? el('p', { class: 'reactions' }, message.reactions.join(' ')) : null,
      replies > 0 && !isInThread
        ? el(
            'button',
            { type: 'button', class: 'replies', on: { click: () => does.openThread(message) } },
            replies === 1 ? '1 reply' : `${replies} replies`,
          )
        : null,
    ),
    isInThread || message.ephemeral || message.deleted
      ? null
      : el(
          'button',
          {
            type: 'button',
            class: 'plain thread-button',
            'aria-label': 'Reply in a thread',
            title: 'Reply in a thread',
            on: { click: () => does.openThread(message) },
          },
          icon('thread'),
        ),
  );
}

/** Where the blocks are not told, what can be pressed is. */
function plainChoices({ choices }, press, does) {
  if (choices.length === 0) return null;
  const asBlocks =
    choices.length > wall
      ? [
          {
            type: 'static_select',
            placeholder: { text: 'Choose' },
            options: choices.map(({ label, description }) => ({
              text: { text: label },
              ...(description ? { description: { text: description } } : {}),
            })),
          },
        ]
      : choices.map(({ label, url }) => ({ type: 'button', text: { text: label }, url }));
  return el(
    'div',
    { class: 'blocks' },
    drawBlocks([{ type: 'actions', elements: asBlocks }], { press, pick: does.pick }),
  );
}
