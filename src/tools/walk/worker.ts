import { createProgram } from '../../program.ts';
import { project } from '../project.ts';
import type { Part } from './crowd.ts';
import { walkFlows } from './walk.ts';

/** One process's share of a crowd. */
const work = JSON.parse(process.argv[2] ?? '') as Part; // written by crowd.ts
const { flows, words } = project();
process.send?.(walkFlows({ program: createProgram(words), words, flows, ...work }));
