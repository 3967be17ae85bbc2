import type { Outcome } from './ports.ts';
import type { Store } from './store.ts';
import type { KnownTemplate, Wanted } from './template-plan.ts';

/** Templates that were made, as the database knows them. */
export type TemplateTable = {
  list(): Promise<readonly KnownTemplate[]>;
  write(template: KnownTemplate): Promise<void>;
};

/** What Meta says of a template now; `failed` when nobody could say. */
export type ApprovalOf = (
  sid: string,
) => Promise<{ readonly status: string; readonly reason: string } | { readonly failed: Outcome }>;

export type Approval = { readonly before: KnownTemplate; readonly after: KnownTemplate };

/** Asks about each template, and answers what is so now beside what was known. Writes nothing. */
export async function askApprovals(
  known: readonly KnownTemplate[],
  approvalOf: ApprovalOf,
): Promise<readonly Approval[]> {
  const approvals: Approval[] = [];
  // One after the other: there are a hundred, and Twilio counts calls at once.
  for (const before of known) {
    const now = await approvalOf(before.sid);
    if ('status' in now) approvals.push({ before, after: { ...before, ...now } });
    else if (isGone(now.failed)) approvals.push({ before, after: { ...before, status: 'lost', reason: '' } });
    else approvals.push({ before, after: before });
  }
  return approvals;
}

function isGone(outcome: Outcome): boolean {
  return 'detail' in outcome && outcome.detail.endsWith(':20404');
}

export type TemplateWatch = {
  readonly table: TemplateTable;
  readonly approvalOf: ApprovalOf;
  readonly wanted: readonly Pick<Wanted, 'hash'>[];
  /** Lets go what was held because its template was not approved; answers how many. */
  readonly release: (now: Date) => Promise<number>;
  readonly store: Pick<Store, 'save'>;
  readonly now: () => Date;
};

const alarming = new Set(['rejected', 'paused', 'disabled', 'lost']);

/**
 * Takes over what Meta decided since the last look: an approval lets held messages go, a refusal or a pause is told
 * to the coordinators, once (promise 3). Answers all templates that this build wants.
 */
export async function watchTemplates(watch: TemplateWatch): Promise<readonly KnownTemplate[]> {
  const hashes = new Set(watch.wanted.map(({ hash }) => hash));
  const known = (await watch.table.list()).filter(({ hash }) => hashes.has(hash));
  const approvals = await askApprovals(known, watch.approvalOf);
  const changed = approvals.filter(
    ({ before, after }) => before.status !== after.status || before.reason !== after.reason,
  );
  for (const { before, after } of changed) {
    // Told first: if the second fails it is told again, the other way round never.
    if (alarming.has(after.status) && before.status !== after.status) await tell(watch, after);
    await watch.table.write(after);
  }
  if (changed.some(({ after }) => after.status === 'approved')) await watch.release(watch.now());
  return approvals.map(({ after }) => after);
}

async function tell({ store, now }: TemplateWatch, { name, status, reason }: KnownTemplate): Promise<void> {
  const key = 'staff.template.text';
  await store.save({
    at: now(),
    turn: { kind: 'templates', flow: null, version: null, stepBefore: null, stepAfter: null, trips: 1 },
    deeds: [],
    messages: [
      {
        lane: 'proactive',
        class: 'service',
        key,
        to: { kind: 'coordinators' },
        plain: { key, params: { name, status, why: reason || 'no reason given' } },
      },
    ],
    answered: [],
    keys: new Map(),
  });
}
