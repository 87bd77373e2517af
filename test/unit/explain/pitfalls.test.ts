/** What explain minds: mistakes that the rows of flags know, and words that stand where they do something else. */
import { describe, expect, test } from 'vitest';
import { allRows } from '../../../src/command/rows.ts';
import type { FlagRow } from '../../../src/command/table.ts';
import { explain } from '../../../src/explain/explanation.ts';
import { explanationLines } from '../../../src/report/answers/explanation.ts';
import { paintFor, signsFor } from '../../../src/terminal/paint.ts';
import { explainContext } from '../../fixtures/explain-context.ts';

const context = explainContext(() => undefined, '/home/reader/My App');

const warnings = async (line: string): Promise<string> => (await explain(line, context)).warnings.join('\n');

/** A value that a flag of this kind takes. */
function sample({ kind }: FlagRow): string {
  for (const value of ['linux/amd64', '172.20.0.10', '2001:db8::1', '172.28.0.0/16', '7', 'a=b', 'all', 'x'])
    try {
      for (const one of kind.split?.(value) ?? [value]) kind.parse(one);
      return value;
    } catch {
      continue;
    }
  throw new Error(`no value for a flag of kind ${kind.id}`);
}

describe('what a row of a flag has to say of its mistake is said', () => {
  const withPitfall = allRows().flatMap((row) =>
    Object.entries(row.flags).flatMap(([name, flag]) =>
      flag.pitfall === undefined ? [] : [{ row, name, flag, pitfall: flag.pitfall }],
    ),
  );

  test('there are such rows', () => {
    expect(withPitfall.length).toBeGreaterThan(15);
  });

  test.each(withPitfall)('$row.name --$name', async ({ row, name, flag, pitfall }) => {
    const value = flag.kind.arity === 'switch' ? '' : `=${sample(flag)}`;
    const operands = row.operands.filter(({ arity }) => arity === 'one' || arity === 'many').map(() => 'x');
    const line = ['docker', row.name, `--${name}${value}`, ...operands].join(' ');
    expect(await warnings(line)).toContain(pitfall);
    if (flag.kind.arity === 'switch')
      expect(await warnings(line.replace(`--${name}`, `--${name}=false`))).not.toContain(pitfall);
  });
});

