import { z } from 'zod';
import type { Desk } from '../app/desk/desk.ts';
import { memberChecks } from '../app/desk/members.ts';
import { type Deals, deal } from './deal.ts';
import { byCode } from './inputs.ts';
import type { Button } from './page.ts';
import { letterLine } from './rows.ts';
import { plain } from './words.ts';

/** Members who join, and persons who asked for one. */
export function peopleDeals({ activate, tickets, deadLetters }: Desk): Deals {
  return {
    'member.activate': deal(
      byCode.extend({ check: z.enum(memberChecks) }),
      activate,
      ({ code, name, country }, { check }) => ({
        title: `Activate ${code}`,
        lines: [
          `${code} (${name}), ${country}`,
          check === 'licence' ? 'The registration at home was checked.' : 'For teaching only.',
        ],
      }),
      ({ code }) => ({ title: `Member ${code}`, lines: `${code} is on the roster.` }),
    ),
    'message.again': deal(
      z.strictObject({ id: z.number().int().positive() }),
      deadLetters.again,
      (letter) => ({ title: 'Send again', lines: letterLine(letter) }),
      (letter) => ({ title: 'Send again', lines: `On its way again: ${letterLine(letter)}` }),
    ),
    'ticket.take': deal(
      byCode,
      tickets.take,
      ({ code, reason }) => ({ title: `Take ${code}`, lines: plain(reason) }),
      ({ code }) => ({ title: `Ticket ${code}`, lines: 'Taken.', buttons: ticketButtons(code) }),
    ),
    'ticket.close': deal(
      byCode,
      tickets.close,
      ({ code, reason }) => ({
        title: `Close ${code}`,
        lines: [plain(reason), 'The chat is answered by the programme again.'],
      }),
      ({ code }) => ({ title: `Ticket ${code}`, lines: `${code} is closed.` }),
    ),
    'ticket.reply': deal(
      byCode.extend({ text: z.string().min(1).max(1500) }),
      tickets.reply,
      ({ code }, { text }) => ({ title: `Reply to ${code}`, lines: text }),
      ({ code }) => ({
        title: `Ticket ${code}`,
        lines: 'Your answer is on its way.',
        buttons: ticketButtons(code),
      }),
    ),
  };
}

function ticketButtons(code: string): readonly Button[] {
  return [
    { label: `Reply to ${code}`, does: { form: 'reply', given: { code } } },
    { label: `Close ${code}`, does: { deal: 'ticket.close', input: { code } } },
  ];
}
