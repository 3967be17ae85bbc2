import pg from 'pg';

type Query = { readonly name?: string; readonly text: string; readonly values?: unknown[] };
type Result = { rows: { [column: string]: unknown }[] };
type Run = (query: Query) => Promise<Result>;

/**
 * Puts something between the product and one of its named statements, in all its sizes (`claim_24`). For builds that are
 * broken on purpose only.
 */
export function alter(name: string, instead: (query: Query, run: Run) => Promise<Result>): void {
  const { prototype } = pg.Pool;
  // One of several forms of a call that pg types; the product's named statements all take this one.
  const query = prototype.query as unknown as (this: unknown, ...args: unknown[]) => Promise<Result>;
  function altered(this: unknown, ...args: unknown[]): Promise<Result> {
    const [first] = args;
    const asked = typeof first === 'object' && first !== null ? (first as Query) : null;
    if (asked?.name?.replace(/_\d+(_\w+)?$/, '') !== name) return query.apply(this, args);
    return instead(asked, (changed) => query.call(this, changed));
  }
  prototype.query = altered as unknown as typeof prototype.query;
}
