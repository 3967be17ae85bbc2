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
    ['fr', 'tt de suite', [0]],
    ['fr', 'ajd', [0]],
    ['fr', 'auj', [0]],
    ['fr', 'cet apres midi', [0]],
    ...'tmrw|tmr|tmw|tmrrw|tomo|tomoz|tomoro|tomorow|tommorow|tommorrow|2moro|2morrow|2mrw|2moz'
      .split('|')
      .flatMap(
        (word) =>
          [
            ['en', word, [1]],
            ['en', `day after ${word}`, [2]],
            ['en', `the day after ${word}`, [2]],
          ] as const,
      ),
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
    ["prochain|prochaine|pro|proch|prochin|suivant|suivante|d'apres", 'next'],
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
    [
      'mois prochain|le mois prochain|mois pro|le mois pro|mois proch|du mois prochain|le mois qui vient|mois suivant',
      1,
    ],
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
      "annee prochaine|l' annee prochaine|annee pro|l' annee pro|an pro|l' an pro|de l' annee prochaine|an prochain|l' an prochain|de l' an prochain|annee qui vient",
      1,
    ],
    ['cette annee|de cette annee|annee en cours', 0],
    ["annee derniere|l' annee derniere|de l' annee derniere|an dernier|l' an dernier|annee passee", -1],
  ],
  en: [
    ['next year|of next year|nxt year|next yr|nxt yr|of next yr', 1],
    ['this year|of this year|this yr|of this yr', 0],
    ['last year|of last year', -1],
  ],
});

export const ahead = table<number>({
  rw: [
    ["nyuma y'|nyuma ya|mu|mu gihe cy'|mu gihe cya", 1],
    ['hashize|hari hashize|haheze', -1],
  ],
  fr: [
    ["dans|ds|d' ici|dici", 1],
    ['il y a|y a|ya', -1],
  ],
  en: [['in|in about|after', 1]],
});

export const behind = table<number>({
  rw: [
    ['zishize|ishize|ashize|bishize|gishize|gushize|kishize', -1],
    ['iri imbere|biri imbere|ari imbere', 1],
  ],
  fr: [["a partir d' aujourd'hui|a partir de maintenant", 1]],
  en: [
    ["from now|from today|time|hence|from tomorrow's", 1],
    ['ago|back', -1],
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
