import type { Lang, Reading } from '../engine/message.ts';
import { roleAt } from './around.ts';
import { isAsideIn } from './asides.ts';
import { isDeedIn } from './deeds.ts';
import { isDenied } from './denied-contact.ts';
import { isOneSlipAway } from './near.ts';
import { namesOthers } from './others.ts';
import { ambiguous, certain, likely, type ReadScope, unclear } from './reading.ts';
import { leftward } from './taken-back.ts';
import { type Token, tokenise } from './tokens.ts';

/**
 * An e-mail address, alone or in a sentence, in lower case. One spelled out ("jean at gmail dot com") or broken by spaces
 * is likely. Well-known slips of the domain (`gmail.con`, `gmial.com`) are asked back with the address meant; so are two
 * addresses, with both. `not_an_email` otherwise.
 */
export function readEmail(text: string, { lang, cautious }: ReadScope): Reading<string> {
  const typed = text.normalize('NFKC').slice(0, 400);
  const plain = addressesIn(typed);
  const written = plain.length > 0 ? typed : spelledOut(typed);
  const found = plain.length > 0 ? plain : addressesIn(written);
  const standing = found.filter((one) => {
    const at = written.toLowerCase().indexOf(one);
    return at < 0 || !isDenied(written, at, at + one.length);
  });
  const meant = [...new Set(standing.length > 1 ? corrected(standing, written, lang) : standing)];
  const [address] = meant;
  if (address === undefined) {
    const whole = found.length > 0 ? undefined : withEnding(typed);
    return whole === undefined ? unclear(text, 'not_an_email') : ambiguous([whole]);
  }
  if (meant.length > 1) return ambiguous(meant);
  const better = mended(address) ?? (plain.length === 0 && slipped.test(typed) ? address : undefined);
  if (better !== undefined) return ambiguous([better]);
  if (namesOthers(text) || isAsideIn(written, written.toLowerCase().indexOf(address)))
    return ambiguous([address]);
  if (/[?？]/.test(text) || isDeedIn(written, written.toLowerCase().indexOf(address), lang))
    return likely(address);
  // Spelled out with nothing but courtesy around it, there is nothing else that it could be.
  const spelled =
    !cautious && knownSet.has(address.slice(address.lastIndexOf('@') + 1)) && isAlone(written, address, lang);
  return plain.length > 0 || spelled ? certain(address) : likely(address);
}

/** "a@x.com, *non pardon*, b@x.com": what stands before the words that take it back is none. */
function corrected(found: readonly string[], written: string, lang: Lang): readonly string[] {
  const lower = written.toLowerCase();
  let from = 0;
  let kept: readonly string[] = [];
  for (const one of found) {
    const at = lower.indexOf(one, from);
    const between = tokenise(lower.slice(from, Math.max(from, at)));
    if (kept.length > 0 && between.length > 0 && takesBack(between, lang)) kept = [];
    kept = [...kept, one];
    from = Math.max(from, at) + one.length;
  }
  return kept;
}

function takesBack(between: readonly Token[], lang: Lang): boolean {
  const roles = between.map((_, at) => roleAt(between, at, lang)?.value);
  if (roles.some((role) => role === 'or' || role === 'hedge' || role === 'but')) return false;
  if (between.some(({ text }) => /^(?:and|et|na|not|pas)$/.test(text))) return false;
  return roles.includes('instead') || leftward.has(between[0]?.text ?? '');
}

/** "My email is …" and no "meet me at …". */
function isAlone(written: string, found: string, lang: Lang): boolean {
  const tokens = tokenise(written.toLowerCase().replace(found, ' '));
  return tokens.every(
    ({ text }, at) => !/^(?:me|us|moi)$/.test(text) && roleAt(tokens, at, lang)?.value === 'filler',
  );
}

/** A comma for the point, the sign or the point twice. */
const slipped = /@[\p{L}\p{N}-]+,|@\s*@|\.\.+\p{L}/u;

/** "grace@gmail": a provider known by one ending only. */
function withEnding(text: string): string | undefined {
  const match = bareHost.exec(text);
  const ending = match?.[2] === undefined ? undefined : endings.get(match[2].toLowerCase());
  return match?.[1] === undefined || ending === undefined ? undefined : `${match[1]}@${ending}`.toLowerCase();
}

const bareHost = /(?<![\p{L}\p{N}.@])([\p{L}\p{N}._+-]+)\s?@\s?([\p{L}]+)(?![\p{L}\p{N}@.,-]*[\p{L}\p{N}@])/u;
const endings: ReadonlyMap<string, string> = new Map([
  ['gmail', 'gmail.com'],
  ['gmai', 'gmail.com'],
  ['gmial', 'gmail.com'],
  ['icloud', 'icloud.com'],
  ['skynet', 'skynet.be'],
  ['telenet', 'telenet.be'],
  ['protonmail', 'protonmail.com'],
]);

const local = "[\\p{L}\\p{N}!#$%&'*+/=^_`{|}~-]+(?:\\.[\\p{L}\\p{N}!#$%&'*+/=^_`{|}~-]+)*";
const domain = '(?:[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?\\.)+\\p{L}{2,24}';
const address = new RegExp(
  `(?<![\\p{L}\\p{N}.@])(?:mailto:)?(${local})@(${domain})(?![\\p{L}\\p{N}@]|\\.[\\p{L}\\p{N}])`,
  'giu',
);

function addressesIn(text: string): readonly string[] {
  if (!text.includes('@')) return [];
  return [...text.matchAll(address)].flatMap(([all, name = '', host = '']) =>
    all.length > 254 || name.length > 64 ? [] : [`${name}@${host}`.toLowerCase()],
  );
}

