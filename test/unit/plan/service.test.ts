/** Changes of a service, and what docker prints while it waits: the engine's answers are given, the requests are docker 28.2.2's. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseCommand } from '../../../src/command/parse.ts';
import { EngineError } from '../../../src/api/request.ts';
import type { Request } from '../../../src/api/request.ts';
import type { Effect, PlanContext } from '../../../src/plan/effects.ts';
import { shellWords } from '../../../src/plan/service/pieces.ts';
import { planOf } from '../../fixtures/plan-of.ts';
import { meaning } from '../../fixtures/request-meaning.ts';
import type { RecordedRequest } from '../../fixtures/request-meaning.ts';
import { utc } from '../../fixtures/utc.ts';

interface Recorded {
  readonly command: string;
  readonly requests: readonly RecordedRequest[];
}

const recorded = JSON.parse(
  readFileSync(new URL('../../fixtures/docker-28.2-service-updates.json', import.meta.url), 'utf8'),
) as readonly Recorded[];
const now = Date.parse('2026-01-01T00:10:00Z');
const context: PlanContext = {
  cwd: '/workspace',
  env: {},
  now,
  zone: utc,
  apiVersion: '1.51',
  terminal: false,
  client: { version: '0.0.0', node: 'v20', os: 'linux', arch: 'x64' },
};

type Answers = (request: Request) => unknown;

/** Drives a plan with these answers: a number is a refusal of that status, undefined the plan's own assumption. */
function drive(
  line: string,
  answers: Answers,
): { requests: readonly Request[]; stdout: string; stderr: string; exitCode: number; waits: number } {
  const plan = planOf(parseCommand(line), context);
  const requests: Request[] = [];
  const written = { stdout: '', stderr: '' };
  let waits = 0;
  let step = plan.next();
  while (!step.done) {
    const effect: Effect = step.value;
    if (effect.do === 'write') written[effect.to] += effect.text;
    else if (effect.do === 'pause') waits += 1;
    else if (effect.do !== 'ask' && effect.do !== 'find-login') throw new Error(`nothing is told of ${effect.do}`);
    if (effect.do !== 'ask') {
      step = plan.next(undefined);
      continue;
    }
    requests.push(effect.request);
    const body = answers(effect.request);
    if (typeof body !== 'number')
      step = plan.next(body === undefined ? effect.assume : { status: 200, headers: {}, body });
    else if (effect.accept.includes(body)) step = plan.next({ status: body, headers: {}, body: {} });
    else step = plan.throw(new EngineError(`${effect.request.path} refused`, body, effect.request));
  }
  return { requests, ...written, exitCode: step.value, waits };
}

/** The service that the recording's engine had. */
const recordedEngine: Answers = ({ method, path }) => {
  const name = /^\/services\/([^/]+)$/.exec(path)?.[1];
  if (method === 'GET' && name !== undefined)
    return {
      ID: name,
      Version: { Index: 1 },
      Spec: {
        Name: name,
        TaskTemplate: { ContainerSpec: { Image: 'nginx:alpine' } },
        Mode: { Replicated: { Replicas: 1 } },
      },
    };
  if (path === '/swarm') return { Version: { Index: 1 }, Spec: { Name: 'default' }, JoinTokens: {} };
  return undefined;
};

describe('a change of a service sends the whole specification, as the docker CLI does', () => {
  test.each(recorded)('$command', ({ command, requests }) => {
    expect(meaning(drive(command, recordedEngine).requests, context.cwd)).toEqual(requests);
  });
});

