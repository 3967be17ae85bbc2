import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { commands } from '../../src/coordinator/commands.ts';

const manifest = JSON.parse(
  readFileSync(new URL('../../docs/slack-manifest.json', import.meta.url), 'utf8'),
) as {
  display_information: { name: string; description: string };
  features: { slash_commands: { command: string; description: string; url: string }[] };
};

test('the manifest for a real workspace offers every command that the product answers', () => {
  const offered = manifest.features.slash_commands.map(({ command }) => command.slice(1));
  expect([...offered].sort()).toEqual(Object.keys(commands).sort());
});

test('it keeps Slack’s limits', () => {
  expect(manifest.display_information.name.length).toBeLessThanOrEqual(35);
  expect(manifest.display_information.description.length).toBeLessThanOrEqual(140);
});
