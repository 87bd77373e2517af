import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonical,
  cutImageName,
  familiar,
  isIdOf,
  isImageId,
  looksLikeImageId,
  pathIn,
  readImageName,
  repositoryOf,
  withTag,
} from '../../src/image-name.ts';

const digest = `sha256:${'a'.repeat(64)}`;

it.each([
  ['busybox', 'docker.io/library/busybox:latest'],
  ['busybox:1.36', 'docker.io/library/busybox:1.36'],
  ['docker.io/busybox', 'docker.io/library/busybox:latest'],
  ['index.docker.io/library/busybox', 'docker.io/library/busybox:latest'],
  ['me/app', 'docker.io/me/app:latest'],
  ['library/a/b', 'docker.io/library/a/b:latest'],
  ['localhost/app', 'localhost/app:latest'],
  ['localhost:5000/app', 'localhost:5000/app:latest'],
  ['registry.example/a/b:v1', 'registry.example/a/b:v1'],
  ['MyHost/app', 'MyHost/app:latest'],
  ['MyHost/app:1', 'MyHost/app:1'],
  ['[::1]:5000/app:1', '[::1]:5000/app:1'],
  ['abcdef123456', 'docker.io/library/abcdef123456:latest'],
  [`busybox@${digest}`, `docker.io/library/busybox@${digest}`],
  [`busybox:1@${digest}`, `docker.io/library/busybox@${digest}`],
])('%s is %s in full', (text, full) => {
  expect(canonical(text)).toBe(full);
  expect(canonical(full)).toBe(full);
  expect(canonical(familiar(full))).toBe(full);
  expect(readImageName(text)).toEqual(cutImageName(text));
});

describe('the parts', () => {
  it('of a name with all of them', () => {
    expect(readImageName(`MyHost:5000/a/b:1@${digest}`)).toEqual({
      domain: 'MyHost:5000',
      path: 'a/b',
      tag: '1',
      digest,
      repository: 'MyHost:5000/a/b',
      full: `MyHost:5000/a/b:1@${digest}`,
      canonical: `MyHost:5000/a/b@${digest}`,
      familiarName: 'MyHost:5000/a/b',
      familiar: `MyHost:5000/a/b:1@${digest}`,
      familiarFull: `MyHost:5000/a/b:1@${digest}`,
    });
  });

  it('of a name with none', () => {
    expect(readImageName('nginx')).toEqual({
      domain: 'docker.io',
      path: 'library/nginx',
      repository: 'docker.io/library/nginx',
      full: 'docker.io/library/nginx:latest',
      canonical: 'docker.io/library/nginx:latest',
      familiarName: 'nginx',
      familiar: 'nginx',
      familiarFull: 'nginx:latest',
    });
  });

  it('keep Docker Hub’s name where the short one would be read as a registry', () => {
    expect(familiar('docker.io/my.team/app:1')).toBe('docker.io/my.team/app:1');
    expect(familiar('docker.io/localhost/app')).toBe('docker.io/localhost/app');
  });
});

it.each([
  ['', 'empty', ''],
  ['x'.repeat(1021), 'endless', 'x'.repeat(1021)],
  ['f'.repeat(64), 'id', 'f'.repeat(64)],
  ['https://x/y', 'web-address', 'https://x/y'],
  ['bad_host.x/app', 'registry', 'bad_host.x'],
  [':latest', 'nameless', ''],
  ['localhost:5000/', 'nameless', ''],
  ['Ubuntu', 'capitals', 'Ubuntu'],
  ['MyHost/App', 'capitals', 'App'],
  ['a'.repeat(300), 'long', `library/${'a'.repeat(300)}`],
  ['a//b', 'form', 'a//b'],
  ['my..app', 'form', 'my..app'],
  ['<none>:<none>', 'form', '<none>'],
  ['app:', 'no-tag', ''],
  ['app:a b', 'tag', 'a b'],
  ['app@sha256:12', 'digest', 'sha256:12'],
  [`app@sha256:${'A'.repeat(64)}`, 'digest', `sha256:${'A'.repeat(64)}`],
  [`app@sha256:${'a'.repeat(65)}`, 'digest', `sha256:${'a'.repeat(65)}`],
  [`app@md5:${'a'.repeat(32)}`, 'digest', `md5:${'a'.repeat(32)}`],
])('%j is no name: %s', (text, fault, part) => {
  expect(readImageName(text)).toEqual({ fault, part });
});

