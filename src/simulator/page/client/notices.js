import { el, icon } from './dom.js';

/** Shows what went wrong, for eight seconds or until it is closed. */
export function complain(error) {
  const toast = el(
    'div',
    { class: 'toast' },
    el('p', {}, error instanceof Error ? error.message : String(error)),
    el(
      'button',
      { type: 'button', 'aria-label': 'Close', on: { click: () => toast.remove() } },
      icon('close'),
    ),
  );
  document.getElementById('toasts').append(toast);
  setTimeout(() => toast.remove(), 8_000);
}

/** Runs a deed and says so when it failed; answers null then. */
export async function attempt(deed) {
  try {
    return await deed();
  } catch (error) {
    complain(error);
    return null;
  }
}

/** One more line for screen readers; old ones go. */
export function announce(text) {
  const live = document.getElementById('live');
  live.append(el('p', {}, text));
  while (live.childElementCount > 20) live.firstElementChild.remove();
}
