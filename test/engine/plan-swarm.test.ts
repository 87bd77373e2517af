/**
 * swarm, service, node and stack commands on a real engine, and beside them what the docker CLI prints and makes. The
 * tests start the swarm and leave it; an engine that is in one already is somebody's, and is left alone.
 */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ask } from '../../src/lab/http.ts';
import { engineSuite } from './lab.ts';
import { ageless, docker, dockerCli, dockerTutor } from './performed.ts';
import type { Outcome, Performer } from './performed.ts';

const cli = dockerCli();
const advertise = '--advertise-addr 127.0.0.1 --listen-addr 127.0.0.1:2391';

engineSuite('swarm commands', ({ address, socketPath }) => {
  let tutor: Performer;
  let free = false;
  let bridged = false;
  const run = (line: string): Promise<Outcome> => tutor.run(line);
  const good = async (line: string): Promise<string> => {
    const { exitCode, stdout, stderr } = await run(line);
    expect(exitCode, `${line}: ${stderr}`).toBe(0);
    return stdout;
  };
  const get = async (path: string): Promise<unknown> => {
    const { body } = await ask({ socketPath }, { path, signal: AbortSignal.timeout(30_000), limit: 30_000 });
    return JSON.parse(body.toString());
  };
  const inSwarm = async (): Promise<boolean> =>
    ((await get('/info')) as { Swarm: { LocalNodeState: string } }).Swarm.LocalNodeState !== 'inactive';
  const hasNetwork = async (name: string): Promise<boolean> =>
    ((await get('/networks')) as readonly { Name: string }[]).some(({ Name }) => Name === name);

  beforeAll(async () => {
    tutor = await dockerTutor(address);
    free = !(await inSwarm());
    if (!free) return;
    bridged = await hasNetwork('docker_gwbridge');
    await good('pull busybox');
    await good(`swarm init ${advertise}`);
    await good('network create -d overlay dt-swarm-net');
    await good(
      'service create --name dt-swarm-web --replicas 2 --network dt-swarm-net --update-monitor 1s --stop-grace-period 1s --env A=b --label note=1 --limit-memory 32m --constraint node.role==manager --health-cmd true --health-interval 2s busybox sh -c "echo said; sleep 600"',
    );
  });
  /** The engine takes down after it has answered. */
  const gone = (look: () => Promise<void>): Promise<void> => vi.waitFor(look, { timeout: 60_000, interval: 200 });
  afterAll(async () => {
    try {
      if (!free) return;
      await run('service rm dt-swarm-web dt-swarm-mine dt-swarm-theirs dt-swarm-job');
      await run('swarm leave --force');
      // the engine makes it with the swarm, and keeps it
      if (!bridged)
        await gone(async () => {
          await run('network rm docker_gwbridge');
          expect(await hasNetwork('docker_gwbridge')).toBe(false);
        });
      const filter = encodeURIComponent(JSON.stringify({ label: { 'com.docker.swarm.service.name': true } }));
      await gone(async () => expect(await get(`/containers/json?all=1&filters=${filter}`)).toEqual([]));
      await gone(async () => expect(await hasNetwork('dt-swarm-net')).toBe(false));
      await run('volume rm -f dt-swarm-volume');
    } finally {
      tutor.close();
    }
  });

  test('init says how others join; a second one is refused in the engine’s words', async ({ skip }) => {
    skip(!free, 'this engine is in a swarm of its own');
    expect(await good('swarm join-token worker')).toMatch(
      /^To add a worker to this swarm, run the following command:\n\n {4}docker swarm join --token SWMTKN-1-\S+ 127\.0\.0\.1:2391\n\n$/,
    );
    expect(await good('swarm join-token -q manager')).toMatch(/^SWMTKN-1-\S+\n$/);
    expect(await run(`swarm init ${advertise}`)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('already part of a swarm') as string,
    });
  });

  test('a service is scaled, updated and rolled back, and its progress told', async ({ skip }) => {
    skip(!free, 'this engine is in a swarm of its own');
    const replicas = async (): Promise<string> =>
      (await good("service ls --filter name=dt-swarm-web --format '{{.Replicas}}'")).trim();
    expect(await replicas()).toBe('2/2');
    const scaled = await good('service scale dt-swarm-web=3');
    expect(scaled).toMatch(/^dt-swarm-web scaled to 3\noverall progress: \d out of 3 tasks\n/);
    expect(scaled).toMatch(/verify: Service dt-swarm-web converged\n$/);
    expect(await replicas()).toBe('3/3');
    await good('service update --detach --env-add A=changed --label-rm note dt-swarm-web');
    expect(
      await good("service inspect -f '{{.Spec.TaskTemplate.ContainerSpec.Env}} {{.Spec.Labels}}' dt-swarm-web"),
    ).toBe('[A=changed] map[]\n');
    await good('service rollback --detach dt-swarm-web');
    expect(await good("service inspect -f '{{.Spec.TaskTemplate.ContainerSpec.Env}}' dt-swarm-web")).toBe('[A=b]\n');
    // before it has begun, all three run as well
    await vi.waitFor(
      async () =>
        expect(await good("service inspect -f '{{.UpdateStatus.State}}' dt-swarm-web")).toBe('rollback_completed\n'),
      { timeout: 60_000, interval: 500 },
    );
    await vi.waitFor(async () => expect(await replicas()).toBe('3/3'), { timeout: 60_000, interval: 500 });
  });

  test('logs say which task spoke', async ({ skip }) => {
    skip(!free, 'this engine is in a swarm of its own');
    await vi.waitFor(
      async () =>
        expect((await good('service logs dt-swarm-web')).split('\n')).toEqual(
          expect.arrayContaining([expect.stringMatching(/^dt-swarm-web\.1\.\w{12}@\S+ {4}\| said$/)]),
        ),
      { timeout: 30_000, interval: 500 },
    );
    expect(await good('service logs --raw --tail 1 dt-swarm-web')).toContain('said\n');
    expect(await run('service logs dt-swarm-nothing')).toMatchObject({
      exitCode: 1,
      stderr: 'no such task or service: dt-swarm-nothing\n',
    });
  });

  test('a job runs to its end, and is waited for', async ({ skip }) => {
    skip(!free, 'this engine is in a swarm of its own');
    expect(await good('service create --name dt-swarm-job --mode replicated-job --replicas 2 busybox true')).toMatch(
      /\njob complete\n$/,
    );
    expect(await good("service ls --filter name=dt-swarm-job --format '{{.Mode}} {{.Replicas}}'")).toBe(
      'replicated job 0/2 (2/2 completed)\n',
    );
    expect(await good('service rm dt-swarm-job')).toBe('dt-swarm-job\n');
  });

  describe.skipIf(!cli)('print what the docker CLI prints', () => {
    test.each([
      'service ls',
      'service ls -q',
      'service ls --format json',
      "service ls --format '{{.Name}} {{.Ports}}'",
      'service ps dt-swarm-web --no-trunc',
      'service ps -q dt-swarm-web',
      'service ps dt-swarm-nothing dt-swarm-web',
      "service ps --format '{{.Name}} {{.Node}} {{.DesiredState}} {{.Error}}' dt-swarm-web",
      'service inspect dt-swarm-web',
      'service inspect dt-swarm-nothing',
      'service inspect --pretty dt-swarm-web',
      'service logs --no-task-ids --raw dt-swarm-web --tail 0',
      'service rm dt-swarm-nothing',
      'service scale dt-swarm-nothing=2',
      'node ls',
      'node ls -q',
      'node ls --format json',
      "node ls --format '{{.Hostname}} {{.TLSStatus}} {{.Self}}'",
      'node inspect self',
      'node inspect --pretty self',
      'node ps --no-trunc',
      'stack ls',
      'stack ps dt-nothing',
      'stack services dt-nothing',
      'stack rm dt-nothing',
      'swarm join-token manager',
    ])('%s', async (line) => {
      if (!free) return;
      const [theirs, ours] = [await docker(address, line), await run(line)];
      expect({ ...ours, stdout: ageless(ours.stdout) }).toEqual({ ...theirs, stdout: ageless(theirs.stdout) });
    });

    test.each([
      '--replicas 1 busybox sleep 600',
      '--no-resolve-image --mode global -p 7070:80 -e A=1 --mount type=volume,source=dt-swarm-volume,target=/v --hostname h --workdir /tmp --user root busybox sleep 600',
      '--no-resolve-image --network dt-swarm-net --update-delay 1s --rollback-order start-first --restart-condition on-failure --limit-cpu 0.5 --reserve-memory 4m --constraint node.role==manager --cap-add NET_ADMIN --dns 9.9.9.9 --host db:10.0.0.9 --stop-grace-period 3s --read-only --init busybox sleep 600',
      '--no-resolve-image --health-cmd true --health-interval 9s --label a=b --container-label c=d --env-file /dev/null --log-driver json-file --log-opt max-size=1m --endpoint-mode dnsrr busybox sleep 600',
    ])('create the same service: %s', async (flags) => {
      if (!free) return;
      const made = async (name: string): Promise<unknown> => {
        const { Spec } = (await get(`/services/${name}`)) as { Spec: Record<string, unknown> };
        await run(`service rm ${name}`);
        return { ...Spec, Name: '' };
      };
      await docker(address, `service create -d --name dt-swarm-theirs ${flags}`);
      const theirs = await made('dt-swarm-theirs');
      await good(`service create -d --name dt-swarm-mine ${flags}`);
      expect(await made('dt-swarm-mine')).toEqual(theirs);
    });
  });

  test('leave without force is refused to the last manager', async ({ skip }) => {
    skip(!free, 'this engine is in a swarm of its own');
    expect(await run('swarm leave')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('Removing the last manager') as string,
    });
  });
});
