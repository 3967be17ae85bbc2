import { openGates } from '../../domain/gates.ts';
import type { Assignment, GateCode } from '../../domain/model.ts';

/** What an assignment waits for. `waits` names whose turn it is; a step of the coordinators' own has a button. */
export type NextStep =
  | { readonly step: 'answers'; readonly waits: readonly ('member' | 'focal' | 'director')[] }
  | { readonly step: 'contract' }
  | { readonly step: 'gates'; readonly open: readonly GateCode[] }
  | { readonly step: 'itinerary' }
  | { readonly step: 'confirm_itinerary' }
  | { readonly step: 'readiness' }
  | { readonly step: 'decide' }
  | { readonly step: 'resume' }
  | { readonly step: 'journey' | 'first_day' | 'mission' | 'nothing' };

/** The next sensible step, as a newcomer would want to be told. */
export function nextStep(assignment: Assignment): NextStep {
  const { status, focalYesAt, gates, travel, readiness } = assignment;
  const host = focalYesAt === null ? 'focal' : 'director';
  switch (status) {
    case 'proposed':
      return { step: 'answers', waits: ['member', host] };
    case 'host_accepted':
      return { step: 'answers', waits: ['member'] };
    case 'member_accepted':
      return { step: 'answers', waits: [host] };
    case 'agreed':
      return { step: 'contract' };
    case 'hold':
      return { step: 'resume' };
    case 'clearing': {
      const open = openGates(gates);
      const own = open.filter((gate) => !byThemselves.includes(gate));
      if (open.includes('G9') && travel && ['empty', 'changed'].includes(travel.status))
        return { step: 'itinerary' };
      if (own.length > 0) return { step: 'gates', open: own };
      if (open.includes('G9')) return { step: 'confirm_itinerary' };
      if (open.includes('G10') && readiness) return { step: 'readiness' };
      return { step: 'decide' };
    }
    case 'ready_to_travel':
    case 'travelling':
      return { step: 'journey' };
    case 'arrived':
      return { step: 'first_day' };
    case 'on_mission':
      return { step: 'mission' };
    default:
      return { step: 'nothing' };
  }
}

/** Turned by the member's word on the journey and by the director's on the checklist. */
const byThemselves: readonly GateCode[] = ['G9', 'G10'];
