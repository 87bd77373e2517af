/** What is said of what stands in a line: its operands and values, words of the shell, and forms that pages have. */
import { describe, expect, test } from 'vitest';
import { explain } from '../../../src/explain/explanation.ts';
import { explainContext } from '../../fixtures/explain-context.ts';

const context = explainContext(() => 'FROM alpine:3\n');

async function means(line: string, text: string): Promise<string> {
  return (await explain(line, context)).parts.find((part) => part.text === text)?.means ?? `no part ${text}`;
}

describe('what stands there is named', () => {
  test.each([
    ['docker images alpine', 'alpine', 'only images called alpine, of any tag'],
    ['docker images alpine:3', 'alpine:3', 'only the image alpine:3'],
    ['docker rmi 3fd9', '3fd9', 'the image 3fd9:latest, or the one whose id begins with 3fd9'],
    ['docker rmi 3fd9065eaf02', '3fd9065eaf02', 'the image with the id 3fd9065eaf02'],
    ['docker pull -a alpine', 'alpine', 'every tag of alpine'],
    [
      'docker push -a localhost:5000/app',
      'localhost:5000/app',
      'every tag of localhost:5000/app, of the registry localhost:5000',
    ],
    ['docker rm web', 'web', 'the container web'],
    ['docker service scale http=5', 'http=5', 'gives http 5 tasks'],
    ['docker service scale web=replicas', 'web=replicas', 'web=replicas'],
    ['docker system prune --filter until=24h', '--filter until=24h', 'removes only those that are older than 24h'],
    ['docker images --filter since=nginx:1', '--filter since=nginx:1', 'keeps only those that are newer than nginx:1'],
    [
      'docker ps --filter label!=env=dev',
      '--filter label!=env=dev',
      'keeps only those that do not carry the label env=dev',
    ],
    ['docker ps --filter "colour=red"', '--filter "colour=red"', 'keeps only those whose colour is red'],
    [
      'docker ps --format "table {{.Names}}"',
      '--format "table {{.Names}}"',
      'prints a table with a header, of {{.Names}}',
    ],
    ['docker inspect --format json web', '--format json', 'prints the answer as JSON, on one line'],
    ['docker build -', '-', 'reads the Dockerfile, or a tar of the whole build context, from stdin'],
    ['docker cp web:/etc/hosts .', 'web:/etc/hosts', 'copies /etc/hosts in the container web'],
    ['docker logs --tail 1 web', '--tail 1', 'only the last line'],
    [
      'docker network create -d overlay n',
      '-d overlay',
      'makes it an overlay network: a network across the hosts of a swarm',
    ],
    ['docker network create -o encrypted n', '-o encrypted', "sets the driver's option encrypted, without a value"],
    [
      'docker buildx build --platform linux/amd64,linux/arm64,linux/386 .',
      '--platform linux/amd64,linux/arm64,linux/386',
      'builds for linux/amd64, linux/arm64 and linux/386',
    ],
    ['docker stop -t 0 web', '-t 0', 'kills it at once'],
    ['docker ps --filter name=^web$', '--filter name=^web$', 'keeps only those whose name is web'],
    ['docker ps --filter name=^/web', '--filter name=^/web', 'keeps only those whose name begins with web'],
    ['docker ps --filter name=web$', '--filter name=web$', 'keeps only those whose name ends with web'],
    ['docker events --filter event=die', '--filter event=die', 'keeps only those that tell of die'],
    ['docker run --entrypoint sleep app:1 infinity', 'infinity', 'what sleep is started with: its arguments'],
    ['docker run --ipc container:db app:1', '--ipc container:db', 'uses the shared memory of the container db'],
    ['docker run --pid=host app:1', '--pid=host', 'sees the processes of the host'],
    ['docker run --log-driver none app:1', '--log-driver none', 'keeps its output nowhere'],
    ['docker run --ulimit memlock=-1:-1 app:1', '--ulimit memlock=-1:-1', 'does not limit memlock'],
    ['docker run --cpuset-cpus 0,2-3 app:1', '--cpuset-cpus 0,2-3', 'runs on the CPUs 0 and 2-3 only'],
    ['docker run --health-retries 1 app:1', '--health-retries 1', 'is unhealthy after 1 failure in a row'],
    [
      'docker tag $A:$B $C/x',
      '$A:$B',
      'the image, by name or id; $A and $B are taken from your shell, where they are set',
    ],
    ['docker compose cp web:/app/dist ./dist', 'web:/app/dist', 'copies /app/dist in the container of the service web'],
    ['docker compose cp web:/app/dist ./dist', './dist', 'to ./dist on this machine'],
    ['docker compose run -e A=b web sh', '-e A=b', 'sets A to b'],
    [
      'docker build --secret=id=npm,src=.npmrc .',
      '--secret=id=npm,src=.npmrc',
      'RUN --mount=type=secret,id=npm reads the file .npmrc, which stays out of the image',
    ],
    [
      'docker buildx create --driver docker-container --use',
      '--driver docker-container',
      'runs BuildKit in a container of its own',
    ],
    ['docker buildx bake -f bake.hcl app', 'app', 'builds the target app of it'],
  ])('%s: %s', async (line, text, expected) => {
    expect(await means(line, text)).toBe(expected);
  });

  test('an object of any kind needs no container', async () => {
    expect((await explain('docker inspect web', context)).needs).toEqual([]);
  });
});

