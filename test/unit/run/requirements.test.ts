/** What a scenario requires, before its first step. */
import { describe, expect, test } from 'vitest';
import { assertEngine, assertFreeToPull, imagesNotHere, isIn } from '../../../src/run/requirements.ts';

const digest = `sha256:${'d'.repeat(64)}`;
const requires = { images: ['busybox', 'localhost:5000/app:1', 'nginx:1.27'], swarm: false, permissions: [] };

test('images that the engine lacks are named as the scenario writes them', () => {
  const image = (...tags: string[]) => ({ id: 'sha256:1', tags, digests: [], size: 1 });
  expect(imagesNotHere(requires, { images: [image('busybox:latest'), image('nginx:1.26')] })).toEqual([
    'localhost:5000/app:1',
    'nginx:1.27',
  ]);
  expect(imagesNotHere({ ...requires, images: [] }, { images: [] })).toEqual([]);
  const pinned = { ...requires, images: ['MyHost/app', `nginx:1@${digest}`, 'abcdef123456'] };
  const there = { id: 'sha256:1', tags: ['MyHost/app:latest', 'abcdef123456:latest'], digests: [`nginx@${digest}`] };
  expect(imagesNotHere(pinned, { images: [{ ...there, size: 1 }] })).toEqual([]);
  expect(imagesNotHere(pinned, { images: [] })).toEqual(pinned.images);
});

test('a name that the scenario would move must be free', () => {
  const pulls = { ...requires, pulls: ['hello-world:linux'] };
  const image = (...tags: string[]) => ({ id: 'sha256:1', tags, digests: [], size: 1 });
  expect(() => assertFreeToPull(pulls, { images: [image('hello-world:latest')] })).not.toThrow();
  expect(() => assertFreeToPull(requires, { images: [image('busybox:latest')] })).not.toThrow();
  expect(() => assertFreeToPull(pulls, { images: [image('hello-world:linux')] })).toThrow(
    expect.objectContaining({ code: 'image-here', exitCode: 4 }),
  );
});

