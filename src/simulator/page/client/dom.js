/**
 * Builds an element. Children are nodes or strings, and strings only ever become text: nothing on this page
 * reads HTML. `on` holds listeners, `data` data attributes; null, undefined and false attributes stay away.
 */
export function el(tag, { on = {}, data = {}, ...attributes } = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    node.setAttribute(name, value === true ? '' : String(value));
  }
  for (const [name, value] of Object.entries(data))
    if (value !== null && value !== undefined) node.dataset[name] = String(value);
  for (const [type, listener] of Object.entries(on)) node.addEventListener(type, listener);
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** Line drawings of our own on a grid of 24. */
const drawings = {
  send: 'M4 12 20 4l-5 16-4-6z M11 14l9-10',
  attach: 'M12 5v14 M5 12h14',
  more: 'M12 5.5v.01 M12 12v.01 M12 18.5v.01',
  close: 'M6 6l12 12 M18 6 6 18',
  down: 'M12 5v14 M6 13l6 6 6-6',
  reply: 'M10 6 4 12l6 6 M4 12h10a6 6 0 0 1 6 6',
  list: 'M8 7h12 M8 12h12 M8 17h12 M4 7v.01 M4 12v.01 M4 17v.01',
  link: 'M9 15 19 5 M12 5h7v7 M18 14v5H5V6h5',
  tick: 'M3 13l4 4L15 7',
  ticks: 'M1 13l4 4L13 7 M9 15l2 2 8-10',
  back: 'M15 5l-7 7 7 7',
  next: 'M9 5l7 7-7 7',
  image: 'M4 5h16v14H4z M4 16l5-5 4 4 3-3 4 4 M15.5 9v.01',
  document: 'M7 3h7l4 4v14H7z M14 3v4h4',
  voice:
    'M12 4a2.5 2.5 0 0 0-2.5 2.5V12a2.5 2.5 0 0 0 5 0V6.5A2.5 2.5 0 0 0 12 4z M6 12a6 6 0 0 0 12 0 M12 18v3',
  location: 'M12 21s7-6.2 7-11.5a7 7 0 0 0-14 0C5 14.8 12 21 12 21z M12 9.5v.01',
  contact: 'M12 4a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7z M5 20c0-4 3-6 7-6s7 2 7 6',
  sticker: 'M5 5h14v9l-5 5H5z M14 19v-5h5 M9 10v.01 M15 10v.01',
  thread: 'M5 5h14v10H10l-5 4z',
};

export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', `icon icon-${name}`);
  svg.setAttribute('aria-hidden', 'true');
  path.setAttribute('d', drawings[name] ?? '');
  svg.append(path);
  return svg;
}

/** A round or square picture of somebody: their initials on a colour that stays theirs. */
export function avatar(name, isApp = false) {
  const words = name.split(/\s+/).filter(Boolean);
  const initials = [words[0], words.length > 1 ? words.at(-1) : '']
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('');
  const tint = [...name].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % 6;
  return el(
    'span',
    { class: 'avatar', 'aria-hidden': 'true', data: { tint: isApp ? 'app' : tint } },
    initials.toUpperCase(),
  );
}

/** Brings a list of children to what is wanted, keeping every node whose signature is the same. */
export function reconcile(parent, wanted) {
  const kept = new Map([...parent.children].map((node) => [node.dataset.key, node]));
  let place = parent.firstElementChild;
  for (const { key, signature, make } of wanted) {
    const old = kept.get(key);
    kept.delete(key);
    let node = old;
    if (!old || old.dataset.signature !== signature) {
      node = make();
      node.dataset.key = key;
      node.dataset.signature = signature;
      if (old) {
        if (old === place) place = node;
        replaceKeepingFocus(old, node);
      }
    }
    if (node === place) place = place.nextElementSibling;
    else parent.insertBefore(node, place);
  }
  for (const node of kept.values()) node.remove();
}

/** A button that had the focus and still exists has it again. */
function replaceKeepingFocus(old, node) {
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const place = focused ? [...old.querySelectorAll('button, a, select')].indexOf(focused) : -1;
  old.replaceWith(node);
  if (place >= 0) node.querySelectorAll('button, a, select')[place]?.focus();
}
