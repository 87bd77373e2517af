import { describe, expect, it } from 'vitest';
import { CommandError } from '../../../src/command/errors.ts';
import { format } from '../../../src/command/format.ts';
import { parseCommand } from '../../../src/command/parse.ts';
import { isCommand } from '../../../src/command/rows.ts';
import { commandsIn, obstaclesOf, parseLine, type ParsedItem } from '../../../src/command/shell/script.ts';
import { containerRun } from '../../../src/command/tables/container.ts';

const shell = { cwd: '/work', home: '/home/me', env: { TAG: '1.2', EMPTY: '', LIST: 'a b' } };

function canonical(text: string): string {
  return format(parseCommand(text, shell));
}

function failure(run: () => unknown): CommandError {
  try {
    run();
  } catch (error) {
    if (error instanceof CommandError) return error;
    throw error;
  }
  return expect.unreachable('no error');
}

function only(text: string): ParsedItem {
  const { items } = parseLine(text, shell);
  expect(items).toHaveLength(1);
  return items[0] as ParsedItem;
}

describe('one command, many spellings', () => {
  it.each([
    ['docker run -dit nginx', 'docker run --detach --interactive --tty nginx'],
    ['docker container run -d nginx', 'docker run --detach nginx'],
    ['docker run -p5000:5000 app', 'docker run --publish=5000:5000 app'],
    ['docker run -p=5000:5000 app', 'docker run --publish=5000:5000 app'],
    ['docker run -dp 80:80 app', 'docker run --detach --publish=80:80 app'],
    ['docker run --env=A=b app', 'docker run --env=A=b app'],
    ['docker run --env A=b app', 'docker run --env=A=b app'],
    ['docker run --rm=false app', 'docker run --rm=false app'],
    ['docker run --rm=1 app', 'docker run --rm=1 app'],
    ['docker run --net youtube app', 'docker run --network=youtube app'],
    ['docker run app -d --name x', 'docker run app -d --name x'],
    ['docker run -- app -c', 'docker run app -c'],
    ['docker exec -it web sh -c "ls -l"', "docker exec --interactive --tty web sh -c 'ls -l'"],
    ['docker rm web -f', 'docker rm --force web'],
    ['docker rm -- -odd', 'docker rm -- -odd'],
    ['docker image remove a', 'docker rmi a'],
    ['docker container list -a', 'docker ps --all'],
    ['docker network list', 'docker network ls'],
    ['docker -H tcp://h:1 --debug ps', 'docker --host=tcp://h:1 --debug ps'],
    ['docker -c lab ps', 'docker --context=lab ps'],
    ['sudo docker ps', 'docker ps'],
    ['sudo -u root -E docker ps', 'docker ps'],
    ['/usr/bin/docker ps', 'docker ps'],
    ['docker.exe ps', 'docker ps'],
    ['docker pull -a ubuntu', 'docker pull --all-tags ubuntu'],
    ['docker run --memory-swap -1 -m 1g app', 'docker run --memory-swap=-1 --memory=1g app'],
    ['docker run --entrypoint "" app', "docker run --entrypoint='' app"],
    ['docker build -t app .', 'docker build --tag=app .'],
    ['docker build -', 'docker build -'],
    ['docker buildx build -t app .', 'docker build --tag=app .'],
    ['docker scout cves --only-fixed app', 'docker scout cves --only-fixed app'],
    ['docker service scale web=3', 'docker service scale web=3'],
    [
      'docker service create --name web --replicas 3 -p 8080:80 nginx',
      'docker service create --name=web --replicas=3 --publish=8080:80 nginx',
    ],
    ['docker swarm join --token T 10.0.0.1:2377', 'docker swarm join --token=T 10.0.0.1:2377'],
  ])('%s', (text, wanted) => {
    expect(canonical(text)).toBe(wanted);
  });

  it('takes words as they are', () => {
    expect(format(parseCommand(['docker', 'run', 'app', 'sh', '-c', 'echo $HOME']))).toBe(
      "docker run app sh -c 'echo $HOME'",
    );
  });

  it('gives typed values', () => {
    const command = parseCommand('docker run -e A=1 -e B -m 512m --restart on-failure:2 app');
    if (!isCommand(command, containerRun)) return expect.unreachable('not a run');
    expect(command.flags.env).toEqual([{ name: 'A', value: '1' }, { name: 'B' }]);
    expect(command.flags.memory).toBe(512 * 1024 ** 2);
    expect(command.flags.restart).toEqual({ name: 'on-failure', maximumRetryCount: 2 });
    expect(command.flags.detach).toBeUndefined();
  });
});

