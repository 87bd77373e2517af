/**
 * Secrets of every kind that a lesson or a tried line can carry, each a word that stands nowhere else: none of them is in
 * anything that the program has written, kept or handed to another process. What a container prints is the learner's own.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { engineSuite } from '../engine/lab.ts';
import { bin, dockerTutor, environment, temporaryFolder } from './process.ts';

/** What all of them begin with. */
const mark = `zq${process.pid.toString(36)}`;
const canary = (way: string): string => `${mark}${way}x1`;

const compose = (from: string): string => `
services:
  app:
    image: busybox
    command: ["sleep", "60"]
    environment: {APP_PASSWORD: ${canary(`${from}Environment`)}, PASSWORD: "\${COMPOSE_TOKEN}"}
    labels: {api.token: ${canary(`${from}Label`)}}
    secrets: [word, other]
    stop_grace_period: 0s
secrets:
  word: {file: ./word.txt}
  other: {environment: COMPOSE_TOKEN}
`;
const dockerfile = (from: string): string => `FROM busybox
ARG NPM_TOKEN
ENV APP_PASSWORD=${canary(`${from}Dockerfile`)}
RUN API_KEY=${canary(`${from}Run`)} true
`;

const lesson = `
formatVersion: 1
id: canaries
title: Canaries
summary: Secrets of all kinds.
level: beginner
minutes: 1
requires: { images: [busybox], permissions: ['registry:127.0.0.1:9', 'address:127.0.0.1:9'] }
vars: { DB_PASSWORD: none }
names: { box: canary-box, image: canary-image }
steps:
  - id: env-file
    title: An environment file
    write: { path: app.env, content: "API_TOKEN=${canary('EnvFile')}\\n" }
  - id: dot-env
    title: The variables of compose
    write: { path: .env, content: "COMPOSE_TOKEN=${canary('DotEnv')}\\n" }
  - id: compose-file
    title: A compose file
    write: { path: compose.yaml, content: ${JSON.stringify(compose('Lesson'))} }
  - id: word
    title: A file for a secret
    write: { path: word.txt, content: "DB_PASSWORD=${canary('SecretFile')}\\n" }
  - id: dockerfile
    title: A Dockerfile
    write: { path: Dockerfile, content: ${JSON.stringify(dockerfile('Lesson'))} }
  - id: run
    title: A container
    do: docker run -d --name {{box}} -e RUN_PASSWORD=${canary('RunEnv')} -e VAR_PASSWORD={{DB_PASSWORD}} --env-file app.env --label api.token=${canary('RunLabel')} busybox sleep 60
    expect: [{ container: { name: '{{box}}', state: running } }]
  - id: exec
    title: A process
    do: docker exec -e EXEC_TOKEN=${canary('Exec')} {{box}} true --password ${canary('Argument')} https://me:${canary('Url')}@localhost/
    expect: [{ output: { exitCode: 0 } }]
  - id: build
    title: A build
    do: docker build --build-arg NPM_TOKEN=${canary('BuildArgument')} -t {{image}} .
    expect: [{ image: { name: '{{image}}' } }]
  - id: up
    title: A project
    do: docker compose -p canaries up -d
    expect: [{ output: { exitCode: 0 } }]
  - id: login
    title: A login that fails
    do: docker login -u me -p ${canary('Login')} 127.0.0.1:9
    expect: [{ output: { exitCode: 1 } }]
  - id: typed
    title: A login that is typed, and fails
    do: docker login -u me 127.0.0.1:9
    input: [${canary('Typed')}]
    expect: [{ output: { exitCode: 1 } }]
  - id: request
    title: A request that nobody answers
    request:
      url: http://me:${canary('RequestUser')}@127.0.0.1:9/?token=${canary('RequestQuery')}
      method: POST
      headers: { Authorization: 'Bearer ${canary('RequestBearer')}', X-Api-Key: ${canary('RequestKey')} }
      body: '{"password":"${canary('RequestBody')}"}'
    expect: [{ output: { exitCode: 0 } }]
`;

/** Performed one after the other in a folder that has the files of the lesson. */
const tried: readonly { readonly line: string; readonly input?: string }[] = [
  { line: `docker login -u me -p ${canary('TryLogin')} 127.0.0.1:9` },
  { line: 'docker login -u me --password-stdin 127.0.0.1:9', input: `${canary('TryStdin')}\n` },
  {
    line: `docker run --rm -e DB_PASSWORD=${canary('TryEnv')} --env-file app.env --label api.token=${canary('TryLabel')} busybox true`,
  },
  { line: `docker build --build-arg NPM_TOKEN=${canary('TryBuildArgument')} -t canary-image .` },
  { line: 'docker pull 127.0.0.1:9/private:1' },
  { line: 'docker compose -p canaries up -d' },
  { line: `docker compose -p canaries exec -T -e EXEC_TOKEN=${canary('TryExec')} app true` },
  { line: 'docker compose -p canaries down -t 0' },
  { line: `docker swarm join --token SWMTKN-1-${canary('Token')}-abc 127.0.0.1:9` },
  { line: `docker run --rm -e DB_PASSWORD=${canary('Missing')} nowhere.invalid/nothing:0` },
  { line: `docker run --rm -e DB_PASSWORD=${canary('BadFlag')} --no-such-flag busybox` },
  { line: `docker rnu --password ${canary('BadCommand')}` },
  { line: `docker build https://me:${canary('BuildUrl')}@127.0.0.1:9/x.git` },
  { line: `docker pull https://me:${canary('PullUrl')}@127.0.0.1:9/x` },
  {
    line: `docker secret create name --label api.token=${canary('SecretLabel')} -`,
    input: `${canary('SecretStdin')}\n`,
  },
];

