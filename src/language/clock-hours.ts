import type { PartOfDay } from './day-parts.ts';
import type { Found } from './settle.ts';

/**
 * `written` shows all 24 hours; `spoken` runs twice a day; `saa` runs twice a day and begins six hours later; `mixed` is
 * `saa` before written figures, where people mean either.
 */
export type Clock = {
  readonly from: number;
  readonly to: number;
  readonly hour: number;
  readonly minute: number;
  readonly style: 'written' | 'spoken' | 'saa' | 'mixed' | 'bare';
  readonly part?: 'am' | 'pm';
  readonly sure?: false;
};

/** The hours that a clock may mean in a part of the day. */
export function hoursOf(clock: Clock, day: PartOfDay | undefined): Pick<Found<string>, 'values' | 'sure'> {
  const { hour, minute, style, part } = clock;
  const sure = clock.sure !== false;
  const at = (value: number) => `${String(value % 24).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
  if (part) return { values: [at((hour % 12) + (part === 'pm' ? 12 : 0))], sure };
  if (style === 'saa') {
    const light = (hour % 12) + 6;
    if (!day) return { values: [at(light), at(light + 12)], sure };
    return { values: [at(saaHour(hour, light, day))], sure };
  }
  if (style === 'mixed') {
    const spoken = (hour % 12) + 6;
    if (day) {
      const written = partly(hour, day);
      const counted = saaHour(hour, spoken, day);
      return { values: [...new Set([at(written), at(counted)])], sure: false };
    }
    return { values: [at(hour), at(spoken)], sure };
  }
  if (hour > 12 || hour === 0) return { values: [at(hour)], sure: sure && style !== 'bare' };
  if (day) return { values: [at(partly(hour, day))], sure: true };
  if (style === 'written') return { values: [at(hour)], sure };
  return { values: [at(hour), at(hour + 12)], sure };
}

/** The hour of `saa` in a part of the day: light is that hour between 6:00 and 17:00. */
function saaHour(hour: number, light: number, day: PartOfDay): number {
  const dark = (light + 12) % 24;
  switch (day) {
    case 'morning':
      return hour === 10 || hour === 11 ? dark : light;
    case 'day':
      return light;
    case 'evening':
      return hour >= 9 && hour < 12 ? light : dark;
    case 'night':
      return dark;
  }
}

/** A twelve-hour figure in a part of the day. */
function partly(hour: number, day: PartOfDay): number {
  const twelve = hour % 12;
  switch (day) {
    case 'morning':
      return twelve;
    case 'day':
      // "11 in the day" is before noon.
      return hour >= 10 && hour <= 11 ? hour : twelve + 12;
    case 'evening':
      return twelve + 12;
    case 'night':
      return hour >= 7 && hour <= 11 ? hour + 12 : twelve;
  }
}
