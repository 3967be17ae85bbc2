import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from './random.ts';
import { choiceIn, type Deed, placeOf, type Reference, script } from './script.ts';
import { keyOf, type Seen, type StandIns, type Who } from './stand-ins.ts';

/** One thing that a person did. */
export type Done = {
  /** The id that the stand-in gave it. */
  readonly deed: string;
  /** Which deed of the script. */
  readonly at: number;
  readonly how: 'say' | 'press';
  /** Sent after the one before was acknowledged, but before its answer was seen: the order must hold. */
  readonly afterAck: boolean;
  /** Slack told that it failed, having put it before the product as often as it does: it may have counted or not. */
  uncertain: boolean;
};

export type Talker = {
  readonly who: Who;
  readonly name: string;
  readonly done: Done[];
  /** The last message is there, or the person stopped on purpose. Else somebody still waits for an answer. */
  state: 'talking' | 'finished' | 'stopped';
};

export type Phones = {
  /** Resolves with the first message that is at or after `from` in the person's list, or null when `until` is past. */
  next(who: Who, from: number, giveUp: () => boolean): Promise<Seen | null>;
  count(who: Who): number;
};

/** What arrives on the phones, as it arrives. */
export function watchPhones(standIns: StandIns): Phones {
  const arrived = new Map<string, Seen[]>();
  standIns.listen((who, message) => {
    const key = keyOf(who);
    const list = arrived.get(key) ?? [];
    list.push(message);
    arrived.set(key, list);
  });
  return {
    count: (who) => arrived.get(keyOf(who))?.length ?? 0,
    async next(who, from, giveUp) {
      for (;;) {
        const message = arrived.get(keyOf(who))?.[from];
        if (message) return message;
        if (giveUp()) return null;
        await pause(25);
      }
    },
  };
}

/** Slack tells a person within seconds that something did not work. */
const failedMs = 8_000;
/** Of a person who writes two things at once: how long the first may take to be acknowledged. */
const hasteMs = 4_000;

/** Walks one invented person through the script until its end, or until `isOver` says to begin nothing more. */
export async function talk(
  talker: Talker,
  { standIns, phones, reference, random, isOver, isGivenUp }: Surroundings,
): Promise<void> {
  const { who, name } = talker;
  let seen = phones.count(who);
  let newest: Seen | undefined;
  const read = new Set<string>();
  let at = 0;
  while (at < script.length) {
    if (isOver()) {
      talker.state = 'stopped';
      return;
    }
    await pause(random.between(10, 250));
    const deed = script[at];
    if (!deed) break;
    const first = await act(talker, deed, at, newest, false);
    const second = script[at + 1];
    let expected = 1;
    if (deed.quick && second && random.chance(0.4) && (await acknowledged(first, hasteMs))) {
      await act(talker, second, at + 1, undefined, true);
      expected = 2;
    }
    // Everything this person did brings a message; what else arrives (a call) is read and passed over.
    for (let left = expected; left > 0; ) {
      const from = Date.now();
      const message = await phones.next(
        who,
        seen,
        () => isGivenUp() || (hasFailed(first) && Date.now() - from > failedMs),
      );
      if (!message) {
        if (isGivenUp()) return;
        // Whoever is told that it did not work, and cannot know whether it did, goes away.
        first.uncertain = true;
        talker.state = 'stopped';
        return;
      }
      seen += 1;
      // Telegram may bring a message twice; whoever reads it a second time does not answer it again.
      const whole = JSON.stringify([message.text, message.choices]);
      if (who.channel === 'telegram' && read.has(whole)) continue;
      read.add(whole);
      const place = placeOf(reference, message.text, name);
      if (!place) continue;
      newest = message;
      at = place.at + 1;
      left -= 1;
    }
  }
  talker.state = 'finished';

  async function act(
    { done }: Talker,
    { say, press }: Deed,
    place: number,
    shown: Seen | undefined,
    afterAck: boolean,
  ): Promise<Done> {
    const choice = press === undefined ? undefined : choiceIn(shown, press);
    const pressed = choice !== undefined && shown && random.chance(0.5);
    const id = pressed
      ? await standIns.act(who, 'press', { id: choice, message: shown.id })
      : await standIns.act(who, 'say', { text: say.replace('{name}', name) });
    const made: Done = { deed: id, at: place, how: pressed ? 'press' : 'say', afterAck, uncertain: false };
    done.push(made);
    return made;
  }

  async function acknowledged({ deed }: Done, withinMs: number): Promise<boolean> {
    const until = Date.now() + withinMs;
    while (Date.now() < until) {
      if (standIns.handed.get(deed)?.ackedAt != null) return true;
      await pause(30);
    }
    return false;
  }

  /** Slack only: it was put before the product as often as Slack does that, and never acknowledged. */
  function hasFailed({ deed, how }: Done): boolean {
    const handed = standIns.handed.get(deed);
    if (who.channel !== 'slack' || !handed || handed.ackedAt !== null) return false;
    return handed.tries >= (how === 'press' ? 1 : slackTries);
  }
}

/** Slack puts an event before us four times, a press once. */
const slackTries = 4;

export type Surroundings = {
  readonly standIns: StandIns;
  readonly phones: Phones;
  readonly reference: Reference;
  readonly random: Random;
  /** Begin nothing more. */
  readonly isOver: () => boolean;
  /** Wait for nothing more. */
  readonly isGivenUp: () => boolean;
};
