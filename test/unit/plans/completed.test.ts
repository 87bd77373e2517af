/** What config.json and the environment say goes into commands that do not say it themselves. */
import { describe, expect, test } from 'vitest';
import { parseCommand } from '../../../src/command/parse.ts';
import { completed } from '../../../src/plans/completed.ts';

const settings = {
  platform: 'linux/arm64',
  detachKeys: 'ctrl-e,e',
  formats: { ps: '{{.Names}}', images: '{{.ID}}', serviceInspect: 'json' },
  pruneFilters: ['label!=keep', 'label=test', 'nothing'],
};
const flagsOf = (line: string) =>
  completed(parseCommand(line), { settings, cwd: '/home/ada' }).flags as Record<string, unknown>;

describe('what is configured counts where nothing is written', () => {
  test.each([
    'docker run alpine',
    'docker create alpine',
    'docker pull alpine',
    'docker build .',
    'docker import x.tar',
  ])('the platform: %s', (line) => {
    expect(flagsOf(line)).toMatchObject({ platform: 'linux/arm64' });
  });

  test.each(['docker push alpine', 'docker save alpine', 'docker image inspect alpine', 'docker rmi alpine'])(
    'the platform is not for %s',
    (line) => {
      expect(flagsOf(line)).not.toHaveProperty('platform');
    },
  );

  test('the platform that is written stays', () => {
    expect(flagsOf('docker run --platform linux/amd64 alpine')).toMatchObject({ platform: 'linux/amd64' });
  });

  test.each(['docker run -it alpine', 'docker exec -it c sh', 'docker attach c', 'docker start -ai c'])(
    'detach keys: %s',
    (line) => {
      expect(flagsOf(line)).toMatchObject({ 'detach-keys': 'ctrl-e,e' });
    },
  );

  test.each([
    { line: 'docker ps', format: '{{.Names}}' },
    { line: 'docker container ls -a', format: '{{.Names}}' },
    { line: 'docker images', format: '{{.ID}}' },
    { line: 'docker ps --format table', format: 'table' },
    { line: 'docker ps -q', format: undefined },
    { line: 'docker volume ls', format: undefined },
    { line: 'docker service inspect web', format: 'json' },
    { line: 'docker service inspect --pretty web', format: undefined },
  ])('a template: $line', ({ line, format }) => {
    expect(flagsOf(line)['format']).toBe(format);
  });

  test('filters of prune are added, and give way to their opposite', () => {
    expect(flagsOf('docker volume prune --filter label=keep --filter until=1h')['filter']).toEqual([
      { key: 'label', value: 'keep' },
      { key: 'until', value: '1h' },
      { key: 'label', value: 'test' },
    ]);
    expect(flagsOf('docker ps')).not.toHaveProperty('filter');
  });
});

describe('the source of a mount is taken from where the command stands', () => {
  test.each([
    { source: '.', whole: '/home/ada' },
    { source: './site', whole: '/home/ada/site' },
    { source: './a/../b/', whole: '/home/ada/b' },
    { source: '/srv', whole: '/srv' },
    { source: '../srv', whole: '../srv' },
    { source: 'data', whole: 'data' },
  ])('$source', ({ source, whole }) => {
    expect(flagsOf(`docker run --mount type=bind,src=${source},dst=/x alpine`)['mount']).toMatchObject([
      { Source: whole },
    ]);
    expect(flagsOf(`docker service update --mount-add type=bind,src=${source},dst=/x web`)['mount-add']).toMatchObject([
      { Source: whole },
    ]);
  });
});
