/** Observed and wished → what is to be done, and why. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ObservedContainer } from '../../../../src/compose/observe/containers.ts';
import type { Step } from '../../../../src/compose/reconcile/operation.ts';
import { strangers } from '../../../../src/compose/reconcile/resources.ts';
import { upSteps } from '../../../../src/compose/reconcile/up.ts';
import type { Wished } from '../../../../src/compose/reconcile/up.ts';
import { resourcesOf } from '../../../../src/compose/which/resources.ts';
import { container, lines, nothing, observed, waits, wished } from './given.ts';

const shop = `
services:
  web: {image: web, depends_on: [api], networks: [front, back]}
  api: {image: api, depends_on: [db], networks: [back]}
  db: {image: db, volumes: ["data:/data"], networks: [back]}
networks: {front: , back: }
volumes: {data: }
`;

/** Steps of `up` where these containers are there. */
function of(
  yaml: string,
  change: (wish: Wished) => readonly ObservedContainer[] | undefined,
  more: Partial<Wished> = {},
): readonly string[] {
  const wish = wished(yaml, more);
  return lines(upSteps(wish, observed(wish, change(wish))));
}

const one = 'services: {web: {image: web}}';

describe('a project that is not there', () => {
  test('is made whole: networks, volumes, then containers', () => {
    expect(lines(upSteps(wished(shop), nothing))).toEqual([
      'create-network back (missing)',
      'create-network front (missing)',
      'create-volume data (missing)',
      'create-container db-1 (missing)',
      'create-container api-1 (missing)',
      'create-container web-1 (missing)',
    ]);
  });

  test('a container waits for all networks and volumes, and for what it depends on', () => {
    expect(waits(upSteps(wished(shop), nothing))).toMatchObject({
      'create-network back': [],
      'create-network front': ['create-network back'],
      'create-container db-1': ['create-network back', 'create-network front', 'create-volume data'],
      'create-container api-1': [
        'create-network back',
        'create-network front',
        'create-volume data',
        'create-container db-1',
      ],
    });
  });

  test('of services asked for, only what they and their dependencies use is made', () => {
    expect(lines(upSteps(wished(shop, { asked: ['db'] }), nothing))).toEqual([
      'create-network back (missing)',
      'create-volume data (missing)',
      'create-container db-1 (missing)',
    ]);
  });

  test('what is there already is not made again', () => {
    const wish = wished(shop);
    const some = { ...observed(wish, [container(wish.project, 'db-1')]), networks: {} };
    expect(lines(upSteps(wish, some))).toEqual([
      'create-network back (missing)',
      'create-network front (missing)',
      'create-container api-1 (missing)',
      'create-container web-1 (missing)',
    ]);
  });
});

describe('a project that is as its file says', () => {
  test('gives nothing to do', () => {
    expect(of(shop, () => undefined)).toEqual([]);
  });

  test('and stopped, too: starting comes after', () => {
    expect(of(one, ({ project }) => [container(project, 'web-1', { state: 'exited' })])).toEqual([]);
  });

  test('but paused, is started again', () => {
    expect(of(one, ({ project }) => [container(project, 'web-1', { state: 'paused' })])).toEqual([
      'start-container web-1 (not running)',
    ]);
  });
});

