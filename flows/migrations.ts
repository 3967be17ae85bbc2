import type { Migration } from '../src/engine/migration.ts';

/** From one version of a conversation to the next, for people who are in the middle of it; see docs/flows.md. */
export const migrations: readonly Migration[] = [
  // Whoever is asked for the hours has had no delay recorded yet: asked again, the new version records it first.
  {
    flow: 'arrival',
    from: 1,
    to: 2,
    steps: { late: 'answer' },
    answers: () => ({}),
  },
];
