import type { Lang } from '../engine/message.ts';
import data from './professions.json' with { type: 'json' };

type Words = Readonly<Record<Lang, string>>;

export type Profession = {
  readonly code: string;
  readonly group: ProfessionGroup;
  /** A choice of at most 20 characters. */
  readonly label: Words;
  readonly name: Words;
  readonly also: readonly string[];
  /** The Rwandan councils that may register it, `none` for no clinical council. */
  readonly council: string;
};

export const professionGroups = [
  'medical',
  'nursing',
  'allied',
  'dental',
  'pharmacy',
  'support',
  'other',
] as const;
export type ProfessionGroup = (typeof professionGroups)[number];

/** In the order of the programme's table, which is the order of lists. */
export const professions: readonly Profession[] = data.professions.map((row) => ({
  ...row,
  group: groupOf(row.group),
  label: withFallback(row.label),
  name: withFallback(row.name),
}));

export const professionByCode: ReadonlyMap<string, Profession> = new Map(
  professions.map((row) => [row.code, row]),
);

export const groupLabels: Readonly<Record<ProfessionGroup, Words>> = {
  medical: withFallback(data.groups.medical),
  nursing: withFallback(data.groups.nursing),
  allied: withFallback(data.groups.allied),
  dental: withFallback(data.groups.dental),
  pharmacy: withFallback(data.groups.pharmacy),
  support: withFallback(data.groups.support),
  other: withFallback(data.groups.other),
};

/** Words so broad that several professions are offered, the likeliest first. */
export const broadWords: readonly { readonly also: readonly string[]; readonly codes: readonly string[] }[] =
  Object.values(data.broad);

/** Short forms that colleagues use, with the words they stand for. */
export const shortForms: ReadonlyMap<string, string> = new Map(Object.entries(data.short));

export type Setting = {
  /** Parted by |. */
  readonly also: string;
  readonly nurse?: string;
  readonly doctor?: string;
};

/** Where nurses and doctors work, and what that makes of them. */
export const settings: readonly Setting[] = data.settings;

/** What says that somebody has no profession yet, or one that is not of health. Parted by |. */
export const vetoes: Readonly<Record<'student' | 'unrelated', string>> = data.vetoes;

/** Where no Kinyarwanda term is known, French is shown rather than a guess. */
function withFallback({ rw, fr, en }: Words): Words {
  return { rw: rw === 'fallback:fr' ? fr : rw, fr, en };
}

function groupOf(text: string): ProfessionGroup {
  const found = professionGroups.find((group) => group === text);
  if (!found) throw new Error(`professions.json names an unknown group "${text}"`);
  return found;
}
