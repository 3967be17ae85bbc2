import type { Coordinator } from '../app/desk/ports.ts';
import { openDesk } from '../store/desk.ts';
import { accounts, openParts, type Where } from './parts.ts';

/** The coordinators' desk, without its front end: asks for a call and approves it, and watches its own memory. */
export async function desk(options: Where) {
  const { db, seals, store, program, classOf, clock } = openParts(options);
  const useCases = openDesk({
    db,
    seals,
    store,
    program,
    classOf,
    clock,
    committed: () => {},
    accounts: { whatsapp: accounts.sender, telegram: 'none', slack: accounts.team },
    channel: accounts.coordinators.address,
  });
  const first: Coordinator = { personId: 1, role: 'coord_rw', country: null, name: null };
  const second: Coordinator = { personId: 2, role: 'moh', country: null, name: null };
  return {
    async ask({ mission }: { readonly mission: string }): Promise<string> {
      const asked = await useCases.calls.send.confirm({ code: mission }, first, `ask ${mission}`);
      if (!asked.ok || asked.shown.code === null) throw new Error(`not asked: ${JSON.stringify(asked)}`);
      return asked.shown.code;
    },
    /** Answers when all rows are queued: how long it took, and by how much the process grew meanwhile. */
    async approve({ broadcast }: { readonly broadcast: string }) {
      globalThis.gc?.();
      const before = process.memoryUsage.rss();
      let most = before;
      const watch = setInterval(() => {
        most = Math.max(most, process.memoryUsage.rss());
      }, 5);
      const started = performance.now();
      const done = await useCases.calls.approve.confirm({ code: broadcast }, second, `approve ${broadcast}`);
      const ms = performance.now() - started;
      clearInterval(watch);
      if (!done.ok) throw new Error(`not approved: ${JSON.stringify(done)}`);
      return { ms, recipients: done.shown.audience.selected, grownMiB: (most - before) / 2 ** 20 };
    },
  };
}
