/** What docker writes or refuses before it does what a command says, and lists that only read (docker CLI 28.2 on API 1.45). */
import { expect, test } from 'vitest';
import { CommandError } from '../../../src/command/errors.ts';
import { parseCommand } from '../../../src/command/parse.ts';
import type { PlanContext } from '../../../src/plan/effects.ts';
import { planOf } from '../../fixtures/plan-of.ts';
import { utc } from '../../fixtures/utc.ts';

const context: PlanContext = {
  cwd: '/',
  env: {},
  now: Date.parse('2026-01-01T02:00:00Z'),
  zone: utc,
  apiVersion: '1.45',
  terminal: false,
  client: { version: '0.0.0', node: 'v20', os: 'linux', arch: 'x64' },
};

/** @param body what the engine answers; absent: as the plan assumes */
function run(line: string, body?: unknown): { exitCode: number; stdout: string; stderr: string; asked: number } {
  const seen = { stdout: '', stderr: '', asked: 0 };
  const plan = planOf(parseCommand(line), context);
  let step = plan.next();
  while (!step.done) {
    const effect = step.value;
    if (effect.do === 'write') seen[effect.to] += effect.text;
    else seen.asked++;
    const given = body === undefined ? undefined : { status: 200, headers: {}, body, text: JSON.stringify(body) };
    step = plan.next(effect.do === 'ask' ? (given ?? effect.assume) : undefined);
  }
  return { exitCode: step.value, ...seen };
}

test.each(['docker restart --time 1 web', 'docker restart --time=1 web'])('%s: the flag has a newer name', (line) => {
  expect(run(line)).toMatchObject({
    exitCode: 0,
    stdout: 'Flag --time has been deprecated, use --timeout instead\nweb\n',
    stderr: '',
  });
});

test('the newer name, and older ones that docker takes in silence, are not told of', () => {
  expect(run('docker restart --timeout 1 web').stdout).toBe('web\n');
  expect(parseCommand('docker run --net none alpine').deprecations).toBeUndefined();
});

test('told before what else is wrong with the line', () => {
  const fault = (() => {
    try {
      parseCommand('docker stop --time 1');
    } catch (error) {
      if (error instanceof CommandError) return error.docker;
    }
    return undefined;
  })();
  expect(fault).toMatchObject({
    stdout: 'Flag --time has been deprecated, use --timeout instead\n',
    text: expect.stringMatching(/^docker: 'docker stop' requires at least 1 argument/) as unknown,
  });
});

test.each([
  ['docker load --platform linux/amd64 -i a.tar', ['"--platform" requires API version 1.48']],
  ['docker push --platform linux/amd64 localhost/app', ['"--platform" requires API version 1.46']],
  ['docker service create --oom-score-adj 1 alpine', ['"--oom-score-adj" requires API version 1.46']],
])('%s: the engine is too old, and is not asked', (line, says) => {
  const text = says.map((one) => `${one}, but the Docker daemon API version is 1.45\n`).join('');
  expect(run(line)).toEqual({ exitCode: 1, stdout: '', stderr: text, asked: 0 });
});

test('docker pull has said which tag it takes when the engine refuses the platform', () => {
  const docker = (line: string): unknown => {
    try {
      parseCommand(line);
    } catch (error) {
      if (error instanceof CommandError) return error.docker;
    }
    return undefined;
  };
  expect(docker('docker pull --platform bogus alpine')).toMatchObject({ stdout: 'Using default tag: latest\n' });
  expect(docker('docker pull --platform bogus alpine:3')).not.toHaveProperty('stdout');
  expect(docker('docker pull -q --platform bogus localhost:5000/alpine')).not.toHaveProperty('stdout');
});

test('the image of a service that is updated is for the swarm to refuse', () => {
  const refused = (): unknown => parseCommand('docker service update --image BAD web');
  expect(refused).toThrow(
    expect.objectContaining({
      docker: {
        text: 'Error response from daemon: rpc error: code = InvalidArgument desc = ContainerSpec: "BAD" is not a valid repository/tag\n',
        exitCode: 1,
        when: 'the engine is asked',
      },
    }),
  );
});

const secret = {
  ID: 'u9hnmrrtzzd2vwqvbk1t5q8xm',
  CreatedAt: '2026-01-01T00:00:00Z',
  UpdatedAt: '2026-01-01T01:00:00Z',
  Spec: { Name: 'key', Labels: {} },
};

test.each([
  ['docker secret ls', [], 'ID        NAME      DRIVER    CREATED   UPDATED\n'],
  ['docker config ls --format "{{.Name}} {{.CreatedAt}}"', [secret], 'key 2 hours ago\n'],
  ['docker secret ls -q', [secret], `${secret.ID}\n`],
  ['docker plugin ls', null, 'ID        NAME      DESCRIPTION   ENABLED\n'],
  [
    'docker plugin ls --format "{{.ID}} {{.Name}} {{.Enabled}}"',
    [{ Id: 'a'.repeat(64), Name: 'vieux/sshfs:latest', Enabled: true, Config: { Description: 'sshFS' } }],
    'aaaaaaaaaaaa vieux/sshfs:latest true\n',
  ],
])('%s', (line, body, printed) => {
  expect(run(line, body)).toMatchObject({ exitCode: 0, stdout: printed });
});

test.each([
  ['{{.Runtimes}}', 'map[runc:{{runc []  map[]} map[a:b]}]\n'],
  ['{{.Plugins}}', '{[local] [bridge] [] [json-file]}\n'],
  ['{{.Swarm}}', '{  inactive false  [] 0 0 <nil> []}\n'],
  ['{{.ProductLicense}}{{.DefaultAddressPools}}{{.CPUCfsQuota}}', '[]true\n'],
])('docker info --format %s: structs, as Go prints them', (format, printed) => {
  const info = {
    Plugins: { Volume: ['local'], Network: ['bridge'], Authorization: null, Log: ['json-file'] },
    CpuCfsQuota: true,
    Runtimes: { runc: { path: 'runc', status: { a: 'b' } } },
    Swarm: {
      NodeID: '',
      NodeAddr: '',
      LocalNodeState: 'inactive',
      ControlAvailable: false,
      Error: '',
      RemoteManagers: null,
    },
  };
  expect(run(`docker info --format '${format}'`, info)).toMatchObject({ exitCode: 0, stdout: printed });
});
