/** What may be permitted, each in one spelling, and what is said of a text that is no permission. */
import { describe, expect, test } from 'vitest';
import {
  capabilities,
  namedBy,
  namedKinds,
  permissionForm,
  readPermission,
  rights,
  whyNoPermission,
} from '../../src/permission-name.ts';

const inFile = new RegExp(permissionForm('<[a-z]+>'));
const nameOf = (kind: (typeof namedKinds)[number]): string =>
  kind === 'capability' ? 'NET_ADMIN' : kind === 'address' || kind === 'image' ? 'x:1' : 'x';

test.each<readonly [string, string]>([
  ...rights.map((right) => [right, right] as const),
  ...namedKinds.map((kind) => [`${kind}:${nameOf(kind)}`, `${kind}:${nameOf(kind)}`] as const),
  ...capabilities.map((one) => [`capability:CAP_${one}`, `capability:${one}`] as const),
  ['image:web', 'image:web:latest'],
  ['image:docker.io/library/web:1', 'image:web:1'],
  ['image:localhost:5000/web', 'image:localhost:5000/web:latest'],
  [`image:web@sha256:${'a'.repeat(64)}`, `image:web@sha256:${'a'.repeat(64)}`],
  [`image:sha256:${'a'.repeat(64)}`, `image:${'a'.repeat(64)}`],
  ['registry:Registry.Example:5000', 'registry:registry.example:5000'],
  ['registry:index.docker.io', 'registry:docker.io'],
  ['registry:[::1]:5000', 'registry:[::1]:5000'],
  ['address:LOCALHOST:80', 'address:localhost:80'],
  ['address:[FE80::1]:65535', 'address:[fe80::1]:65535'],
  ['container:Web', 'container:Web'],
  ['driver:vieux/sshfs:latest', 'driver:vieux/sshfs:latest'],
  ['runtime:io.containerd.runc.v2', 'runtime:io.containerd.runc.v2'],
])('%s is %s', (text, spelled) => {
  expect(readPermission(text)).toBe(spelled);
  expect(readPermission(spelled)).toBe(spelled);
  expect(text).toMatch(inFile);
  expect(spelled).toMatch(inFile);
});

const needsAName = (kind: string): string => `a permission for a ${kind} names it: ${kind}:`;

describe('none is', () => {
  test.each<readonly [string, string]>([
    ['', 'is no permission; one is host-network,'],
    ['all', 'is no permission'],
    ['PRIVILEGED', 'did you mean privileged?'],
    ['priviledged', 'did you mean privileged?'],
    ['host_network', 'did you mean host-network?'],
    ['contianer:my-db', 'did you mean container:my-db?'],
    ['Container:my-db', 'did you mean container:my-db?'],
    ['volum', 'did you mean volume:NAME?'],
    ['folder:/etc', 'is no permission'],
    ['privileged:web', 'did you mean privileged?'],
    [':x', 'is no permission'],
    ...namedKinds.flatMap((kind) => [[kind, needsAName(kind)] as const, [`${kind}:`, needsAName(kind)] as const]),
    ['container: x', 'names no container; write it as in container:my-db'],
    ['container:-rf', 'names no container'],
    ['container:a,b', 'names no container'],
    ['container:a b', 'names no container'],
    ['network:$(id)', 'names no network'],
    ['volume:\u202e', 'names no volume'],
    ['volume:a\nb', 'names no volume'],
    ['image:Web', 'names no image'],
    ['image:web:', 'names no image'],
    ['image:https://web', 'names no image'],
    ['registry:https://ghcr.io', 'names no registry; write it as in registry:ghcr.io'],
    ['registry:ghcr.io/mine', 'names no registry'],
    ['registry:ghcr.io:0', 'names no registry'],
    ['address:localhost', 'names no address; write it as in address:10.0.0.5:80'],
    ['address:localhost:65536', 'names no address'],
    ['address:user@localhost:80', 'names no address'],
    ['capability:NET_ADMN', 'did you mean capability:NET_ADMIN?'],
    ['capability:net_admn', 'did you mean capability:NET_ADMIN?'],
    ['capability:ALL', 'names no capability'],
    [`container:${'a'.repeat(255)}`, 'has 255 characters at the most'],
  ])('%j: %s', (text, why) => {
    expect(readPermission(text)).toBeUndefined();
    expect(whyNoPermission(text)).toContain(why);
  });
});

test('one that names something is told in its parts, a right is not', () => {
  expect(namedBy('address:localhost:80')).toEqual({ kind: 'address', name: 'localhost:80' });
  expect(namedBy('privileged')).toBeUndefined();
});
