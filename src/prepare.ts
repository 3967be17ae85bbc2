/** Loaded before an entry point that runs from sources: makes what the sources import and git does not keep. */
import { ensureGenerated } from './store/generate.ts';

await ensureGenerated();
