import { memberChecks } from '../app/desk/members.ts';
import { type GateCode, gateCodes } from '../domain/model.ts';
import { type Arguments, codeIn, codesIn, daysIn, readDay, restOf, verbIn } from './arguments.ts';
import type { Given } from './form.ts';
import { readLegs, readPickup } from './legs.ts';
import type { Doing } from './page.ts';

/** What a slash command asks for; null where the words make no sense, which is answered with its help. */
export type Command = (args: Arguments) => Doing | null;

export const commands: Readonly<Record<string, Command>> = {
  need(args) {
    const code = codeIn(args, 'N');
    const verb = verbIn(args, ['new', 'validate', 'return', 'show', 'list']);
    if (verb === 'new') return newNeed(args);
    if (verb === 'validate') return code ? { deal: 'need.validate', input: { code } } : null;
    if (verb === 'return') return code ? { deal: 'need.return', input: { code } } : null;
    return look(args, 'need', 'needs', code);
  },
  mission(args) {
    const code = codeIn(args, 'M');
    const verb = verbIn(args, ['new', 'approve', 'open', 'extend', 'close', 'show', 'list']);
    const [closesOn] = daysIn(args);
    if (verb === 'new') return newMission(args);
    if (verb === 'extend')
      return code && closesOn ? { deal: 'mission.extend', input: { code, closesOn } } : null;
    if (verb === 'approve' || verb === 'close')
      return code ? { deal: `mission.${verb}`, input: { code } } : null;
    if (verb === 'open') return code ? { deal: 'call.send', input: { code } } : null;
    return look(args, 'mission', 'missions', code);
  },
  call(args) {
    const mission = codeIn(args, 'M');
    const code = codeIn(args, 'B');
    const verb = verbIn(args, ['approve', 'stop']);
    if (mission) return { deal: 'call.send', input: { code: mission } };
    if (!code) return bare(args, 'missions');
    return verb ? { deal: `call.${verb}`, input: { code } } : { page: 'broadcast', code };
  },
  match(args) {
    const code = codeIn(args, 'M') ?? codeIn(args, 'N');
    return code ? { page: 'match', code } : bare(args, 'missions');
  },
  offer(args) {
    const [from, to] = daysIn(args);
    const scope = verbIn(args, ['hands_on', 'supervised', 'teaching_only']);
    const member = codeIn(args, 'D');
    const need = codeIn(args, 'N');
    if (member && need && from && to && scope)
      return { deal: 'offer.make', input: { member, need, from, to, scope } };
    return { form: 'offer', given: only({ member, need, from, to, scope }) };
  },
  assign(args) {
    const code = codeIn(args, 'A');
    const verb = verbIn(args, ['clear', 'dates', 'hold', 'resume', 'release', 'show', 'list']);
    const [from, to] = daysIn(args);
    if (!code) return args.words.length === 0 || verb === 'list' ? { page: 'assignments', code: '' } : null;
    if (verb === 'clear' || verb === 'resume') return { deal: `assignment.${verb}`, input: { code } };
    if (verb === 'dates') return from && to ? { deal: 'assignment.dates', input: { code, from, to } } : null;
    if (verb === 'hold' || verb === 'release') {
      const reason = restOf(args, [code, verb]).slice(0, 80);
      return reason === '' ? null : { deal: `assignment.${verb}`, input: { code, reason } };
    }
    return { page: 'assignment', code };
  },
  gate(args) {
    const code = codeIn(args, 'A');
    if (!code) return bare(args, 'assignments');
    const state = verbIn(args, ['open', 'in_progress', 'green', 'red', 'waived']);
    const named = args.words.flatMap((word) => word.split(',')).map((word) => word.toUpperCase());
    const gates = named.filter((word): word is GateCode => gateCodes.some((gate) => gate === word));
    const [gate] = gates;
    if (!state || !gate) return { page: 'gates', code };
    const listed = args.words.filter((word) =>
      word.split(',').some((part) => gates.some((own) => own === part.toUpperCase())),
    );
    const note = restOf(args, [code, state, ...listed]).slice(0, 280);
    if (state === 'waived')
      return note === '' || gates.length > 1 ? null : { deal: 'gate.waive', input: { code, gate, note } };
    return {
      deal: 'gate.set',
      input: {
        code,
        gates: Object.fromEntries(gates.map((own) => [own, state])),
        ...(note !== '' && { note }),
      },
    };
  },
  ready(args) {
    const code = codeIn(args, 'A');
    if (!code) return bare(args, 'assignments');
    return verbIn(args, ['go']) ? { deal: 'assignment.ready', input: { code } } : { page: 'readiness', code };
  },
  travel(args) {
    const code = codeIn(args, 'A');
    if (!code) return bare(args, 'assignments');
    const verb = verbIn(args, ['plan', 'ticket']);
    if (verb === 'ticket') return { deal: 'travel.ticket', input: { code } };
    const legs = readLegs(args.words.join(' '));
    const { pickup = '', lodging } = args.options;
    const met = readPickup(pickup);
    if (legs.length > 0 && (pickup === '' || met))
      return { deal: 'travel.propose', input: { code, legs, pickup: met, lodging: lodging ?? null } };
    return verb === 'plan' || args.words.length > 1
      ? { form: 'travel', given: { ...args.options, code } }
      : { page: 'travel', code };
  },
  member(args) {
    const code = codeIn(args, 'D');
    const check = verbIn(args, memberChecks);
    if (verbIn(args, ['activate']))
      return code && check ? { deal: 'member.activate', input: { code, check } } : null;
    return look(args, 'member', 'members', code);
  },
  ticket(args) {
    const code = codeIn(args, 'K');
    const verb = verbIn(args, ['take', 'reply', 'close']);
    if (!code || !verb) return look(args, 'ticket', 'tickets', code);
    const text = restOf(args, [code, verb]);
    if (verb === 'reply')
      return text === ''
        ? { form: 'reply', given: { code } }
        : { deal: 'ticket.reply', input: { code, text } };
    return { deal: `ticket.${verb}`, input: { code } };
  },
  failed: () => ({ page: 'failed', code: '' }),
  today: () => ({ page: 'today', code: '' }),
};

