import { el } from './dom.js';

/**
 * Text as nodes: *bold*, _italic_, ~struck~, `code` and links, the marks that WhatsApp and Slack share.
 * Line breaks stay, the stylesheet shows them. Never through HTML.
 */
export function formatted(text) {
  return pieces(text);
}

/** Links only: for apps that show marks as they were typed. */
export function linked(text) {
  return links(text);
}

const marks = { '*': 'strong', _: 'em', '~': 's', '`': 'code' };
// A mark opens at the start of a word and closes at the end of one, on the same line.
const marked = /(^|[\s([{"'«“*_~])([*_~`])(?=\S)([^\n]*?\S)\2(?=$|[\s)\]}"'»”.,;:!?*_~…])/u;

function pieces(text) {
  const found = marked.exec(text);
  if (!found) return links(text);
  const [whole, before, mark, inner] = found;
  return [
    ...links(text.slice(0, found.index) + before),
    el(marks[mark], {}, mark === '`' ? inner : pieces(inner)),
    ...pieces(text.slice(found.index + whole.length)),
  ];
}

function links(text) {
  return text
    .split(/(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]])/)
    .map((part, index) =>
      index % 2 === 1 ? el('a', { href: part, target: '_blank', rel: 'noopener noreferrer' }, part) : part,
    );
}

/** Slack's own dialect with its `<…>` marks and escapes. `nameOf` tells the name of a member or channel. */
export function slackText(source, nameOf = (id) => id) {
  return source.split(/(<[^<>]+>)/).flatMap((part, index) => {
    if (index % 2 === 0) return formatted(drawn(readable(part)));
    const [target, label] = part.slice(1, -1).split('|');
    if (target.startsWith('!date')) return [label ?? ''];
    if (/^[@#]/.test(target))
      return [el('span', { class: 'mention' }, `${target[0]}${label ?? nameOf(target.slice(1))}`)];
    if (target.startsWith('!')) return [el('span', { class: 'mention' }, `@${target.slice(1)}`)];
    if (!/^https?:/.test(target)) return [readable(label ?? target)];
    return [
      el('a', { href: target, target: '_blank', rel: 'noopener noreferrer' }, readable(label ?? target)),
    ];
  });
}

const readable = (text) => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');

/** A short line for a screen reader or a quotation. */
export const shortened = (text, length = 140) => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
};

// The picture names that coordinators' cards use; an unknown one stays as it is written.
const pictures = {
  large_green_circle: '🟢',
  large_yellow_circle: '🟡',
  large_orange_circle: '🟠',
  red_circle: '🔴',
  large_blue_circle: '🔵',
  white_circle: '⚪',
  white_check_mark: '✅',
  heavy_check_mark: '✔️',
  warning: '⚠️',
  rotating_light: '🚨',
  x: '❌',
  hourglass: '⌛',
  hourglass_flowing_sand: '⏳',
  bell: '🔔',
  airplane: '✈️',
  hospital: '🏥',
  calendar: '📅',
  speech_balloon: '💬',
  wave: '👋',
};
const drawn = (text) => text.replace(/:([a-z_]+):/g, (whole, name) => pictures[name] ?? whole);