describe('versions of the engine', () => {
  test.each([
    ['28.5.2', '>=20.10', true],
    ['20.10.24+dfsg1', '>=20.10', true],
    ['20.10.0', '>20.10', false],
    ['19.03.15', '>=20.10', false],
    ['29.1.0', '>=20.10 <29', false],
    ['28.9.9', '>=20.10 <29', true],
    ['26.1.5', '=26', true],
    ['26.1.5', '<26.1.5', false],
    ['9.0', '<10', true],
  ])('%s in %s: %s', (version, range, holds) => {
    expect(isIn(version, range)).toBe(holds);
  });

  const engine = (version: string, flavour: 'docker' | 'podman' = 'docker') => ({
    about: { version, flavour, apiVersion: '1.40', told: {} },
  });

  const lesson = (more: object = {}, ...steps: object[]) =>
    ({
      requires: { ...requires, ...more },
      steps: steps.map((step) => ({ expect: [], mistakes: [], ...step })),
    }) as never;
  const lacking = expect.objectContaining({ code: 'E-PODMAN-LACKS', exitCode: 4 }) as Error;

  test('an engine that is too old is told so, with both versions', () => {
    expect(() => assertEngine(lesson({ engine: '>=20.10' }), engine('19.03.15'))).toThrow(
      'This lesson wants Docker Engine >=20.10, and here is 19.03.15.',
    );
  });

  test('nothing is asked of others', () => {
    expect(() => assertEngine(lesson({ engine: '>=20.10' }), engine('28.5.2'))).not.toThrow();
    expect(() => assertEngine(lesson({ engine: '>=20.10' }), engine('4.9.4', 'podman'))).not.toThrow();
    expect(() => assertEngine(lesson(), engine('1.0'))).not.toThrow();
  });

  test('a lesson on BuildKit is for an engine that builds with it', () => {
    const modern = lesson({ buildkit: true });
    const preferring = { about: { ...engine('26.1.5').about, prefersBuildkit: true as const } };
    expect(() => assertEngine(modern, preferring)).not.toThrow();
    expect(() => assertEngine(lesson(), engine('20.10.24'))).not.toThrow();
    expect(() => assertEngine(lesson({ buildkit: 'preferred' }), engine('20.10.24'))).not.toThrow();
    expect(() => assertEngine(modern, engine('20.10.24'))).toThrow(
      expect.objectContaining({
        exitCode: 4,
        hints: expect.arrayContaining([expect.stringContaining('20.10.24')]) as string[],
      }),
    );
  });

  test('Podman has no swarm, and that is said', () => {
    const swarm = lesson({ swarm: true });
    expect(() => assertEngine(swarm, engine('5.4.0', 'podman'))).toThrow(lacking);
    expect(() => assertEngine(swarm, engine('28.5.2'))).not.toThrow();
  });

  test.each([
    { expect: [{ container: { name: 'web', state: 'running', networks: ['bridge', 'net'] } }] },
    { expect: [{ all: [{ image: { name: 'busybox' } }, { network: { name: 'bridge' } }] }] },
    { do: "docker inspect --format '{{.NetworkSettings.Networks.bridge.IPAddress}}' web" },
    { do: ['docker ps', 'docker network disconnect bridge web'] },
    { do: 'docker top web' },
    { do: 'docker push 127.0.0.1:{{port}}/{{image}}:1.0' },
    { do: ['docker stop web', 'docker events --since 10m --until 0s --filter container=web'] },
  ])('what Podman has not is said of a lesson that looks at it: %j', (step) => {
    expect(() => assertEngine(lesson({}, { do: 'docker ps' }, step), engine('5.4.0', 'podman'))).toThrow(lacking);
    expect(() => assertEngine(lesson({}, step), engine('28.5.2'))).not.toThrow();
  });

  describe('health checks, which Podman has systemd start', () => {
    const without = { CgroupDriver: 'cgroupfs', CgroupVersion: '2', SecurityOptions: ['name=seccomp,profile=default'] };
    const withIt = [
      { ...without, CgroupDriver: 'systemd' },
      // with version 1 of cgroups, who is not root has them so beside systemd too
      { ...without, CgroupVersion: '1', SecurityOptions: ['name=rootless'] },
    ];
    const podman = engine('5.4.0', 'podman');

    test.each([
      { expect: [{ container: { name: 'web', health: 'unhealthy' } }] },
      { expect: [{ all: [{ compose: { project: 'shop', running: ['web'], healthy: ['db'] } }] }] },
      { write: { 'compose.yaml': 'depends_on:\n  db:\n    condition: service_healthy\n' } },
    ])('are waited for: %j', (step) => {
      expect(() => assertEngine(lesson({}, step), podman, without)).toThrow(lacking);
      for (const info of withIt) expect(() => assertEngine(lesson({}, step), podman, info)).not.toThrow();
      expect(() => assertEngine(lesson({}, step), engine('28.5.2'), without)).not.toThrow();
    });

    test.each([
      { expect: [{ container: { name: 'web', health: 'none' } }, { compose: { project: 'shop', running: ['web'] } }] },
      { expect: [{ not: { container: { name: 'web', health: 'healthy' } } }] },
      { write: { 'compose.yaml': 'depends_on: [db]\n' } },
    ])('are not waited for: %j', (step) => {
      expect(() => assertEngine(lesson({}, step), podman, without)).not.toThrow();
    });
  });

  test.each([
    { expect: [{ network: { name: 'net', driver: 'bridge' } }], do: 'docker network create -d bridge net' },
    { expect: [{ not: { container: { name: 'web', network: 'bridge' } } }] },
    { mistakes: [{ when: { container: { name: 'web', networks: ['bridge'] } }, say: 'Name the network.' }] },
  ])('what Podman can do is no reason: %j', (step) => {
    expect(() => assertEngine(lesson({}, step), engine('5.4.0', 'podman'))).not.toThrow();
  });
});
