/** docker compose --dry-run asks only what reads, and says the rest. */
import { describe, expect, test } from 'vitest';
import type { Request } from '../../../src/api/request.ts';
import { config } from './drive.ts';
import type { Driven } from './drive.ts';

const yaml = `
services:
  web: {image: web, depends_on: {db: {condition: service_healthy}}, configs: [word]}
  db: {image: db, volumes: ["data:/data"]}
  made: {build: ., profiles: [built]}
volumes: {data: }
configs: {word: {content: hush}}
`;
const files = { Dockerfile: 'FROM x\n' };

/** Containers as the engine lists them. */
const listed = ['db', 'web'].map((service) => ({
  Id: `id-${service}`,
  Names: [`/shop-${service}-1`],
  Image: 'i',
  Command: 'c',
  Created: 0,
  State: 'running',
  Status: 'Up',
  Labels: {
    'com.docker.compose.project': 'shop',
    'com.docker.compose.service': service,
    'com.docker.compose.container-number': '1',
  },
}));

function dry(line: string, there: readonly unknown[] = []): Driven {
  const engine = ({ path }: Request): { body: unknown } | undefined =>
    path === '/containers/json' ? { body: there } : undefined;
  return config(yaml, { files, engine, line: `docker compose --dry-run ${line}` });
}

describe('--dry-run', () => {
  test.each([
    'up -d',
    'up -d --build --profile built',
    'up',
    'up --wait --force-recreate',
    'create',
    'down -v --rmi all --remove-orphans',
    'stop',
    'start',
    'restart',
    'pause',
    'kill',
    'rm -sfv',
    'pull',
    'push',
    '--profile built build',
    'run -d web sh',
    'run web sh',
    'exec -T web ls',
    'config -o out.yaml',
  ])('%s changes nothing', (line) => {
    const [first = '', ...rest] = line.split(' --profile built');
    const driven = dry(rest.length > 0 ? `--profile built ${first}` : first, listed);
    expect(driven.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
    expect(driven.saved).toEqual({});
    expect(driven.requests.filter(({ path }) => path.includes('<'))).toEqual([]);
  });

  test('up says what it would do', () => {
    expect(dry('up -d').stderr.split('\n')).toEqual(
      [
        'Network shop_default  Creating',
        'Network shop_default  Created',
        'Volume shop_data  Creating',
        'Volume shop_data  Created',
        'Container shop-db-1  Creating',
        'Container shop-db-1  Created',
        'Container shop-web-1  Creating',
        'Container shop-web-1  Created',
        'Container shop-db-1  Starting',
        'Container shop-db-1  Started',
        'Container shop-db-1  Waiting',
        'Container shop-db-1  Healthy',
        'Container shop-web-1  Starting',
        'Container shop-web-1  Started',
      ]
        .map((line) => ` DRY-RUN MODE -  ${line}`)
        .concat(''),
    );
  });

  test('down too', () => {
    expect(dry('down', listed).stderr).toContain(
      ' DRY-RUN MODE -  Container shop-web-1  Stopping\n DRY-RUN MODE -  Container shop-web-1  Stopped\n',
    );
  });

  test('up without -d comes to an end', () => {
    expect(dry('up')).toMatchObject({
      exitCode: 0,
      stdout: "end of 'compose up' output, interactive run is not supported in dry-run mode\n",
    });
  });

  test('what needs a terminal is not done', () => {
    expect(dry('run web sh')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('interactive run is not supported in dry-run mode\n') as string,
    });
  });

  test('what is no progress stands as it is', () => {
    expect(dry('up -d nope').stderr).toBe('no such service: nope\n');
  });
});
