import type { Result } from './row.ts';

/** One row as a person reads it: its figures, and what of it must be reached. */
export function lines(name: string, { what, figures, checks }: Result & { readonly what: string }): string[] {
  return [
    '',
    `${name.padEnd(10)} ${what}`,
    ...Object.entries(figures).map(([label, value]) => `${number(value).padStart(22)}  ${label}`),
    ...checks.map(
      (check) =>
        `${number(check.value).padStart(22)}  ${check.name}: must be ${check.relation} ${number(check.limit)}, ${check.ok ? 'reached' : 'NOT REACHED'}`,
    ),
  ];
}

function number(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 3;
  return value.toLocaleString('en', { maximumFractionDigits: digits });
}
