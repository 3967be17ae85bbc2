import type { Done, Need, Refused } from '../engine/flow.ts';
import type { Lang } from '../engine/message.ts';
import { type Fresh, freshId, freshNeed } from './fresh.ts';
import type { Assignment, ConsentPurpose, Context, Deed, Hospital, HostContact } from './model.ts';
import { localDay } from './zones.ts';

/** The hospital's side as persons: who enrols, who is answering on a phone that several share. */

export const hostRoles = [
  'focal',
  'dg',
  'deputy',
  'supervisor',
  'logistics',
] as const satisfies readonly HostContact['role'][];

/** The version of the host's notice in `host_enrol`. */
export const hostNoticeVersion = 'host-notice-1';
const purposes = ['service_messages', 'profile_processing'] as const satisfies readonly ConsentPurpose[];

/** What the query `invitation` finds by a typed code. */
export type Invitation = {
  readonly id: number;
  readonly revision: number;
  readonly hospital: Hospital;
  readonly role: HostContact['role'];
  readonly expired: boolean;
  readonly used: boolean;
};

type EnrolScope = {
  readonly answers: {
    readonly code?: string;
    readonly name?: string;
    readonly role?: HostContact['role'];
    readonly informed?: 'yes' | 'no' | null;
  };
  readonly context: Context;
  readonly found: { readonly invitation?: Invitation | null; readonly fresh?: Fresh };
  readonly now: Date;
  readonly lang: Lang;
};

export function invitationNeeds({ answers }: { answers: { code?: string } }): readonly Need[] {
  return [{ query: 'invitation', args: { code: answers.code ?? '' } }];
}

/** Whether the typed code opens anything. Changes nothing: the code is used when the person has agreed. */
export function checkInvitation({ found }: Pick<EnrolScope, 'found'>): Done | Refused {
  const why = invitationRefusal(found.invitation ?? null);
  if (why) return { ok: false, why };
  const hospital = found.invitation?.hospital.name ?? '';
  return { ok: true, deeds: [], answers: { hospital, invited_as: found.invitation?.role ?? 'focal' } };
}

export function enrolNeeds(scope: Pick<EnrolScope, 'answers' | 'context'>): readonly Need[] {
  const person = scope.context.person === null ? 1 : sameName(scope) ? 0 : 1;
  return [
    ...invitationNeeds(scope),
    freshNeed({ ...(person && { person }), host_contact: 1, consent: purposes.length }),
  ];
}

/**
 * Consent given: the contact exists, the invitation is used up, this address is theirs. On a phone that already belongs
 * to somebody else this is one more person, not a new name for the first. The invitation decides the role; somebody who
 * calls themselves something else is looked at by a coordinator. Refuses `unknown_code`, `used_code`, `expired_code`.
 */
export function enrol(scope: EnrolScope): Done | Refused {
  const { answers, context, found, now, lang } = scope;
  const invitation = found.invitation ?? null;
  const why = invitationRefusal(invitation);
  if (why !== null || invitation === null) return { ok: false, why: why ?? 'unknown_code' };
  const known = sameName(scope) ? context.person : null;
  const id = known?.id ?? freshId(found.fresh, 'person');
  const at = now.toISOString();
  const row = { name: answers.name ?? '', lang, zone: 'Africa/Kigali' };
  const person: Deed = known
    ? {
        kind: 'update',
        table: 'person',
        id,
        revision: known.revision,
        owner: id,
        set: context.member ? { lang } : row,
      }
    : { kind: 'insert', table: 'person', id, owner: id, row: { ...row, created_at: at } };
  const contactId = freshId(found.fresh, 'host_contact');
  const contact: Deed = {
    kind: 'insert',
    table: 'host_contact',
    id: contactId,
    row: {
      person_id: id,
      hospital_id: invitation.hospital.id,
      role: invitation.role,
      from_day: localDay(now, 'Africa/Kigali'),
      to_day: null,
    },
  };
  const consents = purposes.map(
    (purpose, n): Deed => ({
      kind: 'insert',
      table: 'consent',
      id: freshId(found.fresh, 'consent', n),
      row: {
        person_id: id,
        purpose,
        state: 'given',
        text_version: hostNoticeVersion,
        lang,
        at,
        conversation_id: context.conversation.id,
      },
    }),
  );
  const used: Deed = {
    kind: 'update',
    table: 'invitation',
    id: invitation.id,
    revision: invitation.revision,
    set: { used_by: id },
  };
  const event: Deed = {
    kind: 'event',
    event: {
      name: 'host.enrolled',
      subject: { kind: 'person', id },
      by: id,
      data: {
        contactId,
        hospitalId: invitation.hospital.id,
        hospital: invitation.hospital.name,
        role: invitation.role,
        saidRole: answers.role ?? invitation.role,
        directorInformed: answers.informed !== 'no',
      },
    },
  };
  return { ok: true, deeds: [person, { kind: 'link', personId: id }, contact, ...consents, used, event] };
}

