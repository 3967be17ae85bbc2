/**
 * Words that make something else of an answer of one kind: "I have *exams* on 5 May", "*trained* in Belgium", "my *shift*
 * ends at 8 pm". What stands beside them is asked first, never believed.
 */
const words = (joined: string): ReadonlySet<string> => new Set(joined.split(' '));

/** Of days and hours: most who write them have no time then. */
export const busy = words(
  'travaille travail bosse bosser garde gardes occupe occupee pris prise working work busy booked shift shifts duty nkora ndahuze akazi kazi end ends ending finit finis finish finishes termine arrete expires rangira ndangiza exam exams examen examens birthday anniversaire amavuko wedding mariage ubukwe funeral enterrement holiday holidays vacation vacances ferie full taken complet complete kiruhuko ikiruhuko contract contrat amasezerano said closed ferme',
);

/** Of days: when to call, or when something else is done. */
export const errands: ReadonlySet<string> = new Set([
  ...busy,
  ...words('mumpamagare mwampamagara remind rappelez rappelle demenage demenageons formation stage'),
]);

/** Of hours: when something else begins. */
export const beginning: ReadonlySet<string> = new Set([
  ...busy,
  ...words('commence debute starts start begins ndatangira'),
]);

/** Of months: what ends or is celebrated then. */
export const dated = words(
  'contract contrat amasezerano birthday anniversaire amavuko wedding mariage ubukwe',
);

/** Of numbers: what is counted is the writer's own matter, or nothing at all. */
export const counted = words(
  'kids kid child children enfant enfants abana room chambre icyumba floor etage age aged old flat house',
);

/** Of countries: where somebody was, or wishes to be. */
export const elsewhere = words(
  'vacances vacation holiday holidays want wants wish go going went visit visiting travel travelling traveling trained studied study studying graduated worked aller vais veux voudrais etudie etudes forme formee diplome diplomee travaille kujya nshaka ndashaka nifuza nize nabyize narize nakoze',
);
