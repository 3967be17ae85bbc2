import type { Flow, Step } from './flow.ts';
import { type Lang, languages, type Option, type Param } from './message.ts';
import {
  closure,
  entriesOf,
  fixedNeeds,
  fixedOptions,
  fixedThen,
  hasFallback,
  namedIn,
  targetsOf,
} from './probe.ts';
import { questionBytes, tokenBytes, tokenOf } from './token.ts';

/** What is wrong with a flow before anybody talks to it, with all that is needed to find and mend it. */
export type Problem = {
  readonly flow: string;
  readonly step?: string;
  readonly key?: string;
  readonly lang?: Lang;
  readonly problem:
    | 'unreachable_step'
    | 'trapped_step'
    | 'unknown_step'
    | 'unknown_slot'
    | 'unknown_flow'
    | 'unknown_command'
    | 'unnamed_function'
    | 'unknown_query'
    | 'no_fallback'
    | 'not_an_ask'
    | 'bad_option_id'
    | 'token_too_long'
    | 'missing_text'
    | 'missing_variant'
    | 'missing_class'
    | 'placeholder_missing'
    | 'placeholder_extra'
    | 'placeholder_mismatch'
    | 'placeholder_unknown'
    | 'no_summary'
    | 'empty_text'
    | 'label_too_long'
    | 'description_too_long'
    | 'list_too_long';
  readonly limit?: number;
  readonly actual?: number | string;
};

/** The words of the product as the check reads them; `src/locale.ts` has them. */
export type Texts = {
  keys(lang: Lang): readonly string[];
  raw(lang: Lang, key: string): string | undefined;
  write(lang: Lang, param: Param): string;
  classOf(key: string): string | undefined;
};

/** The least that any channel shows: characters of a button and of a description in a list, rows of a list. */
export type Room = { readonly label: number; readonly description: number; readonly rows: number };

/** Rule 25; that no channel has less is shown by test/tools/check.test.ts. */
export const room: Room = { label: 20, description: 72, rows: 10 };

/** What a flow may name besides itself: the ids of flows and of named queries that this build knows. */
export type Known = { readonly flows: ReadonlySet<string>; readonly queries?: ReadonlySet<string> };

/** Everything wrong with one flow. */
export function checkFlow(flow: Flow, known: Known, texts: Texts): readonly Problem[] {
  return [
    ...checkShape(flow, known.flows),
    ...checkFunctions(flow, known),
    ...checkChoices(flow, texts),
    ...checkStepTexts(flow, texts),
    ...checkTexts(textsOf(flow), texts),
  ];
}

/** Everything wrong with the texts under one prefix, in three languages; for texts of no flow as well. */
export function checkTexts(prefix: string, texts: Texts): readonly Problem[] {
  const keys = new Set(languages.flatMap((lang) => basesUnder(prefix, texts, lang)));
  return [...keys].flatMap((key) => checkText(prefix, key, texts));
}

/** The first part of a flow's text keys. */
export function textsOf(flow: Flow): string {
  return flow.texts ?? flow.id;
}

// ------------------------------------------------------------------ shape

function checkShape(flow: Flow, flows: ReadonlySet<string>): Problem[] {
  const problems: Problem[] = [];
  const found = (step: string, problem: Problem['problem'], actual?: string) =>
    problems.push({ flow: flow.id, step, problem, ...(actual !== undefined && { actual }) });
  const steps = Object.entries(flow.steps);

  for (const entry of entriesOf(flow)) if (!flow.steps[entry]) found(entry, 'unknown_step', entry);
  for (const [name, step] of steps) {
    for (const target of targetsOf(step)) if (!flow.steps[target]) found(name, 'unknown_step', target);
    if (step.kind === 'ask' && !flow.slots[step.slot]) found(name, 'unknown_slot', step.slot);
    if (!hasFallback(step)) found(name, 'no_fallback');
    const follows = step.kind === 'call' ? step.flow : step.kind === 'end' ? fixedThen(step) : undefined;
    if (follows !== undefined && !flows.has(follows)) found(name, 'unknown_flow', follows);
  }
  for (const name of flow.progress ?? []) if (flow.steps[name]?.kind !== 'ask') found(name, 'not_an_ask');

  const edges = (name: string) => (flow.steps[name] ? targetsOf(flow.steps[name]) : []);
  const reached = closure(entriesOf(flow), edges);
  for (const [name] of steps) {
    if (!reached.has(name)) found(name, 'unreachable_step');
    if (![...closure([name], edges)].some((target) => isLast(flow.steps[target])))
      found(name, 'trapped_step');
  }
  return problems;
}

function isLast(step: Step | undefined): boolean {
  return step?.kind === 'end' || step?.kind === 'hand_over';
}

// -------------------------------------------------------------- functions

