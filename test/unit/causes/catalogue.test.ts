import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { causeFailure } from '../../../src/cause-failure.ts';
import { catalogue, explanations } from '../../../src/causes/catalogue.ts';
import type { CauseId } from '../../../src/causes/catalogue.ts';
import { fill } from '../../../src/causes/cause.ts';
import type { Cause } from '../../../src/causes/cause.ts';
import { diagnose } from '../../../src/doctor/diagnose.ts';
import { machineFacts } from '../../../src/doctor/machine.ts';
import type { Machine } from '../../../src/causes/facts.ts';
import type { MachineSources } from '../../../src/doctor/machine.ts';
import { refusalRows } from '../../../src/engine/refusals.ts';
import { Failure } from '../../../src/failure.ts';

const laptop: Machine = {
  platform: 'linux',
  root: false,
  user: 'ada',
  systemd: true,
  wsl: false,
  inContainer: false,
  desktop: false,
  snap: false,
  dockerd: false,
  dockerCli: false,
  podman: false,
  dockerGroup: 'no',
  sockets: [],
};
const machines: readonly Machine[] = [
  laptop,
  { ...laptop, root: true, systemd: false, dockerd: true },
  { ...laptop, wsl: true },
  { ...laptop, platform: 'darwin', systemd: false, desktop: true },
  { ...laptop, platform: 'win32', systemd: false, desktop: true },
];
const causes = Object.entries(catalogue) as [CauseId, Cause][];
const missing = { address: 'unix:///var/run/docker.sock', from: 'default' };

function fixesOf(id: CauseId, machine: Machine, args: Record<string, string> = missing): readonly string[] {
  return diagnose(causeFailure(id, { args }), machine)?.fixes.map((fix) => fix.do) ?? [];
}