describe('what a service has', () => {
  const spec = {
    Name: 'web',
    Labels: { keep: '1', drop: '2' },
    TaskTemplate: {
      ContainerSpec: {
        Image: 'nginx',
        Env: ['A=1', 'B=2', 'C=3'],
        Mounts: [{ Type: 'volume', Source: 'v', Target: '/v' }],
        CapabilityAdd: ['CAP_SYS_TIME'],
        Hosts: ['10.0.0.1 db'],
      },
      Networks: [{ Target: 'net-1' }],
      Placement: { Constraints: ['node.role==manager'] },
    },
    Mode: { Replicated: { Replicas: 1 } },
    EndpointSpec: {
      Mode: 'vip',
      Ports: [{ Protocol: 'tcp', TargetPort: 80, PublishedPort: 8080, PublishMode: 'ingress' }],
    },
  };
  const engine: Answers = ({ method, path }) => {
    if (method === 'GET' && path === '/services/web') return { ID: 'web', Version: { Index: 7 }, Spec: spec };
    return path === '/networks/net1' ? { Id: 'net-1' } : undefined;
  };
  const updated = (flags: string): Record<string, unknown> => {
    const { requests } = drive(`docker service update -d ${flags} web`, engine);
    return requests.find(({ method }) => method === 'POST')?.body as Record<string, unknown>;
  };

  test.each([
    ['--env-add B=9 --env-rm A', ['TaskTemplate', 'ContainerSpec', 'Env'], ['C=3', 'B=9']],
    ['--label-rm drop --label-add new=3', ['Labels'], { keep: '1', new: '3' }],
    ['--mount-rm /v', ['TaskTemplate', 'ContainerSpec', 'Mounts'], []],
    ['--network-rm net1', ['TaskTemplate', 'Networks'], []],
    ['--constraint-rm node.role==manager', ['TaskTemplate', 'Placement', 'Constraints'], []],
    ['--host-rm db', ['TaskTemplate', 'ContainerSpec', 'Hosts'], []],
    ['--cap-drop SYS_TIME', ['TaskTemplate', 'ContainerSpec', 'CapabilityAdd'], []],
    ['--publish-rm 80', ['EndpointSpec', 'Ports'], []],
    ['--replicas 4', ['Mode'], { Replicated: { Replicas: 4 } }],
    ['--args "a \'b c\'"', ['TaskTemplate', 'ContainerSpec', 'Args'], ['a', 'b c']],
    ['--force', ['TaskTemplate', 'Networks'], [{ Target: 'net-1' }]],
  ])('%s', (flags, path, value) => {
    expect(path.reduce<unknown>((part, key) => (part as Record<string, unknown>)[key], updated(flags))).toEqual(value);
  });

  test('a second use of its network is refused, in docker’s words', () => {
    expect(drive('docker service update -d --network-add net1 web', engine)).toMatchObject({
      exitCode: 1,
      stderr: 'service is already attached to network net1\n',
    });
  });

  test('--rollback takes no other change', () => {
    expect(drive('docker service update -d --rollback --replicas 2 web', engine)).toMatchObject({
      exitCode: 1,
      stderr: 'other flags may not be combined with --rollback\n',
    });
  });
});

describe('waiting for a service', () => {
  const engineWith = (tasks: readonly (readonly string[])[]): Answers => {
    let look = -1;
    return ({ method, path }) => {
      if (method === 'GET' && path.startsWith('/services/'))
        return {
          ID: 's1',
          Version: { Index: 1 },
          Spec: {
            Name: 'web',
            TaskTemplate: {},
            Mode: { Replicated: { Replicas: 2 } },
            UpdateConfig: { Monitor: 4e8 },
          },
        };
      if (path === '/nodes') return [{ ID: 'n1', Status: { State: 'ready' } }];
      if (path === '/services/create') return { ID: 's1' };
      if (path !== '/tasks') return undefined;
      look = Math.min(look + 1, tasks.length - 1);
      return (tasks[look] ?? []).map((state, i) => ({
        ID: `t${String(i)}`,
        Slot: i + 1,
        NodeID: 'n1',
        DesiredState: 'running',
        Status: { State: state, ...(state === 'rejected' && { Err: 'No such image' }) },
      }));
    };
  };

  test('is told line by line, until it has been stable for its monitor time', () => {
    const { stdout, exitCode } = drive(
      'docker service create --name web --replicas 2 nginx',
      engineWith([[], ['running', 'starting'], ['running', 'running']]),
    );
    expect(exitCode).toBe(0);
    expect(stdout).toBe(
      [
        's1',
        'overall progress: 0 out of 2 tasks',
        '1/2:  ',
        '2/2:  ',
        'overall progress: 0 out of 2 tasks',
        'overall progress: 1 out of 2 tasks',
        'overall progress: 2 out of 2 tasks',
        'verify: Waiting 1 seconds to verify that tasks are stable...',
        'verify: Waiting 1 seconds to verify that tasks are stable...',
        'verify: Waiting 1 seconds to verify that tasks are stable...',
        'verify: Service s1 converged',
        '',
      ].join('\n'),
    );
  });

  test('tells why a task does not start, and that a running one has failed', () => {
    const { stdout } = drive(
      'docker service create --replicas 2 nginx',
      engineWith([
        ['running', 'rejected'],
        ['running', 'running'],
        ['running', 'failed'],
        ['running', 'running'],
      ]),
    );
    expect(stdout).toContain('2/2: No such image\n');
    expect(stdout).toContain('verify: Detected task failure\n');
  });

  test('-q says nothing, and -d does not wait', () => {
    const running = [['running', 'running']];
    expect(drive('docker service create -q --replicas 2 nginx', engineWith(running)).stdout).toBe('s1\n');
    expect(drive('docker service create -d --replicas 2 nginx', engineWith(running)).waits).toBe(0);
  });

  test('ends after a while where it never settles, and says where to look', () => {
    const { exitCode, stderr } = drive(
      'docker service create --replicas 2 nginx',
      engineWith([['pending', 'pending']]),
    );
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/has not settled within 10 minutes; docker service ps s1/);
  });

  test('a paused update ends with docker’s words', () => {
    const engine = engineWith([['running']]);
    const paused: Answers = (request) =>
      request.method === 'GET' && request.path === '/services/s1'
        ? { ...(engine(request) as object), UpdateStatus: { State: 'paused', Message: 'task failed' } }
        : engine(request);
    expect(drive('docker service create nginx', paused)).toMatchObject({
      exitCode: 1,
      stderr: 'service update paused: task failed\n',
    });
  });
});

