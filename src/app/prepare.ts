import type { Program } from '../engine/flow.ts';
import type { Message, Option, Param, Params, Part } from '../engine/message.ts';
import type { Delivery, Rendered, Template } from './ports.ts';
import type { Queue, Row } from './queue.ts';

/** The WhatsApp window is 24 hours; a minute less, since our clock is not the provider's. */
const windowMs = 24 * 3_600_000 - 60_000;

export type Words = {
  render(message: Message, row: Row, question: string | null): Rendered;
  /** The approved template that says the same as a proactive text, in the row's language. */
  template(part: Part, options: readonly Option[], row: Row): Template | null;
};

export type Preparing = { readonly queue: Queue; readonly program: Program; readonly words: Words };

/**
 * A ledger row in the words it leaves in. `in every form` adds the template inside the window too: to look for what has
 * left, since the person may have opened the window only afterwards.
 */
export async function prepare(
  deps: Preparing,
  row: Row,
  now: Date,
  wanted: 'as it leaves' | 'in every form' = 'as it leaves',
): Promise<Delivery> {
  const message = await named(deps.queue, row.message ?? proactive(deps, row));
  const question = row.opens ? `o${row.id}` : (message.question ?? null);
  const windowOpen =
    row.lastInboundAt !== null &&
    now.getTime() - row.lastInboundAt.getTime() < windowMs &&
    row.form !== 'template';
  const part = message.parts[0];
  const template =
    row.channel === 'whatsapp' && (!windowOpen || wanted === 'in every form') && part
      ? deps.words.template(part, message.options ?? [], row)
      : null;
  const rendered = deps.words.render(message, row, question);
  return {
    ledgerId: String(row.id),
    address: row.to.address,
    lang: row.lang,
    message: row.form === 'plain' ? numbered(rendered) : rendered,
    windowOpen,
    ...(template && { template }),
  };
}

/** The same without buttons: what a channel that refused them may still take. */
function numbered(rendered: Rendered): Rendered {
  const lines = rendered.choices.map(({ label }, i) => `${i + 1}. ${label}`);
  return {
    ...rendered,
    text: [rendered.text, ...(lines.length > 0 ? [lines.join('\n')] : [])].join('\n\n'),
    choices: [],
  };
}

/** The text that a proactive row stands for, with the choices that its answer opens. */
function proactive({ program }: Preparing, row: Row): Message {
  if (!row.plain) throw new Error(`ledger row ${row.id} has nothing to say`);
  const { opens } = row;
  const options = opens ? optionsOf(program, opens, row.lang) : [];
  return {
    parts: [row.plain],
    ...(options.length > 0 && { options }),
    ...(opens && { at: { flow: opens.flow, step: opens.step } }),
  };
}

/** Messages name people and plans; their values are put in now, and leave no trace in the row. */
async function named(queue: Queue, message: Message): Promise<Message> {
  const parts = await Promise.all(
    message.parts.map(async (part) =>
      part.params ? { ...part, params: await fillAll(queue, part.params) } : part,
    ),
  );
  return { ...message, parts };
}

async function fillAll(queue: Queue, params: Params): Promise<Params> {
  const filled: { [name: string]: Param } = {};
  for (const [name, value] of Object.entries(params)) filled[name] = await fill(queue, value);
  return filled;
}

async function fill(queue: Queue, value: Param): Promise<Param> {
  if (typeof value !== 'object') return value;
  if ('person' in value) return (await queue.personName(value.person)) ?? '—';
  if ('travel' in value) return planParam((await queue.travelPlan(value.travel))[value.field]);
  if ('lines' in value) return { lines: await Promise.all(value.lines.map((line) => fill(queue, line))) };
  if ('key' in value && value.params) return { ...value, params: await fillAll(queue, value.params) };
  return value;
}

type Leg = {
  readonly from: string;
  readonly to: string;
  readonly number: string;
  readonly departs: string;
  readonly arrives: string;
};

function planParam(value: unknown): Param {
  if (Array.isArray(value)) {
    const legs = value as readonly Leg[]; // written by our own travel commands
    return {
      lines: legs.map(
        ({ from, to, number, departs, arrives }) =>
          `${number} ${from} ${departs.replace('T', ' ')} → ${to} ${arrives.replace('T', ' ')}`,
      ),
    };
  }
  if (typeof value === 'object' && value !== null && 'name' in value && 'phone' in value)
    return `${String(value.name)}, ${String(value.phone)}`;
  return typeof value === 'string' ? value : '—';
}

/** The choices of the step that an answer opens; they depend on the opening data alone. */
export function optionsOf(
  program: Program,
  opens: NonNullable<Row['opens']>,
  lang: Row['lang'],
): readonly Option[] {
  const flow = program.flow(opens.flow, opens.version);
  const step = flow?.steps[opens.step];
  if (!flow || step?.kind !== 'ask') return [];
  const scope = {
    answers: {},
    data: opens.data,
    context: null as never,
    found: {},
    lang,
    now: new Date(0),
    today: '1970-01-01',
  };
  const options = flow.slots[step.slot]?.options?.(scope) ?? [];
  const prefix = flow.texts ?? flow.id;
  return options.map((option) => ({
    ...option,
    label: option.label ?? { key: `${prefix}.${opens.step}.choices.${option.id}` },
  }));
}
