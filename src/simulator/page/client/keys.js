/** Lets the arrow keys, Home and End walk among the buttons of a group; Tab still visits each. */
export function walkWithArrows(group, selector = 'button') {
  group.addEventListener('keydown', (event) => {
    if (event.target.closest('input, textarea, select')) return;
    const items = [...group.querySelectorAll(selector)].filter((item) => !item.disabled);
    const at = items.indexOf(document.activeElement);
    if (at < 0) return;
    const to = {
      ArrowDown: at + 1,
      ArrowRight: at + 1,
      ArrowUp: at - 1,
      ArrowLeft: at - 1,
      Home: 0,
      End: items.length - 1,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    items[(to + items.length) % items.length].focus();
  });
  return group;
}

/** Calls back when Escape is pressed inside. */
export function onEscape(node, close) {
  node.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    close();
  });
}
