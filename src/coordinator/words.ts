import type { Reason } from '../app/desk/match.ts';
import type { GateCode, ReadinessCode } from '../domain/model.ts';

/** What the front end says to coordinators; they work in English. */

/** One plain sentence for every refusal. None says whether a hidden record exists. */
const refusals: Readonly<Record<string, string>> = {
  not_staff: 'This Slack account is not registered as programme staff.',
  not_allowed: 'Your role may not do this.',
  unknown: 'There is no such code that you can work with.',
  unknown_need: 'There is no such need that you can work with.',
  unknown_member: 'There is no such member that you can work with.',
  already_done: 'This was already confirmed.',
  busy: 'Others are changing the same record. Please try again.',
  wrong_state:
    'This is not possible in its present state: a step before it is missing, or it was done already.',
  nothing_changes: 'Nothing would change.',
  title_missing: 'The title is needed in Kinyarwanda, French and English.',
  no_needs: 'A mission needs at least one validated need.',
  no_countries: 'Say at least one country.',
  dates_out_of_order: 'These dates are out of order.',
  need_not_validated: 'One of these needs is not validated, or belongs to a mission already.',
  already_approved: 'You, or somebody in your role, have approved it already. Another person has to.',
  not_later: 'The new closing date must be later than the present one.',
  second_person: 'This needs a second person: another coordinator or the ministry.',
  posts: 'Posts must be 1 to 10.',
  department: 'The department needs a name.',
  past: 'The first day lies in the past.',
  days: 'Days must be 1 to 180, the shortest stay first.',
  languages: 'Say at least one language of work.',
  nobody: 'Nobody matches this call, or everybody who does has been told already.',
  no_interest: 'This member has not answered the call of that mission.',
  cannot_offer: 'This application is not waiting for an offer.',
  member_not_active: 'The member is not active yet: activate them first.',
  wrong_profession: 'The post asks for another profession.',
  need_not_open: 'The post is not open any more.',
  mission_not_open: 'The mission is not open for offers.',
  outside_post: 'The days lie outside those of the post.',
  too_short: 'That is shorter than the post asks for.',
  too_long: 'That is longer than the post allows.',
  not_available: 'The member has not said that they are free then.',
  language: 'The member speaks no language of the post well enough.',
  overlap: 'The member has another assignment in those days.',
  too_soon: 'Less than 90 days have passed since the member’s last mission.',
  licence: 'Without a valid licence only teaching is possible.',
  not_licensed: 'The member said that they have no valid licence: activate for teaching only.',
  ends_before_start: 'The end lies before the start.',
  not_needed: 'This assignment does not need that gate.',
  needs_reason: 'A reason is needed.',
  opted_out: 'This person wants no messages: please phone them.',
  never_hands_on: 'G1 is never waived for hands-on work.',
  gates_open: 'Not all gates are green or waived.',
  no_legs: 'An itinerary needs at least one leg.',
  unknown_airport: 'One of these airports is not known here: use IATA codes, such as BRU and KGL.',
  bad_time: 'Times are local and look like 2027-05-01T10:45.',
  broken: 'Each leg must start where the one before ended.',
  not_rwanda: 'The journey has to end at an airport in Rwanda, such as KGL.',
  too_late: 'The member would land after the first working day.',
  pickup_phone: 'The pick-up needs a telephone number with its country code, such as +250788000000.',
  backwards: 'A leg starts before the one before it has landed.',
};

/** `why` is one refusal, or several joined by commas. */
export function refusalWords(why: string): string {
  return why
    .split(',')
    .map((one) => refusals[one] ?? `This is refused (${one}).`)
    .join('\n');
}

export const gateNames: Readonly<Record<GateCode, string>> = {
  G1: 'licence or letter of scope',
  G2: 'entry document',
  G3: 'passport',
  G4: 'insurance',
  G5: 'security training, clearance',
  G6: 'code of conduct',
  G7: 'health advice, vaccination',
  G8: 'emergency contact',
  G9: 'itinerary and pick-up',
  G10: 'host readiness',
  G11: 'briefing',
};

export const itemNames: Readonly<Record<ReadinessCode, string>> = {
  R1: 'director agrees',
  R2: 'supervisor',
  R3: 'letter for the council',
  R4: 'terms of reference',
  R5: 'lodging',
  R6: 'transport on arrival',
  R7: 'internet and phone',
  R8: 'first week’s schedule',
  R9: 'counterparts',
  R10: 'protection, badge, access',
  R11: 'equipment',
  R12: 'emergency procedure',
  R13: 'confidentiality, interpreters',
  R14: 'conduct rules known',
};

export const reasonWords: Readonly<Record<Reason, string>> = {
  wished_post: 'asked for this post',
  dates_fit: 'dates fit',
  language: 'speaks the language',
  licensed: 'licensed',
  experienced: '5 years or more',
  dates_differ: 'dates differ from the post',
  no_language: 'language below good',
  teaching_only: 'teaching only',
  late: 'answered late',
};

/** Words of our tables as people read them: `host_accepted` → `host accepted`. */
export function plain(word: string): string {
  return word.replaceAll('_', ' ');
}

export const help: Readonly<Record<string, string>> = {
  need: '/need · /need new · /need N-0001 · /need validate N-0001 · /need return N-0001',
  mission:
    '/mission · /mission new · /mission M-2027-01 · /mission approve M-2027-01 · /mission extend M-2027-01 2027-04-30 · /mission close M-2027-01',
  call: '/call M-2027-01 (preview, then send) · /call B-0001 · /call approve B-0001 · /call stop B-0001',
  match: '/match M-2027-01 · /match N-0001',
  offer: '/offer D-00001 N-0001 2027-05-03 2027-05-28 teaching_only · /offer for a form',
  assign:
    '/assign · /assign A-0001 · /assign clear A-0001 · /assign dates A-0001 2027-05-03 2027-05-28 · /assign hold|resume|release A-0001 reason',
  gate: '/gate A-0001 · /gate A-0001 G4 green note · /gate A-0001 G1,G3 green · /gate A-0001 G7 waived reason',
  ready: '/ready A-0001 (checklist) · /ready go A-0001 (ready to travel)',
  travel:
    '/travel A-0001 · /travel A-0001 SN465 BRU-KGL 2027-05-01T10:45 2027-05-01T20:05 pickup="Eric, +250788000000" lodging="…" · /travel ticket A-0001',
  member: '/member · /member D-00001 · /member activate D-00001 licence|teaching',
  ticket:
    '/ticket · /ticket K-0001 · /ticket take K-0001 · /ticket reply K-0001 your words · /ticket close K-0001',
  failed: '/failed',
  today: '/today',
};
