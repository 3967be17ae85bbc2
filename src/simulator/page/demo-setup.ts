import type { PageSetup } from './setup.ts';

const eric = '+32470000001';
const claudine = '510000002';
const jeanne = '+250788000003';
const paul = '510000004';
const diane = 'U0COORD';
const alex = 'U0MOH';

/**
 * The people of the demonstration and the way through one mission, from a first hello to feedback. Two members
 * abroad, the two contacts of one hospital, and the desk: whoever seeds the programme gives Diane and Alex their
 * roles, and Kabgayi Hospital the invitations for the codes named here.
 */
export const demoSetup: PageSetup = {
  people: [
    {
      channel: 'whatsapp',
      address: eric,
      name: 'Eric Mugisha',
      locale: 'fr',
      zone: 'Europe/Brussels',
      about: 'nurse in Brussels',
    },
    {
      channel: 'telegram',
      address: claudine,
      name: 'Claudine Uwase',
      locale: 'rw',
      zone: 'Europe/Berlin',
      about: 'psychologist in Berlin',
    },
    {
      channel: 'whatsapp',
      address: jeanne,
      name: 'Jeanne Mukamana',
      locale: 'fr',
      about: 'focal point, Kabgayi Hospital',
    },
    {
      channel: 'telegram',
      address: paul,
      name: 'Paul Habimana',
      locale: 'en',
      about: 'director, Kabgayi Hospital',
    },
    { channel: 'slack', address: diane, name: 'Diane Ingabire', locale: 'en', about: 'coordinator, Kigali' },
    { channel: 'slack', address: alex, name: 'Alex Ndoli', locale: 'en', about: 'Ministry of Health' },
  ],
  hints: [
    {
      who: eric,
      text: 'says hello and registers as a nurse: consent, 14 questions, then dates next spring.',
      say: 'Bonjour',
    },
    {
      who: claudine,
      text: 'does the same in Kinyarwanda, on another app, as a psychologist.',
      say: 'Muraho',
    },
    {
      who: jeanne,
      text: 'says hello, chooses “hospital”, and gives the invitation code KB7204.',
      say: 'Bonjour',
    },
    { who: paul, text: 'does the same as the director, with the code KB1188.', say: 'Hello' },
    {
      who: diane,
      text: 'activates the nurse, once the licence was checked: Confirm.',
      say: '/member activate D-00001 licence',
    },
    {
      who: diane,
      text: 'writes down whom Kabgayi needs: a general nurse, in the dates Eric gave.',
      say: '/need new',
    },
    { who: alex, text: 'validates the need for the ministry: Confirm.', say: '/need validate N-0001' },
    { who: diane, text: 'makes a mission of it.', say: '/mission new' },
    { who: diane, text: 'opens it and gives the first of two approvals.', say: '/mission' },
    { who: alex, text: 'gives the second approval, for the ministry.', say: '/mission' },
    {
      who: diane,
      text: 'opens the mission, then its call: a preview with counts, then Confirm.',
      say: '/call',
    },
    { who: eric, text: 'answers the call: interested, from when to when, and may be shown to the hospital.' },
    {
      who: diane,
      text: 'looks who is interested and offers the place: the button fills everything in.',
      say: '/match',
    },
    { who: jeanne, text: 'accepts the proposed professional for the hospital.' },
    { who: paul, text: 'types the six digits that came on his phone.' },
    { who: eric, text: 'accepts the offer and types the words it asks for.' },
    { who: diane, text: 'notes that the contract is signed: Confirm.', say: '/assign clear A-0001' },
    {
      who: jeanne,
      text: 'gets the hospital ready, item by item (the list opens 60 days before; LISTE shows it now).',
      say: 'LISTE',
    },
    { who: paul, text: 'types the six digits for the list, when it is complete.' },
    { who: diane, text: 'plans the journey: flight, who picks up, lodging.', say: '/travel plan A-0001' },
    { who: eric, text: 'confirms the itinerary.' },
    {
      who: diane,
      text: 'turns the gates green that people decide on: Confirm.',
      say: '/gate A-0001 G1,G2,G3,G4,G5,G6,G7,G8,G11 green',
    },
    { who: diane, text: 'notes the ticket, then that all is ready to travel.', say: '/travel ticket A-0001' },
    {
      who: diane,
      text: 'gives the go. Now move the clock: cards and questions come by themselves.',
      say: '/ready A-0001 go',
    },
    { who: eric, text: 'has read the card, still travels, and after landing says that he was met: arrived.' },
  ],
  commands: [
    { command: '/today', about: 'what waits for somebody' },
    { command: '/member', about: 'members; activate one' },
    { command: '/need', about: 'what hospitals need; validate, return' },
    { command: '/mission', about: 'missions; new, approve, extend, close' },
    { command: '/call', about: 'preview and send a call' },
    { command: '/match', about: 'who fits, and why' },
    { command: '/offer', about: 'offer a place to a member' },
    { command: '/assign', about: 'placements; hold, release' },
    { command: '/gate', about: 'what must be in order before travel' },
    { command: '/ready', about: 'how ready the hospital is' },
    { command: '/travel', about: 'itinerary, pick-up, lodging' },
    { command: '/ticket', about: 'people who asked for a person' },
  ],
};
