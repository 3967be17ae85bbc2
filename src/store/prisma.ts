import { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';
import { PrismaClient } from './generated/client.ts';

/** Prisma over the product's own pool, for every query that is not on a turn's way. */
export function openPrisma(db: pg.Pool): PrismaClient {
  // The pool is ours to close.
  return new PrismaClient({ adapter: new PrismaPg(db, { disposeExternalPool: false }) });
}
