import { type Api, GrammyError } from 'grammy';
import type { Choice, Delivery, Outcome } from '../../app/ports.ts';
import { fitTo } from '../fit.ts';
import { limits } from '../limits.ts';
import type { SendParts } from '../parts.ts';
import { outcomeOfFailure } from './classify.ts';

/** Sends one ledger row. Plain text without parse mode: nothing in it can break or format. */
export function sendTo(
  api: Api,
  sendParts: SendParts,
  { ledgerId, address, message }: Delivery,
): Promise<Outcome> {
  const { leading, last, choices } = fitTo(message, limits.telegram);
  const texts = [...leading, last];
  return sendParts(ledgerId, texts.length, async (index) => {
    const isLast = index === texts.length - 1;
    const keyboard = isLast && choices.as === 'buttons' ? rowsOf(choices.choices) : [];
    return sendText(api, address, texts[index] ?? '', keyboard);
  });
}

async function sendText(api: Api, address: string, text: string, keyboard: Button[][]): Promise<Outcome> {
  const extra = {
    link_preview_options: { is_disabled: true },
    ...(keyboard.length > 0 ? { reply_markup: { inline_keyboard: keyboard } } : {}),
  };
  try {
    const sent = await api.sendMessage(chatOf(address), text, extra);
    return { kind: 'sent', providerId: String(sent.message_id) };
  } catch (error) {
    return outcomeOfFailure(error);
  }
}

/** Asks for the "typing" sign, which ends by itself after five seconds. Best effort. */
export async function showTyping(api: Api, address: string): Promise<void> {
  await api.sendChatAction(chatOf(address), 'typing').catch(() => undefined);
}

/** Stops the spinner on a pressed button. A query that is too old by then is nobody's trouble. */
export async function answerPress(api: Api, callbackId: string): Promise<'answered' | 'too_late' | 'failed'> {
  try {
    await api.answerCallbackQuery(callbackId);
    return 'answered';
  } catch (error) {
    const late = error instanceof GrammyError && error.description.toLowerCase().includes('query is too old');
    return late ? 'too_late' : 'failed';
  }
}

type Button = { readonly text: string; readonly callback_data: string };

// Two of these stand beside each other on a narrow phone without being cut.
const shortLabel = 16;

function rowsOf(choices: readonly Choice[]): Button[][] {
  const rows: Button[][] = [];
  for (const { label, token } of choices) {
    const button = { text: label, callback_data: token };
    const row = rows.at(-1);
    const neighbour = row?.length === 1 ? row[0] : undefined;
    if (row && neighbour && neighbour.text.length <= shortLabel && label.length <= shortLabel)
      row.push(button);
    else rows.push([button]);
  }
  return rows;
}

/** Ids have at most 52 bits, so a number holds them; anything else goes as it is and is refused there. */
function chatOf(address: string): number | string {
  return /^-?\d{1,16}$/.test(address) ? Number(address) : address;
}
