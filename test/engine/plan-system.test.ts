/** info, df, events, prunes, search and login on a real engine; where a docker CLI is on PATH, it prints the same. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { lessonLogins } from '../../src/engine/login/logins.ts';
import { dockerLogins } from '../../src/engine/login/docker-logins.ts';
import type { Observation } from '../../src/perform/world.ts';
import { bench } from './owned.ts';
import type { Bench } from './owned.ts';
import { ageless, docker, dockerCli, dockerTutor } from './performed.ts';
import type { Outcome, Performer, RunOptions } from './performed.ts';
import { engineSuite } from './lab.ts';

const cli = dockerCli();
const container = 'dt-sys-container';
const label = 'dt-sys-prune';

engineSuite('system commands', ({ address }) => {
  let tutor: Performer;
  let owned: Bench;
  let folder: string;
  const run = (line: string, options: RunOptions = {}): Promise<Outcome> => tutor.run(line, options);
  const removeAll = async (): Promise<void> => {
    await run(`rm -f ${container} dt-sys-gone dt-sys-kept dt-sys-ours`);
    await run('network rm -f dt-sys-network dt-sys-our-network');
    await run('volume rm -f dt-sys-volume');
  };

  beforeAll(async () => {
    tutor = await dockerTutor(address);
    owned = await bench(address);
    folder = await mkdtemp(join(tmpdir(), 'docker-tutor-system-'));
    await run('pull busybox');
    await removeAll();
    await run('volume create dt-sys-volume');
    await run(`run --name ${container} -v dt-sys-volume:/v busybox true`);
    // `--until 0s` is the beginning of this second: what happens in it is told to one who asks in the next
    await vi.waitFor(
      async () =>
        expect((await run(`events --since 10m --until 0s --filter container=${container}`)).stdout).toContain(' die '),
      { timeout: 20_000, interval: 200 },
    );
  });
  afterAll(async () => {
    await removeAll();
    await owned.close();
    tutor.close();
    await rm(folder, { recursive: true });
  });

  describe.skipIf(!cli)('print what the docker CLI prints', () => {
    /** Without the CLI's advice to use another builder. */
    const theirs = async (line: string): Promise<Outcome> => {
      const outcome = await docker(address, line, { env: { DOCKER_CONFIG: folder } });
      return { ...outcome, stderr: outcome.stderr.replace(/^DEPRECATED: (?:.*\n)+?\n/, '') };
    };
    /** Lines in order: images come in any, and the CLI lists runtimes in any. */
    const sorted = (text: string): readonly string[] =>
      text
        .split('\n')
        .map((line) => (line.startsWith(' Runtimes') ? line.split(' ').sort().join(' ') : line))
        .sort();

    test.each([
      'system df',
      'system df --format json',
      `system df --format '{{.Type}}: {{.TotalCount}}'`,
      `system df --format '{{.Nope}}'`,
      `system df -v --format '{{range .Volumes}}{{.Name}} {{.Links}}{{end}}'`,
      `system df -v --format '{{.Nope}}'`,
      `info --format '{{.Driver}} {{.OSType}} {{.NCPU}} {{json .SecurityOptions}}'`,
      `info --format '{{.Nope}}'`,
      `info --format '{{'`,
      'events --since 2020-01-01 --until 2020-01-02',
      `events --since 10m --until 0s --filter container=${container}`,
      `events --since 10m --until 0s --filter container=${container} --format json`,
      `events --since 10m --until 0s --filter container=${container} --format '{{.Type}} {{.Action}} {{.Actor.ID}} {{.TimeNano}} {{json .Actor.Attributes}}'`,
      `events --until 0s --format '{{.Nope}}'`,
      `events --until 0s --format '{{'`,
      'events --since nonsense',
      'events --since 2020-01-01 --until 2020-01-02 --filter nope=1',
      'system prune -f --volumes --filter until=1h',
      'logout registry.example:5000',
      'login -u someone -p something --password-stdin',
      'login --password-stdin',
    ])('docker %s', async (line) => {
      const expected = await theirs(line);
      expect(await run(line)).toEqual(expected);
    });

    test('docker info, the engine’s part', async () => {
      const server = ({ stdout }: Outcome): string => stdout.slice(stdout.indexOf('\nServer:\n'));
      const [expected, actual] = [await theirs('info'), await run('info')];
      expect(sorted(server(actual))).toEqual(sorted(server(expected)));
      expect(actual.stderr).toBe(expected.stderr);
      expect(actual.stdout).toMatch(/^Client: docker-tutor\n Version: {4}\S+\n/);
    });

    test('docker system df -v, but for the seconds passed', async () => {
      const [expected, actual] = [await theirs('system df -v'), await run('system df -v')];
      expect(sorted(ageless(actual.stdout))).toEqual(sorted(ageless(expected.stdout)));
    });
  });

  test('builder prune tells what went as the buildx plugin does', async () => {
    const { stdout, exitCode } = await run('builder prune -f --filter until=87600h');
    expect({ stdout, exitCode }).toEqual({ stdout: 'Total:\t0B\n', exitCode: 0 });
  });

  test('docker system df -v --format json has the lists in docker’s order', async () => {
    const { stdout } = await run('system df -v --format json');
    expect(Object.keys(JSON.parse(stdout) as object)).toEqual(['Images', 'Containers', 'Volumes', 'BuildCache']);
  });

  test('events come as they happen, until the end that was asked for', async () => {
    const until = String(Math.floor(Date.now() / 1000) + 4);
    const watching = run(`events --until ${until} --filter type=volume --filter volume=dt-sys-event`);
    // the engine tells of the past of a second too, so that nothing is missed before it listens
    await run('volume create dt-sys-event');
    await run('volume rm dt-sys-event');
    const { stdout, exitCode } = await watching;
    expect(exitCode).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.at(-1)).toMatch(
      /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}(?:Z|[-+]\d\d:\d\d) volume destroy dt-sys-event \(driver=local\)$/,
    );
  });

  test('a system prune asks, names what it is limited to, and removes kind by kind', async () => {
    // in a run, because the engine does not limit the build cache by label
    const { owning } = owned.owner();
    const guarded = (text: string, options: RunOptions = {}): Promise<Outcome> =>
      run(text, { ...options, world: { guard: owning.guard } });
    await guarded(`create --name dt-sys-gone --label ${label} busybox true`);
    await guarded(`network create --label ${label} dt-sys-network`);
    const line = `system prune --filter label=${label}`;
    const asked = [
      'WARNING! This will remove:',
      '  - all stopped containers',
      '  - all networks not used by at least one container',
      '  - all dangling images',
      '  - unused build cache',
      '',
      '  Items to be pruned will be filtered with:',
      `  - label=${label}`,
      '',
      'Are you sure you want to continue? [y/N] ',
    ].join('\n');
    expect(await guarded(line, { answer: 'N' })).toEqual({ exitCode: 0, stdout: asked, stderr: '' });
    const gone = await guarded(line, { answer: 'y' });
    expect(gone).toMatchObject({ exitCode: 0, stderr: '' });
    expect(gone.stdout.slice(asked.length)).toMatch(
      /^Deleted Containers:\n[0-9a-f]{64}\n\nDeleted Networks:\ndt-sys-network\n\nTotal reclaimed space: 0B\n$/,
    );
    await owning.clean(AbortSignal.timeout(60_000));
  });

  test('in a run of docker-tutor a system prune takes what the run has made, and nothing else', async () => {
    await run(`create --name dt-sys-kept --label ${label} busybox true`);
    await run('network create dt-sys-network');
    const before = await owned.everything();
    const { owning } = owned.owner();
    const guarded = (line: string): Promise<Outcome> => run(line, { world: { guard: owning.guard } });
    await guarded('create --name dt-sys-ours busybox true');
    await guarded('network create dt-sys-our-network');
    const { stdout } = await guarded('system prune -af --volumes');
    expect(stdout).toMatch(
      /^Deleted Containers:\n[0-9a-f]{64}\n\nDeleted Networks:\ndt-sys-our-network\n\nTotal reclaimed space: 0B\n$/,
    );
    expect(await owned.everything()).toBe(before);
    await owning.clean(AbortSignal.timeout(60_000));
    await run('rm dt-sys-kept');
  });

  describe('docker login', () => {
    const registry = async (): Promise<string | undefined> => {
      const { stdout } = await run(`info --format '{{json .RegistryConfig.Mirrors}}'`);
      return (JSON.parse(stdout) as readonly string[] | null)?.[0]?.replace(/^https?:\/\/|\/$/g, '');
    };

    test('signs in through the engine and keeps the login in the run; the password is seen by nobody', async (context) => {
      const server = await registry();
      if (server === undefined) return context.skip('the engine has no registry of its own to sign in to');
      const seen: Observation[] = [];
      const credentials = lessonLogins(dockerLogins(folder, AbortSignal.timeout(10_000)));
      const world = { credentials, observe: (one: Observation) => void seen.push(one) };
      const outcome = await run(`login -u ann --password-stdin http://${server}/v2/`, { input: 'hunter2\n', world });
      expect(outcome).toEqual({ exitCode: 0, stdout: 'Login Succeeded\n', stderr: '' });
      expect(await credentials.find(server)).toEqual({ server, username: 'ann', password: 'hunter2' });
      expect(seen).toMatchObject([
        {
          saw: 'request',
          request: { path: '/auth', body: { username: 'ann', password: '…', serveraddress: server } },
          status: 200,
        },
      ]);
      expect(JSON.stringify(seen)).not.toContain('hunter2');
      await expect(readFile(join(folder, 'config.json'), 'utf8')).rejects.toThrow('ENOENT');
      await run(`logout ${server}`, { world });
      expect(await credentials.find(server)).toBeUndefined();
    });

    test('keeps it where the docker CLI does, and says so, where that is wanted', async (context) => {
      const server = await registry();
      if (server === undefined) return context.skip('the engine has no registry of its own to sign in to');
      const world = { credentials: dockerLogins(folder, AbortSignal.timeout(10_000)) };
      const outcome = await run(`login -u ann -p hunter2 ${server}`, { world });
      const file = join(folder, 'config.json');
      expect(outcome).toEqual({
        exitCode: 0,
        stdout: 'Login Succeeded\n',
        stderr: `WARNING! Using --password via the CLI is insecure. Use --password-stdin.\n\nWARNING! Your credentials are stored unencrypted in '${file}'.\nConfigure a credential helper to remove this warning. See\nhttps://docs.docker.com/go/credential-store/\n\n`,
      });
      const again = await run(`login ${server}`, { world });
      expect(again).toMatchObject({ exitCode: 0, stdout: 'Login Succeeded\n' });
      expect(again.stderr).toMatch(/^Authenticating with existing credentials\.\.\. \[Username: ann\]\n/);
      expect(await run(`logout ${server}`, { world })).toEqual({
        exitCode: 0,
        stdout: `Removing login credentials for ${server}\n`,
        stderr: '',
      });
      expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ auths: {} });
    });

    test('that is refused keeps nothing, and its error has no password in it', async () => {
      const seen: Observation[] = [];
      const credentials = lessonLogins();
      const world = { credentials, observe: (one: Observation) => void seen.push(one) };
      const outcome = await run('login -u ann --password-stdin 127.0.0.1:1', { input: 'hunter2', world });
      expect(outcome.exitCode).toBe(1);
      expect(outcome.stderr).toMatch(/^Error response from daemon: .*127\.0\.0\.1:1/);
      const refused = seen.flatMap((one) => (one.saw === 'refusal' ? [one.error] : []));
      expect(refused).toHaveLength(1);
      expect(JSON.stringify([outcome, seen, refused[0]?.request])).not.toContain('hunter2');
      expect(await credentials.find('127.0.0.1:1')).toBeUndefined();
    });

    test('asks for what it was not given', async () => {
      const outcome = await run('login 127.0.0.1:1', { answer: '' });
      expect(outcome).toEqual({ exitCode: 1, stdout: 'Username: ', stderr: 'Error: Non-null Username Required\n' });
    });
  });

  test('a search that cannot reach its registry says so', async () => {
    const outcome = await run('search 127.0.0.1:1/busybox');
    expect(outcome).toMatchObject({ exitCode: 1, stdout: '' });
    expect(outcome.stderr).toMatch(/^Error response from daemon: /);
  });
});
