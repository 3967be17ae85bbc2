/** What is wrong with blocks, in the manner of Slack's `response_metadata.messages`; empty when all is well. */
export function checkBlocks(blocks: unknown, surface: 'message' | 'modal' | 'home'): string[] {
  if (!Array.isArray(blocks)) return ['[ERROR] must provide an array [json-pointer:/blocks]'];
  const max = surface === 'message' ? 50 : 100;
  const problems: string[] = [];
  if (blocks.length > max) problems.push(`[ERROR] no more than ${max} items allowed [json-pointer:/blocks]`);
  const ids = new Set<string>();
  each(blocks, '/blocks', (block, at) => {
    if (!isRecord(block)) return void problems.push(error('must be a block', at));
    const id = block['block_id'];
    if (typeof id === 'string') {
      if (ids.has(id)) problems.push(error(`block_id "${id}" already exists`, `${at}/block_id`));
      ids.add(id);
      if (id.length > 255) problems.push(error('must be less than 256 characters', `${at}/block_id`));
    }
    const type = String(block['type']);
    const check = checks[type];
    if (!check) return void problems.push(error(`unsupported type: ${type}`, `${at}/type`));
    check(block, at, problems);
  });
  return problems;
}

function each(items: readonly unknown[], at: string, look: (item: unknown, at: string) => void): void {
  for (const [index, item] of items.entries()) look(item, `${at}/${index}`);
}

/** All characters of a message's blocks; above about 13,200 Slack answers msg_blocks_too_long. */
export const blocksTooLong = (blocks: unknown) =>
  JSON.stringify(blocks)?.length > 13_200 * 4 || textLength(blocks) > 13_200;

function textLength(node: unknown): number {
  if (Array.isArray(node)) return node.reduce((sum: number, each) => sum + textLength(each), 0);
  if (!isRecord(node)) return 0;
  return Object.entries(node).reduce(
    (sum, [key, value]) =>
      sum + (key === 'text' && typeof value === 'string' ? value.length : textLength(value)),
    0,
  );
}

type Problems = string[];
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const error = (what: string, at: string) => `[ERROR] ${what} [json-pointer:${at}]`;

/** A text object: 1 to `max` characters, of one of these types. */
function checkText(
  value: unknown,
  max: number,
  at: string,
  problems: Problems,
  types = ['plain_text', 'mrkdwn'],
): void {
  if (!isRecord(value)) return void problems.push(error('missing required field: text', at));
  if (!types.includes(String(value['type'])))
    problems.push(error(`unsupported type: ${value['type']}`, `${at}/type`));
  const text = value['text'];
  if (typeof text !== 'string' || text.length < 1)
    return void problems.push(error('must be more than 0 characters', `${at}/text`));
  if (text.length > max) problems.push(error(`must be less than ${max + 1} characters`, `${at}/text`));
}

const plainOnly = ['plain_text'];

function checkLength(value: unknown, max: number, at: string, problems: Problems): void {
  if (typeof value === 'string' && value.length > max)
    problems.push(error(`must be less than ${max + 1} characters`, at));
}

function checkOptions(element: Record<string, unknown>, max: number, at: string, problems: Problems): void {
  const groups = element['option_groups'];
  const lists: unknown[] = Array.isArray(groups)
    ? groups.map((group) => (isRecord(group) ? group['options'] : null))
    : [element['options']];
  if (lists.length > 100) problems.push(error('no more than 100 items allowed', `${at}/option_groups`));
  for (const options of lists) {
    if (!Array.isArray(options) || options.length === 0) {
      problems.push(error('must have at least 1 option', `${at}/options`));
      continue;
    }
    if (options.length > max) problems.push(error(`no more than ${max} items allowed`, `${at}/options`));
    each(options, `${at}/options`, (option, place) => {
      if (!isRecord(option)) return void problems.push(error('must be an option', place));
      checkText(option['text'], 75, `${place}/text`, problems);
      checkLength(option['value'], 150, `${place}/value`, problems);
      if (option['description'] !== undefined)
        checkText(option['description'], 75, `${place}/description`, problems);
    });
  }
}

type Check = (node: Record<string, unknown>, at: string, problems: Problems) => void;
const free: Check = () => {};

