import { el } from './dom.js';
import { walkWithArrows } from './keys.js';

/** On a narrow screen one pane shows at a time; these choose it. `panes` are {root, name(), unread()}. */
export function createTabs(nav, panes) {
  const tabs = panes.map((pane) => {
    const badge = el('span', { class: 'badge', hidden: true });
    const label = el('span', { class: 'tab-name' });
    const button = el(
      'button',
      { type: 'button', class: 'tab', on: { click: () => show(pane) } },
      label,
      badge,
    );
    return { pane, button, label, badge };
  });
  nav.append(...tabs.map(({ button }) => button));
  walkWithArrows(nav);

  function show(wanted) {
    for (const { pane, button } of tabs) {
      const isCurrent = pane === wanted;
      pane.root.toggleAttribute('data-current', isCurrent);
      if (isCurrent) button.setAttribute('aria-current', 'true');
      else button.removeAttribute('aria-current');
    }
    // A log that grew while it was hidden has no height to scroll until now.
    wanted.shown?.();
  }
  function refresh() {
    for (const { pane, label, badge } of tabs) {
      const count = pane.unread();
      label.textContent = pane.name().split(' ')[0];
      badge.hidden = count === 0;
      badge.textContent = String(count);
      badge.setAttribute('aria-label', `${count} unread`);
    }
  }
  show(panes[0]);
  refresh();
  return { show, refresh };
}
