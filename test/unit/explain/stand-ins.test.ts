/** What is not known yet keeps its place in the requests, marked as such. */
import { describe, expect, test } from 'vitest';
import { explain } from '../../../src/explain/explanation.ts';
import type { ExplainedRequest } from '../../../src/explain/explanation.ts';
import { explainContext } from '../../fixtures/explain-context.ts';

const context = explainContext(() => 'FROM alpine:3\n');

async function requests(line: string): Promise<readonly ExplainedRequest[]> {
  return (await explain(line, context)).requests;
}

test.each([
  ['docker run -v ${V}:/x app:1', { HostConfig: { Binds: ['${V}:/x'] } }],
  ['docker run -v $D/data:/x app:1', { HostConfig: { Binds: ['$D/data:/x'] } }],
  [
    'docker run -p 127.0.0.1:$P:80 app:1',
    { HostConfig: { PortBindings: { '80/tcp': [{ HostIp: '127.0.0.1', HostPort: '$P' }] } } },
  ],
  ['docker run -p $A:$B app:1', { HostConfig: { PortBindings: { '$B/tcp': [{ HostPort: '$A' }] } } }],
  ['docker run -m $M app:1', { HostConfig: { Memory: '$M' } }],
  ['docker run -m ${M}m app:1', { HostConfig: { Memory: '${M}' } }],
  ['docker run --cpus $C app:1', { HostConfig: { NanoCpus: '$C' } }],
  ['docker run --restart $R app:1', { HostConfig: { RestartPolicy: { Name: '$R' } } }],
  ['docker run --rm=$RM app:1', { HostConfig: { AutoRemove: '$RM' } }],
  ['docker run -e KEY=$VALUE --hostname <name> app:1', { Env: ['KEY=$VALUE'], Hostname: '<name>' }],
  ['docker run --network $N --label a=$L app:1', { Labels: { a: '$L' } }],
])('%s', async (line, body) => {
  expect((await requests(line))[0]?.body).toMatchObject(body);
});

test.each([
  ['docker build -t $U/app .', { t: '$U/app' }],
  ['docker build --build-arg A=$B -t app .', { buildargs: '{"A":"$B"}' }],
  ['docker tag x $R/y', { repo: '$R/y', tag: 'latest' }],
  ['docker logs --tail $N web', { tail: '$N' }],
])('%s asks with it in the query', async (line, query) => {
  expect((await requests(line)).at(-1)?.query).toMatchObject(query);
});

test('a number that stands for itself is one', async () => {
  const [look, update] = await requests('docker service scale <S>=<N>');
  expect(look?.path).toBe('/services/<S>');
  expect(update?.body).toMatchObject({ Mode: { Replicated: { Replicas: '<N>' } } });
});

describe('no value that stands in is ever shown', () => {
  test.each([
    'docker run -p $A:$B -v $V:$T --name <n> --memory $M --cpus $C --network $N --ip $IP --restart $R <image> $CMD',
    'docker service create --name $N --replicas $R -p $P:80 --limit-memory $M --update-delay $D $IMAGE',
    'docker network create --subnet $S --gateway $G $N',
    'docker compose -f $F up -d $S',
    'docker exec -it -u $U $(docker ps -lq) $CMD',
    'docker run --ulimit $U --tmpfs $T --mount $M --gpus $G --device $D --add-host $H:$I $IMAGE',
  ])('%s', async (line) => {
    const text = JSON.stringify(await requests(line));
    expect(text).not.toMatch(/known-\d|some-\d|4101\d|198\.51/);
  });
});
