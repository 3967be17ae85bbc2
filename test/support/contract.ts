import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { RecordedRequest } from '../../src/simulator/tap.ts';

/**
 * What is wrong with a call of the product, by the providers' own descriptions (test/specs): unknown method,
 * unknown or missing field, wrong type. The real servers ignore unknown fields; we do not.
 */
export function checkRequest(request: RecordedRequest): readonly string[] {
  const check = { telegram: checkTelegram, slack: checkSlack, twilio: checkTwilio }[request.provider];
  return check(request).map((problem) => `${request.provider} ${request.method}: ${problem}`);
}

function readSpec<T>(file: string, shape: z.ZodType<T>): T {
  return shape.parse(
    JSON.parse(readFileSync(fileURLToPath(new URL(`../specs/${file}`, import.meta.url)), 'utf8')),
  );
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isForm = (request: RecordedRequest) => request.contentType !== 'application/json';

// ---- Telegram: fields with names of types -----------------------------------------------------------------

const fields = z.array(z.object({ name: z.string(), types: z.array(z.string()), required: z.boolean() }));
const telegramSpec = readSpec(
  'telegram-bot-api.json',
  z.object({
    methods: z.record(z.string(), z.object({ fields })),
    types: z.record(z.string(), z.object({ fields, subtypes: z.array(z.string()).optional() })),
  }),
);

function checkTelegram(request: RecordedRequest): string[] {
  const method = telegramSpec.methods[request.method];
  if (!method) return ['unknown method'];
  return checkFields(request.params, method.fields, '', isForm(request));
}

function checkFields(
  value: Record<string, unknown>,
  known: z.infer<typeof fields>,
  at: string,
  fromForm: boolean,
): string[] {
  const missing = known
    .filter(({ name, required }) => required && value[name] === undefined)
    .map(({ name }) => `missing field ${at}${name}`);
  const rest = Object.entries(value).flatMap(([name, inner]) => {
    const field = known.find((each) => each.name === name);
    if (!field) return [`unknown field ${at}${name}`];
    return fewest(field.types.map((type) => checkType(inner, type, `${at}${name}`, fromForm)));
  });
  return [...missing, ...rest];
}

/** Of several allowed types, the complaints of the one that fits best. */
const fewest = (candidates: string[][]) => candidates.toSorted((a, b) => a.length - b.length)[0] ?? [];

function checkType(value: unknown, type: string, at: string, fromForm: boolean): string[] {
  const wrong = [`${at} is not of type ${type}`];
  if (type.startsWith('Array of ')) {
    if (!Array.isArray(value)) return wrong;
    return value.flatMap((item, index) =>
      checkType(item, type.slice('Array of '.length), `${at}[${index}]`, false),
    );
  }
  const scalar = telegramScalars[type];
  if (scalar)
    return scalar(value) || (fromForm && typeof value === 'string' && formScalars[type]?.test(value))
      ? []
      : wrong;
  const known = telegramSpec.types[type];
  if (!known || !isRecord(value)) return wrong;
  if (known.subtypes) return fewest(known.subtypes.map((subtype) => checkType(value, subtype, at, false)));
  return checkFields(value, known.fields, `${at}.`, false);
}

const telegramScalars: Readonly<Record<string, (value: unknown) => boolean>> = {
  Integer: Number.isSafeInteger,
  Float: (value) => typeof value === 'number',
  String: (value) => typeof value === 'string',
  Boolean: (value) => typeof value === 'boolean',
  True: (value) => value === true,
  InputFile: (value) => typeof value === 'string' && value.startsWith('attach://'),
};
const formScalars: Readonly<Record<string, RegExp>> = {
  Integer: /^-?\d+$/,
  Float: /^-?\d+(\.\d+)?$/,
  Boolean: /^(true|false|0|1)$/,
  True: /^(true|1)$/,
};

// ---- JSON Schema, as far as the other two descriptions use it --------------------------------------------

type Schema = {
  readonly $ref?: string | undefined;
  readonly type?: string | undefined;
  readonly nullable?: boolean | undefined;
  readonly required?: readonly string[] | undefined;
  readonly properties?: Readonly<Record<string, Schema>> | undefined;
  readonly additionalProperties?: boolean | Schema | undefined;
  readonly items?: Schema | undefined;
  readonly anyOf?: readonly Schema[] | undefined;
  readonly enum?: readonly unknown[] | undefined;
  readonly pattern?: string | undefined;
};
const schema: z.ZodType<Schema> = z.lazy(() =>
  z.object({
    $ref: z.string().optional(),
    type: z.string().optional(),
    nullable: z.boolean().optional(),
    required: z.array(z.string()).optional(),
    properties: z.record(z.string(), schema).optional(),
    additionalProperties: z.union([z.boolean(), schema]).optional(),
    items: schema.optional(),
    anyOf: z.array(schema).optional(),
    enum: z.array(z.unknown()).optional(),
    pattern: z.string().optional(),
  }),
);
type Known = Readonly<Record<string, Schema>>;

/** `fromForm`: scalars arrive as strings. */
function checkSchema(value: unknown, given: Schema, known: Known, at: string, fromForm: boolean): string[] {
  const { $ref, anyOf, type, properties } = given;
  if ($ref !== undefined)
    return checkSchema(value, known[$ref.split('/').at(-1) ?? ''] ?? {}, known, at, fromForm);
  if (anyOf) return fewest(anyOf.map((each) => checkSchema(value, each, known, at, fromForm)));
  if (value === null) return given.nullable || type === 'null' ? [] : [`${at} is null`];
  if (type === 'array') {
    // A repeated form key that came once is a single value.
    const items = Array.isArray(value) ? value : fromForm ? [value] : null;
    if (!items) return [`${at} is not of type array`];
    return items.flatMap((item, index) =>
      checkSchema(item, given.items ?? {}, known, `${at}[${index}]`, fromForm),
    );
  }
  if (type === 'object' || properties) {
    if (!isRecord(value)) return [`${at || 'body'} is not of type object`];
    const missing = (given.required ?? [])
      .filter((name) => value[name] === undefined)
      .map((name) => `missing field ${join(at, name)}`);
    const rest = Object.entries(value).flatMap(([name, inner]) => {
      const property =
        properties?.[name] ??
        (typeof given.additionalProperties === 'object' ? given.additionalProperties : undefined);
      return property
        ? checkSchema(inner, property, known, join(at, name), fromForm)
        : properties
          ? [`unknown field ${join(at, name)}`]
          : [];
    });
    return [...missing, ...rest];
  }
  if (given.enum && !given.enum.includes(value)) return [`${at} is not one of ${given.enum.join(', ')}`];
  if (given.pattern !== undefined && !new RegExp(given.pattern).test(String(value)))
    return [`${at} does not match ${given.pattern}`];
  const fits =
    type === undefined ||
    jsonScalars[type]?.(value) ||
    (fromForm && typeof value === 'string' && formJson[type]?.test(value));
  return fits ? [] : [`${at} is not of type ${type}`];
}

const join = (at: string, name: string) => (at === '' ? name : `${at}.${name}`);
const jsonScalars: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  integer: Number.isSafeInteger,
  number: (value) => typeof value === 'number',
  null: (value) => value === null,
};
const formJson: Readonly<Record<string, RegExp>> = {
  boolean: /^(true|false|0|1)$/,
  integer: /^-?\d+$/,
  number: /^-?\d+(\.\d+)?$/,
};

