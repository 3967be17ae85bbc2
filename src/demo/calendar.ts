import { heldUntil } from '../domain/quiet-hours.ts';

/** The days of the story, as ISO dates in UTC, and the instants at which its clock stops. */
export type Days = ReturnType<typeof calendarFrom>;

export function calendarFrom(opening: Date) {
  const day = (offset: number) => new Date(opening.getTime() + offset * dayMs).toISOString().slice(0, 10);
  const [departs, arrives] = [day(118), day(120)];
  return {
    opens: day(0),
    closes: day(30),
    starts: day(110),
    ends: day(200),
    departs,
    arrives,
    leaves: day(150),
    freeFrom: day(100),
    freeUntil: day(220),
    checklist: kigali(arrives, -60, '13:00'),
    journey: kigali(arrives, -35, '13:00'),
    checkedAgain: kigali(arrives, -7, '12:00'),
    finalCard: kigali(departs, -3, '14:00'),
    eve: kigali(departs, -1, '13:00'),
    landed: kigali(departs, 0, '23:45'),
  };
}

/**
 * The next weekday at ten in Kigali from which nothing of the story falls on an hour when hospitals are left in peace:
 * the week of mourning, the morning of Umuganda. Only the landing is at night, and its message is urgent.
 */
export function openingOf(now: Date): Date {
  for (let offset = 1; ; offset += 1) {
    const opening = kigali(now.toISOString().slice(0, 10), offset, '10:00');
    const { checklist, journey, checkedAgain, finalCard, eve } = calendarFrom(opening);
    const isWeekend = opening.getUTCDay() === 0 || opening.getUTCDay() === 6;
    const isHeld = [opening, checklist, journey, checkedAgain, finalCard, eve].some((at) =>
      heldUntil('call', { zone: 'Africa/Kigali', host: true }, at),
    );
    if (!isWeekend && !isHeld) return opening;
  }
}

/** Kigali is two hours ahead of UTC all year. */
function kigali(day: string, offset: number, time: string): Date {
  return new Date(Date.parse(`${day}T${time}:00+02:00`) + offset * dayMs);
}

const dayMs = 86_400_000;