describe('the catalogue', () => {
  it.each(causes)('%s speaks in full on every machine, with and without arguments', (id, cause) => {
    expect(id).toMatch(/^E-[A-Z0-9]+(-[A-Z0-9]+)*$/);
    expect(cause.document).toMatch(/^https:\/\/docs\.docker\.com\//);
    for (const machine of machines) {
      for (const args of [{}, missing]) {
        const found = diagnose(causeFailure(id, { args }), machine);
        const words = [
          found?.title,
          found?.explanation,
          ...(found?.fixes ?? []).flatMap((fix) => [fix.do, fix.note ?? 'x']),
        ];
        for (const text of words) {
          expect(text).toBeTruthy();
          expect(text).not.toMatch(/(?<!\{)\{(?!\{)\w+\||undefined/);
        }
        expect(found?.title).not.toMatch(/\.$/);
        expect(found?.explanation).toMatch(/\.$/);
      }
    }
  });

  it('names what was to be run in the ways out, and only ways that work there', () => {
    const ways = (machine: Machine): readonly string[] =>
      diagnose(causeFailure('E-SOCKET-MISSING', { args: missing }), machine, 'volume-mount')?.alternatives.map(
        (way) => way.do,
      ) ?? [];
    expect(ways({ ...laptop, root: true })).toEqual(['docker-tutor run volume-mount --lab']);
    expect(ways(laptop)).toEqual(['sudo env "PATH=$PATH" docker-tutor run volume-mount --lab']);
    expect(ways({ ...laptop, inContainer: true })).toEqual([]);
  });

  it('offers to start the service where its own socket is missing, and nowhere else', () => {
    const start = 'sudo systemctl start docker';
    expect(fixesOf('E-SOCKET-MISSING', laptop)).toContain(start);
    const other = { address: 'unix:///nowhere', path: '/nowhere', from: 'host-option' };
    expect(fixesOf('E-SOCKET-MISSING', laptop, other)).not.toContain(start);
    expect(fixesOf('E-SOCKET-MISSING', laptop, other)).toContain('ls -l /nowhere');
    const inside = fixesOf('E-SOCKET-MISSING', { ...laptop, inContainer: true });
    expect(inside).not.toContain(start);
    expect(inside).toContain('docker run -v /var/run/docker.sock:/var/run/docker.sock …');
  });

  it.each<[string, CauseId, boolean, string, string]>([
    ['a container', 'E-LOOPBACK-PORT', true, missing.address, 'docker run --network host …'],
    [
      'a container, asking elsewhere',
      'E-LOOPBACK-PORT',
      true,
      'tcp://lab07:2376',
      'docker-tutor run, on the engine’s machine',
    ],
    [
      'a laptop, asking elsewhere',
      'E-LOOPBACK-PORT',
      false,
      'ssh://lab07',
      'docker-tutor run, on the engine’s machine',
    ],
    [
      'a container',
      'E-REMOTE-BIND',
      true,
      missing.address,
      'docker run -v /srv/tutor:/srv/tutor -e TMPDIR=/srv/tutor …',
    ],
    [
      'a container, asking elsewhere',
      'E-REMOTE-BIND',
      true,
      'tcp://lab07:2376',
      'docker-tutor run, on the engine’s machine',
    ],
    ['a laptop, asking elsewhere', 'E-REMOTE-BIND', false, 'ssh://lab07', 'docker-tutor run, on the engine’s machine'],
  ])('from %s: %s leads first to where the engine is', (_, id, inContainer, address, first) => {
    expect(fixesOf(id, { ...laptop, inContainer }, { address, tried: 'home' })[0]).toBe(first);
  });

  it('never advises to open the socket to everybody', () => {
    expect(JSON.stringify(catalogue)).not.toMatch(/chmod (666|777|a\+)/);
  });

  it('has every cause that a refusal can lead to', () => {
    for (const row of refusalRows) expect(catalogue).toHaveProperty(row.id);
  });

  it.each(Object.keys(explanations) as (keyof typeof explanations)[])(
    '%s is explained, after the failure’s own sentence and hints',
    (code) => {
      const failure = new Failure('It cannot be had here.', {
        code,
        exitCode: 4,
        hints: ['do this'],
        evidence: ['seen'],
      });
      for (const machine of machines) {
        const found = diagnose(failure, machine);
        expect(found).toMatchObject({ code, title: 'It cannot be had here', evidence: ['seen'], exitCode: 4 });
        expect(found?.explanation).toMatch(/^[^{}]+\.$/);
      }
    },
  );

  it('knows every code of the environment that is thrown', () => {
    const source = fileURLToPath(new URL('../../../src', import.meta.url));
    const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
    const thrown = files.flatMap((path) =>
      [...readFileSync(join(source, path), 'utf8').matchAll(/(?:\bcode: |causeFailure\()'(E-[^']+)'/g)].map(
        ([, code]) => code ?? '',
      ),
    );
    expect(new Set(thrown).size).toBeGreaterThan(20);
    const known = [...Object.keys(catalogue), ...Object.keys(explanations)];
    expect([...new Set(thrown)].filter((code) => !known.includes(code))).toEqual([]);
  });

  it('leaves failures of its own kind to others', () => {
    expect(diagnose(new Failure('no', { code: 'conflicting-options', exitCode: 2 }), laptop)).toBeUndefined();
  });
});

describe('the missing socket', () => {
  it('is told as a learner needs it', () => {
    expect(diagnose(causeFailure('E-SOCKET-MISSING', { args: missing, evidence: ['ENOENT'] }), laptop)).toEqual({
      code: 'E-SOCKET-MISSING',
      weight: 'error',
      title: 'No Docker Engine answers at unix:///var/run/docker.sock',
      explanation: 'The socket does not exist: Docker Engine is not installed, or not started.',
      askedBecause: 'default (no --host, no DOCKER_HOST, no context)',
      fixes: [
        { do: 'sudo systemctl start docker', note: 'if it is installed' },
        { do: 'https://docs.docker.com/engine/install/' },
      ],
      alternatives: [
        {
          do: 'sudo env "PATH=$PATH" docker-tutor run hello-world --lab',
          note: 'a private engine; docker-tutor lab down ends it',
        },
      ],
      evidence: ['ENOENT'],
      exitCode: 4,
    });
  });

  it.each<[string, Partial<Machine>, string, string | undefined]>([
    ['root needs no sudo', { root: true }, 'systemctl start docker', 'sudo'],
    ['no systemd', { systemd: false, dockerd: true }, 'sudo service docker start', 'systemctl'],
    ['Docker Desktop', { desktop: true }, 'start Docker Desktop', 'systemctl'],
    ['macOS', { platform: 'darwin', systemd: false }, 'start Docker Desktop', 'systemctl'],
    ['WSL', { wsl: true }, 'WSL integration', 'systemctl'],
  ])('fix for %s', (_, facts, present, absent) => {
    const fixes = fixesOf('E-SOCKET-MISSING', { ...laptop, ...facts }).join('\n');
    expect(fixes).toContain(present);
    if (absent !== undefined) expect(fixes).not.toContain(absent);
  });

  it('names another socket that is here, and the lab only where it can run', () => {
    const colima = {
      of: 'Colima',
      path: '/h/.colima/default/docker.sock',
      address: 'unix:///h/.colima/default/docker.sock',
    };
    const found = diagnose(causeFailure('E-SOCKET-MISSING', { args: missing }), {
      ...laptop,
      platform: 'darwin',
      sockets: [colima],
    });
    expect(found?.alternatives.map((way) => way.do)).toEqual([
      'docker-tutor run hello-world --host unix:///h/.colima/default/docker.sock',
    ]);
  });
});

describe('the denied socket', () => {
  it.each<[Machine['dockerGroup'], string]>([
    ['no', 'sudo usermod -aG docker $USER'],
    ['next-login', 'newgrp docker'],
    ['member', 'ls -lZ'],
  ])('for a user whose group membership is %s', (dockerGroup, fix) => {
    expect(fixesOf('E-SOCKET-DENIED', { ...laptop, dockerGroup })[0]).toContain(fix);
  });
});

describe('fill', () => {
  it.each([
    ['at {address}', { address: 'x' }, 'at x'],
    ['at {address|the engine}', {}, 'at the engine'],
    ['port {port|} is taken', {}, 'port is taken'],
    ['{{.Driver}} {{end}} {name}', { name: 'n', end: 'no' }, '{{.Driver}} {{end}} n'],
    ['{a}', { a: '{b}', b: 'no' }, '{b}'],
  ])('%s', (template, args, text) => {
    expect(fill(template, args)).toBe(text);
  });
});

describe('the facts of a machine', () => {
  function facts(
    more: Partial<MachineSources>,
    there: readonly string[] = [],
    texts: Record<string, string> = {},
  ): Machine {
    return machineFacts({
      env: { PATH: '/usr/bin', XDG_RUNTIME_DIR: '/run/user/1000' },
      platform: 'linux',
      exists: (path) => there.includes(path),
      text: (path) => texts[path] ?? '',
      user: { name: 'ada', uid: 1000, home: '/home/ada', groups: [1000] },
      ...more,
    });
  }

  it('lists the sockets there are, in order', () => {
    const { sockets } = facts({}, ['/run/user/1000/podman/podman.sock', '/run/user/1000/docker.sock']);
    expect(sockets.map(({ of }) => of)).toEqual(['rootless Docker', 'Podman']);
  });

  it.each<[string, number[], string, Machine['dockerGroup']]>([
    ['in the group', [1000, 999], 'docker:x:999:ada', 'member'],
    ['added since the login', [1000], 'docker:x:999:bob,ada', 'next-login'],
    ['not in it', [1000], 'docker:x:999:adam', 'no'],
    ['no such group', [1000], '', 'no'],
  ])('a user %s', (_, groups, line, state) => {
    const found = facts({ user: { name: 'ada', uid: 1000, home: '/home/ada', groups } }, [], {
      '/etc/group': `root:x:0:\n${line}\n`,
    });
    expect(found.dockerGroup).toBe(state);
  });

  it('knows WSL, systemd and an installed engine', () => {
    expect(
      facts({}, ['/run/systemd/system', '/usr/bin/dockerd'], {
        '/proc/sys/kernel/osrelease': '5.15.1-microsoft-standard-WSL2',
      }),
    ).toMatchObject({ wsl: true, systemd: true, dockerd: true, root: false });
  });
});

describe('an image without a variant for this platform', () => {
  it.each([
    ['linux/arm64', true],
    ['linux/amd64', false],
    ['linux/amd64/v3', false],
  ])('for %s: the usual variant is advised only where it is another one', (platform, advised) => {
    const fix = catalogue['E-PLATFORM'].fixes.find((one) => one.do.includes('linux/amd64')) as Cause['fixes'][number];
    expect(fix.fits?.(laptop, { platform })).toBe(advised);
  });
});
