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
      'semaine prochaine|la semaine prochaine|la semaine qui vient|semaine suivante|toute la semaine prochaine',
      { ahead: 1 },
    ],
    ['cette semaine|la semaine en cours', { ahead: 0 }],
    ['semaine derniere|la semaine derniere|semaine passee|la semaine passee', { ahead: -1 }],
    ['ce week end|ce weekend|ce we|le week end|le weekend|ce week end ci', { ahead: 0, weekend: true }],
    [
      'week end prochain|le week end prochain|weekend prochain|le weekend prochain|le we prochain',
      { ahead: 1, weekend: true },
    ],
  ],
  en: [
    [
      'next week|nxt week|the coming week|all next week|all of next week|the whole of next week',
      { ahead: 1 },
    ],
    ['this week|the current week|all this week', { ahead: 0 }],
    ['last week', { ahead: -1 }],
    [
      'this weekend|the weekend|this week end|this coming weekend|the coming weekend',
      { ahead: 0, weekend: true },
    ],
    ['next weekend', { ahead: 1, weekend: true }],
  ],
});

/** First and last day of a part of a month; 0 and below count back from its last day. */
export const monthEdges = table<readonly [number, number]>({
  rw: [
    [
      "mu ntangiriro za|mu ntangiriro z'|ntangiriro za|ntangiriro z'|intangiriro za|intangiriro z'|mu ntangiriro y'|mu ntangiriro ya",
      [1, 10],
    ],
    [
      "hagati muri|hagati mu|mu hagati ha|hagati ya|hagati y'|mu hagati ya|mo hagati muri|rwagati muri",
      [11, 20],
    ],
    ["mu mpera za|mu mpera z'|impera za|impera z'|mpera za|mpera z'", [21, 0]],
    [
      "icyumweru cya mbere cya|icyumweru cya mbere cy'|mu cyumweru cya mbere cya|mu cyumweru cya mbere cy'",
      [1, 7],
    ],
    ["umunsi wa nyuma wa|umunsi wa nyuma w'|ku munsi wa nyuma wa|ku munsi wa nyuma w'", [0, 0]],
    ["umunsi wa mbere wa|umunsi wa mbere w'|ku munsi wa mbere w'|ku munsi wa mbere wa", [1, 1]],
  ],
  fr: [
    ['debut|au debut|au debut du mois|debut du mois|le debut|tout debut|du debut', [1, 10]],
    ['mi|a la mi|milieu|au milieu|au milieu du mois|courant', [11, 20]],
    ['fin|a la fin|la fin|a la fin du mois|fin du mois', [21, 0]],
    ['premiere semaine|la premiere semaine|1re semaine', [1, 7]],
    [
      'deux premieres semaines|les deux premieres semaines|premiere quinzaine|la premiere quinzaine|premiere moitie|la premiere moitie',
      [1, 15],
    ],
    [
      'deuxieme quinzaine|seconde quinzaine|la seconde quinzaine|la deuxieme quinzaine|seconde moitie|la deuxieme moitie|la seconde moitie',
      [16, 0],
    ],
    ['derniere semaine|la derniere semaine', [-6, 0]],
    ['dernier jour|le dernier jour', [0, 0]],
    ['premier jour|le premier jour', [1, 1]],
  ],
  en: [
    [
      'early|in early|start of|the start of|beginning of|the beginning of|at the beginning of|at the start of|beginning|start',
      [1, 10],
    ],
    ['mid|in mid|middle of|the middle of|in the middle of', [11, 20]],
    ['late|in late|end of|the end of|at the end of|end', [21, 0]],
    ['first week of|the first week of|first week in|1st week of', [1, 7]],
    ['first two weeks of|the first two weeks of', [1, 14]],
    ['first half of|the first half of|1st half of', [1, 15]],
    ['second half of|the second half of|2nd half of|last half of', [16, 0]],
    ['last week of|the last week of', [-6, 0]],
    ['last day of|the last day of', [0, 0]],
    ['first day of|the first day of', [1, 1]],
  ],
});
