/** What a phrase says of a day, before the rest is guessed from today. Numbers are as typed: the day may not exist. */
export type DayParts = {
  readonly day?: number;
  readonly month?: number;
  readonly year?: number;
  /** 1 for Monday … 7 for Sunday. */
  readonly weekday?: number;
  readonly turn?: 'this' | 'next' | 'last';
  /** The week that the weekday stands in, counted from this one. */
  readonly week?: number;
  /** So many weeks behind the coming weekday ("vendredi en huit"); beside `week` the two readings of "Friday in 2 weeks". */
  readonly later?: number;
  /** Typed month first (12/31/2027), which no language here does. */
  readonly monthFirst?: true;
  /** A day number with nothing but "le" or "tariki" to make it a date. */
  readonly alone?: true;
  /** The month's name was a slip of the finger away from a real one. */
  readonly guessed?: true;
  /** Two digits behind a month: a day or a year (`mai 27`). */
  readonly dayOrYear?: true;
};

/** A stretch of a message that speaks of time, in the order of the message. */
export type Mention = { readonly from: number; readonly to: number } & (
  | { readonly is: 'day'; readonly parts: DayParts }
  /** Counted from today; two candidates for *ejo*. */
  | { readonly is: 'days'; readonly days: readonly string[]; readonly roughly?: true }
  | { readonly is: 'month'; readonly parts: DayParts }
  | {
      readonly is: 'span';
      readonly first: string;
      readonly last: string;
      readonly whole: boolean;
      /** The one day that "mid May" is as the end of a stretch. */
      readonly middle?: string;
      /** The one day that a part of a month is where a day was asked: "end of May". */
      readonly day?: string;
      /** "The end of the month": the month may be one that was named before. */
      readonly unnamed?: true;
      /** A part of a year, of which one month is only the likeliest. */
      readonly roughly?: true;
    }
  | { readonly is: 'length'; readonly days?: number; readonly months?: number }
  /** A time of day beside the date, which says nothing here. */
  | { readonly is: 'time' }
);
