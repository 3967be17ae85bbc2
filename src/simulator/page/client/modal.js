import { api } from './api.js';
import { drawBlocks } from './blocks.js';
import { el, icon } from './dom.js';
import { drawField } from './fields.js';
import { onEscape } from './keys.js';
import { attempt, complain } from './notices.js';

/** The modal on top of somebody's Slack, drawn into `layer`; everything in `covered` rests meanwhile. */
export function createModal(layer, { covered, pick, lists, nameOf }) {
  let person = null;
  let view = null;
  let fields = [];
  let back = null;
  const drafts = new Map();

  const keep = () => {
    for (const field of fields) drafts.set(field.name, field.read());
  };
  const values = () => Object.fromEntries(fields.map((field) => [field.block, field.read()]));

  function hide() {
    if (layer.hidden) return;
    layer.hidden = true;
    layer.replaceChildren();
    for (const node of covered) node.inert = false;
    fields = [];
    drafts.clear();
    view = null;
    if (back?.isConnected) back.focus();
  }

  const close = async () => {
    await attempt(() => api.act(person, 'close'));
    await refresh();
  };

  async function submit(event) {
    event.preventDefault();
    let isComplete = true;
    for (const field of fields) {
      const value = field.read();
      const isMissing = !field.isOptional && (value === null || (Array.isArray(value) && value.length === 0));
      field.complain(isMissing ? 'Please fill this in' : null);
      if (isMissing && isComplete) field.focus();
      if (isMissing) isComplete = false;
    }
    if (!isComplete) return;
    const answer = await attempt(() => api.act(person, 'submit', { view: view.id, values: values() }));
    if (answer?.problem) complain(`Slack could not reach the app: ${answer.problem}`);
    await refresh();
    const wrong = fields.find((field) => answer?.errors?.[field.block]);
    wrong?.focus();
  }

  const press = (index) =>
    attempt(async () => {
      keep();
      const answer = await api.act(person, 'press', { message: 'modal', index, values: values() });
      if (answer.problem) complain(`Slack could not reach the app: ${answer.problem}`);
    });

  function draw(next) {
    const isSame = view?.id === next.id;
    if (isSame) keep();
    else drafts.clear();
    if (layer.hidden) back = document.activeElement;
    const wasInside = layer.contains(document.activeElement);
    const focused = wasInside && isSame ? document.activeElement.id : '';
    view = next;
    fields = [];
    const body = drawBlocks(next.blocks ?? [], {
      press,
      pick,
      nameOf,
      input: (block) => {
        const name = `${block.block_id} ${block.element.action_id}`;
        const field = drawField(block, drafts.get(name) ?? undefined, lists());
        field.complain(next.errors?.[field.block] ?? null);
        fields.push(field);
        return field.node;
      },
    });
    const form = el(
      'form',
      { class: 'modal', role: 'dialog', 'aria-label': next.title, novalidate: true, on: { submit } },
      el(
        'header',
        { class: 'modal-head' },
        el('h3', {}, next.title),
        el(
          'button',
          { type: 'button', class: 'plain', 'aria-label': 'Close', on: { click: close } },
          icon('close'),
        ),
      ),
      el('div', { class: 'modal-body' }, body),
      el(
        'footer',
        { class: 'modal-foot' },
        el('button', { type: 'button', class: 'button', on: { click: close } }, next.close || 'Cancel'),
        next.submit ? el('button', { type: 'submit', class: 'button primary' }, next.submit) : null,
      ),
    );
    form.dataset.callback = next.callback_id;
    onEscape(form, close);
    layer.replaceChildren(el('div', { class: 'shade' }), form);
    layer.hidden = false;
    for (const node of covered) node.inert = true;
    // Redrawn under the hands of somebody elsewhere on the page, it leaves the focus where it is.
    if (isSame && !wasInside) return;
    const first = form.querySelector('.modal-body :is(input, select, textarea, button)');
    const last = form.querySelector('.modal-foot button:last-child');
    (focused ? document.getElementById(focused) : isSame ? last : (first ?? last))?.focus();
  }

  async function refresh() {
    const asked = person;
    const next = await api.modal(asked).catch(() => null);
    if (asked !== person) return;
    if (next) draw(next);
    else hide();
  }

  return {
    refresh,
    show(next) {
      hide();
      person = next;
      void refresh();
    },
  };
}
