/** What explain says of a line beyond its parts: needs, pitfalls, what takes the place of what is not known. */
import { describe, expect, test } from 'vitest';
import { explain } from '../../../src/explain/explanation.ts';
import type { CommandError } from '../../../src/command/errors.ts';
import { explanationLines } from '../../../src/report/answers/explanation.ts';
import { paintFor, signsFor } from '../../../src/terminal/paint.ts';
import { explainContext } from '../../fixtures/explain-context.ts';

const context = explainContext((path) => (path.endsWith('Dockerfile') ? 'FROM alpine:3\n' : undefined));

const digest = `sha256:${'a'.repeat(64)}`;
const needs = async (line: string): Promise<readonly string[]> =>
  (await explain(line, context)).needs.map(({ kind, name }) => `${kind} ${name}`);
const warnings = async (line: string): Promise<string> => (await explain(line, context)).warnings.join('\n');

describe('a password or token in the line', () => {
  test.each([
    [
      'docker login -u me -p hunter2 quay.io',
      'POST /auth',
      { username: 'me', password: '…', serveraddress: 'quay.io' },
    ],
    [
      'docker swarm join --token SWMTKN-1-hunter2 10.0.0.1:2377',
      'POST /swarm/join',
      expect.objectContaining({ JoinToken: '…' }),
    ],
    ['docker login -u me -p $PASSWORD quay.io', 'POST /auth', expect.objectContaining({ password: '…' })],
  ])('is shown nowhere: %s', async (line, becomes, body) => {
    const found = await explain(line, { ...context, shell: { ...context.shell, env: { PASSWORD: 'hunter2' } } });
    expect(JSON.stringify(found)).not.toContain('hunter2');
    for (const { start, end, text } of found.parts) expect(found.command.slice(start, end)).toBe(text);
    const [request] = found.requests;
    expect(`${request?.method ?? ''} ${request?.path ?? ''}`).toBe(becomes);
    expect(request?.body).toEqual(body);
  });
});

test('what stands in place of a secret is no word that was left out', async () => {
  const line =
    'docker run -e "DB_PASSWORD=hunter2 x" -e A=$PAIR -e "DB_PASSWORD=$SECRET" db:1 tool --password hunter2 y';
  const env = { SECRET: 'hunter2 hunter2', PAIR: 'TOKEN=hunter2' };
  const found = await explain(line, { ...context, shell: { ...context.shell, env } });
  expect(JSON.stringify(found)).not.toContain('hunter2');
  const created = found.requests.find(({ path }) => path === '/containers/create');
  expect(created?.body).toMatchObject({
    Env: ['DB_PASSWORD=…', 'A=TOKEN=…', 'DB_PASSWORD=…'],
    Cmd: ['tool', '--password', '…', 'y'],
  });
});

describe('what a line needs', () => {
  test.each([
    ['docker run -d -p 8080:80 --name web nginx:1', ['image nginx:1', 'name web', 'port 8080/tcp']],
    [
      'docker run -p 53:53/udp --network shop app',
      ['image app:latest', 'port 53/udp', 'network shop', 'permission ports under 1024'],
    ],
    [
      'docker run --privileged --env-file dev.env --network container:web app:1',
      ['image app:1', 'container web', 'file dev.env', 'permission --privileged'],
    ],
    [
      'docker run --gpus all --mount type=bind,source=/data,target=/d app:1',
      ['image app:1', 'file /data', 'device GPU'],
    ],
    ['docker run -p 80 app:1', ['image app:1']],
    ['docker run MyHost/app', ['image MyHost/app:latest']],
    ['docker run abcdef123456', ['image abcdef123456']],
    [`docker run nginx:1@${digest}`, [`image nginx:1@${digest}`]],
    ['docker push MyHost/app', ['image MyHost/app:latest', 'login MyHost']],
    ['docker run --name <your name> $IMAGE', []],
    ['docker exec -it web sh', ['container web']],
    ['docker build -t app -f docker/Dockerfile .', ['file docker/Dockerfile']],
    ['docker build -t app src', ['file src/Dockerfile']],
    ['docker push localhost:5000/app:1', ['image localhost:5000/app:1', 'login localhost:5000']],
    ['docker network connect shop web', ['network shop', 'container web']],
    [
      'docker service create --name web -p 80:80 nginx:1',
      ['image nginx:1', 'name web', 'port 80/tcp', 'swarm a swarm'],
    ],
    ['docker network create -d overlay shop', ['swarm a swarm']],
    ['docker network create shop', []],
    ['docker ps', []],
  ])('%s', async (line, expected) => {
    expect(await needs(line)).toEqual(expected);
  });
});

