/** What somebody reads who is asked for a permission. */
import { describe, expect, test } from 'vitest';
import {
  capabilities,
  namedKinds,
  permissionExample,
  permissionFor,
  readPermission,
  rights,
} from '../../../src/permission-name.ts';
import type { Permission } from '../../../src/permission-name.ts';
import { permissionSentence, permissionWords } from '../../../src/report/permission-words.ts';

describe('a permission in words', () => {
  test.each<[Permission, string]>([
    ['container:my-db', 'reads and uses your container my-db'],
    ['registry:ghcr.io', 'gets images from the registry ghcr.io, sends some there, and logs in'],
    ['address:10.0.0.5:80', 'asks the address 10.0.0.5:80'],
    [
      'capability:NET_ADMIN',
      'gives containers the capability NET_ADMIN: change network interfaces, routes and firewall rules',
    ],
    ['host-network', "uses the network of the engine's machine itself, and may ask every port there"],
  ])('%s: it %s', (permission, words) => {
    expect(permissionWords(permission)).toBe(words);
    expect(permissionSentence(permission)).toBe(`${permission}: it ${words}.`);
  });

  test('are others for each', () => {
    const named = namedKinds.map((kind) => permissionFor(kind, 'x'));
    const all = [...rights, ...named, ...capabilities.map((one) => permissionFor('capability', one))];
    const words = all.map(permissionWords);
    expect(new Set(words).size).toBe(all.length);
    for (const one of words) expect(one).toMatch(/^[a-z][ -~]+[^.]$/);
  });

  test('names what it is for, and drives no terminal', () => {
    for (const kind of namedKinds) expect(permissionWords(permissionFor(kind, 'x-1')).toLowerCase()).toContain('x-1');
    expect(permissionWords(`container:\u001b[2Ja\u202eb\nc`)).toBe('reads and uses your container ab c');
    expect(readPermission(`container:\u001b[2Ja`)).toBeUndefined();
  });
});

test('the page of permissions says what is asked', async () => {
  const row = (permission: Permission): string => `- \`${permission}\`: ${permissionWords(permission)}.`;
  const lines = [
    '# Permissions',
    '',
    'A lesson acts on what its run made, and on images that its `requires.images` name. Whatever else it reaches for, to read it',
    'too, it names in its file:',
    '',
    '```yaml',
    'requires:',
    "  permissions: [host-network, 'container:my-db']",
    '```',
    '',
    'Before the first step the learner is asked for all of them, and the answer is no unless somebody says yes. Where there is',
    'no terminal, and with `--yes`, the run ends with exit code 4 before anything is done, unless each was given:',
    '`docker-tutor run ./lesson --allow container:my-db`. `docker-tutor author lint` names what a lesson needs, and what it asks',
    'for and does not need. In a name, `{{variable}}` stands for a value of `vars`; where that is empty, nothing is asked for.',
    '',
    'This page is made from the source: `npx vitest run --project pure test/unit/report/permission-words.test.ts --update`',
    'writes it anew.',
    '',
    '## It',
    '',
    ...rights.map(row),
    ...namedKinds.map(permissionExample).map(row),
  ];
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('../../../docs/permissions.md');
});
