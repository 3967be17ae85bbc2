import { type SeedDocument, seedDocument } from '../app/seed.ts';

/** The programme that `npm start` begins with: the people of the page (simulator/page/demo-setup.ts) who have a role. */
export const demoProgramme: SeedDocument = seedDocument.parse({
  coordinators: [
    { name: 'Diane Ingabire', address: 'U0COORD', role: 'coord_rw' },
    { name: 'Alex Ndoli', address: 'U0MOH', role: 'moh' },
  ],
  invitations: [
    { hospital: 'Kabgayi Hospital', role: 'focal', code: 'KB7204', days: 365 },
    { hospital: 'Kabgayi Hospital', role: 'dg', code: 'KB1188', days: 365 },
  ],
});