describe('pitfalls seen in the line', () => {
  test.each([
    ['docker run -p 5000 app:1', /without a host port publishes on a free one/],
    ['docker run -p 5000:80 app:1', /reachable from your network; 127\.0\.0\.1:5000:80 keeps/],
    ['docker run -v data:/x app:1', /a volume called data, kept by docker, not a folder/],
    ['docker run -v ./data:/x app:1', /the folder you are in/],
    ['docker run --rm --restart always app:1', /exclude each other/],
    ['docker run -e API_KEY=abc app:1', /API_KEY can be read by anyone/],
    ['docker run app', /latest is only a name/],
    ['docker run --privileged app:1', /nearly every wall/],
    ['docker run -v /var/run/docker.sock:/var/run/docker.sock app:1', /engine’s socket is mounted/],
    ['docker run --link db:db app:1', /--link is a leftover/],
    ['docker inspect network bridge', /docker network inspect bridge/],
    ['docker rm -v web', /anonymous volumes/],
    ['docker rm -f web', /SIGKILL/],
    ['docker system prune -a', /every image that no container uses/],
    ['docker system prune --volumes -f', /there is no way back[\s\S]*does not ask first/],
    ['docker volume prune', /only anonymous volumes/],
    ['docker login -u me -p secret', /--password-stdin/],
    ['docker-compose up', /written docker compose/],
    ['docker -H tcp://10.0.0.1:2375 ps', /neither encrypted nor protected/],
    ['docker swarm leave --force', /the swarm is gone/],
    ['docker build .', /without -t the image gets no name/],
  ])('%s', async (line, expected) => {
    expect(await warnings(line)).toMatch(expected);
  });

  test.each([
    'docker run --rm alpine:3 true',
    'docker run nginx:$VERSION',
    'docker build -t $(whoami)/app .',
    'docker run -d -p 127.0.0.1:80:80 app:1',
    'docker inspect web',
    'docker run abcdef123456',
    `docker run nginx@${digest}`,
    'docker compose ps',
  ])('none in: %s', async (line) => {
    const { warnings: found } = await explain(line, context);
    expect(found.filter((text) => !text.includes('configuration file'))).toEqual([]);
  });
});

describe('what is not known yet', () => {
  test('nothing is said of a Dockerfile in a folder that is not known', async () => {
    const nothing = explainContext(() => undefined);
    expect((await explain('docker build -t app:1 <folder>', nothing)).warnings).toEqual([]);
    expect((await explain('docker build -t app:1 here', nothing)).warnings).not.toEqual([]);
  });

  const means = async (line: string, text: string): Promise<string> =>
    (await explain(line, context)).parts.find((part) => part.text === text)?.means ?? '';

  test.each([
    ['docker run $IMAGE', '$IMAGE', /\$IMAGE is taken from your shell/],
    ['docker rm <container id>', '<container id>', /<container id> stands for a value of yours: put it in its place/],
    ['docker rm {container}', '{container}', /stands for a value of yours/],
    ['docker rm $(docker ps -aq)', '$(docker ps -aq)', /what the docker command in it prints is put in its place/],
    ['docker build -t $(whoami)/app .', '-t $(whoami)/app', /the shell puts what \$\(whoami\) gives in its place/],
  ])('%s: %s', async (line, text, expected) => {
    expect(await means(line, text)).toMatch(expected);
  });

  test('reads <id> in the requests', async () => {
    const asked = async (line: string): Promise<readonly string[]> =>
      (await explain(line, context)).requests.map(({ method, path }) => `${method} ${path}`);
    expect(await asked('docker push <your id>/app')).toEqual(['POST /images/docker.io/<id>/app/push']);
    expect(await asked('docker rm $(docker ps -aq)')).toEqual(['GET /containers/json', 'DELETE /containers/<id>']);
  });
});

test.each([
  ['docker run –d nginx', /plain dashes/],
  ['docker run -d “nginx”', /printed quotes/],
])('%s: the error says that a page changed the signs', async (line, hint) => {
  await expect(explain(line, context)).rejects.toThrow(
    expect.objectContaining({ hint: expect.stringMatching(hint) as string }) as CommandError,
  );
});

test.each([80, 50, 34])(
  'drawn at %i columns: needs and pitfalls stand under the parts, and nothing is wider',
  async (columns) => {
    const style = { columns, unicode: true, paint: await paintFor(false), signs: signsFor(true) };
    for (const line of [
      'docker run -d -p 5000:5000 -e KEY=v flask-docker-demo',
      'docker rmi $(docker images -f "dangling=true" -q)',
      'docker service create --name web --replicas 3 -p 8080:80 nginx',
      'docker run --help',
    ]) {
      const lines = explanationLines(await explain(line, context), style);
      for (const drawn of lines) expect(drawn.length, drawn).toBeLessThanOrEqual(columns);
    }
    const drawn = explanationLines(await explain('docker run -p 80:80 web:1', context), style).join('\n');
    expect(drawn.indexOf(' Needs')).toBeGreaterThan(drawn.indexOf(' Becomes'));
    expect(drawn.indexOf(' Mind')).toBeGreaterThan(drawn.indexOf(' Needs'));
  },
);
