/** `Aline Uwase` → `Aline U.`: what may be shown of a person in Slack. */
export function shortName(name: string | null): string {
  const [first, ...others] = (name ?? '').trim().split(/\s+/).filter(Boolean);
  const last = others.at(-1);
  if (first === undefined) return '—';
  return last === undefined ? first : `${first} ${last.slice(0, 1)}.`;
}
