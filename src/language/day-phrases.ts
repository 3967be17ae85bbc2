import type { Lang } from '../engine/message.ts';
import { table } from './day-words.ts';
import { words } from './lexicon.ts';
import { type Phrases, phrases } from './phrases.ts';

/** The phrases of {@link mentionsIn}, by language; several phrases of one meaning are parted by |. */

const langs: readonly Lang[] = ['rw', 'fr', 'en'];
const offsets = {
  tomorrow_or_yesterday: [1, -1],
  two_days_from_or_before: [2, -2],
  today: [0],
  now: [0],
  day_after_tomorrow: [2],
  tomorrow: [1],
  yesterday: [-1],
  day_before_yesterday: [-2],
} as const;
/** The part of the day behind *ejo* says nothing about which one is meant. */
const ejo = [
  'ejo mu gitondo',
  'ejo ku gicamunsi',
  'ejo saa',
  "ejo z' umugoroba",
  'ejo ku manywa',
  'ejo nijoro',
  'ejo ninjoro',
];
export const relative: Phrases<readonly number[]> = phrases<readonly number[]>([
  ...ejo.map((phrase) => ['rw', phrase, offsets.tomorrow_or_yesterday] as const),
  ...([
    ['rw', 'ejobundi hashize', [-2]],
    ['rw', 'ejo bundi hashize', [-2]],
    ['rw', 'ejobundi hazaza', [2]],
    ['fr', 'tout de suite', [0]],
    ['fr', 'cet apres midi', [0]],
    ['en', 'tomorrow or the day after', [1, 2]],
    ['en', 'tomorrow evening', [1]],
    ['en', 'tomorrow night', [1]],
    ['en', 'tomorrow afternoon', [1]],
    ['en', 'the day before yesterday', [-2]],
  ] as const),
  ...langs.flatMap((lang) =>
    Object.entries(offsets).flatMap(([category, days]) => {
      // Object.entries widens the keys to string; they are those of the table above.
      const list = words[lang][category as keyof typeof offsets];
      return list.map((phrase) => [lang, phrase, days] as const);
    }),
  ),
]);

export const turns = table<'this' | 'next' | 'last'>({
  rw: [
    ['utaha|gitaha|gutaha|itaha|uzaza|ukurikira|ukurikiyeho|utahiwe', 'next'],
    ['uyu|iyi|iki', 'this'],
    ['ushize|gishize|gushize|ishize|washize', 'last'],
  ],
  fr: [
    ["prochain|prochaine|suivant|suivante|d'apres", 'next'],
    ['ce|cette|de cette semaine|qui vient|qui arrive|a venir|de la semaine', 'this'],
    ['dernier|derniere|passe|passee', 'last'],
  ],
  en: [
    ['next|nxt|following', 'next'],
    ['this|this coming|coming|the coming|upcoming|this week', 'this'],
    ['last|past|previous', 'last'],
  ],
});

export const relativeMonths = table<number>({
  rw: [
    [
      "ukwezi gutaha|mu kwezi gutaha|kw' ukwezi gutaha|z' ukwezi gutaha|z' ukwezi kuza|ukwezi kuza|ukwezi kuzaza|mu kundi kwezi|ukwezi gukurikira",
      1,
    ],
    ["uku kwezi|muri uku kwezi|z' uku kwezi|mu kwezi turimo|ukwezi turimo|uku kwezi turimo", 0],
    ['ukwezi gushize|mu kwezi gushize|ukwezi kwashize', -1],
  ],
  fr: [
    ['mois prochain|le mois prochain|du mois prochain|le mois qui vient|mois suivant', 1],
    ['ce mois|ce mois ci|de ce mois|du mois courant|ce mois courant|courant', 0],
    ['mois dernier|le mois dernier|mois passe|le mois passe|du mois dernier', -1],
  ],
  en: [
    ['next month|nxt month|the coming month|of next month|the following month', 1],
    ['this month|of this month|the current month', 0],
    ['last month|of last month|previous month', -1],
  ],
});

export const relativeYears = table<number>({
  rw: [
    ["umwaka utaha|mu mwaka utaha|umwaka uzaza|umwaka ukurikira|w' umwaka utaha|y' umwaka utaha", 1],
    ["uyu mwaka|muri uyu mwaka|w' uyu mwaka|y' uyu mwaka", 0],
    ['umwaka ushize|mu mwaka ushize', -1],
  ],
  fr: [
    [
      "annee prochaine|l' annee prochaine|de l' annee prochaine|an prochain|l' an prochain|de l' an prochain|annee qui vient",
      1,
    ],
    ['cette annee|de cette annee|annee en cours', 0],
    ["annee derniere|l' annee derniere|de l' annee derniere|an dernier|l' an dernier|annee passee", -1],
  ],
  en: [
    ['next year|of next year|nxt year', 1],
    ['this year|of this year', 0],
    ['last year|of last year', -1],
  ],
});

export const ahead = table<number>({
  rw: [
    ["nyuma y'|nyuma ya|mu|mu gihe cy'|mu gihe cya", 1],
    ['hashize|hari hashize|haheze', -1],
  ],
  fr: [
    ["dans|d' ici|dici", 1],
    ['il y a|y a|ya', -1],
  ],
  en: [['in|in about|after', 1]],
});

export const behind = table<number>({
  rw: [
    ['zishize|ishize|ashize|bishize|gishize|gushize|kishize', -1],
    ['iri imbere', 1],
  ],
  fr: [["a partir d' aujourd'hui|a partir de maintenant", 1]],
  en: [
    ["from now|from today|time|hence|from tomorrow's", 1],
    ['ago|back', -1],
  ],
});

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

export const markers = table<true>({
  rw: [
    ["hagati ya|hagati y'", true],
    [
      "kuva|kuva ku wa|kuva ku|kuva tariki|guhera|guhera ku wa|guhera ku|guhera tariki|uhereye|uhereye ku|ku wa|kuwa|tariki|tariki ya|tariki za|taliki|taliki ya|itariki|itariki ya|italiki|italiki ya|ku itariki|ku itariki ya|ku tariki|ku tariki ya|kw' itariki|ku ya|kuya|le|ku",
      true,
    ],
  ],
  fr: [
    [
      'le|la date du|la date|date|des le|des|pour le|du|a partir du|a partir de|depuis le|depuis|entre le|entre',
      true,
    ],
  ],
  en: [
    [
      'on|on the|the|date|from|from the|starting|starting on|starting from|as of|since|between|between the|beginning',
      true,
    ],
  ],
});

export const links = new Set("of de du d' z' y' w' za ya wa la the in mu muri en le bya by' ba".split(' '));
export const yearLinks = new Set("of de du d' in en l' an annee umwaka mwaka wa w' mu year the".split(' '));
