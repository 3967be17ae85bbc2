/** `npm run migration -- <name>`: writes the migration from what the migrations make to what the schema says. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { schemaDrift } from './store/drift.ts';
import { openEmbedded } from './store/embedded.ts';
import { migrationsFolder } from './store/migrate.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);
const name = process.argv.slice(2).join('_').toLowerCase().replace(/\W+/g, '_');
if (name === '') {
  say('How shall it be called? For example: npm run migration -- add_mission_notes');
  process.exit(1);
}

const dataDir = mkdtempSync(join(tmpdir(), 'intumwa-migration-'));
chmodSync(dataDir, 0o711); // under root, the server's user walks through it
const server = await openEmbedded({ dataDir, log: say, durable: false });
try {
  const sql = await schemaDrift(server.url);
  if (sql === '') {
    say('The schema and the migrations agree: nothing to write.');
  } else {
    const folder = join(
      migrationsFolder,
      `${new Date().toISOString().replace(/\D/g, '').slice(0, 14)}_${name}`,
    );
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'migration.sql'), `${sql}\n`);
    say(`Written: ${join(folder, 'migration.sql')}. Read it before you keep it.`);
  }
} finally {
  await server.stop();
  rmSync(server.where, { recursive: true, force: true });
  rmSync(dataDir, { recursive: true, force: true });
}