/** The classic builder prints each instruction: that is what the command prints, as a container's output is. */
function isBuildersOwn(leak: string): boolean {
  return /^(?:Lesson|Try)(?:Dockerfile|Run)x1 in (?:stdout|stderr|\S*\/\.?(?:pretty|plain|json)\.(?:plain|json)(?:\.[\w-]+)?)$/.test(
    leak,
  );
}

/** A login of the learner's own, as config.json keeps it. */
const login = Buffer.from(`me:${canary('Config')}`).toString('base64');

interface Setting {
  readonly cwd: string;
  readonly input?: string | undefined;
  readonly DOCKER_CONFIG?: string;
}

engineSuite('secrets', ({ address }) => {
  const home = temporaryFolder();
  const temporary = temporaryFolder();
  const place = temporaryFolder();
  const env = { DOCKER_TUTOR_HOME: home.path, DOCKER_HOST: address, TMPDIR: temporary.path };

  afterAll(() => {
    dockerTutor(['clean'], env);
    for (const folder of [home, temporary, place]) folder.remove();
  });

  /** Texts of all files in a folder, by path. Those of a workspace are the lesson's own. */
  function filesIn(folder: string): readonly (readonly [string, string])[] {
    return readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .flatMap((entry) => {
        const path = join(entry.parentPath, entry.name);
        try {
          return path.startsWith(join(temporary.path, 'docker-tutor-canaries'))
            ? []
            : [[path, readFileSync(path, 'latin1')]];
        } catch {
          // it has gone since
          return [];
        }
      });
  }

  /** Arguments of the processes that descend from this one. */
  function argumentsBelow(pid: number): readonly string[] {
    try {
      const children = readFileSync(`/proc/${String(pid)}/task/${String(pid)}/children`, 'utf8')
        .split(' ')
        .filter(Boolean);
      return children.flatMap((child) => [
        readFileSync(`/proc/${child}/cmdline`, 'utf8'),
        ...argumentsBelow(Number(child)),
      ]);
    } catch {
      // it has ended since, or this machine has no /proc
      return [];
    }
  }

  /** Runs it to its end, and looks again and again at what it keeps and whom it calls. @returns where each canary was found */
  async function leaks(args: readonly string[], { cwd, input = '', ...more }: Setting): Promise<readonly string[]> {
    const child = spawn(process.execPath, [bin, ...args], {
      cwd,
      env: environment({ ...env, ...more }),
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const said = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const)
      child[name].on('data', (chunk: Buffer) => (said[name] += chunk.toString()));
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    const found = new Set<string>();
    const look = (where: string, text: string): void => {
      for (const [word] of text.matchAll(new RegExp(`${mark}\\w+x1`, 'g')))
        found.add(`${word.slice(mark.length)} in ${where}`);
      if (text.includes(login)) found.add(`the login of config.json in ${where}`);
    };
    const lookAround = (): void => {
      for (const [path, text] of [...filesIn(home.path), ...filesIn(temporary.path)]) look(path, text);
      for (const text of argumentsBelow(child.pid ?? 0)) look('the arguments of another process', text);
    };
    const watching = setInterval(lookAround, 30);
    await once(child, 'close');
    clearInterval(watching);
    lookAround();
    for (const [name, text] of Object.entries(said)) look(name, text);
    return [...found].filter((one) => !isBuildersOwn(one));
  }

  test.each(['pretty', 'plain', 'json'])('of a lesson are nowhere, told as %s', async (format) => {
    const scenario = join(place.path, 'canaries');
    mkdirSync(scenario, { recursive: true });
    writeFileSync(join(scenario, 'scenario.yaml'), lesson);
    const reports = ['json', 'plain'].flatMap((kind) => [
      '--report',
      `${kind}=${join(home.path, `${format}.${kind}`)}`,
    ]);
    const allowed = ['registry:127.0.0.1:9', 'address:127.0.0.1:9'].flatMap((one) => ['--allow', one]);
    const options = [
      '--yes',
      '--format',
      format,
      '--show',
      'api',
      '--show',
      'output',
      '--var',
      `DB_PASSWORD=${canary('Var')}`,
    ];
    expect(await leaks(['run', scenario, ...options, ...allowed, ...reports], { cwd: place.path })).toEqual([]);
    // it has come to its last step
    expect(readFileSync(join(home.path, `${format}.plain`), 'utf8')).toMatch(/step 12 of 12/);
  });

  test.each(['pretty', 'json'])('of tried lines are nowhere, told as %s', async (format) => {
    const cwd = join(place.path, `tried-${format}`);
    mkdirSync(cwd);
    const files = {
      'app.env': `API_TOKEN=${canary('TryEnvFile')}\n`,
      '.env': `COMPOSE_TOKEN=${canary('TryDotEnv')}\n`,
      'word.txt': `${canary('TrySecretFile')}\n`,
      'compose.yaml': compose('Try'),
      Dockerfile: dockerfile('Try'),
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
    const config = join(place.path, 'config');
    mkdirSync(config, { recursive: true });
    writeFileSync(join(config, 'config.json'), JSON.stringify({ auths: { '127.0.0.1:9': { auth: login } } }));
    for (const { line, input } of tried)
      expect({
        line,
        leaks: await leaks(['try', '--format', format, line], { cwd, input, DOCKER_CONFIG: config }),
      }).toEqual({ line, leaks: [] });
  });
});
