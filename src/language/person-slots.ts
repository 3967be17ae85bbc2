import type { Named, Scope, Slot } from '../engine/flow.ts';
import type { Lang, Option, Param } from '../engine/message.ts';
import { courtesyIn } from './courtesy.ts';
import { groupLabels, professionGroups, professions } from './professions.ts';
import { readCity } from './read-city.ts';
import { readCountry } from './read-country.ts';
import { readEmail } from './read-email.ts';
import { readLanguage } from './read-language.ts';
import { type Levels, readLevels } from './read-levels.ts';
import { readName } from './read-name.ts';
import { readPhone } from './read-phone.ts';
import { readProfession } from './read-profession.ts';
import { unclear } from './reading.ts';
import { isYesOrNo, readScope } from './slots.ts';
import { languageName } from './write.ts';

/** Slots about a person: who they are, where they live, how to reach them, what they do, what they speak. */

/** 2 to 80 letters, kept in the order and case typed: names are never split or reordered. `not_a_name`, `too_long` … */
export function name(): Slot<string> {
  return {
    kind: 'name',
    free: 'short',
    read: (text, scope) => readName(text, readScope(scope)),
    show: (value) => value,
  };
}

/** The address as typed, its domain in lower case. `not_an_email`. */
export function email(): Slot<string> {
  return {
    kind: 'email',
    echo: true,
    read: (text, scope) => readEmail(text, readScope(scope)),
    show: (value) => value,
  };
}

/**
 * A telephone number in E.164. One without prefix belongs to the country of `countryOf`, by default the answer or
 * data named `country`, or to Rwanda. `not_a_phone`.
 */
export function phone(countryOf: Named<string | undefined> = countryAnswer): Slot<string> {
  return {
    kind: 'phone',
    echo: true,
    read: (text, scope) => readPhone(text, readScope(scope, countryOf(scope))),
    show: (value) => value,
  };
}

function countryAnswer({ answers, data }: Scope): string | undefined {
  const known = answers.country ?? data.country;
  return typeof known === 'string' ? known : undefined;
}

/** A country of the world by its code, any name typed; `first` are offered as choices. `not_a_country`. */
export function country(...first: readonly string[]): Slot<string> {
  return {
    kind: 'country',
    ...(first.length > 0 && { options: () => first.map((code) => ({ id: code, label: { country: code } })) }),
    read: (text, scope) => readCountry(text, readScope(scope)),
    show: (code) => ({ country: code }),
  };
}

/** A town in the person's own words, 2 to 60 characters: no list knows them all. `not_a_city`. */
export function city(): Slot<string> {
  return {
    kind: 'city',
    free: 'short',
    read(text, scope) {
      const isWord = courtesyIn(text, scope.lang) || isYesOrNo(text, scope);
      return isWord ? unclear(text, 'not_a_city') : readCity(text, readScope(scope));
    },
    show: (value) => value,
  };
}

/** One of the three languages, each called by its own name. `not_a_language`. */
export function language(): Slot<Lang> {
  return {
    kind: 'language',
    options: () => [languageOption('rw'), languageOption('fr'), languageOption('en')],
    read: (text, scope) => readLanguage(text, readScope(scope)),
    show: (value) => languageName(value),
  };
}

function languageOption(lang: Lang): Option {
  return { id: lang, label: languageName(lang) };
}

/**
 * The family of professions, or straight away the profession that was typed: its value is a group (`g_nursing`)
 * or a code (`AH_PSYCHO`). A flow asks in two steps, and passes over the second when a word has said it all:
 *
 *   family:     { kind: 'ask', slot: 'family', next: [{ when: isGroup, go: 'profession' }, 'specialty'] }
 *   profession: { kind: 'ask', slot: 'profession', next: 'specialty' }
 *
 * with `slots: { family: professionFamily(), profession: professionIn(({ answers }) => answers.family) }`, guard
 * `({ answers }) => isFamily(answers.family)`, and {@link chosenProfession} where the code is needed.
 */
export function professionFamily(): Slot<string> {
  return {
    kind: 'profession_family',
    options: () => families,
    read: (text, scope) => readProfession(text, readScope(scope)),
    show: showProfession,
  };
}

/** The profession within a family, by choice or by any word for any profession. */
export function professionIn(familyOf: Named<string | undefined>): Slot<string> {
  return {
    kind: 'profession',
    narrows: 'profession_family',
    options: (scope) => membersOf(familyOf(scope) ?? ''),
    read: (text, scope) => readProfession(text, readScope(scope)),
    show: showProfession,
  };
}

export function isFamily(value: string | undefined): boolean {
  return value?.startsWith(familyPrefix) === true;
}

/** The code out of the two answers: a profession typed in place of its family outranks an older choice. */
export function chosenProfession(
  family: string | undefined,
  profession: string | null | undefined,
): string | undefined {
  return isFamily(family) ? (profession ?? undefined) : family;
}

const familyPrefix = 'g_';
const families: readonly Option[] = professionGroups.map((group) => ({
  id: `${familyPrefix}${group}`,
  label: { text: groupLabels[group] },
}));

function membersOf(family: string): readonly Option[] {
  const group = family.slice(familyPrefix.length);
  return professions
    .filter((profession) => profession.group === group)
    .map(({ code, label }) => ({ id: code, label: { text: label } }));
}

function showProfession(value: string): Param {
  return families.find(({ id }) => id === value)?.label ?? { profession: value };
}

/** Kinyarwanda, French, English, each 0 to 3, as three digits (`332`) or by name. `not_three_levels`. */
export function levels(): Slot<Levels> {
  return {
    kind: 'levels',
    echo: true,
    read: (text, scope) => readLevels(text, readScope(scope)),
    show: ({ rw, fr, en }) => ({ key: 'common.levels', params: { rw, fr, en } }),
  };
}
