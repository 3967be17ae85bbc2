import { table } from './day-words.ts';

/** Phrases for weeks, weekends and parts of a month, by language; several phrases of one meaning are parted by |. */

export type Week = { readonly ahead: number; readonly weekend?: true };
export const weeks = table<Week>({
  rw: [
    [
      'icyumweru gitaha|mu cyumweru gitaha|icyumweru kizaza|mu cyumweru kizaza|icyumweru gikurikira|mu cyumweru gikurikira|cyumweru gitaha',
      { ahead: 1 },
    ],
    ['iki cyumweru|muri iki cyumweru|icyumweru turimo|mu cyumweru turimo', { ahead: 0 }],
    ['icyumweru gishize|mu cyumweru gishize', { ahead: -1 }],
    [
      "mu mpera z' iki cyumweru|mu mpera z' icyumweru|impera z' icyumweru|weekend|wikendi|muri wikendi|mu wikendi",
      { ahead: 0, weekend: true },
    ],
    ["mu mpera z' icyumweru gitaha|weekend itaha|wikendi itaha", { ahead: 1, weekend: true }],
  ],
  fr: [
    [
      'semaine prochaine|la semaine prochaine|semaine pro|la semaine pro|sem prochaine|la sem prochaine|sem pro|la sem pro|la semaine qui vient|semaine suivante|toute la semaine prochaine',
      { ahead: 1 },
    ],
    ['cette semaine|la semaine en cours', { ahead: 0 }],
    ['semaine derniere|la semaine derniere|semaine passee|la semaine passee', { ahead: -1 }],
    ['ce week end|ce weekend|ce we|le week end|le weekend|ce week end ci', { ahead: 0, weekend: true }],
    [
      'week end prochain|le week end prochain|we prochain|le we pro|week end pro|le week end pro|weekend pro|weekend prochain|le weekend prochain|le we prochain',
      { ahead: 1, weekend: true },
    ],
  ],
  en: [
    [
      'next week|nxt week|the coming week|all next week|all of next week|the whole of next week',
      { ahead: 1 },
    ],
    ['week after next|the week after next', { ahead: 2 }],
    ['this week|the current week|all this week', { ahead: 0 }],
    ['last week', { ahead: -1 }],
    [
      'this weekend|the weekend|this week end|this coming weekend|the coming weekend',
      { ahead: 0, weekend: true },
    ],
    ['next weekend', { ahead: 1, weekend: true }],
  ],
});

/**
 * First and last day of a part of a month; 0 and below count back from its last day. `day` is the one day that is meant
 * where one day was asked, `exact` a part that begins and ends on the same days for everybody.
 */
export type MonthPart = {
  readonly first: number;
  readonly last: number;
  readonly day?: number;
  readonly exact?: true;
};
const start: MonthPart = { first: 1, last: 10, day: 1 };
const middle: MonthPart = { first: 11, last: 20, day: 15 };
const end: MonthPart = { first: 21, last: 0, day: 0 };
const firstHalf: MonthPart = { first: 1, last: 15, exact: true };
const secondHalf: MonthPart = { first: 16, last: 0, exact: true };

