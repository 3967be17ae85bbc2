import type { Need } from '../engine/flow.ts';
import type { Table } from './model.ts';

/** New ids, and the codes shown to people where the table has them, as the need `fresh` finds them. */
export type Fresh = {
  readonly [table in Table]?: readonly number[];
} & { readonly codes?: { readonly [table in Table]?: readonly string[] } };

/** The need for so many new rows of each table. */
export function freshNeed(counts: { readonly [table in Table]?: number }): Need {
  return { query: 'fresh', args: counts };
}

/** The id of the n-th new row. Throws when the step forgot to ask for it, which is a bug of the flow. */
export function freshId(fresh: Fresh | undefined, table: Table, n = 0): number {
  const id = fresh?.[table]?.[n];
  if (id === undefined)
    throw new Error(`a command needs a new id for ${table} that its step did not ask for`);
  return id;
}

/** The code of the n-th new row, such as `D-00231`. Throws like {@link freshId}. */
export function freshCode(fresh: Fresh | undefined, table: Table, n = 0): string {
  const code = fresh?.codes?.[table]?.[n];
  if (code === undefined)
    throw new Error(`a command needs a new code for ${table} that its step did not ask for`);
  return code;
}