/** "jean at gmail dot com", "jean (arobase) gmail point com", "jean . uwase @ gmail . com", "jean@gmail,com". */
function spelledOut(text: string): string {
  const signs = text
    .replace(/\s*[[({]\s*(?:at|arobase|arobas|@)\s*[\])}]\s*/giu, '@')
    .replace(/\s*[[({]\s*(?:dot|point|\.)\s*[\])}]\s*/giu, '.')
    .replace(
      /\s+(?:at|arobase|arobas|a commercial|chez)\s+(?=[\p{L}\p{N}-]+\s*(?:\.|,|dot\s|point\s|akadomo\s))/giu,
      '@',
    )
    .replace(/\s*@[\s@]*/gu, '@')
    .replace(/(?<=[\p{L}\p{N}])\.{2,}(?=[\p{L}\p{N}])/gu, '.');
  const at = signs.indexOf('@');
  if (at < 0) return signs;
  // Only around the sign itself: elsewhere "point" and "dot" are words.
  const name = signs
    .slice(0, at)
    .replace(/\s+(?:dot|point|akadomo)\s+|\s+[.]\s*|\s*[.]\s+(?=[\p{L}\p{N}]+$)/giu, '.')
    .replace(/\s+(?:underscore|tiret du bas)\s+/giu, '_')
    .replace(/\s+(?:dash|tiret)\s+/giu, '-');
  const host = signs
    .slice(at + 1)
    .replace(
      /\s+(?:dot|point|akadomo)\s+|\s*[.]\s+(?=\p{L}{2,6}(?!\p{L}))|\s+[.]\s*(?=\p{L}{2,6}(?!\p{L}))/giu,
      '.',
    )
    .replace(/,(?=(?:com|be|fr|org|net|nl|de|rw|uk|eu)(?!\p{L}))/giu, '.');
  return `${name}@${host}`;
}

const known = [
  'nhs.net',
  'gmail.com',
  'hotmail.com',
  'yahoo.com',
  'outlook.com',
  'icloud.com',
  'hotmail.fr',
  'yahoo.fr',
  'outlook.fr',
  'hotmail.be',
  'outlook.be',
  'live.be',
  'skynet.be',
  'telenet.be',
  'proximus.be',
  'gmx.de',
  'gmx.net',
  'web.de',
  'orange.fr',
  'wanadoo.fr',
  'laposte.net',
  'ziggo.nl',
  'yahoo.co.uk',
  'hotmail.co.uk',
  'btinternet.com',
  'live.com',
  'live.fr',
  'live.nl',
  'free.fr',
  'sfr.fr',
  'me.com',
  'aol.com',
  'msn.com',
  'googlemail.com',
  'ymail.com',
  'mail.com',
  'proton.me',
  'protonmail.com',
  'kpnmail.nl',
  'voo.be',
  'gmx.com',
  'gmx.at',
  'gmx.ch',
];
const knownSet = new Set(known);
/** Slips are looked for among the big ones only: beside a small domain there may be a real neighbour. */
const big = [
  'gmail.com',
  'hotmail.com',
  'yahoo.com',
  'outlook.com',
  'icloud.com',
  'hotmail.fr',
  'yahoo.fr',
  'hotmail.be',
  'outlook.be',
  'outlook.fr',
  'yahoo.co.uk',
  'hotmail.co.uk',
];

/** Providers that have a domain in many countries: `outlook.de` is as real as `outlook.be`. */
const everywhere = new Set('outlook hotmail live yahoo gmx ymail'.split(' '));
/** Long enough to tell a slip from another name. */
const slippery = ['outlook', 'hotmail'];
const national = new Set(
  'com de fr be nl lu it es pt at ch ie dk se no fi pl cz gr ro hu ca in jp us co.uk co.za co.in co.jp co.nz com.au com.br com.tr co.ke co.il'.split(
    ' ',
  ),
);

function isNational(host: string): boolean {
  const dot = host.indexOf('.');
  return everywhere.has(host.slice(0, dot)) && national.has(host.slice(dot + 1));
}

/** The address meant where the domain is a slip of a big one, else undefined. */
function mended(address: string): string | undefined {
  const at = address.lastIndexOf('@');
  const host = address.slice(at + 1);
  if (knownSet.has(host) || isNational(host)) return undefined;
  const name = address.slice(0, at + 1);
  if (
    host === 'gmail.fr' ||
    host === 'gmail.be' ||
    host === 'gmail.co' ||
    host === 'gmail.cm' ||
    host === 'gmail.om' ||
    host === 'gmal.co'
  )
    return `${name}gmail.com`;
  // "outlok.de": the slip is in the name of the provider.
  const dot = host.indexOf('.');
  const [provider, ending] = [host.slice(0, dot), host.slice(dot + 1)];
  const near = national.has(ending) ? slippery.find((one) => isOneSlipAway(provider, one)) : undefined;
  if (near !== undefined && near !== provider) return `${name}${near}.${ending}`;
  const close = big.filter((domain) => isOneSlipAway(host, domain));
  if (close.length === 1) return `${name}${close[0]}`;
  const slip = /\.(?:con|cmo|ocm|comm|vom|xom|cpm|coom|cim)$/.exec(host)?.[0];
  if (slip === undefined) return undefined;
  const fixed = host.slice(0, -slip.length).concat('.com');
  const twice = big.find((domain) => isOneSlipAway(fixed, domain));
  return `${name}${twice ?? fixed}`;
}
