/** What a run mounts is sent by its real path, and looked at again; nothing is mounted below what a container may write to. */
import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { JsonObject, Request } from '../../../../src/api/request.ts';
import { Failure } from '../../../../src/failure.ts';
import { pinnedPaths } from '../../../../src/ownership/guard/pinned-paths.ts';
import type { PinnedPaths } from '../../../../src/ownership/guard/pinned-paths.ts';
import { realPath } from '../../../../src/permission/real-path.ts';

let top: string;
let workspace: string;
let pins: PinnedPaths;

beforeEach(() => {
  top = realpathSync(mkdtempSync(join(tmpdir(), 'docker-tutor-pins-')));
  workspace = join(top, 'workspace');
  mkdirSync(join(workspace, 'site', 'pages'), { recursive: true });
  mkdirSync(join(top, 'secret'));
  pins = pinnedPaths({ workspace, real: realPath });
});
afterEach(() => {
  rmSync(top, { recursive: true });
});

const binding = (...paths: string[]): Request => ({
  method: 'POST',
  path: '/containers/create',
  body: { HostConfig: { Binds: paths.map((path) => (path.startsWith('/') ? path : join(workspace, path))) } },
});
const bindsOf = ({ body }: Request): unknown => (body?.['HostConfig'] as JsonObject)['Binds'];

function codeOf(act: () => unknown): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return error.code;
  }
}

test('the real path is sent, the rest as it was written', () => {
  symlinkSync('site/pages', join(workspace, 'link'));
  const sent = pins.pin(binding('link:/x:ro', `${workspace}/site/pages/../new:/y`));
  expect(bindsOf(sent)).toEqual([`${workspace}/site/pages:/x:ro`, `${workspace}/site/new:/y`]);
});

test('what mounts nothing of this machine is sent as it is', () => {
  const request: Request = { method: 'POST', path: '/containers/create', body: { HostConfig: { Binds: ['data:/x'] } } };
  expect(pins.pin(request)).toBe(request);
});

test.each(['..', '../secret', 'out', 'out/deeper', '/etc'])('%s leads out of the workspace, and is refused', (path) => {
  symlinkSync('../secret', join(workspace, 'out'));
  expect(codeOf(() => pins.pin(binding(`${path}:/x`)))).toBe('permission-missing');
});

test('a folder of which a part of the name would end the source in a bind is refused', () => {
  mkdirSync(join(workspace, 'a:', 'b'), { recursive: true });
  symlinkSync('a:/b', join(workspace, 'link'));
  expect(codeOf(() => pins.pin(binding('link:/x')))).toBe('permission-missing');
});

test('below a folder that a container may write to nothing is mounted, whichever comes first', () => {
  pins.pin(binding('site:/x'));
  expect(codeOf(() => pins.pin(binding('site/pages:/y:ro')))).toBe('E-MOUNT-BELOW-WRITABLE');
  pins.pin(binding('other/deep:/y:ro'));
  expect(codeOf(() => pins.pin(binding('other:/x')))).toBe('E-MOUNT-BELOW-WRITABLE');
});

test('a link into such a folder counts as what it leads to', () => {
  symlinkSync('site/pages', join(workspace, 'link'));
  pins.pin(binding('site:/x'));
  expect(codeOf(() => pins.pin(binding('link:/y:ro')))).toBe('E-MOUNT-BELOW-WRITABLE');
});

test('a volume bound to a folder counts as written to', () => {
  const DriverOpts = { type: 'none', o: 'bind', device: join(workspace, 'site') };
  pins.pin({ method: 'POST', path: '/volumes/create', body: { DriverOpts } });
  expect(codeOf(() => pins.pin(binding('site/pages:/y:ro')))).toBe('E-MOUNT-BELOW-WRITABLE');
});

test('what was refused is not remembered', () => {
  pins.pin(binding('site:/x'));
  expect(codeOf(() => pins.pin(binding('other:/x', 'site/pages:/y')))).toBe('E-MOUNT-BELOW-WRITABLE');
  pins.pin(binding('other/deep:/x'));
  expect(pins.isMounted(join(workspace, 'site/pages'))).toBe(false);
});

test('the same folder may be mounted again, and what is above it to be read', () => {
  pins.pin(binding('site/pages:/x', 'site/pages:/y'));
  pins.pin(binding('site/pages:/z:ro', 'site:/all:ro', '.:/workspace:ro'));
  expect(codeOf(() => pins.assertUnmoved())).toBeUndefined();
});

test('a link in its place, or above it, is seen before the next request', () => {
  pins.pin(binding('site/pages:/x'));
  pins.assertUnmoved();
  renameSync(join(workspace, 'site'), join(workspace, 'aside'));
  symlinkSync('aside', join(workspace, 'site'));
  expect(codeOf(() => pins.assertUnmoved())).toBe('E-PATH-CHANGED');
});

test('a link where something was to be made is seen too', () => {
  pins.pin(binding('missing/deep:/x'));
  pins.assertUnmoved();
  symlinkSync('../secret', join(workspace, 'missing'));
  expect(codeOf(() => pins.assertUnmoved())).toBe('E-PATH-CHANGED');
});

test('it knows what is mounted and the folders above it', () => {
  pins.pin(binding('site/pages:/x'));
  const held = ['site/pages', 'site', '.', 'site/pages/in', 'site/other'].map((path) =>
    pins.isMounted(join(workspace, path)),
  );
  expect(held).toEqual([true, true, true, false, false]);
});