// ---- Slack -------------------------------------------------------------------------------------------------

const slackSpec = readSpec(
  'slack-web-api.methods.json',
  z.object({ methods: z.record(z.string(), z.object({ args: schema })) }),
);

// Not in the description that we have: taken from the SDK's own types of arguments.
const text: Schema = { type: 'string' };
const page = {
  cursor: text,
  latest: text,
  oldest: text,
  limit: { type: 'integer' },
  inclusive: { type: 'boolean' },
  include_all_metadata: { type: 'boolean' },
};
const slackExtra: Readonly<Record<string, Schema>> = {
  'conversations.history': { type: 'object', required: ['channel'], properties: { channel: text, ...page } },
  'conversations.replies': {
    type: 'object',
    required: ['channel', 'ts'],
    properties: { channel: text, ts: text, ...page },
  },
  // What an answer to an interaction may hold.
  response_url: {
    type: 'object',
    properties: {
      text,
      blocks: {},
      attachments: {},
      thread_ts: text,
      metadata: {},
      response_type: { type: 'string', enum: ['ephemeral', 'in_channel'] },
      replace_original: { type: 'boolean' },
      delete_original: { type: 'boolean' },
      unfurl_links: { type: 'boolean' },
      unfurl_media: { type: 'boolean' },
    },
  },
};