const id = `sha256:${'b'.repeat(64)}`;

describe('names and ids', () => {
  it.each([
    ['deadbeefcafe', false, true],
    ['abcdef123456', false, true],
    [id, true, true],
    ['b'.repeat(64), true, true],
    ['b'.repeat(65), false, false],
    [`sha256:${'b'.repeat(12)}`, false, true],
    ['deadbeef', false, false],
    ['busybox', false, false],
  ])('%s: only an id %s, looks like one %s', (text, only, looks) => {
    expect(isImageId(text)).toBe(only);
    expect(looksLikeImageId(text)).toBe(looks);
  });

  it.each([
    ['bbbb', true],
    ['b', true],
    [`sha256:${'b'.repeat(5)}`, true],
    [id, true],
    ['bbbc', false],
    ['busybox', false],
    [`${id}b`, false],
  ])('%s is the id of the image that was found: %s', (text, is) => {
    expect(isIdOf(text, id)).toBe(is);
  });
});

it.each([
  ['app', undefined, 'app'],
  ['app', '', 'app'],
  ['app', '1', 'app:1'],
  ['localhost:5000/app', digest, `localhost:5000/app@${digest}`],
])('%s with the tag %s is %s', (repository, tag, whole) => {
  expect(withTag(repository, tag)).toBe(whole);
});

it.each([
  ['docker.io', 'nginx', 'library/nginx'],
  ['index.docker.io', 'nginx', 'library/nginx'],
  ['docker.io', 'me/app', 'me/app'],
  ['localhost:5000', 'nginx', 'nginx'],
])('in %s, %s is %s', (registry, repository, path) => {
  expect(pathIn(registry, repository)).toBe(path);
});

describe('of any text', () => {
  const part = fc.stringMatching(/^[a-z0-9]{1,4}([._-][a-z0-9]{1,3})?$/);
  const host = fc.constantFrom('', 'docker.io/', 'index.docker.io/', 'localhost/', 'MyHost/', 'x.y:5000/', '[::1]:1/');
  const tail = fc.constantFrom('', ':1', ':v1.2-x', `@${digest}`, `:1@${digest}`);
  const name = fc
    .tuple(host, fc.array(part, { minLength: 1, maxLength: 3 }), tail)
    .map(([at, parts, end]) => at + parts.join('/') + end);
  const anything = fc.oneof(name, fc.string(), fc.stringMatching(/^[ab/:@.A-]{0,12}$/));

  it('the one spelling is its own, whichever way it is written', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const full = canonical(text);
        expect(canonical(full)).toBe(full);
        expect(canonical(familiar(text))).toBe(full);
        expect(canonical(cutImageName(text).full)).toBe(full);
        expect(repositoryOf(full)).toBe(repositoryOf(text));
        expect(full.startsWith(repositoryOf(text))).toBe(true);
      }),
    );
  });

  it('a name that is well formed is read, and its spellings are too', () => {
    fc.assert(
      fc.property(name, (text) => {
        const read = readImageName(text);
        expect(read).not.toHaveProperty('fault');
        expect(read).toEqual(cutImageName(text));
        expect(readImageName(cutImageName(text).full)).not.toHaveProperty('fault');
        expect(readImageName(familiar(text))).not.toHaveProperty('fault');
      }),
    );
  });

  it('reading never throws, and blames a part of what was written', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const read = readImageName(text);
        if ('fault' in read) expect(`docker.io/library/${text}`).toContain(read.part);
        else expect(read.path).toBe(read.path.toLowerCase());
      }),
    );
  });
});
