/** One spelling for each permission. */
import { expect, test } from 'vitest';
import { namedKinds, readPermission, rights } from '../../src/permission-name.ts';

test.each<readonly [string, string]>([
  ...rights.map((right) => [right, right] as const),
  ...namedKinds.map((kind) => [`${kind}:x:1`, kind === 'capability' ? `${kind}:X:1` : `${kind}:x:1`] as const),
  ['image:web', 'image:web:latest'],
  ['image:docker.io/library/web:1', 'image:web:1'],
  [`image:sha256:${'a'.repeat(64)}`, `image:${'a'.repeat(64)}`],
  ['capability:cap_net_admin', 'capability:NET_ADMIN'],
  ['registry:Registry.Example:5000', 'registry:registry.example:5000'],
  ['address:LOCALHOST:80', 'address:localhost:80'],
  ['container:Web', 'container:Web'],
])('%s is %s', (text, spelled) => {
  expect(readPermission(text)).toBe(spelled);
  expect(readPermission(spelled)).toBe(spelled);
});

test.each(['', 'all', 'PRIVILEGED', 'container', 'container:', 'container: x', 'volume:\u202e', 'folder:/etc', ':x'])(
  '%j is none',
  (text) => {
    expect(readPermission(text)).toBeUndefined();
  },
);
