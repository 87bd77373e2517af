/** What leaves the machine in a bundle: no secret, no name of a learner, on request no name of a machine. */
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { evidenceOf, manifestOf } from '../../../src/doctor/bundle/evidence.ts';
import { packed } from '../../../src/doctor/bundle/pack.ts';
import { redactor } from '../../../src/doctor/bundle/redact.ts';
import { examine } from '../../../src/doctor/examine.ts';
import { lookingProbes } from '../../../src/doctor/probes/all.ts';
import { container } from '../../fixtures/recorded-engine.ts';
import { recordedWorld } from './recorded-world.ts';
import type { Recorded } from './recorded-world.ts';

const home = '/home/ada';
const { text, json } = redactor({ user: 'ada', home, hosts: ['workshop', 'lab07.example'] });

describe('redactor', () => {
  test.each([
    ['/home/ada/.docker/config.json', '~/.docker/config.json'],
    ['/home/grace/.docker', '/home/USER/.docker'],
    ['/Users/grace/x', '/Users/USER/x'],
    [String.raw`C:\Users\grace\x`, String.raw`C:\Users\USER\x`],
    ['ssh://grace@lab07.example', 'ssh://USER@HOST'],
    ['Ada may not', 'USER may not'],
    ['http://bob:hunter2@proxy:3128', 'http://USER:…@proxy:3128'],
    ['adamant workshops', 'adamant workshops'],
    ['a socket at WORKSHOP', 'a socket at HOST'],
  ])('%s: %s', (from, to) => {
    expect(text(from)).toBe(to);
  });

  test('hides by name, and keeps the names of registries', () => {
    const config = {
      auths: { 'registry.example': { auth: 'YWRhOmh1bnRlcjI=' }, 'https://index.docker.io/v1/': {} },
      HttpHeaders: { 'X-Meta': 'hunter2' },
      proxies: { default: { httpProxy: 'http://bob:hunter2@proxy:3128' } },
      identitytoken: 'hunter2',
      env: ['DB_PASSWORD=hunter2', 'PATH=/bin'],
      credsStore: 'desktop',
      nested: [{ password: 'hunter2', token: { inner: 'hunter2' } }],
    };
    const shown = JSON.stringify(json(config));
    expect(shown).not.toMatch(/hunter2|YWRh/);
    expect(shown).toContain('registry.example');
    expect(shown).toContain('"credsStore":"desktop"');
    expect(shown).toContain('PATH=/bin');
  });

  test('root is nobody’s name, and a home that is / is no path to hide', () => {
    const plain = redactor({ user: 'root', home: '/', hosts: [] });
    expect(plain.text('/run/docker.sock belongs to root')).toBe('/run/docker.sock belongs to root');
  });
});

/** Wherever one may lie. */
const canary = 'canary-7f3a';
const laden: Recorded = {
  env: {
    DOCKER_HOST: 'tcp://lab07.example:2375',
    HTTPS_PROXY: `http://bob:${canary}@proxy:3128`,
    DOCKER_PASSWORD: canary,
    DB_PASSWORD: canary,
  },
  files: {
    [`${home}/.docker/config.json`]: JSON.stringify({
      auths: { 'registry.example': { auth: Buffer.from(`ada:${canary}`).toString('base64') } },
      HttpHeaders: { 'X-Key': canary },
      proxies: { default: { httpsProxy: `http://bob:${canary}@proxy:3128` } },
    }),
    '/etc/docker/daemon.json': JSON.stringify({ proxies: { 'https-proxy': `http://bob:${canary}@proxy` } }),
    '/etc/os-release': 'ID=debian\n',
  },
  programs: { journalctl: `level=info msg="pull with token=${canary}" user=/home/ada/x\n` },
  info: {
    HttpsProxy: `http://bob:${canary}@proxy:3128`,
    Labels: [`api_token=${canary}`],
    Swarm: { LocalNodeState: 'active', NodeAddr: '10.1.2.3' },
    Warnings: [`WARNING: registry password=${canary} is refused`],
  },
  answers: {
    '/containers/json': [{ ...container, Command: `app --password ${canary}`, Labels: { secret: canary } }],
  },
};

async function bundled(hideHostNames: boolean): Promise<{ readonly names: readonly string[]; readonly all: string }> {
  const world = recordedWorld(laden);
  const results = await examine(lookingProbes, world);
  const words = results.map(({ title, observed, evidence }) => [title, observed, ...evidence].join('\n'));
  const evidence = await evidenceOf(world, { results, words, hideHostNames });
  const manifest = manifestOf(evidence, hideHostNames);
  const tar = gunzipSync(await packed([manifest, ...evidence])).toString('utf8');
  for (const { path } of evidence) expect(manifest.text).toContain(path);
  expect(tar).toContain('MANIFEST');
  return { names: evidence.map(({ path }) => path), all: tar };
}

describe('a bundle', () => {
  test('has no canary in it, nor the learner’s name', async () => {
    const { all } = await bundled(false);
    expect(all).not.toContain(canary);
    expect(all).not.toContain(Buffer.from(`ada:${canary}`).toString('base64'));
    expect(all).not.toMatch(/\bada\b/i);
    expect(all).toContain('registry.example');
    expect(all).toContain('lab07.example');
  });

  test('names no machine where that is asked for', async () => {
    const { all } = await bundled(true);
    expect(all).not.toMatch(/workshop|lab07|10\.1\.2\.3/i);
    expect(all).toContain('HOST');
  });

  test('holds what helps', async () => {
    const { names } = await bundled(false);
    expect(names).toEqual(
      expect.arrayContaining([
        ...['doctor.txt', 'doctor.json', 'machine.json', 'engine/info.json', 'engine/version.json'],
        ...['engine/containers.json', 'docker-config.json', 'daemon.json', 'journal.txt', 'firewall.txt'],
      ]),
    );
  });

  test('of a config that is no JSON nothing is taken', async () => {
    const world = recordedWorld({ files: { [`${home}/.docker/config.json`]: `{"auths": "${canary}` } });
    const evidence = await evidenceOf(world, { results: [], words: [], hideHostNames: false });
    expect(JSON.stringify(evidence)).not.toContain(canary);
  });
});