/** A command without a word shows what it could be about. */
function bare({ words }: Arguments, page: string): Doing | null {
  return words.length === 0 ? { page, code: '' } : null;
}

/** A code shows it, nothing lists all; anything else is not understood. */
function look({ words }: Arguments, page: string, list: string, code: string | undefined): Doing | null {
  if (code) return { page, code };
  return words.length === 0 || words[0]?.toLowerCase() === 'list' ? { page: list, code: '' } : null;
}

function newNeed({ options }: Arguments): Doing {
  const {
    hospital,
    department,
    profession,
    posts,
    from,
    to,
    days = '',
    scope,
    mode,
    languages,
    lodging,
    objectives,
  } = options;
  const [min, max] = days.split('-');
  const [earliest, latest] = [readDay(from ?? ''), readDay(to ?? '')];
  if (!hospital || !department || !profession || !earliest || !latest || !min || !max || !scope) {
    return { form: 'need', given: only({ ...options, from: earliest, to: latest }) };
  }
  return {
    deal: 'need.create',
    input: {
      hospital: hospital.toUpperCase(),
      department,
      profession: profession.toUpperCase(),
      posts: Number(posts ?? 1),
      scope,
      mode: mode ?? 'physical',
      objectives: objectives ?? null,
      languages: (languages ?? 'fr,en').split(','),
      earliest,
      latest,
      minDays: Number(min),
      maxDays: Number(max),
      lodging: lodging === 'yes',
    },
  };
}

function newMission(args: Arguments): Doing {
  const { en, fr, rw, countries } = args.options;
  const needs = codesIn(args, 'N');
  const [opensOn, closesOn, startsOn, endsOn] = ['opens', 'closes', 'starts', 'ends'].map((key) =>
    readDay(args.options[key] ?? ''),
  );
  if (
    needs.length === 0 ||
    !en ||
    !fr ||
    !rw ||
    !opensOn ||
    !closesOn ||
    !startsOn ||
    !endsOn ||
    !countries
  ) {
    return { form: 'mission', given: only({ ...args.options, needs: needs.join(',') || undefined }) };
  }
  const title = { rw, fr, en };
  return {
    deal: 'mission.create',
    input: {
      needs,
      title,
      opensOn,
      closesOn,
      startsOn,
      endsOn,
      countries: countries.toUpperCase().split(','),
    },
  };
}

function only(fields: { readonly [field: string]: string | undefined }): Given {
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
