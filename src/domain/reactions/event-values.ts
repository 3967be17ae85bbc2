import type { Param, Params } from '../../engine/message.ts';
import type { DomainEvent, HostContact, Intent, Value } from '../model.ts';

/** Reading what an event about an assignment carries, and addressing those at the hospital who should hear of it. */
type Data = DomainEvent['data'];

export function word(data: Data, name: string): string {
  const value = data[name];
  return typeof value === 'string' ? value : '';
}

export function number(data: Data, name: string): number {
  const value = data[name];
  return typeof value === 'number' ? value : 0;
}

export function words(value: Value | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

/** Code, place and days: what every text to a hospital begins with. */
export function placeAndDays(data: Data): Params {
  return {
    code: word(data, 'code'),
    hospital: word(data, 'hospital'),
    department: word(data, 'department'),
    from: { date: word(data, 'startsOn') },
    to: { date: word(data, 'endsOn') },
    scope: { key: `placement.scopes.${word(data, 'scope')}` },
  };
}

/** The short names of checklist items, one line each. */
export function itemLines(data: Data, name = 'items'): { readonly lines: readonly Param[] } {
  return { lines: words(data[name]).map((code) => ({ key: `readiness.short.${code}` })) };
}

export function toHospital(
  data: Data,
  roles: readonly HostContact['role'][],
  key: string,
  params: Params,
  opens?: { readonly flow: string; readonly step: string; readonly item?: string },
): Intent {
  const to = { kind: 'hospital', hospitalId: number(data, 'hospitalId'), roles } as const;
  if (!opens) return { kind: 'message', to, key, params };
  const { flow, step, item } = opens;
  const about = { assignmentId: number(data, 'assignmentId'), ...(item && { item }) };
  return { kind: 'message', to, key, params, opens: { flow, step, data: about } };
}

export function toCoordinators(key: string, params: Params): Intent {
  return { kind: 'message', to: { kind: 'coordinators' }, key, params };
}