export const monthParts = table<MonthPart>({
  rw: [
    [
      "mu ntangiriro za|mu ntangiriro z'|ntangiriro za|ntangiriro z'|intangiriro za|intangiriro z'|mu ntangiriro y'|mu ntangiriro ya",
      start,
    ],
    [
      "hagati muri|hagati mu|mu hagati ha|hagati ya|hagati y'|mu hagati ya|mo hagati muri|rwagati muri",
      middle,
    ],
    ["mu mpera za|mu mpera z'|impera za|impera z'|mpera za|mpera z'", end],
    [
      "icyumweru cya mbere cya|icyumweru cya mbere cy'|mu cyumweru cya mbere cya|mu cyumweru cya mbere cy'",
      { first: 1, last: 7 },
    ],
    [
      "umunsi wa nyuma wa|umunsi wa nyuma w'|ku munsi wa nyuma wa|ku munsi wa nyuma w'",
      { first: 0, last: 0 },
    ],
    [
      "umunsi wa mbere wa|umunsi wa mbere w'|ku munsi wa mbere w'|ku munsi wa mbere wa",
      { first: 1, last: 1 },
    ],
  ],
  fr: [
    [
      'debut|au debut|en debut|vers le debut|vers debut|debut de|au debut du mois|debut du mois|le debut|tout debut|du debut',
      start,
    ],
    ['mi|a la mi|milieu|au milieu|au milieu du mois|milieu du mois|vers la mi|vers le milieu', middle],
    [
      'fin|a la fin|la fin|a la fin du mois|fin du mois|tout fin|toute fin|en fin|vers la fin|vers fin|fin de',
      end,
    ],
    ['courant|dans le courant|dans le courant du mois', { first: 1, last: 0 }],
    ['premiere semaine|la premiere semaine|1re semaine', { first: 1, last: 7 }],
    [
      'premiere quinzaine|la premiere quinzaine|premiere moitie|la premiere moitie|1ere quinzaine|la 1ere quinzaine|1re quinzaine|la 1re quinzaine|1ere moitie|la 1ere moitie',
      firstHalf,
    ],
    [
      'deuxieme quinzaine|2eme quinzaine|la 2eme quinzaine|2e quinzaine|la 2e quinzaine|2eme moitie|la 2eme moitie|2nde quinzaine|la 2nde quinzaine|derniere quinzaine|la derniere quinzaine|seconde quinzaine|la seconde quinzaine|la deuxieme quinzaine|2eme quinzaine|la 2eme quinzaine|2e quinzaine|la 2e quinzaine|2eme moitie|la 2eme moitie|2nde quinzaine|la 2nde quinzaine|derniere quinzaine|la derniere quinzaine|seconde moitie|la deuxieme moitie|la seconde moitie',
      secondHalf,
    ],
    [
      '2 premieres semaines|les 2 premieres semaines|deux premieres semaines|les deux premieres semaines',
      { first: 1, last: 14, exact: true },
    ],
    ['derniere semaine|la derniere semaine', { first: -6, last: 0 }],
    [
      'deux dernieres semaines|les deux dernieres semaines|2 dernieres semaines|les 2 dernieres semaines',
      { first: -13, last: 0, exact: true },
    ],
    [
      'deuxieme semaine|la deuxieme semaine|2eme semaine|la 2eme semaine|2e semaine|la 2e semaine|seconde semaine',
      { first: 8, last: 14 },
    ],
    [
      'troisieme semaine|la troisieme semaine|3eme semaine|la 3eme semaine|3e semaine',
      { first: 15, last: 21 },
    ],
    ['dernier jour|le dernier jour', { first: 0, last: 0 }],
    ['premier jour|le premier jour', { first: 1, last: 1 }],
  ],
  en: [
    [
      'early|in early|very early|start of|the start of|beginning of|the beginning of|at the beginning of|at the start of|beginning|start',
      start,
    ],
    ['mid|in mid|middle of|the middle of|in the middle of', middle],
    [
      'late|in late|end of|the end of|at the end of|end|towards the end of|very end of|the very end of|by the end of|end off|tail end of|the tail end of',
      end,
    ],
    ['first week of|the first week of|first week in|1st week of', { first: 1, last: 7 }],
    [
      'first two weeks of|the first two weeks of|first two weeks in|the first two weeks in|first 2 weeks of|the first 2 weeks of|first fortnight of|the first fortnight of|first fortnight in',
      { first: 1, last: 14, exact: true },
    ],
    ['first half of|the first half of|1st half of|the 1st half of|first half|1st half', firstHalf],
    [
      'second half of|the second half of|2nd half of|the 2nd half of|last half of|second half|2nd half|latter half of|the latter half of',
      secondHalf,
    ],
    ['last week of|the last week of', { first: -6, last: 0 }],
    [
      'last two weeks of|the last two weeks of|last 2 weeks of|the last 2 weeks of|last fortnight of',
      { first: -13, last: 0, exact: true },
    ],
    ['second week of|the second week of|2nd week of|the 2nd week of', { first: 8, last: 14 }],
    ['third week of|the third week of|3rd week of|the 3rd week of', { first: 15, last: 21 }],
    ['last day of|the last day of', { first: 0, last: 0 }],
    ['first day of|the first day of', { first: 1, last: 1 }],
  ],
});

/** "The week of 10 May"; `starts` where it is said to begin on that day. */
export const weeksOf = table<{ readonly starts: boolean; readonly weekend?: true }>({
  rw: [
    [
      'icyumweru cyo ku wa|icyumweru cyo ku itariki|icyumweru cya tariki|mu cyumweru cyo ku wa',
      { starts: false },
    ],
    ['icyumweru gitangira|mu cyumweru gitangira', { starts: true }],
  ],
  fr: [
    ['semaine|la semaine|dans la semaine|toute la semaine', { starts: false }],
    ['week end|le week end|weekend|le weekend|we|le we', { starts: false, weekend: true }],
    [
      'semaine commencant|la semaine commencant|semaine qui commence|la semaine qui commence',
      { starts: true },
    ],
  ],
  en: [
    ['weekend of|the weekend of|week end of', { starts: false, weekend: true }],
    ['week of|the week of|in the week of|during the week of|wk of|the wk of', { starts: false }],
    [
      'week commencing|the week commencing|week beginning|the week beginning|week starting|the week starting|wc|w c|w b|wk commencing|wk starting|week from',
      { starts: true },
    ],
  ],
});

/** December, by another name. */
export const yearEnds = table<MonthPart>({
  rw: [["mu mpera z' umwaka|mu mpera z' uyu mwaka|impera z' umwaka|umwaka urangira", end]],
  fr: [
    [
      "fin d' annee|la fin de l' annee|a la fin de l' annee|fin de l' annee|en fin d' annee|fin de cette annee",
      end,
    ],
  ],
  en: [
    [
      'end of the year|the end of the year|end of year|at the end of the year|end of this year|year end|the years end',
      end,
    ],
  ],
});