describe('a container is replaced', () => {
  const cases: readonly (readonly [string, Parameters<typeof of>[1], Partial<Wished>, readonly string[]])[] = [
    [
      'where its settings differ',
      ({ project }) => [container(project, 'web-1', { hash: 'other' })],
      {},
      ['recreate-container web-1 (config changed)'],
    ],
    [
      'where its image differs',
      ({ project }) => [container(project, 'web-1', { imageId: 'old' })],
      { images: { web: 'new' } },
      ['recreate-container web-1 (image changed)'],
    ],
    [
      'not where its image is the same',
      ({ project }) => [container(project, 'web-1', { imageId: 'same' })],
      { images: { web: 'same' } },
      [],
    ],
    [
      'where it runs and is not on its network',
      ({ project }) => [container(project, 'web-1', { networks: ['other'] })],
      {},
      ['recreate-container web-1 (network changed)'],
    ],
    [
      'not where it is on its network and another',
      ({ project }) => [container(project, 'web-1', { networks: ['shop_default', 'other'] })],
      {},
      [],
    ],
    [
      'not where it is stopped: it is attached at the start',
      ({ project }) => [container(project, 'web-1', { networks: [], state: 'exited' })],
      {},
      [],
    ],
    ['with --force-recreate', () => undefined, { recreate: 'always' }, ['recreate-container web-1 (asked)']],
    [
      'never with --no-recreate',
      ({ project }) => [container(project, 'web-1', { hash: 'other', imageId: 'old' })],
      { recreate: 'never', images: { web: 'new' } },
      [],
    ],
  ];
  test.each(cases)('%s', (_, change, more, expected) => {
    expect(of(one, change, more)).toEqual(expected);
  });

  test('where its volume is another one', () => {
    const yaml = 'services: {db: {image: db, volumes: ["data:/data"]}}\nvolumes: {data: }';
    expect(of(yaml, ({ project }) => [container(project, 'db-1', { mounts: ['old'] })])).toEqual([
      'recreate-container db-1 (volume changed)',
    ]);
    expect(of(yaml, ({ project }) => [container(project, 'db-1', { mounts: ['shop_data'] })])).toEqual([]);
  });

  test('where the network it should be on is gone', () => {
    const wish = wished(one);
    const there = observed(wish, [container(wish.project, 'web-1', { networks: ['shop_default'] })]);
    expect(lines(upSteps(wish, { ...there, networks: {} }))).toEqual([
      'create-network default (missing)',
      'recreate-container web-1 (network changed)',
    ]);
  });

  test.each(['network_mode: "service:db"', 'pid: "service:db"', 'ipc: "service:db"', 'volumes_from: [db]'])(
    'with the one that it shares something with: %s',
    (shares) => {
      const yaml = `services: {web: {image: web, ${shares}}, db: {image: db}, other: {image: o, depends_on: [db]}}`;
      const steps = of(yaml, ({ project }) => [
        container(project, 'db-1', { hash: 'other' }),
        container(project, 'other-1'),
        container(project, 'web-1'),
      ]);
      expect(steps.filter((line) => line.startsWith('recreate'))).toEqual([
        'recreate-container db-1 (config changed)',
        'recreate-container web-1 (shares a replaced container)',
      ]);
    },
  );

  test('and those that restart with it are stopped for as long', () => {
    const yaml =
      'services: {web: {image: web, depends_on: {db: {condition: service_started, restart: true}}}, db: {image: db}}';
    const wish = wished(yaml);
    const steps = upSteps(
      wish,
      observed(wish, [container(wish.project, 'db-1', { hash: 'other' }), container(wish.project, 'web-1')]),
    );
    expect(lines(steps)).toEqual([
      'stop-container web-1 (dependency replaced)',
      'recreate-container db-1 (config changed)',
    ]);
    expect(waits(steps)['recreate-container db-1']).toEqual(['stop-container web-1']);
  });

  test('with fresh anonymous volumes where that is asked', () => {
    const steps = (renewVolumes: boolean): readonly Step[] => {
      const wish = wished(one, { recreate: 'always', renewVolumes });
      return upSteps(wish, observed(wish));
    };
    expect(steps(true)[0]?.operation).toMatchObject({ do: 'recreate-container', renewVolumes: true });
    expect(steps(false)[0]?.operation).toMatchObject({ do: 'recreate-container', renewVolumes: false });
  });

  test('a dependency only for a reason of its own, unless --always-recreate-deps', () => {
    const asked = { asked: ['web'], recreate: 'always' } as const;
    expect(of(shop, () => undefined, asked)).toEqual(['recreate-container web-1 (asked)']);
    expect(of(shop, () => undefined, { ...asked, recreateDependencies: 'always' })).toEqual([
      'recreate-container db-1 (asked)',
      'recreate-container api-1 (asked)',
      'recreate-container web-1 (asked)',
    ]);
  });
});

describe('as many as are wanted', () => {
  const many = (...called: readonly string[]): Parameters<typeof of>[1] => {
    return ({ project }) => called.map((name) => container(project, name));
  };

  test.each([
    ['one more', many('web-1'), { scale: { web: 2 } }, ['create-container web-2 (missing)']],
    [
      'after the highest number',
      many('web-1', 'web-4'),
      { scale: { web: 4 } },
      ['create-container web-5 (missing)', 'create-container web-6 (missing)'],
    ],
    [
      'fewer: the highest numbers go',
      many('web-1', 'web-2', 'web-3'),
      {},
      [
        'stop-container web-2 (scaled down)',
        'remove-container web-2 (scaled down)',
        'stop-container web-3 (scaled down)',
        'remove-container web-3 (scaled down)',
      ],
    ],
    [
      'none',
      many('web-1'),
      { scale: { web: 0 } },
      ['stop-container web-1 (scaled down)', 'remove-container web-1 (scaled down)'],
    ],
  ] as const)('%s', (_, change, more, expected) => {
    expect(of(one, change, more)).toEqual(expected);
  });

  test('fewer: one that has changed goes before one that has not', () => {
    expect(
      of(one, ({ project }) => [container(project, 'web-1', { hash: 'other' }), container(project, 'web-2')]),
    ).toEqual(['stop-container web-1 (scaled down)', 'remove-container web-1 (scaled down)']);
  });

  test('as the file says, unless the command says otherwise', () => {
    const yaml = 'services: {web: {image: web, deploy: {replicas: 2}}}';
    expect(of(yaml, () => [])).toHaveLength(2);
    expect(of(yaml, () => [], { scale: { web: 1 } })).toHaveLength(1);
  });

  test('several cannot have one name', () => {
    expect(() => of('services: {web: {image: web, container_name: it}}', () => [], { scale: { web: 2 } })).toThrow(
      /container_name it/,
    );
  });
});

