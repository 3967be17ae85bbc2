import { releaseMinor, releaseNeeds } from '../src/domain/consent.ts';
import {
  fewYears,
  projectCountries,
  type Registration,
  registrationNeeds,
  submitRegistration,
} from '../src/domain/member.ts';
import { defineFlow, type Slot } from '../src/engine/flow.ts';
import {
  chosenProfession,
  city,
  country,
  email,
  isFamily,
  levels,
  name,
  professionFamily,
  professionIn,
} from '../src/language/person-slots.ts';
import { professionByCode } from '../src/language/professions.ts';
import type { Levels } from '../src/language/read-levels.ts';
import { choice, count, text, within, yesNo } from '../src/language/slots.ts';

/**
 * Fourteen questions; smaller ones in between (an unlisted profession, a year) are not counted. Answers stay in the
 * session until the summary is confirmed (rule 8). Never asked: passport, birth date, health, origin, beliefs, money.
 */
type Answers = Omit<Registration, 'country' | 'levels'> & {
  readonly adult?: 'yes' | 'no';
  readonly country?: string;
  readonly elsewhere?: string;
  readonly family?: string;
  readonly profession?: string | null;
  readonly levels?: Levels | typeof oneByOne;
  readonly level_rw?: number;
  readonly level_fr?: number;
  readonly level_en?: number;
};
type Told = { readonly answers: Answers };

const otherCountry = 'other';
const oneByOne = 'each';

const isMinor = ({ answers }: Told) => answers.adult === 'no';
const isElsewhere = ({ answers }: Told) => answers.country === otherCountry;
const isOutside = ({ answers: { country } }: Told) =>
  country !== undefined && !projectCountries.includes(country);
/** A profession kept from before belongs to another family than the one chosen now. */
const isForeign = ({ answers: { family, profession } }: Told) =>
  isFamily(family) && profession != null && familyOf(profession) !== family;
/** That family has but one member, which is no choice. */
const isUnlisted = ({ answers: { family, profession } }: Told) =>
  family === otherFamily || profession === 'OTHER';
const isUnlistedCode = ({ answers }: Told) => answers.profession_code === 'OTHER';
const asksProfession = ({ answers }: Told) => isFamily(answers.family);
const isEach = ({ answers }: Told) => answers.levels === oneByOne;
const tookPart = ({ answers }: Told) => answers.taken_part === 'yes';

const codeOf = ({ answers: { family, profession } }: Told) => ({
  profession_code: family === otherFamily ? 'OTHER' : chosenProfession(family, profession),
});
const familyOfProfession = ({ answers: { profession } }: Told) => ({
  family: familyOf(profession ?? 'OTHER'),
});
const eachLevel = ({ answers: { level_rw = 0, level_fr = 0, level_en = 0 } }: Told) => ({
  levels: { rw: level_rw, fr: level_fr, en: level_en },
});

const otherFamily = 'g_other';

function familyOf(profession: string): string {
  return `g_${professionByCode.get(profession)?.group ?? 'other'}`;
}

/** Five countries at hand, any other by name. */
function countryOrOther(): Slot<string> {
  const known = country('BE', 'DE', 'FR', 'GB', 'NL');
  return { ...known, options: (scope) => [...(known.options?.(scope) ?? []), { id: otherCountry }] };
}

/** `332`, or one language at a time. */
function levelsOrEach(): Slot<Levels | typeof oneByOne> {
  const whole = levels();
  return {
    ...whole,
    options: () => [{ id: oneByOne }],
    fromOption: () => oneByOne,
    show: (value, scope) => (value === oneByOne ? '' : whole.show(value, scope)),
  };
}

/** Typed as a digit, 0 to 3; choices would be numbered from one and say something else than the digit. */
function level(): Slot<number> {
  const { echo: _, ...silent } = count({ min: 0, max: 3 });
  return silent;
}

function yearSoFar(): Slot<number> {
  const { echo: _, ...any } = count({ min: 1980, max: 2199 });
  return {
    ...any,
    read: (typed, scope) =>
      within(any.read(typed, scope), (year) => (year > Number(scope.today.slice(0, 4)) ? 'too_large' : null)),
  };
}

