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
    { who: eric, text: 'says hello and registers: a health worker abroad, free next year.', say: 'Bonjour' },
    { who: claudine, text: 'does the same in Kinyarwanda, on another app.', say: 'Muraho' },
    {
      who: jeanne,
      text: 'says hello, chooses “hospital”, gives the invitation code KB7204, then says whom they need.',
      say: 'Bonjour',
    },
    { who: paul, text: 'signs in as the director with the code KB1188.', say: 'Hello' },
    { who: diane, text: 'activates the new members.', say: '/member' },
    { who: diane, text: 'validates the need of the hospital.', say: '/need' },
    { who: diane, text: 'makes a mission of it.', say: '/mission new' },
    { who: alex, text: 'approves the mission for the ministry.', say: '/mission' },
    { who: diane, text: 'previews the call and sends it to everybody who fits.', say: '/call' },
    { who: eric, text: 'answers the call: interested, which post, from when to when.' },
    { who: diane, text: 'compares who answered, and offers a place.', say: '/match' },
    { who: jeanne, text: 'accepts the proposed professional for the hospital.' },
    { who: paul, text: 'confirms as the director, with the code that comes on his phone.' },
    { who: eric, text: 'accepts the offer and types the words it asks for.' },
    { who: jeanne, text: 'gets the hospital ready, item by item. LISTE shows what is open.', say: 'LISTE' },
    { who: diane, text: 'turns the gates green, one after the other.', say: '/gate' },
    {
      who: diane,
      text: 'enters the itinerary. Then move the clock: reminders come by themselves.',
      say: '/travel',
    },
    { who: eric, text: 'confirms the journey, then the arrival, as the days go by.' },
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
