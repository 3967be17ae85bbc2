import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lang } from '../engine/message.ts';
import { fileOf } from './review.ts';
import type { Accepted } from './review-sheet.ts';

type Tree = { [name: string]: string | Tree };

/** Puts reviewed texts into `locales/<lang>/` and their reviews into `review.json`, leaving all else as it stands. */
export function writeReviewed(folder: string, lang: Lang, accepted: readonly Accepted[]): void {
  const files = new Map<string, Accepted[]>();
  for (const one of accepted) files.set(fileOf(one.key), [...(files.get(fileOf(one.key)) ?? []), one]);
  for (const [name, texts] of files) {
    const path = join(folder, lang, `${name}.json`);
    const tree = readTree(path);
    for (const { key, text } of texts) put(tree, key.slice(name.length + 1).split('.'), text);
    writeTree(path, tree);
  }
  const path = join(folder, 'review.json');
  const review = readTree(path);
  const own = (review[lang] ?? {}) as { [key: string]: unknown }; // as src/locale.ts reads it
  for (const { key, review: reviewed } of accepted) own[key] = { state: 'attested', reviewed };
  writeTree(path, { ...review, [lang]: own as Tree });
}

function put(tree: Tree, path: readonly string[], text: string): void {
  const [name = '', ...rest] = path;
  const inner = tree[name];
  if (rest.length === 0) tree[name] = text;
  else if (typeof inner === 'object') put(inner, rest, text);
  else throw new Error(`${path.join('.')} is no place in this file`);
}

function readTree(path: string): Tree {
  return JSON.parse(readFileSync(path, 'utf8')) as Tree; // src/locale.ts has read it before
}

/** Whole or not at all: a translator's work of days is in these files. */
function writeTree(path: string, tree: Tree): void {
  writeFileSync(`${path}.new`, `${JSON.stringify(tree, null, 2)}\n`);
  renameSync(`${path}.new`, path);
}
