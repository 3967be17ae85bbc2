import { el, icon } from './dom.js';
import { onEscape, walkWithArrows } from './keys.js';

/** The steps of a mission in their order: one at a time, or all of them in a list. */
export function createHints(root, { store, type }) {
  const { hints } = store.setup;
  if (hints.length === 0) return { sent() {} };
  let at = Math.min(Number(sessionStorage.getItem('hint') ?? 0), hints.length - 1);

  const nameOf = (who) => store.setup.people.find(({ address }) => address === who)?.name ?? who;
  const step = el('span', { class: 'hint-step' });
  const words = el('p', { class: 'hint-text' });
  const say = el('button', {
    type: 'button',
    class: 'button primary hint-say',
    on: { click: () => typeIt(at) },
  });
  const back = el(
    'button',
    { type: 'button', class: 'plain', 'aria-label': 'Step before', on: { click: () => go(at - 1) } },
    icon('back'),
  );
  const next = el(
    'button',
    { type: 'button', class: 'plain', 'aria-label': 'Next step', on: { click: () => go(at + 1) } },
    icon('next'),
  );
  const list = walkWithArrows(el('ol', { class: 'hint-list', id: 'hint-list' }));
  const panel = el('div', { class: 'hint-panel', hidden: true }, list);
  const all = el(
    'button',
    {
      type: 'button',
      class: 'hint-all',
      'aria-expanded': 'false',
      'aria-controls': 'hint-list',
      on: { click: () => open(panel.hidden) },
    },
    'What can I do here?',
  );
  root.append(
    all,
    el('div', { class: 'hint-line' }, el('span', { class: 'hint-steps' }, back, step, next), words, say),
    panel,
  );
  onEscape(root, () => {
    if (panel.hidden) return;
    open(false);
    all.focus();
  });
  document.addEventListener('pointerdown', (event) => {
    if (!root.contains(event.target)) open(false);
  });

  function open(isOpen) {
    panel.hidden = !isOpen;
    all.setAttribute('aria-expanded', String(isOpen));
    if (isOpen) list.querySelector('[aria-current]')?.focus();
  }

  function typeIt(index) {
    go(index);
    open(false);
    type(hints[index].who, hints[index].say ?? '');
  }

  function go(to) {
    at = Math.max(0, Math.min(to, hints.length - 1));
    sessionStorage.setItem('hint', String(at));
    const { who, text, say: line } = hints[at];
    step.textContent = `${at + 1} of ${hints.length}`;
    words.replaceChildren(el('strong', {}, nameOf(who)), ` ${text}`);
    say.replaceChildren(line ? `Type “${line}”` : `Go to ${nameOf(who).split(' ')[0]}`);
    back.disabled = at === 0;
    next.disabled = at === hints.length - 1;
    list.replaceChildren(
      ...hints.map((hint, index) =>
        el(
          'li',
          {},
          el(
            'button',
            {
              type: 'button',
              'aria-current': index === at ? 'step' : null,
              data: { done: index < at },
              on: { click: () => typeIt(index) },
            },
            el('span', { class: 'hint-number' }, String(index + 1)),
            el(
              'span',
              {},
              el('strong', {}, nameOf(hint.who)),
              ` ${hint.text}`,
              hint.say ? el('kbd', {}, hint.say) : null,
            ),
          ),
        ),
      ),
    );
  }
  go(at);

  return {
    /** The step is done when its words were sent. */
    sent(who, text) {
      const hint = hints[at];
      if (hint?.say === text && hint.who === who && at < hints.length - 1) go(at + 1);
    },
  };
}