export const registration = defineFlow({
  id: 'registration',
  version: 1,
  start: 'name',
  slots: {
    name: name(),
    adult: yesNo(),
    country: countryOrOther(),
    elsewhere: country(),
    city: city(),
    link: choice('rwandan', 'dual', 'origin', 'other', 'prefer_not'),
    family: professionFamily(),
    profession: professionIn(({ answers }: Told) => answers.family),
    profession_text: text({ min: 3, max: 60, names: true }),
    specialty: text({ max: 120, names: true }),
    years: count({ min: 0, max: 60 }),
    licensed: choice('yes', 'no', 'expired'),
    levels: levelsOrEach(),
    level_rw: level(),
    level_fr: level(),
    level_en: level(),
    taken_part: yesNo(),
    taken_year: yearSoFar(),
    email: email(),
    source: choice('friend', 'embassy', 'iom', 'social', 'work', 'other'),
    when: choice('dates', 'not_yet', 'online'),
  },
  progress: [
    'name',
    'adult',
    'country',
    'city',
    'link',
    'family',
    'specialty',
    'years',
    'licensed',
    'levels',
    'taken_part',
    'email',
    'source',
    'when',
  ],
  // A town and a licence are those of one country.
  voids: { country: ['city', 'licensed'], elsewhere: ['city', 'licensed'] },
  steps: {
    name: { kind: 'ask', slot: 'name', next: 'adult' },
    adult: { kind: 'ask', slot: 'adult', next: [{ when: isMinor, go: 'minor' }, 'country'] },
    minor: { kind: 'do', needs: releaseNeeds, run: releaseMinor, next: 'too_young' },
    too_young: { kind: 'end' },

    country: { kind: 'ask', slot: 'country', next: [{ when: isElsewhere, go: 'ask_elsewhere' }, 'city'] },
    ask_elsewhere: { kind: 'set', values: () => ({ elsewhere: undefined }), next: 'elsewhere' },
    elsewhere: { kind: 'ask', slot: 'elsewhere', next: 'named_elsewhere' },
    named_elsewhere: {
      kind: 'set',
      values: ({ answers }: Told) => ({ country: answers.elsewhere }),
      next: 'city',
    },
    city: {
      kind: 'ask',
      slot: 'city',
      optional: true,
      variant: (scope: Told) => (isOutside(scope) ? 'elsewhere' : 'plain'),
      next: 'link',
    },
    link: { kind: 'ask', slot: 'link', next: 'family' },

    family: {
      kind: 'ask',
      slot: 'family',
      next: [
        { when: isForeign, go: 'other_family' },
        { when: isUnlisted, go: 'coded' },
        { when: asksProfession, go: 'profession' },
        'coded',
      ],
    },
    other_family: {
      kind: 'set',
      values: () => ({ profession: undefined }),
      next: [{ when: isUnlisted, go: 'coded' }, 'profession'],
    },
    profession: { kind: 'ask', slot: 'profession', next: 'refiled' },
    // Any profession may be typed here, whatever its family.
    refiled: { kind: 'set', values: familyOfProfession, next: 'coded' },
    coded: {
      kind: 'set',
      values: codeOf,
      next: [{ when: isUnlistedCode, go: 'profession_text' }, 'specialty'],
    },
    profession_text: { kind: 'ask', slot: 'profession_text', next: 'specialty' },
    specialty: {
      kind: 'ask',
      slot: 'specialty',
      optional: true,
      variant: ({ answers }: Told) => (isClinical(answers.profession_code) ? 'clinical' : 'plain'),
      next: 'years',
    },
    years: { kind: 'ask', slot: 'years', next: 'licensed' },
    licensed: {
      kind: 'ask',
      slot: 'licensed',
      variant: ({ answers }: Told) =>
        answers.years !== undefined && answers.years < fewYears ? 'few_years' : 'plain',
      next: 'levels',
    },

    levels: {
      kind: 'ask',
      slot: 'levels',
      variant: ({ answers }: Told) => (answers.licensed === 'yes' ? 'plain' : 'unlicensed'),
      next: [{ when: isEach, go: 'each' }, 'taken_part'],
    },
    each: {
      kind: 'set',
      values: () => ({ level_rw: undefined, level_fr: undefined, level_en: undefined }),
      next: 'level_rw',
    },
    level_rw: { kind: 'ask', slot: 'level_rw', next: 'level_fr' },
    level_fr: { kind: 'ask', slot: 'level_fr', next: 'level_en' },
    level_en: { kind: 'ask', slot: 'level_en', next: 'every_level' },
    every_level: { kind: 'set', values: eachLevel, next: 'taken_part' },

    taken_part: { kind: 'ask', slot: 'taken_part', next: [{ when: tookPart, go: 'taken_year' }, 'email'] },
    taken_year: { kind: 'ask', slot: 'taken_year', optional: true, next: 'email' },
    email: { kind: 'ask', slot: 'email', optional: true, next: 'source' },
    source: { kind: 'ask', slot: 'source', optional: true, next: 'when' },
    when: { kind: 'ask', slot: 'when', next: 'summary' },

    summary: { kind: 'review', next: 'submit' },
    submit: {
      kind: 'do',
      needs: registrationNeeds,
      run: submitRegistration,
      refused: { no_consent: 'consent_first', registered: 'registered_before', unfinished: 'summary' },
      next: 'registered',
    },
    registered: {
      kind: 'end',
      params: ({ answers }: { answers: { code?: string; decide_by?: string } }) => ({
        code: answers.code ?? '',
        by: { date: answers.decide_by ?? '' },
      }),
      then: ({ answers }: Told) => (answers.when === 'dates' ? { flow: 'availability' } : null),
    },
    consent_first: { kind: 'end', then: () => ({ flow: 'hello' }) },
    registered_before: { kind: 'end', then: () => ({ flow: 'menu' }) },
  },
});

/** Doctors and nurses are matched by their specialty first. */
function isClinical(profession: string | undefined): boolean {
  const group = professionByCode.get(profession ?? '')?.group;
  return group === 'medical' || group === 'nursing';
}
