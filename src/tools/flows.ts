import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Flow } from '../engine/flow.ts';
import { releaseFlows } from '../release.ts';
import { makeFolder } from '../store/folder.ts';
import { checkAll, sayFinding } from './check.ts';
import { drawFlow } from './graph.ts';
import { print, type Say } from './locales.ts';
import { migrateLive } from './migrate.ts';
import { project } from './project.ts';
import { walkInParallel } from './walk/crowd.ts';
import type { Failure } from './walk/walk.ts';

/** `intumwa flows`: check, draw, walk, release and migrate the conversations. Answers an exit code. */
export async function run(args: string[], say: Say = print): Promise<number> {
  const [what = '', ...rest] = args;
  const command = commands[what];
  if (!command) {
    for (const line of usage) say.error(line);
    return 1;
  }
  try {
    return await command(rest, say);
  } catch (error) {
    if (!isExpected(error)) throw error;
    say.error(error.message);
    return 1;
  }
}

/** An unknown option, a folder that cannot be written; a bug keeps its trace. */
function isExpected(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && (error instanceof TypeError || 'syscall' in error);
}

const usage = [
  'flows check                        everything wrong with conversations and texts, one line each',
  'flows graph [FLOW] [--out FOLDER]  draws conversations as Mermaid flowcharts',
  'flows walk [--people 10000] [--seed 1] [--workers N] [--json]',
  'flows release                      records what every live version looks like, in flows/released.json',
  'flows migrate [--dry-run]          moves people from one version to the next, by flows/migrations.ts',
];

type Command = (args: string[], say: Say) => number | Promise<number>;
const commands: { readonly [what: string]: Command } = { check, graph, walk, release, migrate: migrateLive };

function check(_: string[], say: Say): number {
  const found = checkAll(project());
  for (const finding of found) say.error(sayFinding(finding));
  const { flows, words } = project();
  say.line(
    `${flows.length} conversations, ${words.keys('en').length} texts in three languages: ${found.length} problems`,
  );
  return found.length > 0 ? 1 : 0;
}

function graph(args: string[], say: Say): number {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { out: { type: 'string' } },
  });
  const [wanted] = positionals;
  const { flows } = project();
  const drawn = flows.filter(
    ({ id, version }) => wanted === undefined || id === wanted || `${id}@${version}` === wanted,
  );
  if (drawn.length === 0) {
    say.error(`there is no flow "${wanted}": ${[...new Set(flows.map(({ id }) => id))].join(', ')}`);
    return 1;
  }
  if (values.out === undefined) {
    for (const flow of drawn) say.line(`## ${nameOf(flow)}\n\n\`\`\`mermaid\n${drawFlow(flow)}\`\`\`\n`);
    return 0;
  }
  makeFolder(values.out);
  for (const flow of drawn) writeFileSync(join(values.out, `${nameOf(flow)}.mmd`), drawFlow(flow));
  say.line(`${drawn.length} drawn in ${values.out}`);
  return 0;
}

async function walk(args: string[], say: Say): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      people: { type: 'string', default: '10000' },
      seed: { type: 'string', default: '1' },
      workers: { type: 'string', default: String(Math.min(4, availableParallelism())) },
      json: { type: 'boolean', default: false },
    },
  });
  const [people, seed, workers] = [values.people, values.seed, values.workers].map(Number);
  if (!people || !workers || !Number.isInteger(seed) || seed === undefined) {
    say.error('--people and --workers are whole numbers from 1 on, --seed is one');
    return 1;
  }
  const walked = await walkInParallel({ people, seed, workers });
  const places = new Set([...walked.visited.keys()].map((place) => place.split('.').slice(0, 2).join('.')));
  if (values.json) {
    const { turns, failures } = walked;
    say.line(
      JSON.stringify({ ok: failures.length === 0, people, seed, turns, places: places.size, failures }),
    );
  } else {
    for (const failure of walked.failures) say.error(sayFailure(failure, seed));
    say.line(
      `${people} people, ${walked.turns} turns, ${places.size} places: ${walked.failures.length} failures (seed ${seed})`,
    );
  }
  return walked.failures.length > 0 ? 1 : 0;
}

function sayFailure({ kind, person, from, lang, channel, detail, trail }: Failure, seed: number): string {
  const head = `${kind}: person ${person} of seed ${seed}, ${from}, ${lang}, ${channel}: ${detail}`;
  return [head, ...trail.map((line) => `    ${line}`)].join('\n');
}

function release(_: string[], say: Say): number {
  const { flows, releasedFile } = project();
  const added = releaseFlows(flows, releasedFile);
  for (const name of added) say.line(`released ${name}`);
  if (added.length === 0) say.line('nothing new');
  return 0;
}

function nameOf({ id, version }: Flow): string {
  return `${id}@${version}`;
}
