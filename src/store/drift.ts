import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { filters, readMigrations } from './migrate.ts';
import { withSchemaEngine } from './schema-engine.ts';

/**
 * The SQL that leads from what the migrations make to what `prisma/schema.prisma` describes; empty when
 * they agree. `shadowUrl` is an empty database, which is left with the migrations' tables in it.
 */
export async function schemaDrift(shadowUrl: string): Promise<string> {
  const schema = readFileSync(schemaPath, 'utf8');
  const { stdout } = await withSchemaEngine({ url: shadowUrl, shadowUrl, schema }, (engine) =>
    engine.diff({
      from: { tag: 'migrations', ...readMigrations() },
      to: { tag: 'schemaDatamodel', files: [{ path: schemaPath, content: schema }] },
      script: true,
      exitCode: null,
      filters,
    }),
  );
  const sql = stdout?.trim() ?? '';
  return sql.includes('This is an empty migration') ? '' : sql;
}

export const schemaPath = fileURLToPath(new URL('../../prisma/schema.prisma', import.meta.url));
