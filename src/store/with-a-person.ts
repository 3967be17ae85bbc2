import type pg from 'pg';
import { reachable } from './away.ts';

/**
 * Lets go what was held for a ticket that is not open any more; answers how many. The ticket's own transaction does so
 * (a trigger), but cannot see a message that is being held at the very same moment.
 */
export function releaseFromPerson(db: Pick<pg.Pool, 'query'>, now: Date): Promise<number> {
  return reachable(async () => {
    const { rows } = await db.query<{ released: number }>({
      name: 'release_from_person',
      text: 'SELECT release_from_person(NULL, $1) AS released',
      values: [now],
    });
    return rows[0]?.released ?? 0;
  });
}
