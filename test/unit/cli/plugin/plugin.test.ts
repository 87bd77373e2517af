import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engineWords, takeDockerSettings } from '../../../../src/cli/plugin/docker-settings.ts';
import { launcherMark, shellLauncher, windowsLauncherSource } from '../../../../src/cli/plugin/launcher.ts';
import { pluginCall } from '../../../../src/cli/plugin/call.ts';

/** Recorded from docker CLI 28.2.2: what it hands to a plugin for each command line. */
describe('what the docker CLI hands on', () => {
  test.each([
    { handed: ['tutor', 'run', 'hello-world'], argv: ['run', 'hello-world'], docker: {} },
    { handed: ['tutor'], argv: [], docker: {} },
    {
      handed: ['-H', 'tcp://1.2.3.4:2375', 'tutor', 'run', '-H', 'x'],
      argv: ['run', '-H', 'x'],
      docker: { host: 'tcp://1.2.3.4:2375' },
    },
    { handed: ['-Htcp://h', 'tutor', 'list'], argv: ['list'], docker: { host: 'tcp://h' } },
    {
      handed: ['--context', 'foo', 'tutor', 'try', 'docker ps'],
      argv: ['try', 'docker ps'],
      docker: { context: 'foo' },
    },
    { handed: ['-Dc', 'foo', 'tutor'], argv: [], docker: { debug: 'true', context: 'foo' } },
    {
      handed: [
        '--config',
        '/c',
        '--tlsverify',
        '--tlscacert',
        '/ca',
        '--tlscert=/c.pem',
        '--tlskey',
        '/k',
        '-l',
        'warn',
        'tutor',
        'list',
      ],
      argv: ['list'],
      docker: {
        config: '/c',
        tlsverify: 'true',
        tlscacert: '/ca',
        tlscert: '/c.pem',
        tlskey: '/k',
        'log-level': 'warn',
      },
    },
    { handed: ['help', 'tutor'], argv: ['--help'], docker: {} },
    { handed: ['help', 'tutor', 'run'], argv: ['run', '--help'], docker: {} },
    { handed: ['__complete', 'tutor', 'run', 'he'], argv: ['__complete', 'run', 'he'], docker: {} },
  ])('$handed', ({ handed, argv, docker }) => {
    expect(pluginCall(handed)).toEqual({ argv, docker });
  });

  test.each([
    [[]],
    [['run', 'tutor']],
    [['run', '-H', 'x', 'hello-world']],
    [['--version']],
    [['help']],
    [['-H', 'tutor']],
    [['__complete', 'run', 'tutor']],
  ])('%j is docker-tutor by itself', (argv) => {
    expect(pluginCall(argv)).toBeUndefined();
  });
});

describe("docker's options before tutor", () => {
  const after = (...handed: string[]): Record<string, string | undefined> => {
    const env = {};
    takeDockerSettings(pluginCall([...handed, 'tutor']) ?? { argv: [], docker: {} }, env);
    return env;
  };

  test('name the engine as options of the subcommand', () => {
    expect(engineWords({ argv: [], docker: { host: 'tcp://h', context: 'c', debug: 'true' } })).toEqual([
      '--host',
      'tcp://h',
      '--context',
      'c',
    ]);
  });

  test('set the config folder', () => {
    expect(after('--config', '/c')).toEqual({ DOCKER_CONFIG: '/c' });
  });

  test('ask for TLS, verified or not', () => {
    expect(after('--tlsverify')).toEqual({ DOCKER_TLS_VERIFY: '1', DOCKER_TLS: '1' });
    expect(after('--tls')).toEqual({ DOCKER_TLS_VERIFY: '', DOCKER_TLS: '1' });
    expect(after('--tlsverify=false')).toEqual({ DOCKER_TLS_VERIFY: '', DOCKER_TLS: '1' });
    expect(after('--tlscacert', '/ca.pem')).toEqual({ DOCKER_TUTOR_TLSCACERT: '/ca.pem' });
  });
});

describe('the launcher', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "docker-tutor launcher's "));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  const launch = (node: string, program: string, ...args: string[]) => {
    const file = join(folder, 'launch');
    writeFileSync(file, shellLauncher(node, program));
    chmodSync(file, 0o755);
    return spawnSync(file, args, { encoding: 'utf8' });
  };

  test.runIf(process.platform !== 'win32')(
    'hands every argument on as it came, whatever the paths are called, and the exit code back',
    () => {
      const program = join(folder, 'pro gram.cjs');
      writeFileSync(program, 'process.stdout.write(JSON.stringify(process.argv.slice(2))); process.exitCode = 7;');
      const words = ['tutor', "it's", 'a b', '$HOME', '', '"'];
      expect(launch(process.execPath, program, ...words)).toMatchObject({ status: 7, stdout: JSON.stringify(words) });
      expect(launch('/gone/node', program, 'x')).toMatchObject({ status: 7, stdout: '["x"]' });
    },
  );

  test.runIf(process.platform !== 'win32')('says so where docker-tutor has gone', () => {
    const gone = launch(process.execPath, join(folder, 'gone.js'));
    expect(gone.status).toBe(1);
    expect(gone.stderr).toContain('docker-tutor plugin install');
  });

  test('for Windows names both programs as verbatim strings, and carries the mark', () => {
    const source = windowsLauncherSource('C:\\Program Files\\node.exe', 'C:\\a"b\\docker-tutor.js');
    expect(source).toContain('@"C:\\Program Files\\node.exe"');
    expect(source).toContain('@"C:\\a""b\\docker-tutor.js"');
    expect(source).toContain(launcherMark);
  });
});
