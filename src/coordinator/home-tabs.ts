import type { Desk } from '../app/desk/desk.ts';
import type { Coordinator } from '../app/desk/ports.ts';
import type { Log, SlackDesk } from '../app/ports.ts';
import { todayPages } from './home.ts';
import { homeOf, refusalPage } from './page.ts';

type Deps = {
  readonly desk: SlackDesk;
  readonly useCases: Desk;
  readonly staffOf: (slackUserId: string) => Promise<Coordinator | null>;
  readonly log: Log;
};

/** Everybody's home tab: drawn when it is opened, and again after each change made here. */
export function homeTabs({ desk, useCases, staffOf, log }: Deps): {
  publish(user: string, actor: Coordinator | null): Promise<void>;
  publishAll(): Promise<void>;
} {
  /** Whose home tab has been opened lately: it shows what others have done, too. The oldest is forgotten first. */
  const watching = new Set<string>();

  async function publish(user: string, actor: Coordinator | null): Promise<void> {
    watching.delete(user);
    if (actor) watching.add(user);
    for (const oldest of [...watching].slice(0, -mostWatching)) watching.delete(oldest);
    const shown = actor ? todayPages(await useCases.see.today(actor), actor) : [refusalPage('not_staff')];
    const published = await desk.publish({ user, view: homeOf(shown) });
    if (!published.ok) log.warn({ detail: published.error }, 'home tab not published');
  }

  /** What is done is done, whatever becomes of the tabs; a slow workspace is not waited for. */
  async function publishAll(): Promise<void> {
    const all = [...watching].map(async (user) => publish(user, await staffOf(user)));
    let timer: NodeJS.Timeout | undefined;
    const enough = new Promise((resolve) => {
      timer = setTimeout(resolve, tabPatienceMs);
    });
    const published = Promise.all(all).catch((error: unknown) =>
      log.warn({ err: error }, 'home tabs not published'),
    );
    await Promise.race([published, enough]);
    clearTimeout(timer);
  }

  return { publish, publishAll };
}

/** A ministry's and an office's coordinators; one change may republish a tab for each, within Slack's 100 a minute. */
const mostWatching = 30;
const tabPatienceMs = 1_000;
