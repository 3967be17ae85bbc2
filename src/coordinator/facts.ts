import type { NextStep } from '../app/desk/next-step.ts';
import type { AudienceCounts, DeskAssignment } from '../app/desk/ports.ts';
import { gateCodes, type Leg, type Mission, type Need } from '../domain/model.ts';
import { professionName, writeCountry } from '../language/write.ts';
import { writeDate } from '../language/write-date.ts';
import { gateNames, plain } from './words.ts';

/** How the programme's nouns read to a coordinator, in lines of text. */

export function day(value: string): string {
  return writeDate('en', value);
}

export function days(from: string, to: string): string {
  return `${day(from)} to ${day(to)}`;
}

export function profession(code: string): string {
  return professionName('en', code);
}

export function country(code: string): string {
  return writeCountry('en', code);
}

export function needLine(need: Need): string {
  const { code, hospital, department, posts, taken, scope, status } = need;
  return `${code} · ${hospital.name}, ${department} · ${posts - taken} of ${posts} × ${profession(need.profession)} · ${plain(scope)} · ${plain(status)}`;
}

type AskedNeed = Pick<
  Need,
  | 'department'
  | 'profession'
  | 'posts'
  | 'scope'
  | 'mode'
  | 'objectives'
  | 'languages'
  | 'earliest'
  | 'latest'
  | 'minDays'
  | 'maxDays'
  | 'lodging'
>;

export function needLines(
  need: AskedNeed,
  hospital: { readonly name: string; readonly district: string },
): readonly string[] {
  return [
    `Hospital: ${hospital.name}, ${hospital.district}`,
    `Department: ${need.department}`,
    `Asked for: ${need.posts} × ${profession(need.profession)} (${plain(need.scope)}, ${need.mode})`,
    `Days: between ${day(need.earliest)} and ${day(need.latest)}, ${need.minDays} to ${need.maxDays} days each`,
    `Languages: ${need.languages.join(', ')} · Lodging: ${need.lodging ? 'yes' : 'no'}`,
    need.objectives ? `Objectives: ${need.objectives}` : '',
  ];
}

type AskedMission = Pick<Mission, 'title' | 'opensOn' | 'closesOn' | 'startsOn' | 'endsOn' | 'countries'>;

export function missionLines(mission: AskedMission, needs: readonly Need[]): readonly string[] {
  const { title, opensOn, closesOn, startsOn, endsOn, countries } = mission;
  return [
    `Title: ${title.en}`,
    `In French: ${title.fr}`,
    `In Kinyarwanda: ${title.rw}`,
    `Call: ${days(opensOn, closesOn)}`,
    `Mission: ${days(startsOn, endsOn)}`,
    `Countries: ${countries.map(country).join(', ')}`,
    ...needs.map(needLine),
  ];
}

export function audienceLines(audience: AudienceCounts, names: readonly string[]): readonly string[] {
  const { total, selected, byLang, byChannel, byCountry, byExclusion } = audience;
  const listed = (counts: Readonly<Record<string, number | undefined>>, name: (key: string) => string) =>
    Object.entries(counts)
      .filter(([, n]) => (n ?? 0) > 0)
      .map(([key, n]) => `${name(key)} ${n}`)
      .join(', ') || '—';
  return [
    `Recipients: ${selected} of ${total} members`,
    `By language: ${listed(byLang, (lang) => lang)}`,
    `By channel: ${listed(byChannel, (channel) => channel)}`,
    `By country: ${listed(byCountry, country)}`,
    `Left out: ${listed(byExclusion, (why) => exclusionWords[why] ?? why)}`,
    names.length > 0 ? `They are: ${names.join(', ')}` : '',
  ];
}

const exclusionWords: Readonly<Record<string, string>> = {
  twice: 'twice on the list',
  not_on_roster: 'not on the roster',
  opted_out: 'stopped messages',
  no_consent: 'no consent to calls',
  other_country: 'other country',
  other_profession: 'other profession',
  unreachable: 'cannot be reached',
  already_told: 'told before',
};

export function assignmentLines(assignment: DeskAssignment, name: string): readonly string[] {
  const { code, memberCode, need, mission, startsOn, endsOn, scope, mode, status, readiness, travel } =
    assignment;
  return [
    `${code}: ${memberCode} (${name}) at ${need.hospital.name}, ${need.department}`,
    `Mission ${mission.code} · need ${need.code} · ${plain(scope)}, ${mode}`,
    `Days: ${days(startsOn, endsOn)}`,
    `State: ${plain(status)}${waiting(assignment)}`,
    `Gates: ${gatesLine(assignment)}`,
    readiness ? `Readiness of the hospital: ${plain(readiness.status)}` : '',
    travel ? `Journey: ${plain(travel.status)}${travel.arrival ? ` (${plain(travel.arrival)})` : ''}` : '',
  ];
}

function waiting({ status, offerEndsAt, focalYesAt }: DeskAssignment): string {
  const focal = focalYesAt === null ? '' : ', the focal point said yes';
  return status === 'proposed' || status === 'host_accepted'
    ? ` (the member has until ${offerEndsAt.slice(0, 16).replace('T', ' ')} UTC${focal})`
    : focal;
}

export function gatesLine({ gates }: DeskAssignment): string {
  const needed = gateCodes.filter((code) => gates[code].state !== 'not_needed');
  const settled = needed.filter((code) => ['green', 'waived'].includes(gates[code].state));
  const open = needed.filter((code) => !settled.includes(code));
  return `${settled.length} of ${needed.length} settled${open.length > 0 ? `; open: ${open.join(', ')}` : ''}`;
}

export function gateLines({ gates }: DeskAssignment): readonly string[] {
  return gateCodes.map((code) => {
    const { state, note } = gates[code];
    return `${code} ${gateNames[code]}: ${plain(state)}${note ? ` (${plain(note)})` : ''}`;
  });
}

export function legLine({ from, to, number, departs, arrives }: Leg): string {
  return `${number} ${from} ${departs.replace('T', ' ')} → ${to} ${arrives.replace('T', ' ')}`;
}

export function nextLine(next: NextStep): string {
  switch (next.step) {
    case 'answers':
      return `Waits for: ${next.waits.map((who) => whoWords[who]).join(' and ')}`;
    case 'contract':
      return 'Next: contract and code of conduct are to be signed';
    case 'gates':
      return `Next: gates ${next.open.join(', ')}`;
    case 'itinerary':
      return 'Next: plan the journey';
    case 'confirm_itinerary':
      return 'Waits for: the member’s word on the itinerary';
    case 'readiness':
      return 'Waits for: the hospital’s readiness';
    case 'decide':
      return 'Next: decide that the member may travel';
    case 'resume':
      return 'On hold';
    case 'journey':
      return 'Waits for: the journey';
    case 'first_day':
      return 'Waits for: the first day of work';
    case 'mission':
      return 'On mission';
    case 'nothing':
      return '';
  }
}

const whoWords = { member: 'the member', focal: 'the focal point', director: 'the director’s code' } as const;

/** How far a broadcast has come. */
export function progressLine(progress: Readonly<Record<string, number>>): string {
  return (
    Object.entries(progress)
      .map(([state, n]) => `${plain(state)} ${n}`)
      .join(', ') || 'nothing sent yet'
  );
}
