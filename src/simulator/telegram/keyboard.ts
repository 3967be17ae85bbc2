import type { SeenChoice } from '../people.ts';

export type Keyboard =
  | { readonly ok: true; readonly choices: SeenChoice[]; readonly markup: unknown }
  | { readonly ok: false; readonly why: string };

const buttonKinds = [
  'url',
  'callback_data',
  'web_app',
  'login_url',
  'switch_inline_query',
  'switch_inline_query_current_chat',
  'switch_inline_query_chosen_chat',
  'copy_text',
  'callback_game',
  'pay',
];
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads `reply_markup`; what is pressable becomes choices. Sizes: 8 in a row and 100 in all. */
export function readKeyboard(markup: unknown): Keyboard {
  if (markup === undefined || markup === null || markup === '')
    return { ok: true, choices: [], markup: undefined };
  if (!isRecord(markup)) return { ok: false, why: "can't parse reply keyboard markup JSON object" };
  if (!('inline_keyboard' in markup)) {
    const rows = Array.isArray(markup['keyboard']) ? markup['keyboard'].flat() : [];
    const labels = rows.map((button: unknown) =>
      isRecord(button) ? String(button['text'] ?? '') : String(button),
    );
    return { ok: true, choices: labels.map((label) => ({ id: label, label })), markup: undefined };
  }
  const rows = markup['inline_keyboard'];
  if (!Array.isArray(rows) || !rows.every(Array.isArray))
    return { ok: false, why: 'can\'t parse inline keyboard: field "inline_keyboard" must be of type Array' };
  const buttons: unknown[] = rows.flat();
  if (buttons.length > 100 || rows.some((row) => row.length > 8))
    return { ok: false, why: 'reply markup is too long' };
  const choices: SeenChoice[] = [];
  for (const button of buttons) {
    const label = isRecord(button) ? button['text'] : undefined;
    if (!isRecord(button) || typeof label !== 'string' || label === '')
      return { ok: false, why: 'can\'t parse inline keyboard button: Field "text" must be of type String' };
    const kinds = buttonKinds.filter((kind) => kind in button);
    if (kinds.length !== 1)
      return {
        ok: false,
        why: "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
      };
    const data = button['callback_data'];
    if (kinds[0] === 'callback_data') {
      if (typeof data !== 'string' || data === '' || Buffer.byteLength(data) > 64)
        return { ok: false, why: 'BUTTON_DATA_INVALID' };
      choices.push({ id: data, label });
    } else if (typeof button['url'] === 'string') {
      if (!/^(https?|tg):\/\/\S+$/.test(button['url'])) return { ok: false, why: 'BUTTON_URL_INVALID' };
      choices.push({ id: button['url'], label, url: button['url'] });
    }
  }
  return { ok: true, choices, markup: { inline_keyboard: rows } };
}
