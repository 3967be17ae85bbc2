process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath; // or the CLI downloads an engine that nothing here uses

process.env.CHECKPOINT_DISABLE ??= '1'; // nor does it need to tell Prisma about every start

import { defineConfig } from 'prisma/config';

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
});
