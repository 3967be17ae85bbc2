import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

test.each([
  ['an option that there is not', ['chaos', '--bogus'], "Unknown option '--bogus'"],
  ['an option without its value', ['bench', '--only'], "Option '--only <value>' argument missing"],
])(
  '%s is answered with one line',
  (_, args, line) => {
    const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'src/cli.ts', ...args], {
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    expect(stderr).toContain(line);
    expect(stderr).not.toContain('    at ');
  },
  30_000,
);