describe('tables', () => {
  const task = (ID: string, Slot: number, State: string, minutes: number) => ({
    ID: ID.padEnd(25, '0'),
    ServiceID: 's1',
    NodeID: 'n1',
    Slot,
    CreatedAt: new Date(now - minutes * 60_000).toISOString(),
    DesiredState: State === 'running' ? 'running' : 'shutdown',
    Spec: { ContainerSpec: { Image: `busybox:latest@sha256:${'a'.repeat(64)}` } },
    Status: {
      State,
      Timestamp: new Date(now - minutes * 60_000).toISOString(),
      ...(State === 'failed' && { Err: 'starting container failed: failed to create task' }),
    },
  });
  const engine: Answers = ({ path, query }) => {
    if (path === '/services' && query?.['filters']?.includes('"id"')) return [];
    if (path === '/services') return [{ ID: 's1', Spec: { Name: 'web', TaskTemplate: {} } }];
    if (path === '/services/s1') return { ID: 's1', Spec: { Name: 'web', TaskTemplate: {} } };
    if (path === '/nodes/n1') return { Description: { Hostname: 'host1' } };
    return path === '/tasks'
      ? [task('old', 1, 'failed', 5), task('new', 1, 'running', 3), task('two', 2, 'running', 5)]
      : undefined;
  };

  test('service ps: the newest task of a slot first, the older ones indented', () => {
    expect(
      drive('docker service ps web', engine)
        .stdout.split('\n')
        .map((line) => line.trimEnd()),
    ).toEqual([
      'ID             NAME        IMAGE            NODE      DESIRED STATE   CURRENT STATE           ERROR                              PORTS',
      'new000000000   web.1       busybox:latest   host1     Running         Running 3 minutes ago',
      'old000000000    \\_ web.1   busybox:latest   host1     Shutdown        Failed 5 minutes ago    "starting container failed: fa…"',
      'two000000000   web.2       busybox:latest   host1     Running         Running 5 minutes ago',
      '',
    ]);
  });

  test('a service that is not there is named', () => {
    const nothing: Answers = ({ path }) => (path === '/services' ? [] : undefined);
    expect(drive('docker service ps web db', nothing)).toMatchObject({
      exitCode: 1,
      stderr: 'no such service: web\nno such service: db\n',
    });
  });

  test('service ls: jobs, limits a node, and ports in ranges', () => {
    const service = (Name: string, Mode: object, more: object = {}) => ({
      ID: Name.padEnd(25, '0'),
      Spec: { Name, Mode, TaskTemplate: { ContainerSpec: { Image: 'nginx:1' } } },
      ...more,
    });
    const ports = [80, 81, 90].map((port) => ({
      Protocol: 'tcp',
      TargetPort: port,
      PublishedPort: port + 8000,
      PublishMode: 'ingress',
    }));
    const list = [
      service(
        'web10',
        { Replicated: { Replicas: 2 } },
        { ServiceStatus: { RunningTasks: 1, DesiredTasks: 2 }, Endpoint: { Ports: ports } },
      ),
      service('web2', { Global: {} }, { ServiceStatus: { RunningTasks: 3, DesiredTasks: 3 } }),
      service(
        'job',
        { ReplicatedJob: { TotalCompletions: 4 } },
        { ServiceStatus: { RunningTasks: 2, DesiredTasks: 2, CompletedTasks: 1 } },
      ),
    ];
    expect(
      drive('docker service ls', ({ path }) => (path === '/services' ? list : undefined))
        .stdout.split('\n')
        .map((line) => line.trimEnd()),
    ).toEqual([
      'ID             NAME      MODE             REPLICAS              IMAGE     PORTS',
      'job000000000   job       replicated job   2/2 (1/4 completed)   nginx:1',
      'web200000000   web2      global           3/3                   nginx:1',
      'web100000000   web10     replicated       1/2                   nginx:1   *:8080-8081->80-81/tcp, *:8090->90/tcp',
      '',
    ]);
  });
});

test.each([
  ['sh -c', ['sh', '-c']],
  ['sh -c "echo \\"hi\\" there"', ['sh', '-c', 'echo "hi" there']],
  ["a 'b  c'd", ['a', 'b  cd']],
  ['a\\ b', ['a b']],
  ['', []],
  ['""', ['']],
])('the words of %s', (text, words) => {
  expect(shellWords(text)).toEqual(words);
});
