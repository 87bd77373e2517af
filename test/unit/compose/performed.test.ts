/** The page that says what of docker compose is performed, and what is not, is made from the tables themselves. */
import { describe, expect, test } from 'vitest';
import { composeFlags, composeRows } from '../../../src/command/tables/compose.ts';
import type { CommandRow, FlagRow } from '../../../src/command/table.ts';
import { ignored, ignoredOfBuild } from '../../../src/compose/file/service/ignored.ts';
import { swarmOnly } from '../../../src/compose/file/service/deploy.ts';
import { serviceKeys } from '../../../src/compose/file/service/keys.ts';
import { config } from './drive.ts';

type Flags = Readonly<Record<string, FlagRow>>;

function refusedFlags(flags: Flags): readonly (readonly [string, string])[] {
  return Object.entries(flags).flatMap(([name, { refused }]) => (refused === undefined ? [] : [[name, refused]]));
}

function commandLine(row: CommandRow): string {
  const name = row.name.replace('compose ', '');
  if (row.refused !== undefined) return `| \`${name}\` | no | ${row.refused} |`;
  const without = refusedFlags(row.flags as Flags).map(([flag, why]) => `\`--${flag}\` (${why})`);
  return `| \`${name}\` | yes | ${without.length === 0 ? '' : `without ${without.join(', ')}`} |`;
}

test('the page of Compose says what is performed', async () => {
  const lines = [
    '# Compose: what is performed, and what is not',
    '',
    'docker-tutor performs `docker compose` itself, on the Engine API. It reads files as Docker Compose v2 does: each value',
    'of a wrong type, each key that is not known and each name that leads nowhere is refused, in its words and with the',
    'line. What is left aside is said when the command runs.',
    '',
    'This page is made from the source: `npx vitest run --project pure test/unit/compose/performed.test.ts --update` writes',
    'it anew.',
    '',
    '## Commands',
    '',
    '| command | performed | |',
    '|---|---|---|',
    ...composeRows.map(commandLine).sort(),
    '',
    'Options before the command are all read, but for these:',
    '',
    ...refusedFlags(composeFlags() as Flags).map(([name, why]) => `- \`--${name}\`: ${why}.`),
    '',
    '## Keys of a service',
    '',
    'All keys of the Compose specification are read and checked. These count for nothing here:',
    '',
    ...Object.entries(ignored).map(([key, why]) => `- \`${key}\` ${why}.`),
    ...Object.entries(ignoredOfBuild).map(([key, why]) => `- \`build.${key}\` ${why}.`),
    ...swarmOnly.map((key) => `- \`deploy.${key}\` is for a swarm.`),
  ];
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('../../../docs/compose.md');
});

describe('what counts for nothing', () => {
  test('is a key that compose knows', () => {
    for (const key of Object.keys(ignored)) expect(serviceKeys()).toContain(key);
  });

  test('is told when the file is used', () => {
    const { stderr } = config(
      'services: {a: {image: x, use_api_socket: true, post_start: [{command: x}], build: {context: ., no_cache_filter: [x]}, deploy: {endpoint_mode: vip}}}',
    );
    for (const key of ['use_api_socket', 'post_start', 'build.no_cache_filter', 'deploy.endpoint_mode'])
      expect(stderr).toMatch(new RegExp(`services\\.a\\.${key} .* it is ignored`));
  });
});
