/** What docker takes as not given: some flags whose value is empty, as of `--cidfile "$NOTHING"`. */
import { expect, it } from 'vitest';
import { parseCommand } from '../../../src/command/parse.ts';

it.each([
  ['ps -f ""', 'filter', []],
  ['ps -f "" -f name=web', 'filter', [{ key: 'name', value: 'web' }]],
  ['run --cidfile "" alpine', 'cidfile', undefined],
  ['run --cidfile id --cidfile "" alpine', 'cidfile', undefined],
  ['run --mac-address "" alpine', 'mac-address', undefined],
  ['build -f "" .', 'file', undefined],
  ['build --iidfile "" .', 'iidfile', undefined],
  ['build --cache-to "" .', 'cache-to', []],
  ['build --secret "" .', 'secret', []],
  ['build --ssh "" .', 'ssh', []],
  ['build --add-host "" .', 'add-host', []],
  ['build --build-context "" .', 'build-context', []],
])('docker %s: %s is %j', (line, flag, value) => {
  const { flags } = parseCommand(`docker ${line}`);
  expect((flags as Readonly<Record<string, unknown>>)[flag]).toEqual(value);
});
