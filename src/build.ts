/** `npm run build`: compiles to dist/ and puts beside it the files that the compiler leaves behind. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, lstatSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureGenerated } from './store/generate.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const dist = join(root, 'dist');

await ensureGenerated();
rmSync(dist, { recursive: true, force: true });
const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
const { status } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
});
if (status !== 0) process.exit(status ?? 1);

for (const folder of ['src', 'flows', 'locales', 'prisma']) {
  if (!existsSync(join(root, folder))) continue;
  cpSync(join(root, folder), join(dist, folder), { recursive: true, filter: isAsset });
}

function isAsset(path: string): boolean {
  return lstatSync(path).isDirectory() ? !path.endsWith('generated') : !/\.tsx?$/.test(path);
}