function checkSlack(request: RecordedRequest): string[] {
  const args = slackSpec.methods[request.method]?.args ?? slackExtra[request.method];
  if (!args) return ['unknown method'];
  // The token travels in a header, and a client that knows its team says so.
  const { team_id: _, ...params } = request.params;
  const required = (args.required ?? []).filter((name) => name !== 'token');
  return checkSchema(params, { ...args, required }, {}, '', isForm(request));
}

// ---- Twilio ------------------------------------------------------------------------------------------------

const parameters = z
  .array(z.object({ name: z.string(), in: z.string(), required: z.boolean().optional(), schema }))
  .optional();
const operation = z.object({
  parameters,
  requestBody: z.object({ content: z.record(z.string(), z.object({ schema })) }).optional(),
});
const openApi = z.object({
  paths: z.record(
    z.string(),
    z.object({ get: operation.optional(), post: operation.optional(), delete: operation.optional() }),
  ),
  components: z.object({ schemas: z.record(z.string(), schema) }),
});
const twilioSpecs = [
  'twilio-api-v2010.messages.json',
  'twilio-content-v1.json',
  'twilio-messaging-v2.typing.json',
].map((file) => readSpec(file, openApi));

// Known to the API and to its SDK, absent from the description.
const twilioExtra: Readonly<Record<string, Readonly<Record<string, Schema>>>> = {
  CreateMessageRequest: { MessageIntent: text },
  ContentApprovalRequest: { allow_category_change: { type: 'boolean' } },
};

function checkTwilio(request: RecordedRequest): string[] {
  for (const { paths, components } of twilioSpecs)
    for (const [template, operations] of Object.entries(paths)) {
      const pattern = new RegExp(`^${template.replace(/\./g, '\\.').replace(/\{\w+\}/g, '[^/]+?')}$`);
      if (!pattern.test(request.path)) continue;
      const found = operations[request.http === 'GET' ? 'get' : request.http === 'POST' ? 'post' : 'delete'];
      if (!found) continue;
      const wanted = Object.entries(found.requestBody?.content ?? {})[0];
      if (wanted && wanted[0] !== request.contentType)
        return [`content type is ${request.contentType}, not ${wanted[0]}`];
      const query = (found.parameters ?? []).filter((parameter) => parameter.in === 'query');
      const body = wanted
        ? withExtra(resolve(wanted[1].schema, components.schemas), wanted[1].schema)
        : undefined;
      return checkSchema(
        request.params,
        body ?? {
          type: 'object',
          properties: Object.fromEntries(query.map((parameter) => [parameter.name, parameter.schema])),
        },
        components.schemas,
        '',
        isForm(request),
      );
    }
  return [`unknown call ${request.http} ${request.path}`];
}

const resolve = (given: Schema, known: Known) =>
  given.$ref === undefined ? given : (known[given.$ref.split('/').at(-1) ?? ''] ?? given);

function withExtra(body: Schema, given: Schema): Schema {
  const name = given.$ref?.split('/').at(-1) ?? 'CreateMessageRequest';
  return { ...body, properties: { ...body.properties, ...twilioExtra[name] } };
}
