/** Every volume command on a real engine; where a docker CLI is on PATH, it prints the same and makes the same volume. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { docker, dockerCli, dockerTutor } from './performed.ts';
import type { Outcome, Performer } from './performed.ts';
import { engineSuite } from './lab.ts';

const cli = dockerCli();
const names = { two: 'dt-vol-2', ten: 'dt-vol-10', mine: 'dt-vol-mine', theirs: 'dt-vol-theirs' };

engineSuite('volume commands', ({ address }) => {
  let tutor: Performer;
  const run = (line: string): Promise<Outcome> => tutor.run(line);
  const removeAll = (): Promise<Outcome> => run(`volume rm -f ${Object.values(names).join(' ')}`);

  beforeAll(async () => {
    tutor = await dockerTutor(address);
    await removeAll();
    await run(`volume create --label tier=db ${names.ten}`);
    await run(`volume create --label tier=db ${names.two}`);
  });
  afterAll(async () => {
    await removeAll();
    tutor.close();
  });

  describe.skipIf(!cli)('print what the docker CLI prints', () => {
    test.each([
      'volume ls --filter label=tier=db',
      'volume ls -q --filter label=tier=db',
      'volume ls --filter label=tier=db --format json',
      `volume ls --filter label=tier=db --format 'table {{.Name}}\\t{{.Mountpoint}}\\t{{.Labels}}\\t{{.Size}}'`,
      `volume ls --format '{{.Nope}}'`,
      `volume inspect ${names.two} ${names.ten}`,
      `volume inspect -f '{{.Name}} {{.Labels.tier}}' ${names.two}`,
      'volume inspect nothing-here',
      `volume create ${names.two}`,
      'volume create --name a b',
      'volume create -d nothing-here x-y',
      'volume create -o type=x dt-vol-mine',
      'volume rm nothing-here',
      'volume rm -f nothing-here',
      'volume prune -af --filter all=0',
      'volume prune -f --filter label=dt-vol-none',
    ])('docker %s', async (line) => {
      const theirs = await docker(address, line);
      expect(await run(line)).toEqual(theirs);
    });

    test.each(['', '--label a=b --label empty', '-d local -o type=tmpfs -o device=tmpfs -o o=size=10m'])(
      'docker volume create %s makes the same volume',
      async (flags) => {
        const made = async (perform: Promise<Outcome>, name: string): Promise<unknown> => {
          expect(await perform).toEqual({ exitCode: 0, stdout: `${name}\n`, stderr: '' });
          const [volume] = JSON.parse((await run(`volume inspect ${name}`)).stdout) as Record<string, unknown>[];
          return { ...volume, Name: '', Mountpoint: '', CreatedAt: '' };
        };
        await run(`volume rm -f ${names.mine} ${names.theirs}`);
        const theirs = await made(docker(address, `volume create ${flags} ${names.theirs}`), names.theirs);
        expect(await made(run(`volume create ${flags} ${names.mine}`), names.mine)).toEqual(theirs);
      },
    );
  });

  test('volumes are listed in the order people count', async () => {
    expect((await run('volume ls -q --filter label=tier=db')).stdout).toBe(`${names.two}\n${names.ten}\n`);
  });

  test('without a name the engine makes one up, and a prune takes what has none', async () => {
    const { stdout } = await run('volume create --label dt-vol-prune');
    expect(stdout).toMatch(/^[0-9a-f]{64}\n$/);
    const { stdout: asked } = await tutor.run('volume prune --filter label=dt-vol-prune', { answer: 'no' });
    expect(asked).toMatch(
      /^WARNING! This will remove (?:all|anonymous) local volumes not used by at least one container\.\nAre you sure you want to continue\? \[y\/N\] $/,
    );
    const gone = await tutor.run('volume prune --filter label=dt-vol-prune', { answer: 'Y' });
    expect(gone).toEqual({
      exitCode: 0,
      stdout: `${asked}Deleted Volumes:\n${stdout}\nTotal reclaimed space: 0B\n`,
      stderr: '',
    });
  });

  test('volumes go one by one; one that is not there does not stop the others', async () => {
    await run(`volume create ${names.mine}`);
    const outcome = await run(`volume rm nothing-here ${names.mine}`);
    expect(outcome).toMatchObject({ exitCode: 1, stdout: `${names.mine}\n` });
    expect(outcome.stderr).toContain('nothing-here');
  });
});