describe('what a shell does before docker sees the words', () => {
  it.each([
    ['docker run -v $(pwd):/app x', 'docker run --volume=/work:/app x'],
    ['docker run -v "$(pwd)":/app x', 'docker run --volume=/work:/app x'],
    ['docker run -v `pwd`:/app x', 'docker run --volume=/work:/app x'],
    ['docker run -v $PWD:/app x', 'docker run --volume=/work:/app x'],
    ['docker run -v ${PWD}/src:/app x', 'docker run --volume=/work/src:/app x'],
    ['docker run -v %cd%:/app x', 'docker run --volume=/work:/app x'],
    ['docker run -v ~/src:/app x', 'docker run --volume=/home/me/src:/app x'],
    ['docker pull app:$TAG', 'docker pull app:1.2'],
    ['docker pull app:${TAG:-9}', 'docker pull app:1.2'],
    ['docker pull app:${NONE:-9}', 'docker pull app:9'],
    ['docker pull app:${EMPTY:-9}', 'docker pull app:9'],
    ['docker rm $LIST', 'docker rm a b'],
    ['docker rm "$LIST"', "docker rm 'a b'"],
    ['docker rm $EMPTY a', 'docker rm a'],
    ["docker rm '$TAG'", "docker rm '$TAG'"],
    ['docker rm \\$TAG', "docker rm '$TAG'"],
    ["docker rm 'a b'...", "docker rm 'a b'..."],
    ['docker run \\\n  -d \\\n  nginx', 'docker run --detach nginx'],
    ['docker run `\n  -d `\n  nginx', 'docker run --detach nginx'],
    ['docker run ^\r\n  -d ^\r\n  nginx', 'docker run --detach nginx'],
    ['docker ps # all of them', 'docker ps'],
    ['docker run -v C:\\data:/data x', "docker run --volume='C:\\data:/data' x"],
    ['docker run x echo a\\ b', "docker run x echo 'a b'"],
    ['docker run x echo "a \\"b\\""', 'docker run x echo \'a "b"\''],
  ])('%j', (text, wanted) => {
    expect(canonical(text)).toBe(wanted);
  });

  it.each([
    ['$ docker ps'],
    ['# docker ps'],
    ['> docker ps'],
    ['% docker ps'],
    ['PS> docker ps'],
    ['PS C:\\Users\\me> docker ps'],
    ['C:\\Users\\me>docker ps'],
    ['user@host:~$ docker ps'],
    ['root@4f2a:/app# docker ps'],
    ['[me@host dir]$ docker ps'],
    ['[node1] (local) root@192.168.0.8 ~ $ docker ps'],
    ['[node1] $ docker ps'],
    ['~/app $ docker ps'],
    ['➜  app docker ps'],
    ['$ sudo docker ps'],
  ])('drops the prompt of %j', (text) => {
    expect(commandsIn(parseLine(text)).map(format)).toEqual(['docker ps']);
  });

  it('puts in what nested commands printed', () => {
    const text = 'docker rm $(docker ps -aq)';
    const outputs = new Map([[text.indexOf('$('), 'one\ntwo\n']]);
    expect(parseCommand(text, { outputs }).operands).toEqual(['one', 'two']);
    expect(failure(() => parseCommand(text, { outputs: new Map([[text.indexOf('$('), '']]) })).code).toBe(
      'too-few-operands',
    );
  });

  it.each([
    ['docker rm $(docker ps -aq)', 'nested', '$(docker ps -aq)'],
    ['docker rm `docker ps -aq`', 'nested', '`docker ps -aq`'],
    ['docker run -u $(id -u) x', 'shell', '$(id -u)'],
    ['docker run -m $MEM x', 'unset', '$MEM'],
    ['docker stop <container id>', 'placeholder', '<container id>'],
    ['docker stop CONTAINER', 'placeholder', 'CONTAINER'],
    ['docker run -v </path/to/data>:/data x', 'placeholder', '</path/to/data>'],
    ['docker build -t app:${{ github.sha }} .', 'placeholder', '${{ github.sha }}'],
    ['docker build -t "app:${{ github.sha }}" .', 'placeholder', '${{ github.sha }}'],
    ['docker run %%IMAGE%%:3 x', 'placeholder', '%%IMAGE%%'],
    ['docker run app:ce-[version] x', 'placeholder', 'app:ce-[version]'],
    ['docker pull [your-name]/app', 'placeholder', '[your-name]/app'],
    ['docker run -p <host port>:80 x', 'placeholder', '<host port>'],
    ['docker run -p HOST_PORT:CONTAINER_PORT x', 'placeholder', 'HOST_PORT:CONTAINER_PORT'],
    ['docker run ... nginx', 'placeholder', '...'],
    ['docker pull IMAGE', 'placeholder', 'IMAGE'],
  ])('%s: marks what is not known (%s)', (text, why, unknown) => {
    const command = parseCommand(text, shell);
    expect(command.unknowns).toMatchObject([{ why, text: unknown, start: text.indexOf(unknown) }]);
    expect(format(parseCommand(format(command), shell))).toBe(format(command));
  });

  it('shows the commands inside a substitution', () => {
    const item = only('docker rm -f $(docker ps -aq)');
    expect(item.nested.flatMap(commandsIn).map(format)).toEqual(['docker ps --all --quiet']);
  });
});

