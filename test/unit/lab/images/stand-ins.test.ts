import { describe, expect, test } from 'vitest';
import { removals } from '../../../../src/lab/images/debian-image.ts';
import { imageOf } from '../../../../src/lab/images/image.ts';
import { recipeOf } from '../../../../src/lab/images/make-stand-in.ts';
import { mirrorFrom, networkSettings } from '../../../../src/lab/images/mirror.ts';
import { imageNeeds, missingPackages } from '../../../../src/lab/engine/packages.ts';
import type { StandIn } from '../../../../src/lab/images/stand-in.ts';
import { standInFor, standIns } from '../../../../src/lab/images/stand-ins.ts';

describe('what the curriculum pulls has a stand-in with the command, port, volume and user of the real image', () => {
  test.each([
    ['python:3.9-slim', { Cmd: ['python3'] }],
    ['python:slim', { Cmd: ['python3'] }],
    ['python:alpine', { Cmd: ['python3'] }],
    ['python:3', { Cmd: ['python3'] }],
    ['node:20', { Entrypoint: ['docker-entrypoint.sh'], Cmd: ['node'] }],
    ['node:20-alpine', { Entrypoint: ['docker-entrypoint.sh'], Cmd: ['node'] }],
    ['nginx', { Cmd: ['nginx', '-g', 'daemon off;'], ExposedPorts: { '80/tcp': {} }, StopSignal: 'SIGQUIT' }],
    ['nginx:alpine', { Entrypoint: ['/docker-entrypoint.sh'] }],
    ['nginx:stable', { Entrypoint: ['/docker-entrypoint.sh'] }],
    ['httpd:2.4', { Cmd: ['httpd-foreground'], WorkingDir: '/usr/local/apache2', StopSignal: 'SIGWINCH' }],
    [
      'redis:alpine',
      { Cmd: ['redis-server'], ExposedPorts: { '6379/tcp': {} }, Volumes: { '/data': {} }, WorkingDir: '/data' },
    ],
    [
      'postgres:16',
      {
        Cmd: ['postgres'],
        ExposedPorts: { '5432/tcp': {} },
        Volumes: { '/var/lib/postgresql/data': {} },
        StopSignal: 'SIGINT',
      },
    ],
    ['postgres:alpine', { Entrypoint: ['docker-entrypoint.sh'] }],
    [
      'registry:2',
      {
        Entrypoint: ['/entrypoint.sh'],
        Cmd: ['/etc/docker/registry/config.yml'],
        ExposedPorts: { '5000/tcp': {} },
        Volumes: { '/var/lib/registry': {} },
      },
    ],
    ['ubuntu:22.04', { Cmd: ['/bin/bash'] }],
    ['debian:bookworm-slim', { Cmd: ['bash'] }],
    ['alpine:3.20', { Cmd: ['/bin/sh'] }],
    ['golang:1.22', { WorkingDir: '/go' }],
    ['gcc:14', { Cmd: ['bash'] }],
    ['curlimages/curl', { Entrypoint: ['/entrypoint.sh'], User: 'curl_user' }],
    ['rancher/mirrored-pause:3.6', { Entrypoint: ['/pause'], User: '65535:65535' }],
  ])('%s', (name, config) => {
    expect(standInFor(name)?.config).toMatchObject(config);
  });
});

