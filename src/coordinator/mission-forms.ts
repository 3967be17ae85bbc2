import type { Desk } from '../app/desk/desk.ts';
import { projectCountries } from '../domain/member.ts';
import { languages } from '../engine/message.ts';
import { groupLabels, professionGroups, professions } from '../language/professions.ts';
import { dateInput, input, select, selectGroups, selectMany, textInput } from './blocks.ts';
import { country } from './facts.ts';
import { type Forms, named, scopes, type Values } from './form.ts';
import { page } from './page.ts';

/** A hospital's need, and the mission that takes it up. */
export function missionForms({ see }: Desk): Forms {
  return {
    need: {
      title: 'New need',
      first: 'hospital',
      at: {
        posts: 'posts',
        department: 'department',
        dates_out_of_order: 'latest',
        past: 'earliest',
        days: 'min',
        languages: 'languages',
      },
      async fields(given, _, today) {
        const hospitals = await see.hospitals();
        return [
          input(
            'hospital',
            'Hospital',
            select(
              hospitals.map(({ code, name }) => ({ value: code, label: name })),
              given['hospital'],
            ),
          ),
          input('department', 'Department', textInput(given['department'], { max: 80 })),
          input('profession', 'Profession', selectGroups(professionChoices, given['profession'])),
          input('posts', 'Posts', textInput(given['posts'] ?? '1', { max: 20 })),
          input('scope', 'Scope', select(scopes, given['scope'] ?? 'teaching_only')),
          input('mode', 'Mode', select(modes, given['mode'] ?? 'physical')),
          input(
            'languages',
            'Languages of work',
            selectMany(spoken, (given['languages'] ?? 'fr,en').split(',')),
          ),
          input('earliest', 'First possible day', dateInput(given['from'] ?? today)),
          input('latest', 'Last possible day', dateInput(given['to'])),
          input(
            'min',
            'Shortest stay, in days',
            textInput(given['days']?.split('-')[0] ?? '14', { max: 20 }),
          ),
          input('max', 'Longest stay, in days', textInput(given['days']?.split('-')[1] ?? '90', { max: 20 })),
          input('lodging', 'Lodging offered', select(yesNo, given['lodging'] ?? 'no')),
          input('objectives', 'Objectives', textInput(given['objectives'], { lines: true, max: 600 }), {
            optional: true,
          }),
        ];
      },
      read(values) {
        const errors = numbersIn(values, ['posts', 'min', 'max']);
        if (Object.keys(errors).length > 0) return { errors };
        return {
          deal: 'need.create',
          input: {
            hospital: values['hospital'],
            department: values['department'],
            profession: values['profession'],
            posts: Number(values['posts']),
            scope: values['scope'],
            mode: values['mode'],
            objectives: values['objectives'] ?? null,
            languages: values['languages'],
            earliest: values['earliest'],
            latest: values['latest'],
            minDays: Number(values['min']),
            maxDays: Number(values['max']),
            lodging: values['lodging'] === 'yes',
          },
        };
      },
    },

    mission: {
      title: 'New mission',
      first: 'needs',
      at: { title_missing: 'title_rw', dates_out_of_order: 'closes', no_countries: 'countries' },
      async fields(given, actor, today) {
        const needs = await see.needs(['validated'], actor);
        if (needs.length === 0)
          return page('New mission', 'No validated need is waiting for a mission: validate one first.');
        const choices = needs.map(({ code, hospital, department }) => ({
          value: code,
          label: `${code} ${hospital.name}, ${department}`,
        }));
        return [
          input('needs', 'Needs', selectMany(choices, (given['needs'] ?? '').split(','))),
          input('title_en', 'Title in English', textInput(given['en'], { max: 120 })),
          input('title_fr', 'Title in French', textInput(given['fr'], { max: 120 })),
          input('title_rw', 'Title in Kinyarwanda', textInput(given['rw'], { max: 120 })),
          input('opens', 'The call opens', dateInput(given['opens'] ?? today)),
          input('closes', 'The call closes', dateInput(given['closes'])),
          input('starts', 'The mission begins', dateInput(given['starts'])),
          input('ends', 'The mission ends', dateInput(given['ends'])),
          input(
            'countries',
            'Countries',
            selectMany(countryChoices, (given['countries'] ?? projectCountries.join(',')).split(',')),
          ),
        ];
      },
      read: (values) => ({
        deal: 'mission.create',
        input: {
          needs: values['needs'],
          title: { rw: values['title_rw'], fr: values['title_fr'], en: values['title_en'] },
          opensOn: values['opens'],
          closesOn: values['closes'],
          startsOn: values['starts'],
          endsOn: values['ends'],
          countries: values['countries'],
        },
      }),
    },
  };
}

function numbersIn(values: Values, blocks: readonly string[]): Record<string, string> {
  const wrong = blocks.filter((block) => !/^\d{1,3}$/.test(String(values[block] ?? '').trim()));
  return Object.fromEntries(wrong.map((block) => [block, 'Please write a whole number.']));
}

const modes = named(['physical', 'virtual', 'blended']);
const yesNo = named(['no', 'yes']);
const spoken = languages.map((value) => ({
  value,
  label: { rw: 'Kinyarwanda', fr: 'French', en: 'English' }[value],
}));
const countryChoices = projectCountries.map((value) => ({ value, label: country(value) }));
const professionChoices = professionGroups.map((group) => ({
  label: groupLabels[group].en,
  choices: professions
    .filter((profession) => profession.group === group)
    .map(({ code, label }) => ({ value: code, label: label.en })),
}));
