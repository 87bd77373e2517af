/**
 * Every container command on a real engine: what it does, and, where a docker CLI is on PATH, that it prints the same
 * and leaves the same object as that. Programs run with exec only read: a test engine may share this machine's files.
 */
import { mkdir, mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ageless, docker, dockerCli, dockerTutor } from './performed.ts';
import type { Outcome, Performer, RunOptions } from './performed.ts';
import { engineSuite } from './lab.ts';

const cli = dockerCli();
const names = { up: 'dt-plan-up', other: 'dt-plan-other', mine: 'dt-plan-mine', theirs: 'dt-plan-theirs' };

engineSuite('container commands', ({ address }) => {
  let tutor: Performer;
  let folder: string;
  const run = (line: string, options?: RunOptions): Promise<Outcome> => tutor.run(line, options);
  const inspect = async (name: string, format: string): Promise<string> =>
    (await run(`inspect -f '${format}' ${name}`)).stdout.trim();
  const removeAll = (): Promise<Outcome> =>
    run(`rm -f -v ${[...Object.values(names), 'dt-plan-renamed', 'dt-plan-new'].join(' ')}`);

  beforeAll(async () => {
    tutor = await dockerTutor(address);
    folder = await mkdtemp(join(tmpdir(), 'plan-container-'));
    await run('pull busybox');
    await removeAll();
    const script =
      'echo said; echo complained >&2; mkdir -p /made/sub; echo content > /made/file; ln -s file /made/link; sleep 600';
    await run(
      `run -d --name ${names.up} -l a=b -l com.example.two=2 -p 80 -p 127.0.0.1::53/udp -v dt-plan-volume:/data busybox sh -c '${script}'`,
    );
    await run(`run -d --name ${names.other} busybox sleep 600`);
    await vi.waitFor(async () => expect((await run(`logs ${names.up}`)).stderr).toContain('complained'), {
      timeout: 10_000,
    });
  });
  afterAll(async () => {
    await removeAll();
    await run('volume rm dt-plan-volume').catch(() => undefined);
    tutor.close();
    await rm(folder, { recursive: true });
  });

  describe.skipIf(!cli)('print what the docker CLI prints', () => {
    test.each([
      'ps -a --filter name=dt-plan-none',
      `ps --filter name=${names.up} --format '{{.Names}}|{{.Image}}|{{.Command}}|{{.Ports}}|{{.Mounts}}|{{.Networks}}|{{.Labels}}|{{.LocalVolumes}}|{{.State}}|{{.CreatedAt}}'`,
      `ps --filter name=${names.up} --format 'table {{.Names}}\\t{{.Image}}\\t{{.Label "a"}}\\t{{.Size}}'`,
      `ps -q --no-trunc --filter name=${names.up}`,
      `ps -q --filter name=${names.up} --format json`,
      `ps --filter name=dt-plan- --format '{{.Nope}}'`,
      `ps --format '{{'`,
      `inspect ${names.up}`,
      `inspect ${names.up} ${names.other} nothing-here`,
      `inspect --format json dt-plan-volume bridge busybox`,
      `inspect -s dt-plan-volume`,
      `inspect --type container -s ${names.other} -f '{{.SizeRw}}'`,
      `inspect --type network nothing-here`,
      `container inspect nothing-here`,
      `inspect -f '{{.State.Status}} {{.Config.Labels}} {{json .Config}} {{range .Mounts}}{{.Destination}}{{end}} {{.State.Health}}' ${names.up}`,
      `inspect -f '{{range $p, $c := .NetworkSettings.Ports}}{{$p}} {{(index $c 0).HostPort}} {{end}}' ${names.up}`,
      `inspect -f '{{.Nope}}' ${names.up}`,
      `inspect -f '{{nope}}' ${names.up}`,
      'start nothing-here',
      'start -a nothing-here',
      `start -a ${names.up} ${names.other}`,
      `start ${names.up} nothing-here`,
      'stop nothing-here',
      'restart nothing-here',
      'kill nothing-here',
      `kill -s NOPE ${names.up}`,
      'pause nothing-here',
      `unpause ${names.up}`,
      'rename nothing-here x1',
      `rename ${names.up} ${names.up}`,
      'exec nothing-here true',
      `exec ${names.up} sh -c 'echo out; echo err >&2; exit 7'`,
      `exec ${names.up} no-such-program`,
      `exec -d ${names.up} no-such-program`,
      `exec -u nobody-here ${names.up} true`,
      `exec -w / -e A=1 -e B='two words' ${names.up} sh -c 'pwd; echo $A $B'`,
      'attach nothing-here',
      'wait nothing-here',
      'top nothing-here',
      `top ${names.up} -o pid,args`,
      'stats --no-stream nothing-here',
      `stats --no-stream --format '{{.Name}} {{.Container}} {{.PIDs}}' ${names.other}`,
      `stats --no-stream --format 'table {{.Name}}\\t{{.PIDs}}' ${names.other} ${names.up}`,
      `diff ${names.other}`,
      'diff nothing-here',
      `port ${names.up}`,
      `port ${names.up} 80`,
      `port ${names.up} 53/udp`,
      `port ${names.up} 81`,
      `port ${names.up} x`,
      `logs ${names.up}`,
      `logs -t --tail 1 ${names.up}`,
      `logs --since 2020-01-01 --until 2020-01-02T03:04:05Z ${names.up}`,
      `logs --since nonsense ${names.up}`,
      'logs nothing-here',
      'commit nothing-here',
      `commit -c 'NOPE x' ${names.other}`,
      'export nothing-here',
      `export -o /nothing/here/x ${names.other}`,
      `update ${names.up}`,
      'update --cpus 1 nothing-here',
      'container prune -f --filter label=dt-plan-none',
      'container prune -f --filter nonsense=1',
      `cp ${names.up}:/nothing/here .`,
      `cp nothing/here ${names.up}:/`,
      'cp here there',
      `cp ${names.up}:/a ${names.other}:/b`,
      `cp ${names.up}:/made nothing/here`,
      `cp -q=false ${names.up}:/made/file .`,
      `cp -q=false ${names.up}:/made/file one/../two`,
      `cp -q=false ${names.up}:/made ./`,
      `cp -q=false file ${names.up}:/made`,
      `cp -q=false made ${names.up}:/made/`,
      `cp ${names.up}:/made/file .`,
      `cp ${names.up}:/made/file nothing-here/`,
    ])('docker %s', async (line) => {
      const theirs = await docker(address, line, { cwd: folder });
      const ours = await run(line, { cwd: folder });
      expect(ours).toEqual(theirs);
    });

    test('docker ps, but for the time that passed', async () => {
      const line = 'ps -s --filter name=dt-plan-';
      const [theirs, ours] = [await docker(address, line), await run(line)];
      expect(ageless(ours.stdout)).toBe(ageless(theirs.stdout));
    });
  });

  describe('do what they say', () => {
    test('exec hands on input and exit code', async () => {
      expect(await run(`exec -i ${names.up} sh -c 'cat; exit 3'`, { input: 'typed\n' })).toEqual({
        exitCode: 3,
        stdout: 'typed\n',
        stderr: '',
      });
      expect(await run(`exec -d ${names.up} true`)).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    });

    test('exec --env-file reads the file', async () => {
      await writeFile(join(folder, 'env.list'), '# none\nFROM_FILE=yes\n');
      expect((await run(`exec --env-file env.list ${names.up} sh -c 'echo $FROM_FILE'`, { cwd: folder })).stdout).toBe(
        'yes\n',
      );
    });

    test('exec -it draws on the learner’s terminal, and is left with the detach keys', async () => {
      const terminal = { size: () => ({ rows: 31, columns: 97 }), onResize: () => () => undefined };
      const drawn = await run(`exec -it ${names.up} sh -c 'until stty size | grep "31 97"; do sleep 0.1; done'`, {
        terminal,
        input: '',
      });
      expect(drawn.stdout).toContain('31 97');
      expect(
        await run(`exec -it --detach-keys ctrl-x,x ${names.up} sleep 30`, { terminal, input: '\x18x' }),
      ).toMatchObject({ exitCode: 1, stderr: 'read escape sequence\n' });
    });

    test('a large output arrives whole', async () => {
      const { stdout } = await run(`exec ${names.up} sh -c 'yes | head -c 3000000'`);
      expect(stdout.length).toBe(3_000_000);
    });

    test('run -i and start -ai connect to the same container, with its exit codes', async () => {
      expect(
        await run(`run -i --name ${names.mine} busybox sh -c 'read word; echo got $word; exit 4'`, { input: 'one\n' }),
      ).toMatchObject({ exitCode: 4, stdout: 'got one\n' });
      expect(await run(`start -ai ${names.mine}`, { input: 'two\n' })).toMatchObject({
        exitCode: 4,
        stdout: 'got two\n',
      });
      await run(`rm ${names.mine}`);
    });

    test('pause, unpause, stop, start, restart, kill, rename, wait', async () => {
      await run(`run -d --name ${names.mine} busybox sleep 600`);
      const steps: readonly (readonly [string, string])[] = [
        [`pause ${names.mine}`, 'paused'],
        [`unpause ${names.mine}`, 'running'],
        [`stop -t 1 ${names.mine}`, 'exited'],
        [`start ${names.mine}`, 'running'],
        [`restart -t 1 ${names.mine}`, 'running'],
        [`kill ${names.mine}`, 'exited'],
      ];
      for (const [line, state] of steps) {
        expect(await run(line)).toEqual({ exitCode: 0, stdout: `${names.mine}\n`, stderr: '' });
        expect(await inspect(names.mine, '{{.State.Status}}')).toBe(state);
      }
      expect(await run(`wait ${names.mine}`)).toEqual({ exitCode: 0, stdout: '137\n', stderr: '' });
      expect(await run(`rename ${names.mine} dt-plan-renamed`)).toEqual({ exitCode: 0, stdout: '', stderr: '' });
      expect(await inspect('dt-plan-renamed', '{{.Name}}')).toBe('/dt-plan-renamed');
      await run('rm dt-plan-renamed');
    });

    test('attach shows what comes until the container ends', async () => {
      await run(`run -d --name ${names.mine} busybox sh -c 'sleep 5; echo late; exit 5'`);
      expect(await run(`attach --no-stdin ${names.mine}`)).toEqual({ exitCode: 5, stdout: 'late\n', stderr: '' });
      expect(await run(`attach ${names.mine}`)).toEqual({
        exitCode: 1,
        stdout: '',
        stderr: 'You cannot attach to a stopped container, start it first\n',
      });
      await run(`rm ${names.mine}`);
    });

    test('top lists the processes, diff the files, export all of them', async () => {
      const top = await run(`top ${names.up} -o pid,args`);
      // the engine runs ps where it is itself, and there may be none
      expect(top.stdout + top.stderr).toMatch(/sleep 600|"ps": executable file not found/);
      expect((await run(`diff ${names.up}`)).stdout.split('\n')).toEqual(
        expect.arrayContaining(['A /made', 'A /made/file']),
      );
      await run(`export -o all.tar ${names.up}`, { cwd: folder });
      expect((await readFile(join(folder, 'all.tar'), 'latin1')).includes('made/file')).toBe(true);
      expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
    });

    test('stats follows a container until it is gone, with one heading', async () => {
      await run(`run -d --rm --name dt-plan-new busybox sleep 4`);
      const { stdout } = await run(`stats --no-trunc --format 'table {{.Name}}\\t{{.PIDs}}' dt-plan-new`);
      const lines = stdout.trim().split('\n');
      expect(lines[0]).toMatch(/^NAME +PIDS$/);
      expect(lines.filter((line) => line.startsWith('NAME'))).toHaveLength(1);
      expect(lines.length).toBeGreaterThan(1);
    }, 30_000);

    test('container prune asks, and leaves everything where the answer is not y', async () => {
      await run(`create --name ${names.mine} --label dt-plan=prune busybox true`);
      const line = 'container prune --filter label=dt-plan=prune';
      expect(await run(line, { answer: 'n' })).toEqual({
        exitCode: 0,
        stdout: 'WARNING! This will remove all stopped containers.\nAre you sure you want to continue? [y/N] ',
        stderr: '',
      });
      expect(await inspect(names.mine, '{{.Name}}')).toBe(`/${names.mine}`);
      const { stdout } = await run(line);
      expect(stdout).toMatch(/Deleted Containers:\n[\da-f]{64}\n\nTotal reclaimed space: 0B\n$/);
    });
  });

  describe('cp', () => {
    beforeAll(async () => {
      await run(
        `run -d --name ${names.mine} busybox sh -c 'mkdir -p /made/sub; echo content > /made/file; ln -s file /made/link; chmod 751 /made/sub; touch /made/done; sleep 600'`,
      );
      await mkdir(join(folder, 'here', 'inner'), { recursive: true });
      await writeFile(join(folder, 'here', 'f'), 'local\n');
      await symlink('f', join(folder, 'here', 'link'));
      await vi.waitFor(async () => expect((await run(`diff ${names.mine}`)).stdout).toContain('A /made/done'), {
        timeout: 10_000,
      });
    });
    afterAll(() => run(`rm -f ${names.mine}`));
    const cp = (line: string, options: RunOptions = {}): Promise<Outcome> =>
      run(`cp ${line}`, { cwd: folder, ...options });
    /** What is in the container, seen without a program in it. */
    const inside = async (path: string): Promise<string> => (await cp(`${names.mine}:${path} -`)).stdout;

    test.each([
      ['a file to a new name', 'here/f', '/new', 'new', 'local\n'],
      ['a file into a folder', 'here/f', '/made', 'made/f', 'local\n'],
      ['a folder to a new name', 'here', '/copied', 'copied/f', 'local\n'],
      ['a folder into a folder', 'here', '/made', 'made/here/f', 'local\n'],
      ['a folder’s contents', 'here/.', '/made', 'made/f', 'local\n'],
      ['what a link leads to', '-L here/link', '/linked', 'linked', 'local\n'],
    ])('copies %s in', async (_, from, to, entry, content) => {
      expect(await cp(`${from} ${names.mine}:${to}`)).toEqual({ exitCode: 0, stdout: '', stderr: '' });
      expect(await inside(`/${entry}`)).toContain(content);
    });

    test('copies out: a file, a folder, its contents, and a tar', async () => {
      await cp(`${names.mine}:/made/file taken`);
      await cp(`${names.mine}:/made out`);
      await cp(`${names.mine}:/made/. contents`);
      expect(await readFile(join(folder, 'taken'), 'utf8')).toBe('content\n');
      expect(await readFile(join(folder, 'out', 'file'), 'utf8')).toBe('content\n');
      expect(await readFile(join(folder, 'contents', 'file'), 'utf8')).toBe('content\n');
      expect((await stat(join(folder, 'out', 'sub'))).mode & 0o777).toBe(0o751);
      const tar = await inside('/made');
      expect(tar).toContain('made/file');
      expect(await cp(`- ${names.mine}:/tmp`, { input: tar })).toMatchObject({ exitCode: 0 });
    });

    test('refuses what docker refuses', async () => {
      expect(await cp(`here ${names.mine}:/made/file`)).toMatchObject({
        exitCode: 1,
        stderr: 'cannot copy directory\n',
      });
      expect(await cp(`here/f ${names.mine}:/nowhere/`)).toMatchObject({ exitCode: 1, stderr: 'no such directory\n' });
      expect(await cp(`- ${names.mine}:/made/file`, { input: '' })).toMatchObject({
        exitCode: 1,
        stderr: `destination "${names.mine}:/made/file" must be a directory\n`,
      });
    });
  });

  describe.skipIf(!cli)('leave what the docker CLI leaves', () => {
    /** The object, without what two of them never share. */
    const object = async (name: string): Promise<unknown> => {
      const text = (await run(`inspect ${name}`)).stdout.replaceAll(names.theirs, names.mine);
      const drop = new Set([
        'Id',
        'Created',
        'ResolvConfPath',
        'HostnamePath',
        'HostsPath',
        'LogPath',
        'StartedAt',
        'FinishedAt',
        'Pid',
        'Hostname',
        'GraphDriver',
        'SandboxID',
        'SandboxKey',
        'EndpointID',
        'IPAddress',
        'MacAddress',
        'DNSNames',
        'HostPort',
        'Parent',
        'Metadata',
        'RootFS',
        'RepoTags',
        'Container',
        'Storage',
        'Descriptor',
        'RepoDigests',
        'DockerVersion',
        'Size',
        'VirtualSize',
      ]);
      const meaning = (key: string, value: unknown): unknown => {
        // engines before 25 keep what was sent for no restart policy: docker says no, we say nothing
        if (key === 'RestartPolicy' && isNoPolicy(value)) return undefined;
        // docker 28 sends the variables in the order of a Go map, another each time
        if (key === 'Env' && Array.isArray(value)) return value.toSorted();
        return drop.has(key) || isEmpty(key, value) ? undefined : value;
      };
      return JSON.parse(text.replace(/[\da-f]{64}/g, '<id>'), meaning) as unknown;
    };
    const isNoPolicy = (value: unknown): boolean =>
      ['', 'no'].includes((value as { readonly Name?: string } | null)?.Name ?? '');
    /** The engine keeps what is empty as it was sent: nothing, or a list or map with nothing in it. `80/tcp: {}` says something. */
    const isEmpty = (key: string, value: unknown): boolean =>
      value === null || (typeof value === 'object' && Object.keys(value).length === 0 && !/^\d+\/|^\//.test(key));
    const both = async (
      make: (name: string) => string,
      ...then: readonly ((name: string) => string)[]
    ): Promise<void> => {
      try {
        for (const line of [make, ...then]) {
          expect((await run(line(names.mine), { cwd: folder })).exitCode).toBe(0);
          expect((await docker(address, line(names.theirs), { cwd: folder })).exitCode).toBe(0);
        }
        expect(await object(names.mine)).toEqual(await object(names.theirs));
      } finally {
        await run(`rm -f -v ${names.mine} ${names.theirs}`);
      }
    };
    const up = (name: string): string => `run -d --name ${name} busybox sleep 600`;

    test.each<[string, (name: string) => string, readonly ((name: string) => string)[]]>([
      [
        'create',
        (name) => `create --name ${name} -e A=1 -e UNSET_HERE -l x=y -p 8080 -v /data -w /srv -u 1 busybox top`,
        [],
      ],
      [
        'update',
        up,
        [(name) => `update --cpus 0.5 --memory 64m --memory-swap -1 --restart on-failure:3 --pids-limit 50 ${name}`],
      ],
      ['stop', up, [(name) => `stop -t 1 ${name}`]],
      ['kill', up, [(name) => `kill -s KILL ${name}`]],
      ['pause', up, [(name) => `pause ${name}`]],
      ['restart', up, [(name) => `restart -t 1 ${name}`]],
      ['start', (name) => `create --name ${name} busybox true`, [(name) => `start -a ${name}`]],
    ])('%s', async (_, make, then) => {
      await both(make, ...then);
    });

    test('commit', async () => {
      const flags = `-m note -a someone -c 'CMD ["top"]' -c 'ENV X=1' -c 'EXPOSE 80'`;
      const [mine, theirs] = [
        await run(`commit ${flags} ${names.other} dt-plan-image:mine`),
        await docker(address, `commit ${flags} ${names.other} dt-plan-image:theirs`),
      ];
      expect(mine.stdout).toMatch(/^sha256:[\da-f]{64}\n$/);
      expect(theirs.exitCode).toBe(0);
      expect(await object('dt-plan-image:mine')).toEqual(await object('dt-plan-image:theirs'));
      await run('rmi dt-plan-image:mine dt-plan-image:theirs');
    });
  });
});
