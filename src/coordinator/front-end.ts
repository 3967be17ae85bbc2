import type { AckFn, App, ViewResponseAction } from '@slack/bolt';
import { z } from 'zod';
import type { Desk } from '../app/desk/desk.ts';
import type { Coordinator } from '../app/desk/ports.ts';
import type { Clock, Log, SlackDesk } from '../app/ports.ts';
import { answerInTime } from './answer-in-time.ts';
import { readArguments } from './arguments.ts';
import { commands } from './commands.ts';
import { formView } from './form.ts';
import { homeTabs } from './home-tabs.ts';
import { commandBody, homeBody, pressBody, readJson, submissionBody, valuesOf } from './incoming.ts';
import { doing, messageOf, modalOf, type Page, page, refusalPage } from './page.ts';
import { help, refusalWords } from './words.ts';
import { type Shown, workOf } from './work.ts';

export type FrontEnd = {
  readonly bolt: App;
  readonly desk: SlackDesk;
  readonly useCases: Desk;
  readonly staffOf: (slackUserId: string) => Promise<Coordinator | null>;
  /** The coordinators' channel, `C…`. */
  readonly channel: string;
  readonly clock: Clock;
  readonly log: Log;
};

/**
 * The coordinators in Slack: commands, buttons, forms and the home tab, all leading to the same named changes (deals),
 * forms and pages. Who acts is looked up at every press: neither the channel nor an old button is a right.
 */
