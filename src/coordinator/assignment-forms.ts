import type { Desk } from '../app/desk/desk.ts';
import { type GateCode, gateCodes } from '../domain/model.ts';
import { context, dateInput, input, select, textInput } from './blocks.ts';
import { type Forms, named, scopes } from './form.ts';
import { readLegs, readPickup } from './legs.ts';
import { gateNames } from './words.ts';

/** An offer, its gates and its journey; and the answer to a ticket. */
export function assignmentForms({ see }: Desk): Forms {
  return {
    offer: {
      title: 'Offer a post',
      first: 'member',
      at: {
        unknown_need: 'need',
        need_not_open: 'need',
        wrong_profession: 'need',
        mission_not_open: 'need',
        outside_post: 'from',
        too_short: 'to',
        too_long: 'to',
        not_available: 'from',
        overlap: 'from',
        too_soon: 'from',
        licence: 'scope',
      },
      fields: async (given) => [
        input('member', 'Member', textInput(given['member'], { max: 20 }), { hint: 'D-00001' }),
        input('need', 'Need', textInput(given['need'], { max: 20 }), { hint: 'N-0001' }),
        input('from', 'First day', dateInput(given['from'])),
        input('to', 'Last day', dateInput(given['to'])),
        input('scope', 'Scope', select(scopes, given['scope'] ?? 'teaching_only')),
      ],
      read: (values) => ({
        deal: 'offer.make',
        input: {
          member: String(values['member'] ?? '')
            .trim()
            .toUpperCase(),
          need: String(values['need'] ?? '')
            .trim()
            .toUpperCase(),
          from: values['from'],
          to: values['to'],
          scope: values['scope'],
        },
      }),
    },

    gates: {
      title: 'Gates',
      first: 'note',
      async fields({ code = '' }, actor) {
        const assignment = await see.assignment(code, actor);
        if (!assignment) return null;
        const settable = gateCodes.filter(
          (gate) => !['not_needed', 'waived'].includes(assignment.gates[gate].state),
        );
        return [
          context(
            `${code}: G9 turns green when the member confirms the itinerary, G10 when the director confirms readiness.`,
          ),
          ...settable.map((gate) =>
            input(gate, `${gate} ${gateNames[gate]}`, select(gateStates, assignment.gates[gate].state)),
          ),
          input('note', 'Note', textInput(undefined, { max: 280 }), { optional: true }),
        ];
      },
      read(values, { code }) {
        const gates: { [gate in GateCode]?: unknown } = {};
        for (const gate of gateCodes) if (values[gate] !== undefined) gates[gate] = values[gate];
        return {
          deal: 'gate.set',
          input: { code, gates, ...(values['note'] !== undefined && { note: values['note'] }) },
        };
      },
    },

    travel: {
      title: 'Journey',
      first: 'legs',
      async fields({ code = '', legs, pickup, lodging }, actor) {
        const assignment = await see.assignment(code, actor);
        if (!assignment) return null;
        const known = assignment.travel?.legs
          .map(({ number, from, to, departs, arrives }) => `${number} ${from}-${to} ${departs} ${arrives}`)
          .join('\n');
        return [
          context(`${code}: first working day ${assignment.startsOn}. Times are local to each airport.`),
          input('legs', 'Legs, one a line', textInput(legs ?? known, { lines: true, max: 600 }), {
            hint: 'SN465 BRU-KGL 2027-05-01T10:45 2027-05-01T20:05',
          }),
          input('pickup_name', 'Pick-up: name', textInput(pickup && readPickup(pickup)?.name, { max: 80 }), {
            optional: true,
          }),
          input(
            'pickup_phone',
            'Pick-up: phone',
            textInput(pickup && readPickup(pickup)?.phone, { max: 20 }),
            { optional: true },
          ),
          input('lodging', 'First night’s lodging', textInput(lodging, { max: 200 }), { optional: true }),
        ];
      },
      read(values, { code }) {
        const lines = String(values['legs'] ?? '')
          .split('\n')
          .filter((line) => line.trim() !== '');
        const legs = readLegs(lines.join('\n'));
        // A line that could not be read must not be lost from a journey in silence.
        if (legs.length === 0 || legs.length !== lines.length)
          return { errors: { legs: 'Each leg looks like: SN465 BRU-KGL 2027-05-01T10:45 2027-05-01T20:05' } };
        const { pickup_name: name, pickup_phone: phone } = values;
        if ((name === undefined) !== (phone === undefined))
          return { errors: { pickup_phone: 'A pick-up needs a name and a phone.' } };
        const met = name === undefined ? null : readPickup(`${name}, ${phone}`);
        if (name !== undefined && !met)
          return { errors: { pickup_phone: 'A telephone number, such as +250788000000.' } };
        const pickup = met;
        return { deal: 'travel.propose', input: { code, legs, pickup, lodging: values['lodging'] ?? null } };
      },
    },

    reply: {
      title: 'Reply',
      first: 'text',
      fields: async ({ code = '', text }, actor) =>
        (await see.ticket(code, actor))
          ? [
              input('text', `Your answer to ${code}`, textInput(text, { lines: true, max: 1500 }), {
                hint: 'The person reads it in the chat.',
              }),
            ]
          : null,
      read: (values, { code }) => ({ deal: 'ticket.reply', input: { code, text: values['text'] } }),
    },
  };
}

const gateStates = named(['open', 'in_progress', 'green', 'red']);