const elements: Readonly<Record<string, Check>> = {
  button(node, at, problems) {
    checkText(node['text'], 75, `${at}/text`, problems, plainOnly);
    checkLength(node['value'], 2000, `${at}/value`, problems);
    checkLength(node['url'], 3000, `${at}/url`, problems);
    checkLength(node['accessibility_label'], 75, `${at}/accessibility_label`, problems);
    if (node['style'] !== undefined && !/^(primary|danger)$/.test(String(node['style'])))
      problems.push(error('invalid style', `${at}/style`));
    const confirm = node['confirm'];
    if (isRecord(confirm)) {
      checkText(confirm['title'], 100, `${at}/confirm/title`, problems, plainOnly);
      checkText(confirm['text'], 300, `${at}/confirm/text`, problems);
      checkText(confirm['confirm'], 30, `${at}/confirm/confirm`, problems, plainOnly);
      checkText(confirm['deny'], 30, `${at}/confirm/deny`, problems, plainOnly);
    }
  },
  static_select: (node, at, problems) => checkOptions(node, 100, at, problems),
  multi_static_select: (node, at, problems) => checkOptions(node, 100, at, problems),
  overflow: (node, at, problems) => checkOptions(node, 5, at, problems),
  radio_buttons: (node, at, problems) => checkOptions(node, 10, at, problems),
  checkboxes: (node, at, problems) => checkOptions(node, 10, at, problems),
  plain_text_input(node, at, problems) {
    if (Number(node['max_length'] ?? 0) > 3000)
      problems.push(error('must be less than 3001', `${at}/max_length`));
    checkLength(node['initial_value'], 3000, `${at}/initial_value`, problems);
  },
  image: free,
  datepicker: free,
  timepicker: free,
  datetimepicker: free,
  users_select: free,
  multi_users_select: free,
  conversations_select: free,
  channels_select: free,
  external_select: free,
  multi_external_select: free,
  number_input: free,
  email_text_input: free,
  url_text_input: free,
  rich_text_input: free,
};

function checkElement(node: unknown, at: string, problems: Problems): void {
  if (!isRecord(node)) return void problems.push(error('must be an element', at));
  const check = elements[String(node['type'])];
  if (!check) return void problems.push(error(`unsupported type: ${node['type']}`, `${at}/type`));
  checkLength(node['action_id'], 255, `${at}/action_id`, problems);
  if (node['placeholder'] !== undefined)
    checkText(node['placeholder'], 150, `${at}/placeholder`, problems, plainOnly);
  check(node, at, problems);
}

const checks: Readonly<Record<string, Check>> = {
  section(block, at, problems) {
    const fields = block['fields'];
    if (block['text'] === undefined && fields === undefined)
      problems.push(error('missing required field: text', at));
    if (block['text'] !== undefined) checkText(block['text'], 3000, `${at}/text`, problems);
    if (Array.isArray(fields)) {
      if (fields.length > 10) problems.push(error('no more than 10 items allowed', `${at}/fields`));
      each(fields, `${at}/fields`, (field, place) => checkText(field, 2000, place, problems));
    }
    if (block['accessory'] !== undefined) checkElement(block['accessory'], `${at}/accessory`, problems);
  },
  header: (block, at, problems) => checkText(block['text'], 150, `${at}/text`, problems, plainOnly),
  context(block, at, problems) {
    const all = block['elements'];
    if (!Array.isArray(all) || all.length < 1 || all.length > 10)
      return void problems.push(error('must have 1 to 10 elements', `${at}/elements`));
    each(all, `${at}/elements`, (element, place) => {
      if (isRecord(element) && element['type'] === 'image') return;
      checkText(element, 3000, place, problems);
    });
  },
  actions(block, at, problems) {
    const all = block['elements'];
    if (!Array.isArray(all) || all.length < 1 || all.length > 25)
      return void problems.push(error('must have 1 to 25 elements', `${at}/elements`));
    each(all, `${at}/elements`, (element, place) => checkElement(element, place, problems));
    const ids = all
      .map((element: unknown) => (isRecord(element) ? element['action_id'] : undefined))
      .filter((id) => id !== undefined);
    if (new Set(ids).size < ids.length) problems.push(error('action_id already exists', `${at}/elements`));
  },
  input(block, at, problems) {
    checkText(block['label'], 2000, `${at}/label`, problems, plainOnly);
    if (block['hint'] !== undefined) checkText(block['hint'], 2000, `${at}/hint`, problems, plainOnly);
    checkElement(block['element'], `${at}/element`, problems);
  },
  image: (block, at, problems) => checkLength(block['alt_text'], 2000, `${at}/alt_text`, problems),
  divider: free,
  rich_text: free,
  markdown: free,
  file: free,
  video: free,
  table: free,
};
