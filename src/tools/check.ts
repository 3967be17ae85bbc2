import { templateOf } from '../app/templates.ts';
import { limits } from '../channels/limits.ts';
import { checkFlow, checkTexts, type Problem, type Room, textsOf } from '../engine/check.ts';
import { checkReleased, type Drift, type Released } from '../engine/fingerprint.ts';
import type { Flow } from '../engine/flow.ts';
import { type Lang, languages } from '../engine/message.ts';
import type { Words } from '../locale.ts';
import { allKeys, changedSince, fileOf } from './review.ts';

/** Something wrong with a conversation or a text: which file, which key, and by how much. */
export type Finding = {
  readonly file: string;
  readonly what: string;
  readonly key?: string;
  readonly lang?: Lang;
  readonly limit?: number;
  readonly actual?: number | string;
};

export type Checked = {
  readonly flows: readonly Flow[];
  readonly words: Words;
  readonly released: Released;
  /** Names of the queries that commands may ask for. */
  readonly queries: readonly string[];
};

/** Everything that must not be released (promise 9); empty when all is well. */
export function checkAll({ flows, words, released, queries }: Checked): readonly Finding[] {
  const known = { flows: new Set(flows.map(({ id }) => id)), queries: new Set(queries) };
  const prefixes = new Set(allKeys(words).map(fileOf));
  for (const flow of flows) prefixes.delete(textsOf(flow));
  return [
    ...flows.flatMap((flow) => checkFlow(flow, known, words)).map(findingOf),
    ...[...prefixes].flatMap((prefix) => checkTexts(prefix, words)).map(findingOf),
    ...checkVersions(flows),
    ...checkReleased(flows, released).map(driftOf),
    ...checkReviews(words),
    ...checkTemplates(words),
  ];
}

/** One line a finding: file, key, what is wrong, limit and length. */
export function sayFinding({ file, what, key, lang, limit, actual }: Finding): string {
  const where = [file, key, lang && `(${lang})`].filter(Boolean).join(' ');
  const much = limit === undefined ? actual : `${actual}, at most ${limit}`;
  return `${where}: ${what}${much === undefined ? '' : `: ${much}`}`;
}

/** The least room that any channel has, as the flow check assumes it. */
export function leastRoom(): Room {
  const all = Object.values(limits);
  const least = (sizes: readonly (number | undefined)[]) =>
    Math.min(...sizes.filter((size) => size !== undefined));
  return {
    label: least(all.flatMap(({ buttons, list }) => [buttons.label, list?.label])),
    description: least(all.map(({ list }) => list?.description)),
    // Telegram has no list and shows as many buttons.
    rows: least(all.map(({ buttons, list }) => list?.max ?? buttons.max)),
  };
}

function findingOf({ flow, step, key, lang, problem, limit, actual }: Problem): Finding {
  const isText = key?.includes('.') === true;
  return {
    file:
      isText && lang
        ? `locales/${lang}/${fileOf(key)}.json`
        : isText
          ? `locales/*/${fileOf(key)}.json`
          : fileOfFlow(flow),
    what: sentences[problem],
    ...((key ?? step) !== undefined && { key: key ?? step }),
    ...(lang && { lang }),
    ...(limit !== undefined && { limit }),
    ...(actual !== undefined && { actual }),
  };
}

function fileOfFlow(id: string): string {
  return `flows/${id.replaceAll('_', '-')}.ts`;
}

