import type { Migration } from '../src/engine/migration.ts';

/** From one version of a conversation to the next, for people who are in the middle of it; see docs/flows.md. */
export const migrations: readonly Migration[] = [];
