/** Opens the embedded database on the folder given, prints where it is, and lives until it is killed. */
import { openEmbedded } from '../../src/store/embedded.ts';

const dataDir = process.argv[2] ?? '';
const { url } = await openEmbedded({ dataDir, log: () => {} });
process.stdout.write(`${url}\n`);
setInterval(() => {}, 60_000);
