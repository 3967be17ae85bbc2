import type { Reading } from '../engine/message.ts';
import { ambiguous, certain, type ReadScope, unclear } from './reading.ts';

/**
 * An e-mail address as typed, its domain in lower case. Well-known slips of the domain (`gmail.con`) are asked back
 * with the address meant first. `not_an_email` otherwise.
 */
export function readEmail(text: string, _scope: ReadScope): Reading<string> {
  const typed = text
    .normalize('NFKC')
    .trim()
    .replace(/^(?:mailto:|<)+|[>.,;]+$/g, '');
  const match =
    /^([\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*)@((?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+\p{L}{2,24})$/u.exec(
      typed.slice(0, 300),
    );
  if (!match?.[1] || !match[2] || typed.length > 254 || match[1].length > 64)
    return unclear(text, 'not_an_email');
  const domain = match[2].toLowerCase();
  const meant = slips[domain] ?? domain.replace(/\.con$/, '.com');
  const address = `${match[1]}@${domain}`;
  return Object.hasOwn(slips, domain) || meant !== domain
    ? ambiguous([`${match[1]}@${meant}`, address])
    : certain(address);
}

const slips: Readonly<Record<string, string>> = {
  'gmial.com': 'gmail.com',
  'gmai.com': 'gmail.com',
  'gamil.com': 'gmail.com',
  'gmail.co': 'gmail.com',
  'hotmial.com': 'hotmail.com',
  'hotmal.com': 'hotmail.com',
  'yaho.com': 'yahoo.com',
  'outlok.com': 'outlook.com',
};
