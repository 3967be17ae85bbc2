import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makeFolder } from '../../src/store/folder.ts';

function emptyFolder(): string {
  const path = mkdtempSync(join(tmpdir(), 'intumwa-folder-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

test('a folder is made with those above it, and one that is there is left as it is', () => {
  const path = join(emptyFolder(), 'a', 'b');
  makeFolder(path, 0o700);
  makeFolder(path, 0o711);
  expect(statSync(path).mode & 0o777).toBe(0o700);
});

test('a file where a folder is wanted throws', () => {
  const file = join(emptyFolder(), 'file');
  writeFileSync(file, '');
  expect(() => makeFolder(file)).toThrow('EEXIST');
  expect(() => makeFolder(join(file, 'below'))).toThrow('ENOTDIR');
});

test.skipIf(!existsSync('/proc/self'))('where nothing can be made it throws, and does not hang', () => {
  expect(() => makeFolder('/proc/nothing/here')).toThrow('ENOENT');
});
