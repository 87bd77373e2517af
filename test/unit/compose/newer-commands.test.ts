/** Commands of compose that are docker's own, of the containers of a project, and options that exclude each other. */
import { describe, expect, test } from 'vitest';
import type { Request } from '../../../src/api/request.ts';
import { config } from './drive.ts';
import type { Driven, Given } from './drive.ts';

const yaml =
  'name: shop\nservices: {web: {image: web:1, volumes: ["data:/d"]}, db: {image: db:1}}\nvolumes: {data: {}}';

function containerOf(service: string, number: number): object {
  return {
    Id: `${service}${String(number)}`.padEnd(64, '0'),
    Names: [`/shop-${service}-${String(number)}`],
    Image: `${service}:1`,
    ImageID: `sha256:${service}`,
    Command: 'serve',
    Created: 0,
    State: 'running',
    Status: 'Up 2 minutes',
    Mounts: service === 'web' ? [{ Type: 'volume', Name: 'shop_data', Destination: '/d' }] : [],
    Labels: {
      'com.docker.compose.project': 'shop',
      'com.docker.compose.service': service,
      'com.docker.compose.container-number': String(number),
      'com.docker.compose.oneoff': 'False',
    },
  };
}

/** An engine that runs web twice and db once. @param more answers by the end of a path */
function shop(line: string, more: Readonly<Record<string, unknown>> = {}): Driven {
  const engine: Given['engine'] = ({ method, path }: Request) => {
    const own = Object.keys(more).find((end) => path.endsWith(end));
    if (own !== undefined) return { body: more[own] };
    if (method === 'GET' && path === '/containers/json')
      return { body: [containerOf('web', 1), containerOf('web', 2), containerOf('db', 1)] };
    return undefined;
  };
  return config(yaml, { line: `docker compose ${line}`, engine });
}

/** Of a plan that ends by an exception, or by itself with 1. */
function failure(line: string): string {
  try {
    const { exitCode, stderr } = shop(line);
    expect(exitCode).toBe(1);
    return stderr;
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
}

describe('compose', () => {
  test.each([
    ['cp web:/a db:/b', /copying between services is not supported/],
    ['cp a b', /unknown copy direction/],
    ['commit --index 9 web x', /service "web" is not running container #9/],
    ['export nope', /service "nope" is not running|no such service: nope/],
    ['attach nope', /service "nope" is not running|no such service: nope/],
    ['logs --index 3 web', /service "web" is not running container #3/],
    ['scale web=x', /can't parse replica value as int: web=x/],
    ['scale nope=2', /no such service: nope/],
    ['volumes nope', /no such service: nope/],
    ['wait nope', /no such service: nope/],
    ['ls --filter status=running', /invalid filter 'status'/],
    ['ps --filter nope=1', /unknown filter nope/],
    ['run -l a web', /label must be set as KEY=VALUE/],
    ['run -P -p 80:80 web', /--service-ports and --publish are incompatible/],
    ['up -d --force-recreate --no-recreate', /--force-recreate and --no-recreate are incompatible/],
    ['up -d --build --no-build', /--build and --no-build are incompatible/],
    ['up -d --attach web', /--detach cannot be combined with/],
    ['up --wait --exit-code-from web', /--wait cannot be combined with/],
    ['up --exit-code-from nope', /no such service: nope/],
  ])('%s is refused in its words', (line, says) => {
    expect(failure(line)).toMatch(says);
  });

  test('commit makes an image of one container', () => {
    const { requests } = shop('commit --index 2 web shop/web:now');
    expect(requests.find(({ path }) => path === '/commit')?.query?.['container']).toMatch(/^web2/);
  });

  test.each([
    ['export -o x.tar db', '/export', 1],
    ['attach --no-stdin --index 2 web', '/attach', 1],
    ['stats web', '/stats', 2],
    ['wait db', '/wait', 1],
    ['events web', '/events', 1],
  ])('%s asks as many times for %s', (line, end, times) => {
    const paths = new Set(shop(line).requests.flatMap(({ path }) => (path.endsWith(end) ? [path] : [])));
    expect(paths.size).toBe(times);
  });

  test('scale makes as many, and takes away what is too many', () => {
    const made = shop('scale web=3').requests.filter(({ path }) => path === '/containers/create');
    expect(made.map(({ query }) => query?.['name'])).toContain('shop-web-3');
    const removed = shop('scale web=1').requests.filter(({ method }) => method === 'DELETE');
    expect(removed.map(({ path }) => path).join()).toMatch(/web2/);
  });

  test('volumes are those of the project, or of the containers of a service', () => {
    const there = { '/volumes': { Volumes: [{ Name: 'shop_data', Driver: 'local' }] } };
    expect(shop('volumes -q', there).stdout).toBe('shop_data\n');
    expect(shop('volumes -q web', there).stdout).toBe('shop_data\n');
    expect(shop('volumes -q db', there).stdout).toBe('');
  });

  test('ps fills in a template', () => {
    expect(shop("ps --format '{{.Name}} {{.Service}} {{.State}}'").stdout).toContain('shop-db-1 db running\n');
  });

  test('top is one table, with the command at its end', () => {
    const { stdout } = shop('top', { '/top': { Titles: ['PID', 'CMD', 'C'], Processes: [['7', 'serve all', '0']] } });
    expect(stdout).toMatch(/^SERVICE +# +PID +C +CMD$/m);
    expect(stdout).toMatch(/^web +2 +7 +0 +serve all$/m);
  });

  test('with -p alone, a service without containers is no fault', () => {
    for (const line of ['ps', 'stop', 'kill', 'logs', 'pause', 'rm -f', 'top', 'images', 'down'])
      expect(shop(`-p shop ${line} nope`).exitCode, line).toBe(0);
  });

  test('config --variables lists what is to be filled in', () => {
    const text = 'services: {web: {image: "${IMAGE:-nginx:$TAG}", command: "${CMD:?say}"}}';
    const { stdout } = config(text, { line: 'docker compose config --variables' });
    expect(stdout).toMatch(/^CMD +true/m);
    expect(stdout).toMatch(/^IMAGE +false +nginx:\$TAG/m);
    expect(stdout).toMatch(/^TAG +false/m);
  });

  test('--compatibility joins names with _', () => {
    const { requests } = config('name: s\nservices: {web: {image: x}}', {
      line: 'docker compose --compatibility create',
    });
    expect(requests.find(({ path }) => path === '/containers/create')?.query?.['name']).toBe('s_web_1');
  });
});
