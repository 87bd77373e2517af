/** Hashes are those that docker compose 2.40.3 prints (`config --hash`) and labels networks and volumes with. */
import { describe, expect, test } from 'vitest';
import { configHash, networkHash, volumeHash } from '../../../src/compose/container/config-hash.ts';
import { sha256 } from '../../../src/sha256.ts';
import { projectOf } from './reconcile/given.ts';

const web = (yaml: string): string =>
  configHash(projectOf(`services: {web: ${yaml}, db: {image: db}}`).services['web'] ?? {});

describe('the hash of a service', () => {
  test.each([
    [`{image: web}`, '', 'bf19ed415520726e13054e8de3cdc2a548385bea92c7624b3238216b26494c12'],
    [
      `{image: web, command: sh -c 'a && b', environment: {A: b, Z: null}, ports: ['8080:80']}`,
      '',
      '629114009e10bc6da9146acb791950e877cd04b5700e6670b16db25a54319703',
    ],
    [
      `{image: web, volumes: ['/etc:/etc:ro', 'data:/data']}`,
      '\nvolumes: {data: }',
      '1b2e64231f1564e172b76f7714479cfc1e118f14e302f4ecbb17187906b811fc',
    ],
    [
      `{image: web, deploy: {replicas: 2, resources: {limits: {cpus: 0.5, memory: 64m}}}, healthcheck: {test: x, interval: 1s}}`,
      '',
      '9fcc64f37f2b3120867e6bbd6d5f307c18fa2055ade87f214094e3bf7c42be96',
    ],
    [
      `{image: web, secrets: [word], labels: {a: '<b>'}}`,
      '\nsecrets: {word: {file: ./word}}',
      'b72c1200f4095c96c15c6019b3c6e5e33171e834e0191c4b52bfa3b0eadeb0e2',
    ],
  ])('%s%s', (yaml, tops, hash) => {
    expect(configHash(projectOf(`services: {web: ${yaml}, db: {image: db}}${tops}`).services['web'] ?? {})).toBe(hash);
  });

  test.each([
    ['build', '{image: web, build: .}'],
    ['pull policy', '{image: web, pull_policy: always}'],
    ['scale', '{image: web, scale: 3}'],
    ['dependencies', '{image: web, depends_on: [db]}'],
    ['an order of keys', '{networks: {default: }, image: web}'],
  ])('does not change with %s', (_, yaml) => {
    expect(web(yaml)).toBe(web('{image: web}'));
  });

  test('does not change with the number of replicas', () => {
    const of = (replicas: number): string =>
      web(`{image: web, deploy: {mode: replicated, replicas: ${String(replicas)}}}`);
    expect(of(1)).toBe(of(2));
    expect(of(1)).not.toBe(web('{image: web}'));
  });

  test.each(['{image: web2}', '{image: web, command: x}', '{image: web, environment: {A: b}}'])(
    'changes with what shapes the container: %s',
    (yaml) => {
      expect(web(yaml)).not.toBe(web('{image: web}'));
    },
  );
});

test('the hash of a volume is of its name, its driver and what the file says', () => {
  expect(volumeHash({ name: 'hh_data' })).toBe(sha256('{"name":"hh_data","driver":"local"}'));
  expect(volumeHash({ name: 'v', driver_opts: { type: 'tmpfs', device: 'x' }, labels: {}, external: false })).toBe(
    sha256('{"name":"v","driver":"local","driver_opts":{"device":"x","type":"tmpfs"}}'),
  );
});

test('the hash of a network always has its ipam', () => {
  expect(networkHash({ name: 'hh_default' })).toBe(sha256('{"name":"hh_default","ipam":{}}'));
  expect(
    networkHash({
      name: 'n',
      internal: true,
      labels: { b: '<', a: '1' },
      ipam: { config: [{ gateway: '10.0.0.1', subnet: '10.0.0.0/24' }] },
    }),
  ).toBe(
    sha256(
      '{"name":"n","ipam":{"config":[{"subnet":"10.0.0.0/24","gateway":"10.0.0.1"}]},"internal":true,"labels":{"a":"1","b":"\\u003c"}}',
    ),
  );
});
