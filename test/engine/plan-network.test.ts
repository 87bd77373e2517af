/** Every network command on a real engine; where a docker CLI is on PATH, it prints the same and makes the same network. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { docker, dockerCli, dockerTutor } from './performed.ts';
import type { Outcome, Performer } from './performed.ts';
import { engineSuite } from './lab.ts';

const cli = dockerCli();
const names = { here: 'dt-net-here', second: 'dt-net-second', mine: 'dt-net-mine', theirs: 'dt-net-theirs' };
const container = 'dt-net-container';

engineSuite('network commands', ({ address }) => {
  let tutor: Performer;
  const run = (line: string): Promise<Outcome> => tutor.run(line);
  const networks = (): string => Object.values(names).join(' ');

  beforeAll(async () => {
    tutor = await dockerTutor(address);
    await run('pull busybox');
    await run(`rm -f ${container}`);
    await run(`network rm -f ${networks()}`);
    await run(`network create --label tier=web --subnet 10.217.1.0/24 ${names.here}`);
    await run(`create --name ${container} busybox sleep 600`);
  });
  afterAll(async () => {
    await run(`rm -f ${container}`);
    await run(`network rm -f ${networks()}`);
    tutor.close();
  });

  const attached = async (): Promise<Readonly<Record<string, Record<string, unknown>>>> =>
    JSON.parse((await run(`inspect -f '{{json .NetworkSettings.Networks}}' ${container}`)).stdout) as Record<
      string,
      Record<string, unknown>
    >;

  describe.skipIf(!cli)('print what the docker CLI prints', () => {
    test.each([
      'network ls --filter name=dt-net-here',
      'network ls -q --no-trunc --filter name=dt-net-here',
      'network ls --filter name=dt-net-here --format json',
      `network ls --filter label=tier=web --format '{{.Name}} {{.Labels}} {{.Label "tier"}} {{.Internal}} {{.CreatedAt}}'`,
      `network ls --format '{{.Nope}}'`,
      'network ls --filter nope=1',
      `network inspect ${names.here} bridge`,
      `network inspect -f '{{(index .IPAM.Config 0).Subnet}} {{.Labels}}' ${names.here}`,
      'network inspect nothing-here',
      `network create ${names.here}`,
      'network create --subnet 10.217.1.0/24 dt-net-second',
      'network create --subnet 10.0.0.0/8 --subnet 10.1.0.0/16 n',
      'network create --gateway 10.0.0.1 n',
      'network create --subnet 10.0.0.0/24 --gateway 11.0.0.1 n',
      'network create --subnet 10.0.0.0/24 --subnet 10.0.1.0/24 --gateway 10.0.0.1 --gateway 10.0.0.2 n',
      'network create --subnet 10.0.0.0/24 --subnet 10.0.1.0/24 --ip-range 10.0.0.0/25 --ip-range 10.0.0.128/25 n',
      'network create --subnet 10.0.0.0/24 --ip-range 10.1.0.0/24 n',
      'network create --subnet 2001:db8:0:1::/64 --aux-address a=2001:db8:0:2::1 n',
      'network connect nothing-here nothing-here',
      `network connect ${names.here} nothing-here`,
      `network connect --driver-opt a ${names.here} ${container}`,
      `network disconnect ${names.here} ${container}`,
      'network rm nothing-here bridge',
      'network rm -f nothing-here',
      'network prune -f --filter label=dt-net-none',
      'network prune -f --filter nope=1',
    ])('docker %s', async (line) => {
      const theirs = await docker(address, line);
      expect(await run(line)).toEqual(theirs);
    });

    test.each([
      '',
      '--internal --label a=b --label empty -o com.docker.network.bridge.enable_icc=false',
      '--subnet 10.218.0.0/16 --gateway 10.218.0.9 --ip-range 10.218.5.0/24 --aux-address r=10.218.0.3',
      '--ipv6 --subnet 10.219.0.0/24 --subnet fd00:dead:beef::/64',
      '--config-only --subnet 10.220.0.0/16',
    ])('docker network create %s makes the same network', async (flags) => {
      const made = async (perform: () => Promise<Outcome>, name: string): Promise<unknown> => {
        const outcome = await perform();
        expect(outcome).toMatchObject({ exitCode: 0, stderr: '' });
        expect(outcome.stdout).toMatch(/^[0-9a-f]{64}\n$/);
        const [network] = JSON.parse((await run(`network inspect ${name}`)).stdout) as Record<string, unknown>[];
        await run(`network rm ${name}`);
        return { ...network, Name: '', Id: '', Created: '' };
      };
      const subnet = flags.includes('--subnet') ? '' : '--subnet 10.221.0.0/24';
      const theirs = await made(
        () => docker(address, `network create ${flags} ${subnet} ${names.theirs}`),
        names.theirs,
      );
      expect(await made(() => run(`network create ${flags} ${subnet} ${names.mine}`), names.mine)).toEqual(theirs);
    });
  });

  test('a container joins with an address and a name, and leaves', async () => {
    expect(await run(`network connect --ip 10.217.1.77 --alias db ${names.here} ${container}`)).toMatchObject({
      exitCode: 0,
      stdout: '',
    });
    expect((await attached())[names.here]).toMatchObject({
      IPAMConfig: { IPv4Address: '10.217.1.77' },
      Aliases: expect.arrayContaining(['db']) as unknown,
    });
    expect(await run(`network disconnect ${names.here} ${container}`)).toMatchObject({ exitCode: 0, stdout: '' });
    expect(Object.keys(await attached())).not.toContain(names.here);
  });

  test('networks go one by one; one that is not there does not stop the others', async () => {
    await run(`network create ${names.second}`);
    const outcome = await run(`network rm nothing-here ${names.second}`);
    expect(outcome).toMatchObject({ exitCode: 1, stdout: `${names.second}\n` });
    expect(outcome.stderr).toContain('network nothing-here not found');
    expect((await run(`network ls -q --filter name=${names.second}`)).stdout).toBe('');
  });

  test('a prune removes what no container is on, and asks first', async () => {
    const asked =
      'WARNING! This will remove all custom networks not used by at least one container.\nAre you sure you want to continue? [y/N] ';
    await run(`network create --label dt-net-prune ${names.second}`);
    expect(await tutor.run('network prune --filter label=dt-net-prune', { answer: 'n' })).toEqual({
      exitCode: 0,
      stdout: asked,
      stderr: '',
    });
    expect((await run(`network ls -q --filter name=${names.second}`)).stdout).not.toBe('');
    const gone = await tutor.run('network prune --filter label=dt-net-prune', { answer: 'y' });
    expect(gone).toEqual({ exitCode: 0, stdout: `${asked}Deleted Networks:\n${names.second}\n\n`, stderr: '' });
  });
});