describe('parts point into the line', () => {
  it('one part for each letter, value and operand', () => {
    const text = 'sudo docker -H x run -dp 80:80 --env=A=b nginx sh';
    const { parts } = parseCommand(text);
    expect(parts.map((part) => [part.is, text.slice(part.start, part.end)])).toEqual([
      ['program', 'docker'],
      ['flag', '-H x'],
      ['command', 'run'],
      ['flag', '-d'],
      ['flag', 'p 80:80'],
      ['flag', '--env=A=b'],
      ['operand', 'nginx'],
      ['operand', 'sh'],
    ]);
  });
  it('quotes included', () => {
    const text = 'docker run -e "A=b c" \'nginx\'';
    expect(parseCommand(text).parts.map(({ start, end }) => text.slice(start, end))).toEqual([
      'docker',
      'run',
      '-e "A=b c"',
      "'nginx'",
    ]);
  });
});

describe('what is wrong is named, with its place and a way out', () => {
  it.each([
    ['docker runn x', 'unknown-command', 'docker has no command runn', 'did you mean docker run?', 'runn'],
    [
      'docker container lst',
      'unknown-command',
      'docker has no command container lst',
      'did you mean docker container ls?',
      'lst',
    ],
    [
      'docker run -name web x',
      'unknown-flag',
      'docker run has no flag -n, the first unknown letter of -name',
      'did you mean --name? Long names take two dashes',
      '-name',
    ],
    ['docker run --nmae web x', 'unknown-flag', 'docker run has no flag --nmae', 'did you mean --name?', '--nmae'],
    [
      'docker run --d x',
      'unknown-flag',
      'docker run has no flag --d',
      'did you mean -d? One letter takes one dash',
      '--d',
    ],
    [
      'docker run -itx x',
      'unknown-flag',
      'docker run has no flag -x, the first unknown letter of -itx',
      undefined,
      '-itx',
    ],
    ['docker run --name', 'missing-value', '--name needs a value', 'write it after the flag: --name STRING', '--name'],
    [
      'docker run -m lots x',
      'bad-value',
      '-m, --memory: "lots" is not a size',
      'write a number and b, k, m or g: 512m',
      'lots',
    ],
    ['docker run --rm=maybe x', 'bad-value', '--rm: "maybe" is neither true nor false', 'write true or false', 'maybe'],
    [
      'docker run -d',
      'too-few-operands',
      'docker run needs IMAGE',
      'usage: docker run [OPTIONS] IMAGE [COMMAND] [ARG...]',
      '',
    ],
    [
      'docker pull a b',
      'too-many-operands',
      'docker pull takes 1 at most, and "b" is one more',
      'usage: docker pull [OPTIONS] NAME[:TAG|@DIGEST]',
      'b',
    ],
    [
      'docker ps web',
      'too-many-operands',
      'docker ps takes nothing after its flags, and "web" is one more',
      'usage: docker ps [OPTIONS]',
      'web',
    ],
    ['docker run Nginx', 'bad-value', 'IMAGE: a repository name must be lowercase', 'write nginx', 'Nginx'],
    ['dokcer ps', 'not-docker', 'dokcer is not a docker command', 'did you mean docker?', 'dokcer'],
    ['ps -a', 'not-docker', 'ps is not a docker command', 'did you mean docker ps?', 'ps'],
    ['docker run "x', 'unclosed-quote', 'this " is never closed', undefined, '"'],
    ['docker rm $(docker ps', 'unclosed-substitution', 'this $( is never closed', 'add the closing )', '$('],
    ['docker --nothing ps', 'unknown-flag', 'docker has no flag --nothing', undefined, '--nothing'],
    [
      'docker --help',
      'not-a-command',
      'this asks for help on docker; there is nothing to perform',
      undefined,
      'docker --help',
    ],
    ['', 'no-command', 'there is no command here', undefined, ''],
  ])('%s', (text, code, message, hint, place) => {
    const error = failure(() => parseCommand(text));
    expect(error.message).toBe(message);
    expect(error.code).toBe(code);
    if (hint !== undefined) expect(error.hint).toBe(hint);
    expect(text.slice(error.span.start, error.span.end)).toBe(place);
  });
});

