import type { Channel, Phone } from './phones.ts';

/** The invented people of the demonstration, and what they do on their own phones. */

export type Member = {
  readonly who: string;
  readonly channel: Channel;
  readonly address: string;
  readonly locale: 'rw' | 'fr' | 'en';
  readonly hello: string;
  readonly name: string;
  readonly country: string;
  readonly city: string;
  readonly family: string;
  readonly profession: string;
  readonly specialty: string;
  readonly years: string;
  readonly levels: string;
  readonly acceptWord: string;
};

export const members: readonly Member[] = [
  {
    who: 'nurse in Brussels',
    channel: 'whatsapp',
    address: '+32470110001',
    locale: 'fr',
    hello: 'Bonjour',
    name: 'Claudine Mukamana',
    country: 'BE',
    city: 'Bruxelles',
    family: 'g_nursing',
    profession: 'RN_GEN',
    specialty: 'soins intensifs',
    years: 'douze',
    levels: '332',
    acceptWord: 'ACCEPTER',
  },
  {
    who: 'psychologist in Berlin',
    channel: 'telegram',
    address: '710000001',
    locale: 'rw',
    hello: 'Muraho',
    name: 'Eric Habimana',
    country: 'DE',
    city: 'Berlin',
    family: 'g_allied',
    profession: 'AH_PSYCHO',
    specialty: 'ihungabana',
    years: '7',
    levels: '323',
    acceptWord: 'NDEMERA',
  },
  {
    who: 'anaesthesiologist in London',
    channel: 'slack',
    address: 'U0GRACE',
    locale: 'en',
    hello: 'Hello',
    name: 'Grace Ingabire',
    country: 'GB',
    city: 'London',
    family: 'g_medical',
    profession: 'MD_ANAES',
    specialty: 'paediatric anaesthesia',
    years: '15',
    levels: '223',
    acceptWord: 'ACCEPT',
  },
];

export type Host = {
  readonly who: string;
  readonly hospital: string;
  readonly role: 'focal' | 'dg';
  readonly code: string;
  readonly channel: Channel;
  readonly address: string;
  readonly locale: 'rw' | 'fr';
  readonly hello: string;
  readonly name: string;
};

export const hosts: readonly Host[] = [
  {
    who: 'Kabgayi focal point',
    hospital: 'Kabgayi Hospital',
    role: 'focal',
    code: 'KAB4711',
    channel: 'telegram',
    address: '720000001',
    locale: 'rw',
    hello: 'Muraho',
    name: 'Beata Nyirahabimana',
  },
  {
    who: 'Kabgayi director',
    hospital: 'Kabgayi Hospital',
    role: 'dg',
    code: 'KAB4712',
    channel: 'whatsapp',
    address: '+250788110002',
    locale: 'rw',
    hello: 'Muraho',
    name: 'Jean Bosco Ntaganda',
  },
  {
    who: 'Ruhengeri focal point',
    hospital: 'Ruhengeri Hospital',
    role: 'focal',
    code: 'RUH4711',
    channel: 'whatsapp',
    address: '+250788120001',
    locale: 'fr',
    hello: 'Bonjour',
    name: 'Solange Uwamahoro',
  },
  {
    who: 'Ruhengeri director',
    hospital: 'Ruhengeri Hospital',
    role: 'dg',
    code: 'RUH4712',
    channel: 'telegram',
    address: '720000002',
    locale: 'fr',
    hello: 'Bonjour',
    name: 'Paul Kayitare',
  },
];

/** First hello to registered, with a window of availability. */
export async function register(
  phone: Phone,
  member: Member,
  window: { from: string; until: string },
): Promise<void> {
  await phone.say(member.hello);
  await phone.pick('professional');
  await phone.pick('agree');
  await phone.pick('yes');
  await phone.say(member.name);
  await phone.pick('yes');
  await phone.pick(member.country);
  await phone.say(member.city);
  await phone.pick('dual');
  await phone.pick(member.family);
  await phone.pick(member.profession);
  await phone.say(member.specialty);
  await phone.say(member.years);
  await phone.pick('yes');
  await phone.say(member.levels);
  await phone.pick('no');
  await phone.pick('skip');
  await phone.pick('friend');
  await phone.pick('dates');
  await phone.pick('confirm');
  await phone.say(window.from);
  await phone.say(window.until);
  await phone.say('14 60');
  await phone.say('7');
  await phone.pick('physical');
  await phone.pick('firm');
  await phone.pick('confirm');
}

/** A hospital's contact makes themselves known with the invitation's code. */
export async function enrol(phone: Phone, host: Host): Promise<void> {
  await phone.say(host.hello);
  await phone.pick('hospital');
  await phone.say(host.code);
  await phone.say(host.name);
  await phone.pick(host.role);
  if (host.role !== 'dg') await phone.pick('yes');
  await phone.pick('agree');
}
