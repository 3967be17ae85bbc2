import type { Twilio } from 'twilio';
import type { Outcome, Template } from '../../app/ports.ts';
import { outcomeOfFailure } from './classify.ts';
import type { Found } from './content-ids.ts';
import { createContent, templateHash } from './contents.ts';

/**
 * A template to be made: `{{1}}` … in the body with one sample for each, stable option ids. At most ten
 * options with titles of at most 25 characters; a list cannot be a template.
 */
export type TemplateSource = Omit<Template, 'variables'> & { readonly samples: readonly string[] };

export type Approval =
  | 'unsubmitted'
  | 'received'
  | 'pending'
  | 'approved'
  | 'rejected'
  | 'paused'
  | 'disabled';

/** Makes templates at Twilio and asks for their approval; what is approved can never be changed, only replaced. */
export type Provisioning = {
  create(source: TemplateSource): Promise<{ sid: string } | { failed: Outcome }>;
  /** `name` as {@link approvalNameOf} makes it. */
  submit(
    sid: string,
    name: string,
    category: TemplateSource['category'],
  ): Promise<'submitted' | { failed: Outcome }>;
  approvalOf(sid: string): Promise<{ status: Approval; reason: string } | { failed: Outcome }>;
};

export function provisioning(client: Twilio): Provisioning {
  return {
    create(source) {
      const samples = Object.fromEntries(source.samples.map((sample, index) => [String(index + 1), sample]));
      const name = source.key.replace(/[^a-z0-9]+/gi, '_').toLowerCase();
      return createContent(client, { name, lang: source.lang, samples, types: typesOf(source) });
    },
    async submit(sid, name, category) {
      try {
        await client.content.v1.contents(sid).approvalCreate.create({ name, category });
        return 'submitted';
      } catch (error) {
        return { failed: outcomeOfFailure(error) };
      }
    },
    async approvalOf(sid) {
      try {
        const { whatsapp } = await client.content.v1.contents(sid).approvalFetch().fetch();
        const { status, rejection_reason: reason } = whatsapp as {
          status?: unknown;
          rejection_reason?: unknown;
        }; // untyped in the SDK
        return {
          status: approvals.find((known) => known === status) ?? 'unsubmitted',
          reason: String(reason ?? ''),
        };
      } catch (error) {
        return { failed: outcomeOfFailure(error) };
      }
    },
  };
}

/** What Meta knows a template by: new for every wording, because a rejected name is blocked for 30 days. */
export function approvalNameOf(source: Omit<TemplateSource, 'samples' | 'category'>): string {
  const words = source.key.replace(/[^a-z0-9]+/gi, '_').toLowerCase();
  return `${words}_${source.lang}_${templateHash(source).slice(0, 8)}`;
}

/** A template with its hash and the name it goes by at Meta. */
export function named<T extends Omit<TemplateSource, 'samples'>>(source: T) {
  return { ...source, hash: templateHash(source), name: approvalNameOf(source) };
}

/** Makes a template and has it approved in one go, which only a stand-in grants at once. */
export async function approveAtOnce(
  { create, submit, approvalOf }: Provisioning,
  source: TemplateSource,
): Promise<Found> {
  const made = await create(source);
  if ('failed' in made) return { kind: 'not_now' };
  if ((await submit(made.sid, approvalNameOf(source), source.category)) !== 'submitted')
    return { kind: 'not_now' };
  const approval = await approvalOf(made.sid);
  if (!('status' in approval)) return { kind: 'not_now' };
  return approval.status === 'approved' ? { kind: 'known', sid: made.sid } : { kind: 'none' };
}

const approvals = [
  'unsubmitted',
  'received',
  'pending',
  'approved',
  'rejected',
  'paused',
  'disabled',
] as const;

function typesOf({ body, options }: TemplateSource): object {
  if (options.length === 0) return { 'twilio/text': { body } };
  const actions = options.map(({ id, title }) => ({ type: 'QUICK_REPLY', title, id }));
  return { 'twilio/quick-reply': { body, actions }, 'twilio/text': { body } };
}