describe('a value, and what stands beside it', () => {
  test.each([
    ['docker run -m 512 app:1', /512 bytes, and the engine refuses less than 6 MiB/],
    ['docker run -m 512m app:1', /killed: exit code 137/],
    ['docker run -m 9999999999g app:1', /more than 64 bits hold: the engine .* refuses it/],
    ['docker run -m 1g --oom-kill-disable app:1', /is not killed, it waits; with cgroup v2 the flag has no effect/],
    ['docker service rm $(docker service ls -q)', /removes every service of the swarm/],
    ['docker network rm $(docker network ls -q)', /removes every network on the engine/],
    ['docker run --memory-swap 1g app:1', /needs --memory beside it/],
    ['docker run --memory-swap 1g -m 512m app:1', /the sum of memory and swap/],
    ['docker run --cpus 1 --cpu-quota 5000 app:1', /the engine refuses --cpu-period and --cpu-quota beside it/],
    ['docker run -v d:/x app:1', /d:\/x reads as a path of Windows, and none of this machine is mounted/],
    ['docker run -v data app:1', /data is not a full path in the container: \/data is a fresh volume there/],
    ['docker run -v . app:1', /\. is not a full path in the container, and no folder of this machine is mounted/],
    ['docker run -v / app:1', /the root of the container cannot be covered/],
    ['docker run --network n --ip x app:1', /x is not an IPv4 address: the engine refuses it/],
    ['docker run --network name=n,ip6=1.2.3.4 app:1', /1\.2\.3\.4 is not an IPv6 address/],
    ['docker network connect --ip6 1.2.3.4 n web', /1\.2\.3\.4 is not an IPv6 address/],
    ['docker run -p 53:53/udp app:1', /127\.0\.0\.1:53:53\/udp keeps it/],
    ['docker run -p 8000-8010:8000-8010 app:1', /ports 8000-8010 will be reachable .* keeps them/],
    ['docker run --mount type=bind,src=/a,dst=/x:ro app:1', /the target is called \/x:ro, colon and all/],
    ['docker run --entrypoint "sh -c" app:1', /"sh -c" would be the name of one program/],
    ['docker run --cap-add SYS_ADMIN app:1', /SYS_ADMIN comes close to being root/],
    ['docker run --hostname web app:1', /do not find it by its --hostname/],
    ['docker run -t app:1', /-t without -i/],
    ['docker run --read-only app:1', /give it a --tmpfs/],
    ['docker ps --format {{.ID}}', /braces need quotes/],
    ['docker service create --mount type=bind,src=/var/run/docker.sock,dst=/s app:1', /the engine’s socket is mounted/],
    ['docker service create -p 80:80 app:1', /on every node of the swarm/],
    ['docker inspect -f "{{.NetworkSettings.IPAddress}}" web', /empty on a network of your own/],
    ['docker compose run web sh', /without --rm each run leaves/],
    ['docker compose up -d --abort-on-container-exit', /cannot be combined with -d/],
    ['docker kill web', /no time to finish/],
    ['docker attach web', /Ctrl-C reaches the program/],
    ['docker system prune', /docker asks first/],
    ['docker rm -f $(docker ps -aq)', /removes every container on the engine/],
    ['docker stop $(docker ps -q)', /stops every container that runs on the engine/],
    ['docker rmi $(docker images -q)', /removes every image on the engine/],
  ])('%s is minded', async (line, expected) => {
    expect(await warnings(line)).toMatch(expected);
  });

  test.each([
    ['docker run -it app:1', /-t without/],
    ['docker run --network n --ip 172.20.0.5 --ip6 2001:db8::1 app:1', /engine refuses it/],
    ['docker run -v /data app:1', /full path/],
    ['docker run -dt app:1', /-t without/],
    ['docker run --cap-add NET_ADMIN app:1', /root on the host/],
    ['docker run --hostname web --name web app:1', /--hostname/],
    ['docker run --read-only --tmpfs /tmp app:1', /--read-only/],
    ['docker run --mount type=volume,src=data,dst=/x app:1', /missing folder/],
    ['docker run --entrypoint "" app:1', /takes the program only/],
    ['docker run -e HTPASSWD_PATH=/x -e PASSWORD_FILE=/y app:1', /can be read by anyone/],
    ['docker run -p 80:80 --network host app:1', /reachable from your network/],
    ['docker ps --format "{{.ID}}"', /braces need quotes/],
    ['docker service create -p mode=host,published=80,target=80 app:1', /every node/],
    ['docker inspect -f "{{.State.Status}}" web', /empty on a network/],
    ['docker compose run --rm web sh', /without --rm/],
    ['docker compose up --abort-on-container-exit', /cannot be combined/],
    ['docker kill -s HUP web', /no time to finish/],
    ['docker attach --sig-proxy=false web', /reaches the program/],
    ['docker system prune -f', /asks first/],
    ['docker rm -f $(docker ps -aq -f name=mine)', /every container/],
    ['docker run --privileged=false app:1', /nearly every wall/],
    ['docker run -m $LIMIT app:1', /killed/],
  ])('%s is not', async (line, unexpected) => {
    expect(await warnings(line)).not.toMatch(unexpected);
  });
});

describe('words after the image', () => {
  test.each([
    ['docker run nginx:1 -p 8080:80', /-p stands after the image nginx:1, so it goes to the program/],
    ['docker run -p 8080:80 nginx:1 -d', /-d stands after the image/],
    ['docker run -it ubuntu:24.04 --privileged', /--privileged stands after the image/],
    ['docker run ubuntu:24.04 bash -it', /-it stands after the image/],
    ['docker exec web -it bash', /-it stands after the name web/],
    ['docker service create nginx:1 --replicas 3', /--replicas stands after the image/],
  ])('%s: docker does not read them', async (line, expected) => {
    expect(await warnings(line)).toMatch(expected);
  });

  test.each([
    'docker run --rm alpine/git:1 --version',
    'docker run --rm busybox:1 ls -l',
    'docker run --rm prom/prometheus:v2 --config.file=/x',
    'docker exec web ls -a',
    'docker service create progrium/consul -server -ui-dir /ui',
    'docker top web -ef',
    'docker run --rm -- curlimages/curl:8 -v http://x',
  ])('%s: they are the program’s own', async (line) => {
    expect(await warnings(line)).not.toMatch(/stands after/);
  });
});

