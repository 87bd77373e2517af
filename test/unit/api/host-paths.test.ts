/** Which paths of the engine's machine a request has mounted, and which of them others could change. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { belowWritable, hostPathsIn, withHostPaths } from '../../../src/api/host-paths.ts';
import type { HostPath } from '../../../src/api/host-paths.ts';
import type { JsonObject } from '../../../src/api/request.ts';

const binds = (...Binds: string[]): JsonObject => ({ HostConfig: { Binds } });
const mounts = (...Mounts: JsonObject[]): JsonObject => ({ HostConfig: { Mounts } });
const options = (o: string): JsonObject => ({ type: 'nfs', o, device: '/w/x' });

describe('paths of the host in', () => {
  test.each<[string, JsonObject, readonly HostPath[]]>([
    ['a bind', binds('/w/x:/x'), [{ path: '/w/x', writable: true }]],
    ['a bind to be read', binds('/w/x:/x:z,ro'), [{ path: '/w/x', writable: false }]],
    ['a bind of a Windows folder', binds('C:\\w\\x:/x:ro'), [{ path: 'C:\\w\\x', writable: false }]],
    ['a target called ro', binds('/w/x:/ro'), [{ path: '/w/x', writable: true }]],
    ['a named volume, and one without a name', binds('data:/x', '/x'), []],
    ['a mount', mounts({ Type: 'bind', Source: '/w/x' }), [{ path: '/w/x', writable: true }]],
    [
      'a mount to be read',
      mounts({ Type: 'bind', Source: '/w/x', ReadOnly: true }),
      [{ path: '/w/x', writable: false }],
    ],
    ['a mounted volume', mounts({ Type: 'volume', Source: 'data', Target: '/x' }), []],
    [
      'the options of a mounted volume',
      mounts({ Type: 'volume', VolumeOptions: { DriverConfig: { Options: options('ro,bind') } } }),
      [{ path: '/w/x', writable: true }],
    ],
    ['the options of a volume', { DriverOpts: options('rbind') }, [{ path: '/w/x', writable: true }]],
    ['the options of a volume elsewhere', { DriverOpts: options('addr=10.0.0.1,rw') }, []],
    [
      'a service',
      { TaskTemplate: { ContainerSpec: { Mounts: [{ Type: 'bind', Source: '/w/x' }] } } },
      [{ path: '/w/x', writable: true }],
    ],
    ['a body that mounts nothing', { Image: 'busybox', HostConfig: { Binds: null } }, []],
  ])('%s', (_, body, found) => {
    expect(hostPathsIn(body)).toEqual(found);
    // and is put back where it was
    expect(withHostPaths(body, ({ path }) => path)).toEqual(body);
    expect(hostPathsIn(withHostPaths(body, ({ path }) => `${path}/real`))).toEqual(
      found.map((one) => ({ ...one, path: `${one.path}/real` })),
    );
  });
});

const rw = (path: string): HostPath => ({ path, writable: true });
const ro = (path: string): HostPath => ({ path, writable: false });

test.each<[string, readonly HostPath[], unknown]>([
  ['below a writable folder', [rw('/w'), ro('/w/x')], { path: '/w/x', above: '/w' }],
  ['deep below it, made before', [ro('/w/x/y/z'), rw('/w/x')], { path: '/w/x/y/z', above: '/w/x' }],
  ['below one to be read', [ro('/w'), rw('/w/x')], undefined],
  ['the same twice', [rw('/w/x'), ro('/w/x'), rw('/w/x')], undefined],
  ['side by side, one name the start of the other', [rw('/w/x'), rw('/w/xy')], undefined],
  [
    'one folder where the case of letters does not count',
    [rw('/w/Data'), ro('/w/data/x')],
    { path: '/w/data/x', above: '/w/Data' },
  ],
  ['below the root', [rw('/'), ro('/w')], { path: '/w', above: '/' }],
  ['on Windows', [rw('C:\\w'), ro('C:\\w\\x')], { path: 'C:\\w\\x', above: 'C:\\w' }],
])('%s', (_, paths, unsafe) => {
  expect(belowWritable(paths)).toEqual(unsafe);
});

const part = fc.constantFrom('a', 'b', 'ab', 'A');
const path = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => `/w/${parts.join('/')}`);
const somePaths = fc.array(fc.record({ path, writable: fc.boolean() }), { maxLength: 6 });

test('the order in which they are mounted decides nothing', () => {
  fc.assert(
    fc.property(somePaths, (paths) => {
      expect(belowWritable([...paths].reverse()) === undefined).toBe(belowWritable(paths) === undefined);
    }),
  );
});

test('what may be mounted beside the rest has no writable folder above it', () => {
  fc.assert(
    fc.property(somePaths, path, (paths, added) => {
      const isFree = belowWritable([...paths, ro(added)]) === undefined;
      const isUnder = paths.some((one) => one.writable && added.toLowerCase().startsWith(`${one.path.toLowerCase()}/`));
      if (isUnder) expect(isFree).toBe(false);
    }),
  );
});