/** Names that a function only has because it stands in that place: the fingerprint would not see it change. */
const placeNames = new Set(['', 'run', 'when', 'unless']);

function checkFunctions(flow: Flow, { queries }: Known): Problem[] {
  return Object.entries(flow.steps).flatMap(([step, value]): Problem[] => {
    const { id } = flow;
    if (value.kind === 'do' && typeof value.run !== 'function')
      return [{ flow: id, step, problem: 'unknown_command' }];
    const unnamed = namedIn(value).some(({ name }) => placeNames.has(name));
    const asked =
      value.kind === 'do' && queries ? fixedNeeds(value).filter((query) => !queries.has(query)) : [];
    return [
      ...(unnamed ? [{ flow: id, step, problem: 'unnamed_function' } as const] : []),
      ...asked.map((query) => ({ flow: id, step, problem: 'unknown_query', actual: query }) as const),
    ];
  });
}

// ---------------------------------------------------------------- choices

const optionId = /^[A-Za-z0-9_-]{1,24}$/;
const longestQuestion = 'q'.padEnd(questionBytes, '9');

function checkChoices(flow: Flow, texts: Texts): Problem[] {
  return Object.entries(flow.steps).flatMap(([name, step]) => {
    const options = optionsAt(flow, step);
    // In a conversation long lists have pages; a message that comes unasked shows all at once.
    const long = flow.entries?.includes(name) && options.length > room.rows;
    return [
      ...options.flatMap((option) => checkOption(flow, name, option, texts)),
      ...(long
        ? [
            {
              flow: flow.id,
              step: name,
              problem: 'list_too_long',
              limit: room.rows,
              actual: options.length,
            } as const,
          ]
        : []),
    ];
  });
}

/** The engine's own choices have ids no longer than these. */
const ownOptions: readonly Option[] = [{ id: 'confirm', label: { key: 'common.confirm' } }];

function optionsAt(flow: Flow, step: Step): readonly Option[] {
  if (step.kind !== 'ask') return step.kind === 'review' ? ownOptions : [];
  const slot = flow.slots[step.slot];
  return slot ? (fixedOptions(slot) ?? []) : [];
}

function checkOption(flow: Flow, step: string, option: Option, texts: Texts): Problem[] {
  const { id } = flow;
  if (!optionId.test(option.id)) return [{ flow: id, step, problem: 'bad_option_id', actual: option.id }];
  const { length } = tokenOf(longestQuestion, id, step, option.id);
  const problems: Problem[] =
    length > tokenBytes
      ? [{ flow: id, step, problem: 'token_too_long', limit: tokenBytes, actual: length }]
      : [];
  // Labels that are texts of the flow are measured with all the others.
  const { label, description } = option;
  if (description !== undefined && !isKeyed(description))
    problems.push(...describe(id, option.id, description, texts));
  if (label === undefined)
    return [...problems, ...required(id, step, `${textsOf(flow)}.${step}.choices.${option.id}`, texts)];
  if (isKeyed(label)) return problems;
  return [
    ...problems,
    ...languages.flatMap((lang) => measure(id, option.id, lang, texts.write(lang, label))),
  ];
}

function isKeyed(param: Param): boolean {
  return typeof param === 'object' && 'key' in param;
}

function describe(flow: string, key: string, description: Param, texts: Texts): Problem[] {
  return languages.flatMap((lang): Problem[] => {
    const { length } = texts.write(lang, description);
    if (length <= room.description) return [];
    return [{ flow, key, lang, problem: 'description_too_long', limit: room.description, actual: length }];
  });
}

// ------------------------------------------------------------------ texts

function checkStepTexts(flow: Flow, texts: Texts): Problem[] {
  return Object.entries(flow.steps).flatMap(([name, step]) => {
    const key = `${textsOf(flow)}.${name}`;
    if (!speaks(step)) return [];
    const unknown = checkValues(flow.id, name, step, key, texts);
    if ('variant' in step) return [...unknown, ...checkVariants(flow.id, name, key, texts)];
    if (step.kind !== 'review') return [...unknown, ...required(flow.id, name, `${key}.text`, texts)];
    const summaries = languages.flatMap((lang): Problem[] =>
      placeholders(texts, lang, `${key}.text`).has('summary')
        ? []
        : [{ flow: flow.id, step: name, key: `${key}.text`, lang, problem: 'no_summary' }],
    );
    const missing = required(flow.id, name, `${key}.text`, texts);
    return [...unknown, ...(missing.length > 0 ? missing : summaries)];
  });
}

function speaks(step: Step): boolean {
  switch (step.kind) {
    case 'ask':
    case 'say':
    case 'review':
    case 'hand_over':
      return true;
    case 'end':
      return step.silent !== true;
    default:
      return false;
  }
}