function invitationRefusal(invitation: Invitation | null): string | null {
  if (!invitation) return 'unknown_code';
  if (invitation.used) return 'used_code';
  return invitation.expired ? 'expired_code' : null;
}

/** The person this address already belongs to, unless another name is given here: then it is a phone they share. */
function sameName({ answers, context }: Pick<EnrolScope, 'answers' | 'context'>): boolean {
  // A member keeps their own address, whatever they call themselves at the hospital.
  if (context.member) return true;
  const known = context.person?.name;
  return (
    context.person !== null &&
    (known === null || known === undefined || fold(known) === fold(answers.name ?? ''))
  );
}

function fold(name: string): string {
  return name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().split(/\s+/).sort().join(' ');
}

// ---------------------------------------------------------------- who is answering

export type Acting = { readonly personId: number; readonly role: HostContact['role'] };
/** What the called flow `host_who` leaves behind. */
export type Who = { readonly person?: string };
export type HostScope = { readonly answers: { readonly who?: Who }; readonly context: Context };

/** Several contacts answer on this address, and nobody said in the last 12 h which of them it is. */
export function isShared({ answers, context, now }: HostScope & { now: Date }): boolean {
  const sharing = context.host?.sharing;
  if (!sharing || sharing.contacts.length < 2 || answers.who?.person) return false;
  return sharing.knownUntil === null || sharing.knownUntil <= now.toISOString();
}

/** Who is answering: as said in this very conversation, else the person the address belongs to. */
export function acting({ answers, context }: HostScope): Acting | null {
  const { host } = context;
  if (!host) return null;
  const said = host.sharing?.contacts.find(({ personId }) => String(personId) === answers.who?.person);
  const { personId, role } = said ?? host.contact;
  return { personId, role };
}

/** The answer to "who is answering?": the address is theirs for the next 12 h. */
export function answersNow({ answers, context }: { answers: { person?: string }; context: Context }): Done {
  const said = context.host?.sharing?.contacts.find(({ personId }) => String(personId) === answers.person);
  if (!said) return { ok: true, deeds: [] };
  const event: Deed = {
    kind: 'event',
    event: {
      name: 'host.answering',
      subject: { kind: 'conversation', id: context.conversation.id },
      by: said.personId,
      data: { role: said.role },
    },
  };
  return { ok: true, deeds: [{ kind: 'link', personId: said.personId }, event] };
}

/** The assignment a host conversation is about: the one it was started with, the one chosen, else the only fitting one. */
export function subjectOf(
  scope: {
    readonly answers: { readonly which?: string };
    readonly data: { readonly assignmentId?: number };
    readonly context: Context;
  },
  fits: (assignment: Assignment) => boolean,
): Assignment | null {
  const all = scope.context.host?.assignments ?? [];
  const id =
    scope.data.assignmentId ?? (scope.answers.which === undefined ? undefined : Number(scope.answers.which));
  if (id !== undefined) return all.find((assignment) => assignment.id === id) ?? null;
  const fitting = all.filter(fits);
  return fitting.length === 1 ? (fitting[0] ?? null) : null;
}

/** The hospital still has to say something about it. */
export function awaitsHost(assignment: Assignment): boolean {
  return assignment.focalYesAt === null && isOpenToHost(assignment);
}

/** Said yes to by the focal point, not yet confirmed by the director. */
export function awaitsDirector(assignment: Assignment): boolean {
  return assignment.focalYesAt !== null && isOpenToHost(assignment);
}

export function isOpenToHost({ status }: Assignment): boolean {
  return status === 'proposed' || status === 'member_accepted';
}
