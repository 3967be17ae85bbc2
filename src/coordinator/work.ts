import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Desk } from '../app/desk/desk.ts';
import type { Coordinator } from '../app/desk/ports.ts';
import type { Clock, SlackDesk } from '../app/ports.ts';
import type { Block } from './blocks.ts';
import type { Dealt } from './deal.ts';
import { dealsOf } from './deals.ts';
import type { Form, Forms, Given } from './form.ts';
import { formsOf } from './forms.ts';
import { readJson } from './incoming.ts';
import { type Doing, messageOf, type Page, page, pending, refusalPage } from './page.ts';
import { pagesOf } from './pages.ts';
import { refusalWords } from './words.ts';

/** Something to show: a page, or a form whose fields are ready. */
export type Shown =
  | { readonly kind: 'page'; readonly page: Page }
  | {
      readonly kind: 'form';
      readonly name: string;
      readonly form: Form;
      readonly given: Given;
      readonly blocks: readonly Block[];
    };

export type Work = {
  readonly forms: Forms;
  show(wanted: Doing, actor: Coordinator): Promise<Shown>;
  preview(deal: string, input: unknown, actor: Coordinator): Promise<Dealt>;
  /** `text` is the pending change as a button or a view carried it. */
  confirm(text: string, actor: Coordinator): Promise<Page>;
};

type Deps = {
  readonly desk: SlackDesk;
  readonly useCases: Desk;
  /** The coordinators' channel. */
  readonly channel: string;
  readonly clock: Clock;
};

/** What buttons, commands and forms lead to, wherever in Slack they stand. */
export function workOf({ desk, useCases, channel, clock }: Deps): Work {
  const deals = dealsOf(useCases);
  const forms = formsOf(useCases);
  const pages = pagesOf(useCases);
  return { forms, show, preview, confirm };

  /** What a command or a button leads to. A form is for a modal alone. */
  async function show(wanted: Doing, actor: Coordinator): Promise<Shown> {
    if ('deal' in wanted) {
      const { deal, input } = wanted;
      const dealt = await preview(deal, input, actor);
      return { kind: 'page', page: dealt.ok ? dealt.page : refused(deal, input, dealt.why, actor) };
    }
    if ('page' in wanted) {
      const found = await pages[wanted.page]?.(wanted.code, actor);
      return { kind: 'page', page: found ?? refusalPage('unknown') };
    }
    const form = forms[wanted.form];
    const fields = form
      ? await form.fields(wanted.given, actor, clock.now().toISOString().slice(0, 10))
      : null;
    if (!form || !fields) return { kind: 'page', page: refusalPage('unknown') };
    if ('rows' in fields) return { kind: 'page', page: fields };
    return { kind: 'form', name: wanted.form, form, given: wanted.given, blocks: fields };
  }

  /** What would happen, waiting for its confirmation. */
  async function preview(name: string, input: unknown, actor: Coordinator): Promise<Dealt> {
    const dealt = await (deals[name]?.preview(input, actor) ?? unknownDeal);
    return dealt.ok
      ? { ok: true, page: { ...dealt.page, pending: { deal: name, input, once: randomUUID() } } }
      : dealt;
  }

  /** A waiver that needs a second person is offered to the colleagues instead of being the end. */
  function refused(name: string, input: unknown, why: string, _actor: Coordinator): Page {
    const asked = readJson(waiver, JSON.stringify(input));
    if (name !== 'gate.waive' || why !== 'second_person' || !asked || asked.askedBy !== undefined)
      return refusalPage(why);
    return {
      ...page(`Waive ${asked.gate} of ${asked.code}`, [
        `Reason: ${asked.note}`,
        refusalWords(why),
        'Confirm to ask in the coordinators’ channel.',
      ]),
      pending: { deal: 'ask_second', input: asked, once: randomUUID() },
    };
  }

  async function confirm(text: string, actor: Coordinator): Promise<Page> {
    const waits = readJson(pending, text);
    if (!waits) return refusalPage('unknown');
    if (waits.deal === 'ask_second') return askSecond(waits.input, actor);
    const dealt = await (deals[waits.deal]?.confirm(waits.input, actor, waits.once) ?? unknownDeal);
    return dealt.ok ? dealt.page : refusalPage(dealt.why);
  }

  async function askSecond(input: unknown, actor: Coordinator): Promise<Page> {
    const read = waiver.safeParse(input).data;
    if (!read) return refusalPage('unknown');
    const asked = { ...read, askedBy: actor.personId };
    const lines = [`A colleague asks to waive ${asked.gate} of ${asked.code}.`, `Reason: ${asked.note}`];
    const request = page('A second person is needed', lines, [
      { label: `Waive ${asked.gate} of ${asked.code}`, does: { deal: 'gate.waive', input: asked } },
    ]);
    const posted = await desk.post({ to: channel, ...messageOf(request) });
    return posted.ok
      ? page('Asked', 'Your colleagues have been asked in the coordinators’ channel.')
      : page('Not asked', 'Slack did not take the message. Please try again.');
  }
}

const unknownDeal = Promise.resolve({ ok: false, why: 'unknown' } as const);
const waiver = z.object({
  code: z.string(),
  gate: z.string(),
  note: z.string(),
  askedBy: z.number().optional(),
});