describe('what the file does not know', () => {
  const yaml = 'services: {web: {image: web}, tools: {image: t, profiles: [dev]}}';
  const there: Parameters<typeof of>[1] = ({ project }) => [
    container(project, 'web-1'),
    container(project, 'gone-1'),
    container(project, 'tools-1'),
    container(project, 'web-7', { oneOff: true, state: 'running' }),
    container(project, 'web-8', { oneOff: true, state: 'exited' }),
  ];

  test('stays', () => {
    expect(of(yaml, there)).toEqual([]);
  });

  test('goes where that is asked: services that are gone and runs that have ended, not a profile that is off', () => {
    expect(of(yaml, there, { removeOrphans: true })).toEqual([
      'stop-container gone-1 (orphan)',
      'remove-container gone-1 (orphan)',
      'stop-container web-8 (orphan)',
      'remove-container web-8 (orphan)',
    ]);
  });

  test('goes before anything is made: it may hold a port', () => {
    const wish = wished(yaml, { removeOrphans: true });
    const steps = upSteps(wish, observed(wish, [container(wish.project, 'gone-1')]));
    expect(waits(steps)['create-container web-1']).toContain('remove-container gone-1');
  });
});

describe('resources that are not the project’s own', () => {
  const external = `${one}\nnetworks: {default: {external: true, name: theirs}}`;

  test('an external one is never made', () => {
    const wish = wished(external);
    expect(lines(upSteps(wish, observed(wish, [])))).toEqual(['create-container web-1 (missing)']);
  });

  test('an external one that is not there ends it before anything is done', () => {
    expect(() => upSteps(wished(external), nothing)).toThrow(
      'network theirs declared as external, but could not be found',
    );
  });

  test('one of that name that another made is used, and told', () => {
    const { project, services } = wished(one);
    const resources = resourcesOf(project, services);
    const told = (labels: Readonly<Record<string, string>>): readonly string[] =>
      strangers(resources, { networks: { default: { id: 'x', name: 'shop_default', labels } }, volumes: {} }, project);
    expect(told({})).toEqual([expect.stringContaining('shop_default is there already, and compose did not make it')]);
    expect(told({ 'com.docker.compose.project': 'other' })).toEqual([expect.stringContaining('the project other')]);
    expect(told({ 'com.docker.compose.project': 'shop' })).toEqual([]);
  });
});

test('whatever is there, no container is touched twice, and none is made where one stays', () => {
  const names = ['web', 'api', 'db'];
  const some = fc.uniqueArray(
    fc.record({
      service: fc.constantFrom(...names),
      number: fc.integer({ min: 1, max: 4 }),
      state: fc.constantFrom('running', 'exited', 'created'),
      same: fc.boolean(),
    }),
    { selector: ({ service, number }) => `${service}-${String(number)}` },
  );
  fc.assert(
    fc.property(some, fc.integer({ min: 0, max: 3 }), (there, scale) => {
      const wish = wished(shop, { scale: { web: scale, api: scale, db: scale } });
      const containers = there.map(({ service, number, state, same }) =>
        container(wish.project, `${service}-${String(number)}`, { state, ...(!same && { hash: 'other' }) }),
      );
      const steps = upSteps(wish, observed(wish, containers));
      for (const name of names) {
        const count = (kind: string): number =>
          lines(steps).filter((line) => line.startsWith(`${kind} ${name}-`)).length;
        const were = containers.filter(({ service }) => service === name).length;
        expect(were + count('create-container') - count('remove-container')).toBe(scale);
        expect(count('create-container') * count('remove-container')).toBe(0);
      }
      const touched = steps.flatMap(({ operation }) =>
        operation.do === 'remove-container'
          ? [operation.container.id]
          : operation.do === 'recreate-container'
            ? [operation.old.id]
            : [],
      );
      expect(new Set(touched).size).toBe(touched.length);
    }),
  );
});

test('a service that is not brought up is not stopped for the one it depends on', () => {
  const yaml =
    'services: {web: {image: web, depends_on: {db: {condition: service_started, restart: true}}}, db: {image: db}}';
  const wish = wished(yaml, { asked: ['db'], recreate: 'always' });
  const there = ['web-1', 'db-1'].map((one) => container(wish.project, one));
  expect(lines(upSteps(wish, observed(wish, there)))).toEqual(['recreate-container db-1 (asked)']);
});
