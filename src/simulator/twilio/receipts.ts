import { createCourier } from '../deliver.ts';
import type { World } from '../world.ts';
import { accountSidOf, type Status, type TwilioMessage, type TwilioState } from './account.ts';
import { twilioWords } from './errors.ts';
import { callTwilioWebhook } from './webhook.ts';

/**
 * Carries a message to the phone: sent, then delivered, or sent alone when the person is offline (it waits)
 * or has blocked us (Twilio never learns of it).
 */
export async function sendMessage(world: World, state: TwilioState, message: TwilioMessage): Promise<void> {
  if (!(await world.pause(world.timing.receiptMs))) return;
  move(world, message, 'sent');
  const { person } = message;
  if (!person || person.blocked) return;
  if (person.offline) {
    state.waiting.set(person, [...(state.waiting.get(person) ?? []), message]);
    return;
  }
  if (world.timing.receiptMs > 0) await world.pause(world.timing.receiptMs);
  deliver(world, message);
}

/** Everything that waited for this phone arrives, in order. */
export function releaseWaiting(world: World, state: TwilioState, message: TwilioMessage['person']): void {
  if (!message) return;
  const waiting = state.waiting.get(message) ?? [];
  state.waiting.delete(message);
  for (const each of waiting) deliver(world, each);
}

function deliver(world: World, message: TwilioMessage): void {
  if (!message.person || !message.entry) return;
  message.entry.receipts.sent = message.sentAt;
  message.entry.receipts.delivered = world.now();
  world.arrive(message.person, message.entry);
  move(world, message, 'delivered');
}

export async function failMessage(world: World, message: TwilioMessage, code: number): Promise<void> {
  if (!(await world.pause(world.timing.receiptMs))) return;
  message.errorCode = code;
  move(world, message, code === 63024 ? 'undelivered' : 'failed');
}

/** Moves a message on and tells the product, in order for one message unless a fault says otherwise. */
export function move(world: World, message: TwilioMessage, status: Status): void {
  message.status = status;
  message.updatedAt = world.now();
  if (status === 'sent') message.sentAt = world.now();
  const url = message.statusCallback;
  if (url === null) return;
  const [prefix = '', address = ''] = message.to.split(/:(.*)/);
  const params: Record<string, string> = {
    AccountSid: accountSidOf(world),
    ApiVersion: '2010-04-01',
    From: message.from,
    To: message.to,
    MessageSid: message.sid,
    SmsSid: message.sid,
    MessageStatus: status,
    SmsStatus: status,
    ChannelPrefix: prefix,
    ChannelToAddress: address.replace(/^(\+\d+)\d{4}$/, '$1XXXX'),
    ...(message.serviceSid ? { MessagingServiceSid: message.serviceSid } : {}),
    ...(status === 'delivered' || status === 'read' ? { EventType: status.toUpperCase() } : {}),
    ...(message.errorCode === null
      ? {}
      : {
          ErrorCode: String(message.errorCode),
          ErrorMessage: twilioWords(message.errorCode),
          ChannelStatusMessage: twilioWords(message.errorCode),
        }),
    ...(message.person?.externalUserId
      ? { ExternalUserId: `whatsapp:${message.person.externalUserId}` }
      : {}),
  };
  const handed = world.handed.add({
    channel: 'whatsapp',
    address: message.person?.address ?? message.to,
    deed: message.sid,
    what: status,
  });
  courierOf(world).hand(() => {
    const before = tails.get(message) ?? Promise.resolve();
    const mine = before.then(() => callTwilioWebhook(world, url, params, handed));
    tails.set(message, mine);
    world.owe('whatsapp', () => mine);
  });
}

/** The last callback under way of each message, so that the next one follows it. */
const tails = new WeakMap<TwilioMessage, Promise<void>>();
const couriers = new WeakMap<World, ReturnType<typeof createCourier>>();
/** One road per world: reordering compares whatever goes to the product on this channel. */
export function courierOf(world: World): ReturnType<typeof createCourier> {
  const known = couriers.get(world) ?? createCourier(world, 'whatsapp');
  couriers.set(world, known);
  return known;
}