describe('help and usage lines are recognised', () => {
  it.each([
    ['docker', ''],
    ['docker --help', ''],
    ['docker help', ''],
    ['docker help run', 'container run'],
    ['docker run --help', 'container run'],
    ['docker ps -h', 'container ls'],
    ['docker container', 'container'],
    ['docker container --help', 'container'],
    ['docker --version', 'version'],
  ])('%s asks for help', (text, of) => {
    expect(only(text).what).toMatchObject({ is: 'help', of });
  });
  it.each([
    ['docker run [OPTIONS] IMAGE [COMMAND] [ARG...]', 'container run'],
    ['docker container ls [OPTIONS]', 'container ls'],
    ['docker rm [OPTIONS] CONTAINER [CONTAINER...]', 'container rm'],
    ['docker [OPTIONS] COMMAND', ''],
  ])('%s is a usage line', (text, of) => {
    expect(only(text).what).toMatchObject({ is: 'usage', of });
  });
  it('-h of run is the host name', () => {
    expect(canonical('docker run -h box app')).toBe('docker run --hostname=box app');
  });
});

describe('a pasted text', () => {
  it('is its commands and how they are joined', () => {
    const text = 'docker pull a && docker run a; docker ps -q | xargs docker rm\ndocker images > list.txt &';
    const { items } = parseLine(text);
    expect(items.map((item) => [item.joint, item.what.is, item.text])).toEqual([
      ['start', 'command', 'docker pull a'],
      ['&&', 'command', 'docker run a'],
      [';', 'command', 'docker ps -q'],
      ['|', 'command', 'xargs docker rm'],
      ['newline', 'command', 'docker images > list.txt'],
    ]);
    expect(items[4]?.redirections[0]).toMatchObject({ operator: '>' });
    expect(items[4]?.background).toBe(true);
  });
  it('leaves out what was printed, where prompts tell it apart', () => {
    const { items } = parseLine('$ docker ps\nCONTAINER ID   IMAGE\n3f2a   nginx\n$ docker images');
    expect(items.map((item) => item.what.is)).toEqual(['command', 'output', 'output', 'command']);
  });
  it('goes on after a command that is wrong', () => {
    const { items } = parseLine('docker psx\ndocker ps');
    expect(items.map((item) => item.what.is)).toEqual(['error', 'command']);
  });
  it('keeps a here-document with its command', () => {
    const { items } = parseLine('docker build -t a - <<EOF\nFROM alpine\nRUN ls\nEOF\ndocker ps');
    expect(items.map((item) => item.what.is)).toEqual(['command', 'command']);
    expect(items[0]?.redirections[0]?.body).toBe('FROM alpine\nRUN ls\n');
  });
  it('sees docker behind assignments and loops', () => {
    expect(only('DOCKER_BUILDKIT=1 docker build -t a .').what.is).toBe('command');
    const { items } = parseLine('for c in $(docker ps -q); do docker stop $c; done');
    expect(items.map((item) => item.what.is)).toEqual(['other', 'command', 'other']);
    expect(items.flatMap((item) => commandsIn({ items: [item] })).map(format)).toEqual([
      'docker ps --quiet',
      'docker stop $c',
    ]);
  });
  it.each([
    ['docker ps && docker images; docker version', []],
    ['docker ps | grep web', ['| hands the output to grep, which needs a shell']],
    ['docker logs web > out.txt', ["> is the shell's: it connects a file, and docker-tutor runs no shell"]],
    ['docker ps &', ['& leaves the command running in the background of a shell']],
    ['cd app', ['cd is not docker, and docker-tutor runs docker commands only']],
  ])('%s: says what cannot be performed', (text, reasons) => {
    expect(obstaclesOf(parseLine(text)).map(({ reason }) => reason)).toEqual(reasons);
  });
});