describe('each entry', () => {
  const debian = standIns.flatMap(({ repository, root }) => (root.from === 'debian' ? [{ repository, root }] : []));

  test.each(standIns.map((standIn) => [standIn.repository, standIn] as const))(
    '%s has a PATH and a command',
    (_, { config }) => {
      expect(config.Env?.filter((entry) => entry.startsWith('PATH='))).toHaveLength(1);
      expect([...(config.Entrypoint ?? []), ...(config.Cmd ?? [])].length).toBeGreaterThan(0);
    },
  );

  test.each(debian.map(({ repository, root }) => [repository, root] as const))(
    '%s: scripts may be run, other files not',
    (_, root) => {
      for (const [path, { text, mode = 0o644 }] of Object.entries(root.files ?? {})) {
        expect(path).not.toMatch(/^\/|^(bin|sbin|lib)\//);
        expect([path, (mode & 0o111) !== 0]).toEqual([path, text.startsWith('#!')]);
      }
    },
  );

  test('what users named in a configuration are is an account of the image', () => {
    const named = standIns.filter(({ config }) => /^[a-z]/.test(config.User ?? ''));
    expect(named.length).toBeGreaterThan(0);
    for (const { root, config } of named)
      expect(root.from === 'debian' && root.accounts?.map(({ name }) => name)).toContain(config.User);
  });

  test('the greeting fits behind a margin in a window of 80 columns', () => {
    const root = standInFor('hello-world')?.root;
    const lines = root?.from === 'greeting' ? root.greeting.split('\n') : [];
    expect(lines).toContain('Hello from Docker!');
    expect(lines.filter((line) => line.length > 70)).toEqual([]);
  });
});

describe('a recipe', () => {
  const redis = standInFor('redis') as StandIn;

  test('is told apart by all that goes into the image, and by nothing else', () => {
    expect(recipeOf({ ...redis, summary: 'other words' })).toBe(recipeOf(redis));
    expect(recipeOf({ ...redis, config: { ...redis.config, Cmd: ['sh'] } })).not.toBe(recipeOf(redis));
    expect(new Set(standIns.map(recipeOf)).size).toBe(standIns.length);
  });
});

describe('package sources', () => {
  test('of Debian: releases with their components; other vendors and backports are left out', () => {
    const lines = `Node Source|nodistro|https://deb.example.com/node_20.x/|main
Debian|bookworm-security|http://mirror.example.com/debian-security/|main
Debian|bookworm-updates|http://mirror.example.com/debian/|main
Debian Backports|bookworm-backports|http://mirror.example.com/debian/|main
Debian|bookworm|http://mirror.example.com/debian/|main
Debian|bookworm|http://mirror.example.com/debian/|contrib
Debian|bookworm|http://mirror.example.com/debian/|main`;
    expect(mirrorFrom(lines)).toEqual({
      suite: 'bookworm',
      sources: [
        'deb http://mirror.example.com/debian-security/ bookworm-security main',
        'deb http://mirror.example.com/debian/ bookworm-updates main',
        'deb http://mirror.example.com/debian/ bookworm main contrib',
      ],
    });
  });

  test('of Ubuntu', () => {
    const lines = `Ubuntu|noble-backports|http://mirror.example.com/ubuntu/|universe
Ubuntu|noble|http://mirror.example.com/ubuntu/|main
Ubuntu|noble|http://mirror.example.com/ubuntu/|universe`;
    expect(mirrorFrom(lines)).toEqual({
      suite: 'noble',
      sources: ['deb http://mirror.example.com/ubuntu/ noble main universe'],
    });
  });

  test.each([
    [''],
    ['|bookworm|http://mirror.example.com/debian/|main'],
    ['Debian|bookworm-security|http://m.example.com/|main'],
  ])('none: %j', (lines) => {
    expect(mirrorFrom(lines)).toBeUndefined();
  });

  test('apt in an image goes the same way to the network as apt on the machine', () => {
    const dump = `Acquire "";
Acquire::cdrom::mount "/media/cdrom/";
Acquire::http::Proxy "http://proxy.example.com:3128";
Acquire::https::CAInfo "/etc/ssl/own.pem";
Acquire::Check-Valid-Until "false";
Acquire::GzipIndexes "true";
Acquire::Languages:: "none";`;
    expect(networkSettings(dump)).toBe(`Acquire::http::Proxy "http://proxy.example.com:3128";
Acquire::https::CAInfo "/etc/ssl/own.pem";
Acquire::Check-Valid-Until "false";
`);
  });

  test('to make images of packages, mmdebstrap is installed where it is missing', () => {
    expect(missingPackages(imageNeeds, (program) => program !== 'mmdebstrap')).toEqual(['mmdebstrap']);
  });
});

test('a layer marks the topmost of what it removes', () => {
  const below = '.\n./etc\n./etc/a\n./etc/b\n./usr\n./usr/doc\n./usr/doc/x\n./usr/doc/x/y\n';
  const seen = '.\n./etc\n./etc/b\n./etc/new\n./usr\n';
  expect(removals(seen, below)).toEqual(['./etc/a', './usr/doc']);
  expect(removals(below, below)).toEqual([]);
});

test('an image of two layers names both, the lowest first', () => {
  const layer = (name: string, size: number): { digest: string; diffId: string; size: number } => ({
    digest: `sha256:${name}-stored`,
    diffId: `sha256:${name}-plain`,
    size,
  });
  const parts = [
    { layer: layer('base', 10), what: 'base' },
    { layer: layer('upper', 5), what: 'redis' },
  ];
  const { config, manifest } = imageOf(parts, { Cmd: ['x'] }, 'arm64');
  expect(JSON.parse(config.bytes.toString())).toMatchObject({
    architecture: 'arm64',
    rootfs: { diff_ids: ['sha256:base-plain', 'sha256:upper-plain'] },
    history: [{ created_by: 'base' }, { created_by: 'redis' }],
  });
  expect(JSON.parse(manifest.bytes.toString())).toMatchObject({
    layers: [
      { digest: 'sha256:base-stored', size: 10 },
      { digest: 'sha256:upper-stored', size: 5 },
    ],
  });
});