describe('Windows and PowerShell', () => {
  test.each([
    ['docker build -f docker\\Dockerfile .', '-f docker\\Dockerfile', /docker\\Dockerfile/],
    ['docker run -v ${PWD}\\certs:c:\\certs app:1', '-v ${PWD}\\certs:c:\\certs', /\/app\\certs is seen as c:\\certs/],
    ['docker cp .\\f.txt c1:C:\\app\\', 'c1:C:\\app\\', /to C:\\app\\ in the container c1/],
    ['docker rm -f (docker ps -aq)', '(docker ps -aq)', /what the docker command in it prints is put in its place/],
    ['docker run -d `\n>> -p 80:80 `\n>> app:1', '-p 80:80', /host port 80/],
    ['$ docker run -d \\\n$ -p 80:80 \\\n$ app:1', '-p 80:80', /host port 80/],
    ['winpty docker run -it app:1', 'winpty', /a terminal in Git Bash/],
  ])('%s', async (line, text, expected) => {
    expect(await means(line, text)).toMatch(expected);
  });

  test.each(['docker run -d `', 'docker run -d \\', 'docker run -d ^'])('%s goes on', async (line) => {
    await expect(explain(line, context)).rejects.toThrow(
      expect.objectContaining({ hint: expect.stringMatching(/the line goes on/) as string }) as Error,
    );
  });
});

describe('documentation', () => {
  test.each([
    ['docker compose down --rmi <all|local>', '--rmi <all|local>', /stands for a value of yours/],
    ['docker pull IMAGE[:TAG|@DIGEST]', 'IMAGE[:TAG|@DIGEST]', /stands for a value of yours/],
    ['docker swarm join <>', '<>', /stands for a value of yours/],
    ['docker run -t ALGUMA_IMAGEM', 'ALGUMA_IMAGEM', /stands for a value of yours/],
    ['docker run -t 镜像', '镜像', /stands for a value of yours/],
    ['docker run [选项] 镜像 [命令]', 'docker run [选项] 镜像 [命令]', /Usage: docker run/],
    ['docker run [OPCIONES] IMAGEN', 'docker run [OPCIONES] IMAGEN', /Usage: docker run/],
    ['docker compose help', 'docker compose help', /a group of commands/],
    ['docker-compose stop [SERVICE...]', 'docker-compose stop [SERVICE...]', /Usage: docker compose stop/],
    ['docker exec -it 容器名 bash', '容器名', /stands for a value of yours/],
    ['docker compose help up', 'docker compose help up', /Usage: docker compose up/],
    ['docker-compose down --volume', '--volume', /named volumes/],
  ])('%s', async (line, text, expected) => {
    expect(await means(line, text)).toMatch(expected);
  });

  test('a pipe outside brackets is one', async () => {
    expect(await means('docker ps [-a]|grep x', 'grep x')).toMatch(/hands the output/);
  });

  test('nothing is claimed of the tag of an image that is not known', async () => {
    const [pull] = (await explain('docker pull $IMAGE', context)).requests;
    expect(pull?.query).toMatchObject({ fromImage: '$IMAGE', tag: '$IMAGE' });
  });
});

describe('words of the shell', () => {
  test.each([
    ['for i in 1 2; do docker stop $i; done', 'for i in 1 2', /begins a loop/],
    ['for i in 1 2; do docker stop $i; done', 'do', /belongs to the shell/],
    ['for i in 1 2; do docker stop $i; done', 'done', /ends a loop/],
    ['while true; do docker ps; done', 'while true', /begins a loop/],
    ['nohup docker compose up &> log.txt', 'nohup', /goes on when you log out/],
    ['nohup docker compose up &> log.txt', '&> log.txt', /the output and the errors into the file log\.txt/],
    ['docker ps 2>/dev/null', '2>/dev/null', /throws the errors away/],
    ['docker ps 2>&1', '2>&1', /joins one output to the other/],
    ['docker logs web >& all.log', '>& all.log', /the output and the errors into the file all\.log/],
    ['docker ps -q | xargs -I{} docker stop {}', 'xargs', /in the place that -I names/],
    ['docker ps -q | xargs -r docker stop', '-r', /^an option of xargs: nothing is run where no words come$/],
    ['sudo -E docker ps', '-E', /^an option of sudo$/],
    ['docker run -v %~dp0\\..:/docs mkdocs', '-v %~dp0\\..:/docs', /%~dp0 is taken from your shell/],
  ])('%s: %s', async (line, text, expected) => {
    expect(await means(line, text)).toMatch(expected);
  });

  test('xargs -I adds no word at the end', async () => {
    const { requests } = await explain('docker images -q | xargs -I {} docker pull {}', context);
    expect(requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /images/json',
      'POST /images/create',
    ]);
  });
});

test.each([
  ['Unable to find image "x:latest" locally', /what docker printed/],
  ['docker: Error response from daemon: Conflict.', /what docker printed/],
  ['Error response from daemon: no such container', /what docker printed/],
  ['we like it very much', /begins with docker/],
  ['Docker ps', /did you mean docker/],
  ['cd app && npm ci', /begins with docker/],
])('%s is no docker command, and is not explained', async (text, hint) => {
  await expect(explain(text, context)).rejects.toThrow(
    expect.objectContaining({ code: 'not-docker', hint: expect.stringMatching(hint) as string }) as Error,
  );
});
