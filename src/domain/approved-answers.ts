/**
 * What the assistant may answer by itself (domain C13): each answer has somebody who vouches for it, where it comes
 * from, and a day after which nobody does any more. Its words are the texts `questions.answer.<topic>`. No money, no
 * medical, legal or visa advice; what is not here, a coordinator answers.
 *
 * `sources` are the keys of the reference list; `programme` is a rule of this product that every conversation keeps.
 */
export const approvedAnswers = {
  eligibility: { owner: 'coord_rw', sources: ['S', 'IOMNL20', 'programme'], validUntil: '2027-11-26' },
  length: { owner: 'coord_rw', sources: ['IOMNL20', 'programme'], validUntil: '2027-11-26' },
  covered: { owner: 'coord_rw', sources: ['programme'], validUntil: '2027-11-26' },
  licence: {
    owner: 'moh',
    sources: ['RMDC', 'RMDC2', 'RAHPC', 'UBU', 'NPC'],
    validUntil: '2027-11-26',
  },
  // Entry and health rules change without notice: asked again twice a year.
  visa: { owner: 'coord_rw', sources: ['VISA18', 'VISA20', 'programme'], validUntil: '2027-05-26' },
  health: { owner: 'coord_rw', sources: ['YF16', 'YF', 'CDC', 'MARB'], validUntil: '2027-05-26' },
  safety: { owner: 'duty', sources: ['EMG', 'programme'], validUntil: '2027-05-26' },
  lodging: { owner: 'coord_rw', sources: ['programme'], validUntil: '2027-11-26' },
  privacy: { owner: 'dpo', sources: ['IOMDP', 'RWDP', 'programme'], validUntil: '2027-11-26' },
  contact: { owner: 'coord_rw', sources: ['programme'], validUntil: '2027-11-26' },
} as const satisfies {
  readonly [topic: string]: {
    readonly owner: 'coord_rw' | 'moh' | 'duty' | 'dpo';
    readonly sources: readonly string[];
    /** The last day on which it may be given, `YYYY-MM-DD`. */
    readonly validUntil: string;
  };
};

export type ApprovedTopic = keyof typeof approvedAnswers;

/** Answers that are as true for a hospital as for a member; the others speak to who travels. */
const forHosts: readonly ApprovedTopic[] = ['privacy', 'contact'];

/** Whether that answer may be given on that day to this person: `none` was never meant for them, `stale` has run out. */
export function standingOf(topic: ApprovedTopic, today: string, isHost: boolean): 'good' | 'stale' | 'none' {
  if (isHost && !forHosts.includes(topic)) return 'none';
  return today > approvedAnswers[topic].validUntil ? 'stale' : 'good';
}