describe('what docker refuses before it asks the engine is said with its reason', () => {
  test.each([
    ['docker network create --gateway 10.0.0.1 n', /docker would stop with: every ip-range or gateway must have/],
    ['docker network create --subnet 10.1.0.0/16 --gateway 10.2.0.1 n', /docker would stop with: no matching subnet/],
    ['docker run --network-alias x app:1', /docker would (?:stop with|refuse this)/],
    ['docker service create --mode global --replicas 2 app:1', /docker would (?:stop with|refuse this)/],
  ])('%s', async (line, expected) => {
    const found = await explain(line, context);
    expect(found.requests).toEqual([]);
    expect(found.warnings.join('\n')).toMatch(expected);
  });

  describe('what a command is about is taken to be there, and the change is shown', () => {
    const file = 'services:\n  web: { image: "a:1" }\n';
    const compose = { ...context, load: (path: string) => (path.endsWith('compose.yaml') ? file : undefined) };

    test.each([
      ['docker compose exec web sh', 'POST /containers/<id>/exec'],
      ['docker compose down', 'DELETE /containers/<id>'],
      ['docker compose restart', 'POST /containers/<id>/restart'],
      ['docker compose kill web', 'POST /containers/<id>/kill'],
      ['docker compose stop', 'POST /containers/<id>/stop'],
      ['docker compose start', 'POST /containers/<id>/start'],
      ['docker compose pause', 'POST /containers/<id>/pause'],
      ['docker compose unpause', 'POST /containers/<id>/unpause'],
      ['docker compose rm -f', 'DELETE /containers/<id>'],
      ['docker compose logs web', 'GET /containers/<id>/logs'],
      ['docker stack rm shop', 'DELETE /services/<id>'],
      ['docker stack rm shop', 'DELETE /networks/<id>'],
    ])('%s: %s', async (line, request) => {
      const found = await explain(line, compose);
      expect(found.requests.map(({ method, path }) => `${method} ${path}`)).toContain(request);
      expect(found.warnings.join('\n')).not.toMatch(/not running|would stop/);
    });
  });
});

describe('signs that a page, a word processor or a folder changed', () => {
  test('printed quotes become part of a value', async () => {
    expect(await warnings('docker run -e A=“b” app:1')).toMatch(/printed quotes, which a page made of plain ones/);
  });

  test('a blank after the backslash at the end of a line ends the command', async () => {
    expect(await warnings('docker run -d \\ \n  -p 80:80 app:1')).toMatch(/blank stands after a backslash/);
  });

  test('a backslash in front of a blank makes it a letter', async () => {
    await expect(explain('docker run \\ -d app:1', context)).rejects.toThrow(
      expect.objectContaining({ hint: expect.stringMatching(/backslash in front of a blank/) as string }) as Error,
    );
  });

  test('a folder with a space in its name falls apart without quotes', async () => {
    await expect(explain('docker run -v $PWD:/app busybox:1', context)).rejects.toThrow(
      expect.objectContaining({ hint: expect.stringMatching(/space in it here.*"\$PWD:\/app"/) as string }) as Error,
    );
    expect(await warnings('docker run -v "$PWD":/app busybox:1')).not.toMatch(/space/);
  });

  test('under the C locale nothing of docker-tutor’s own is beyond ASCII', async () => {
    const style = { columns: 80, unicode: false, paint: await paintFor(false), signs: signsFor(false) };
    for (const line of [
      'docker run -d -p 80:80 nginx',
      'docker rm -f $(docker ps -aq)',
      'docker login -u me -p secret',
    ])
      // eslint-disable-next-line no-control-regex
      expect(explanationLines(await explain(line, context), style).join('\n')).toMatch(/^[\x00-\x7f]*$/);
  });
});