export function coordinatorFrontEnd({ bolt, desk, useCases, staffOf, channel, clock, log }: FrontEnd): void {
  const { forms, show, preview, confirm } = workOf({ desk, useCases, channel, clock });
  const { publish, publishAll } = homeTabs({ desk, useCases, staffOf, log });

  /**
   * Opens at once, so that the three seconds of a trigger never run out on the database; then fills in. Answers what
   * to say where there is room for it: nothing, or that Slack opened no window.
   */
  async function inModal(triggerId: string, work: Promise<Shown>): Promise<Page | null> {
    const [opened, shown] = await Promise.all([
      desk.open({ triggerId, view: modalOf(page('One moment', '…')) }),
      settled(work),
    ]);
    if (!shown.ok) {
      if (opened.ok) await replace(opened.viewId, opened.hash, asPage(wentWrong));
      throw shown.error;
    }
    if (!opened.ok) {
      log.warn({ detail: opened.error }, 'modal not opened');
      return page('Not opened', 'Slack did not open the window in time. Please try again.');
    }
    await replace(opened.viewId, opened.hash, shown.value);
    return null;
  }

  async function replace(viewId: string, hash: string | undefined, shown: Shown): Promise<void> {
    const updated = await desk.updateView({
      viewId,
      ...(hash !== undefined && { hash }),
      view: viewOf(shown),
    });
    if (!updated.ok) log.warn({ detail: updated.error }, 'modal not filled in');
  }

  for (const [name, command] of Object.entries(commands)) {
    bolt.command(`/${name}`, async ({ command: body, ack, respond }) => {
      const { user_id: user, text, trigger_id: triggerId } = commandBody.parse(body);
      const work = (async (): Promise<Page | null> => {
        const actor = await staffOf(user);
        if (!actor) return refusalPage('not_staff');
        const wanted = command(readArguments(text));
        if (!wanted) return page('How to use it', help[name] ?? '');
        if ('form' in wanted) {
          return inModal(triggerId, show(wanted, actor));
        }
        return pageIn(await show(wanted, actor));
      })();
      await answerInTime(work, ack, {
        now: (shown) => (shown ? ephemeral(shown) : undefined),
        later: async (shown) => shown && respond(ephemeral(shown)),
        failed: ephemeral(wentWrong),
      });
    });
  }

  bolt.action(/^desk:(do|confirm|cancel)/, async ({ body, ack, respond }) => {
    const { user, trigger_id: triggerId, view, actions, container } = pressBody.parse(body);
    const [{ action_id: id, value }] = actions as [(typeof actions)[number]]; // the shape has at least one
    try {
      const actor = await staffOf(user.id);
      if (!actor) {
        await (view
          ? inModal(triggerId, Promise.resolve(asPage(refusalPage('not_staff'))))
          : respond(ephemeral(refusalPage('not_staff'))));
        return;
      }
      if (id.startsWith('desk:cancel')) {
        await respond({ ...messageOf(page('Cancelled', 'Nothing has changed.')), replace_original: true });
        return;
      }
      if (id.startsWith('desk:confirm')) {
        const result = await confirm(value, actor);
        await respond({ ...messageOf(result), replace_original: true });
        await publishAll();
        return;
      }
      const wanted = readJson(doing, value);
      const work = wanted ? show(wanted, actor) : Promise.resolve(asPage(refusalPage('unknown')));
      if (view?.type === 'modal') await replace(container.view_id ?? view.id, undefined, await work);
      else {
        const opens = view !== undefined || (wanted !== null && 'form' in wanted);
        const said = opens ? await inModal(triggerId, work) : pageIn(await work);
        if (said && !view) await respond({ ...ephemeral(said), replace_original: false });
      }
    } catch (error) {
      if (!view) await respond({ ...ephemeral(wentWrong), replace_original: false }).catch(() => {}); // the first error tells more
      throw error;
    } finally {
      await ack();
    }
  });

  // Bolt's types forget that the constraint leaves submissions alone, which are answered with a view.
  bolt.view({ type: 'view_submission', callback_id: 'desk:form' }, async ({ body, ack }) => {
    const { user, view } = submissionBody.parse(body);
    const work = (async () => {
      const actor = await staffOf(user.id);
      const { form: name, given } = z
        .object({ form: z.string(), given: z.record(z.string(), z.string()) })
        .parse(JSON.parse(view.private_metadata));
      const form = forms[name];
      if (!actor || !form) return updating(refusalPage(actor ? 'unknown' : 'not_staff'));
      const read = form.read(valuesOf(view.state.values), given);
      if ('errors' in read) return errors(read.errors);
      const dealt = await preview(read.deal, read.input, actor);
      if (dealt.ok) return updating(dealt.page);
      // The form stays open, and says beside the field what is wrong with it.
      const found = dealt.why
        .split(',')
        .map((why) => [form.at?.[why] ?? form.first, refusalWords(why)] as const);
      return errors(Object.fromEntries(found.toReversed()));
    })();
    await answerInTime(work, ack as AckFn<ViewResponseAction>, {
      now: (answer) => answer,
      failed: updating(wentWrong),
      meanwhile: updating(page('One moment', '…')),
      later: (answer) =>
        desk.updateView({
          viewId: view.id,
          view: 'view' in answer ? answer.view : modalOf(page('Not possible', Object.values(answer.errors))),
        }),
    });
  });

  bolt.view({ type: 'view_submission', callback_id: 'desk:confirm' }, async ({ body, ack }) => {
    const { user, view } = submissionBody.parse(body);
    const work = (async () => {
      const actor = await staffOf(user.id);
      const result = actor ? await confirm(view.private_metadata, actor) : refusalPage('not_staff');
      await publishAll();
      return result;
    })();
    await answerInTime(work, ack as AckFn<ViewResponseAction>, {
      now: updating,
      meanwhile: updating(page('One moment', '…')),
      later: (result) => desk.updateView({ viewId: view.id, view: modalOf(result) }),
      failed: updating(wentWrong),
    });
  });

  bolt.event('app_home_opened', async ({ body }) => {
    const { event } = homeBody.parse(body);
    if (event.tab !== undefined && event.tab !== 'home') return;
    await publish(event.user, await staffOf(event.user));
  });
}

const wentWrong = page('Something went wrong', 'Nothing has changed. Please try again.');

function ephemeral(shown: Page) {
  return { response_type: 'ephemeral' as const, ...messageOf(shown) };
}

function updating(shown: Page) {
  return { response_action: 'update' as const, view: modalOf(shown) as never }; // Bolt wants every block spelled out
}

function errors(found: Record<string, string>) {
  return { response_action: 'errors' as const, errors: found };
}

function asPage(shown: Page): Shown {
  return { kind: 'page', page: shown };
}

function pageIn(shown: Shown): Page | null {
  return shown.kind === 'page' ? shown.page : null;
}

function viewOf(shown: Shown): object {
  return shown.kind === 'page'
    ? modalOf(shown.page)
    : formView(shown.name, shown.form, shown.given, shown.blocks);
}

async function settled<T>(
  work: Promise<T>,
): Promise<{ readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown }> {
  try {
    return { ok: true, value: await work };
  } catch (error) {
    return { ok: false, error };
  }
}