/** A step that gives no values cannot fill a text's placeholders; what other steps give, the walk finds out. */
function checkValues(flow: string, step: string, value: Step, key: string, texts: Texts): Problem[] {
  if ('params' in value) return [];
  const given = new Set(value.kind === 'review' ? ['summary'] : []);
  const spoken = 'variant' in value ? variantsOf(texts, key) : [`${key}.text`];
  return languages.flatMap((lang) =>
    spoken.flatMap((text): Problem[] => {
      const odd = [...placeholders(texts, lang, text, true)].filter((name) => !given.has(name));
      if (odd.length === 0) return [];
      return [{ flow, step, key: text, lang, problem: 'placeholder_unknown', actual: odd.join(', ') }];
    }),
  );
}

function variantsOf(texts: Texts, key: string): readonly string[] {
  return texts.keys('en').filter((known) => known.startsWith(`${key}.`) && known.endsWith('.text'));
}

/** Which variants there are only the flow's function knows: at least one, and each in every language. */
function checkVariants(flow: string, step: string, key: string, texts: Texts): Problem[] {
  return variantsOf(texts, key).length > 0
    ? []
    : [{ flow, step, key: `${key}.*.text`, problem: 'missing_variant' }];
}

function required(flow: string, step: string, key: string, texts: Texts): Problem[] {
  // A text that exists in one language is looked for in the others by checkText.
  if (languages.some((lang) => formsOf(texts, lang, key).length > 0)) return [];
  return languages.map((lang) => ({ flow, step, key, lang, problem: 'missing_text' }));
}

function checkText(flow: string, key: string, texts: Texts): Problem[] {
  const problems: Problem[] = [];
  const wanted = placeholders(texts, 'en', key);
  for (const lang of languages) {
    const values = formsOf(texts, lang, key);
    if (!values.some(({ form }) => form === '' || form === '_other')) {
      problems.push({ flow, key, lang, problem: 'missing_text' });
      continue;
    }
    for (const { value } of values) {
      if (value.trim() === '') problems.push({ flow, key, lang, problem: 'empty_text' });
      else if (isLabel(key)) problems.push(...measure(flow, key, lang, value));
    }
    const actual = placeholders(texts, lang, key);
    if (wanted.size > 0 || actual.size > 0) {
      const missing = [...wanted].filter((name) => !actual.has(name));
      const extra = [...actual].filter((name) => !wanted.has(name));
      const odd = [...missing, ...extra];
      if (odd.length > 0 && formsOf(texts, 'en', key).length > 0) {
        const problem =
          extra.length === 0
            ? 'placeholder_missing'
            : missing.length === 0
              ? 'placeholder_extra'
              : 'placeholder_mismatch';
        problems.push({ flow, key, lang, problem, actual: odd.join(', ') });
      }
    }
  }
  if (texts.classOf(key) === undefined) problems.push({ flow, key, problem: 'missing_class' });
  return problems;
}

/** Words on a button, in a list, or in front of a value. */
function isLabel(key: string): boolean {
  return /\.choices\.[^.]+$|\.label$|^common\.words\./.test(key);
}

function measure(flow: string, key: string, lang: Lang, value: string): Problem[] {
  const { length } = value;
  return length > room.label
    ? [{ flow, key, lang, problem: 'label_too_long', limit: room.label, actual: length }]
    : [];
}

const forms = ['', '_zero', '_one', '_other'] as const;

/** A text with its plural forms, a fallback already followed. */
function formsOf(
  texts: Texts,
  lang: Lang,
  key: string,
): readonly { readonly form: string; readonly value: string }[] {
  return forms.flatMap((form) => {
    const value = texts.raw(lang, `${key}${form}`);
    if (value === undefined) return [];
    const other = languages.find((candidate) => value === `fallback:${candidate}`);
    if (other === undefined) return [{ form, value }];
    const followed =
      texts.raw(other, `${key}${form}`) ?? texts.raw(other, key) ?? texts.raw(other, `${key}_other`);
    return followed === undefined || other === lang ? [] : [{ form, value: followed }];
  });
}

function basesUnder(prefix: string, texts: Texts, lang: Lang): readonly string[] {
  return texts
    .keys(lang)
    .filter((key) => key.startsWith(`${prefix}.`))
    .map((key) => key.replace(/_(?:zero|one|other)$/, ''));
}

/** `count` chooses the form, so a form need not repeat it. */
function placeholders(texts: Texts, lang: Lang, key: string, counted = false): ReadonlySet<string> {
  const names = formsOf(texts, lang, key).flatMap(({ value }) =>
    [...value.matchAll(/\{\{\s*([^}\s]+)\s*\}\}/g)].map((match) => match[1] ?? ''),
  );
  return new Set(names.filter((name) => counted || name !== 'count'));
}
