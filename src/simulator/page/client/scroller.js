import { el, icon } from './dom.js';

const nearPx = 60;

/**
 * A pane that stays at the newest line while the reader is there, and offers the way back down when not.
 * `onEnd` is called when the reader has arrived at the end.
 */
export function createScroller(list, label, onEnd = () => {}) {
  const count = el('span', { class: 'count' });
  const newest = el(
    'button',
    { type: 'button', class: 'newest', hidden: true, on: { click: () => toEnd() } },
    count,
    icon('down'),
  );
  const area = el('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': label }, list);
  const isAtEnd = () => area.scrollHeight - area.scrollTop - area.clientHeight < nearPx;
  const toEnd = () => {
    area.scrollTop = area.scrollHeight;
    onEnd();
  };
  let wasAtEnd = true;
  area.addEventListener('scroll', () => {
    wasAtEnd = isAtEnd();
    if (wasAtEnd) {
      newest.hidden = true;
      onEnd();
    }
  });
  // A keyboard on a small screen, or a growing composer, must not push the newest line away.
  new ResizeObserver(() => {
    if (wasAtEnd) area.scrollTop = area.scrollHeight;
  }).observe(area);
  return {
    node: el('div', { class: 'scroll-frame' }, area, newest),
    area,
    isAtEnd: () => wasAtEnd,
    toEnd,
    /** Changes the list by `change`, then keeps to the end or says how many wait below. */
    update(change, unread) {
      const stay = wasAtEnd;
      change();
      if (stay) area.scrollTop = area.scrollHeight;
      newest.hidden = stay || isAtEnd();
      count.textContent = unread > 0 ? String(unread) : '';
      newest.setAttribute('aria-label', unread > 0 ? `${unread} new, go to the newest` : 'Go to the newest');
    },
  };
}