const sentences: Readonly<Record<Problem['problem'], string>> = {
  unreachable_step: 'nothing leads to this step',
  trapped_step: 'no end can be reached from this step',
  unknown_step: 'leads to a step that is not there',
  unknown_slot: 'asks for a slot that is not there',
  unknown_flow: 'leads to a flow that is not there',
  unknown_command: 'runs a command that is not there',
  unnamed_function: 'a guard or command has no name of its own',
  unknown_query: 'needs a query that is not there',
  no_fallback: 'branches without a fallback',
  not_an_ask: 'is part of the progress but asks nothing',
  bad_option_id: 'a choice’s id is not 1 to 24 of A-Z a-z 0-9 _ -',
  token_too_long: 'a choice’s token is too long',
  missing_text: 'text missing',
  missing_variant: 'not one variant of this text is there',
  missing_class: 'text without a class in locales/classes.json',
  placeholder_missing: 'lacks a placeholder that English has',
  placeholder_extra: 'has a placeholder that English lacks',
  placeholder_mismatch: 'placeholders differ from English',
  placeholder_unknown: 'has a placeholder that its step gives no value for',
  no_summary: 'a review that does not show {{summary}}',
  empty_text: 'text is empty',
  label_too_long: 'label too long',
  description_too_long: 'description too long',
  list_too_long: 'more choices than a list has rows',
};

/** Texts belong to a version (rule 23): the newest has the flow's own file, each older one a file of its own. */
function checkVersions(flows: readonly Flow[]): readonly Finding[] {
  const found: Finding[] = [];
  const names = new Set<string>();
  const texts = new Map<string, string>();
  for (const flow of flows) {
    const name = `${flow.id}@${flow.version}`;
    const file = 'flows/index.ts';
    if (names.has(name)) found.push({ file, key: name, what: 'listed twice' });
    names.add(name);
    const prefix = textsOf(flow);
    const other = texts.get(prefix);
    if (other && other !== name)
      found.push({ file, key: name, what: 'shares its texts with another version', actual: other });
    texts.set(prefix, name);
  }
  return found;
}

function driftOf({ flow, problem }: Drift): Finding {
  const file =
    problem === 'released_flow_missing' ? 'flows/index.ts' : fileOfFlow(flow.split('@')[0] ?? flow);
  const what =
    problem === 'released_flow_missing'
      ? 'a released version is gone: drop it from flows/released.json once nobody is in it'
      : 'a released version was edited: give the change a new version';
  return { file, key: flow, what };
}

function checkReviews(words: Words): readonly Finding[] {
  return languages.flatMap((lang) =>
    allKeys(words).flatMap((key): Finding[] => {
      const changed = changedSince(words, lang, key);
      if (!changed) return [];
      const review = words.reviewOf(lang, key);
      const what =
        changed === 'source'
          ? 'the source changed since the review of'
          : 'the text changed since the review of';
      return [{ file: `locales/${lang}/${fileOf(key)}.json`, key, lang, what: `${what} ${review?.on}` }];
    }),
  );
}

/** A template's body at Meta; a message outside the window has no other form. */
const templateBody = 1024;
/** Told to the coordinators' Slack channel alone, where there are no templates. */
const toCoordinators = /^(?:staff|host_alert|member_news)\.|\.desk\./;

/** Whatever comes unasked must exist as a WhatsApp template, or it waits for the person to write first. */
function checkTemplates(words: Words): readonly Finding[] {
  const keys = new Set(allKeys(words).map((key) => key.replace(/_(?:zero|one|other)$/, '')));
  const unasked = [...keys].filter(
    (key) =>
      (words.classOf(key) ?? 'reply') !== 'reply' && key.endsWith('.text') && !toCoordinators.test(key),
  );
  return unasked.flatMap((key) =>
    languages.flatMap((lang): Finding[] => {
      const where = { file: `locales/${lang}/${fileOf(key)}.json`, key, lang };
      const template = templateOf(words, lang, key, {}, [], false);
      if (!template)
        return [
          { ...where, what: 'a message that comes unasked has no WhatsApp template (plural, or missing)' },
        ];
      const { length } = template.body;
      if (length > templateBody)
        return [{ ...where, what: 'too long for a WhatsApp template', limit: templateBody, actual: length }];
      if (/^\{\{|\}\}$/.test(template.body))
        return [{ ...where, what: 'a WhatsApp template may not begin or end with a value' }];
      return [];
    }),
  );
}
