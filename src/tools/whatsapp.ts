import { fileURLToPath } from 'node:url';
import pg from 'pg';
import type { Outcome } from '../app/ports.ts';
import {
  type KnownTemplate,
  type PlanLine,
  planTemplates,
  templateDrafts,
  type Wanted,
} from '../app/template-plan.ts';
import {
  type Approval,
  askApprovals,
  type TemplateTable,
  type TemplateWatch,
  watchTemplates,
} from '../app/template-watch.ts';
import { named, type Provisioning, provisioning } from '../channels/whatsapp/templates.ts';
import { clientOf } from '../channels/whatsapp/whatsapp.ts';
import { readConfig } from '../config.ts';
import { endpointsOf } from '../endpoints.ts';
import { createWords } from '../locale.ts';
import { createProgram } from '../program.ts';
import { openClock, realClock } from '../store/clock.ts';
import { openContents } from '../store/contents.ts';
import { joinEmbedded } from '../store/embedded.ts';
import { releaseHeld } from '../store/follow-up.ts';
import { openPrisma } from '../store/prisma.ts';
import { openSeals } from '../store/seal.ts';
import { openStore } from '../store/store.ts';

export type TemplateWork = Omit<TemplateWatch, 'wanted' | 'approvalOf'> & {
  readonly wanted: readonly Wanted[];
  readonly provisioning: Provisioning;
  readonly say: (line: string) => void;
};

export type TemplateVerb = 'plan' | 'apply' | 'status';

/** The command, against the database and the WhatsApp account of the configuration, real or simulated. */
export async function run([what, verb]: readonly string[]): Promise<number> {
  if (what !== 'templates' || !isVerb(verb)) return complain(['whatsapp templates plan|apply|status']);
  const read = readConfig();
  if (!read.ok) return complain(read.problems);
  const { config } = read;
  const databaseUrl = config.databaseUrl ?? (await joinEmbedded(config.dataDir));
  if (!databaseUrl)
    return complain(['DATABASE_URL must be set, or the product be running on its own database']);
  const db = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  try {
    const clock = (config.simulated ? await openClock(db) : null) ?? realClock;
    const ownUrl = `http://127.0.0.1:${config.port}`;
    const endpoints = endpointsOf(config, ownUrl, config.simulatorUrl ?? ownUrl);
    const words = createWords(fileURLToPath(new URL('../../locales', import.meta.url)));
    const drafts = templateDrafts(words, createProgram(words));
    const post = await coordinatorsOf(db, endpoints.slack.channel);
    return await whatsappTemplates(verb, {
      table: openContents(openPrisma(db), endpoints.whatsapp.sender, clock).templates,
      provisioning: provisioning(clientOf(endpoints.whatsapp)),
      wanted: drafts.map(named),
      release: (now) => releaseHeld(db, now),
      store: openStore(db, openSeals(Buffer.from(config.masterKey)), post),
      now: clock.now,
      say: (line) => process.stdout.write(`${line}\n`),
    });
  } finally {
    await db.end();
  }
}

function isVerb(word: string | undefined): word is TemplateVerb {
  return word !== undefined && word in verbs;
}

/** The workspace is known once the product has run; before that nobody can be told anything. */
async function coordinatorsOf(db: pg.Pool, address: string) {
  const { rows } = await db.query<{ account: string }>(
    `SELECT provider_id AS account FROM account WHERE channel = 'slack' ORDER BY id LIMIT 1`,
  );
  const account = rows[0]?.account;
  return account === undefined ? null : ({ channel: 'slack', account, address } as const);
}

function complain(lines: readonly string[]): number {
  for (const line of lines) process.stderr.write(`${line}\n`);
  return 1;
}

/**
 * `intumwa whatsapp templates plan|apply|status`. Plan and status only look, though status writes down what Meta
 * decided; apply makes and submits what plan shows, and can be run again after it was cut short. Answers an exit
 * code: 1 when a call failed, or a template is refused.
 */
export function whatsappTemplates(verb: TemplateVerb, work: TemplateWork): Promise<number> {
  return verbs[verb](work);
}

const verbs: { readonly [verb in TemplateVerb]: (work: TemplateWork) => Promise<number> } = {
  async plan(work) {
    const lines = await planned(work);
    for (const { wanted, what, known } of lines)
      if (what !== 'unchanged')
        work.say(`${what.padEnd(12)} ${described(wanted)}${known ? ` ${known.sid}` : ''}`);
    const refused = lines.filter(({ known }) => known && isRefused(known));
    for (const { wanted, known } of refused)
      work.say(
        `${(known?.status ?? '').padEnd(12)} ${described(wanted)} ${known?.reason ?? ''} (change the text)`,
      );
    work.say(summary(lines.map(({ what }) => what)));
    return 0;
  },

  async apply(work) {
    const done: string[] = [];
    for (const line of await planned(work)) {
      if (line.what === 'unchanged') continue;
      const failed = await apply(work, line);
      done.push(failed ? 'failed' : line.what);
      const { name } = line.wanted;
      work.say(failed ? `failed       ${name} ${wordOf(failed)}` : `submitted    ${name}`);
    }
    work.say(done.length === 0 ? 'nothing to do' : summary(done));
    return done.includes('failed') ? 1 : 0;
  },

  async status(work) {
    const templates = await watchTemplates({ ...work, approvalOf: work.provisioning.approvalOf });
    for (const { name, status, reason } of templates)
      if (status !== 'approved') work.say(`${status.padEnd(12)} ${name}${reason ? `: ${reason}` : ''}`);
    const missing = work.wanted.length - templates.length;
    work.say(summary([...templates.map(({ status }) => status), ...Array<string>(missing).fill('missing')]));
    return templates.some(isRefused) ? 1 : 0;
  },
};

/** The plan by what Twilio has today: a content that was deleted there counts as lost. */
async function planned({ table, provisioning, wanted }: TemplateWork): Promise<readonly PlanLine[]> {
  const known = await table.list();
  const hashes = new Set(wanted.map(({ hash }) => hash));
  const current = known.filter(({ hash }) => hashes.has(hash));
  const approvals: readonly Approval[] = await askApprovals(current, provisioning.approvalOf);
  const now = new Map(approvals.map(({ after }) => [after.hash, after]));
  return planTemplates(
    wanted,
    known.map((template) => now.get(template.hash) ?? template),
  );
}

async function apply(
  { table, provisioning }: { readonly table: TemplateTable; readonly provisioning: Provisioning },
  { wanted, what, known }: PlanLine,
): Promise<Outcome | null> {
  const { hash, name, key, lang, category } = wanted;
  const made = what === 'unsubmitted' && known ? { sid: known.sid } : await provisioning.create(wanted);
  if ('failed' in made) return made.failed;
  const template = { hash, sid: made.sid, name, key, lang, reason: '' };
  // Written down before it is submitted: cut short here, the next run goes on with this one.
  await table.write({ ...template, status: 'unsubmitted' });
  const submitted = await provisioning.submit(made.sid, name, category);
  if (submitted !== 'submitted') return submitted.failed;
  await table.write({ ...template, status: 'received' });
  return null;
}

function described({ name, category, options, samples }: Wanted): string {
  return `${name} ${category}, ${samples.length} variables, ${options.length} buttons`;
}

function isRefused({ status }: KnownTemplate): boolean {
  return status === 'rejected' || status === 'paused' || status === 'disabled';
}

function summary(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].map(([word, count]) => `${count} ${word}`).join(', ');
}

function wordOf(outcome: Outcome): string {
  return 'detail' in outcome ? `${outcome.kind} ${outcome.detail}` : outcome.kind;
}
