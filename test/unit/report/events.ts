/** What happens in a run of hello-world, as in a real one, and the reports it is told to. */
import { collector } from '../../../src/events/collect.ts';
import type { CheckDone, Event, RunHappening, ScenarioHappening } from '../../../src/events/events.ts';
import type { Report } from '../../../src/report/format.ts';

export type Happening = RunHappening | ScenarioHappening;

/** With its address, as the emitter adds it. */
export function addressed(happening: Happening): Event {
  const run = 'tf0001-0123456789';
  switch (happening.type) {
    case 'run-started':
    case 'probe':
    case 'engine-found':
    case 'run-finished':
      return { run, ...happening };
    default:
      return { run, scenario: 'hello-world', ...happening };
  }
}

export async function tell(report: Report, happenings: readonly Happening[]): Promise<void> {
  const { add, run } = collector();
  for (const event of happenings.map(addressed)) {
    add(event);
    await report.event(event, run);
  }
}

const id = '3f2a9c1d'.padEnd(64, '0');
const image = `sha256:${'d2c94e258dcb'.padEnd(64, '0')}`;

const greeting = `
Hello from Docker!
This message shows that your installation appears to be working correctly.

`;

export const passedCheck: CheckDone = {
  type: 'check',
  step: 'run',
  kind: 'container',
  property: 'exitCode',
  claim: 'the container ended well',
  status: 'passed',
  expected: 'exit code 0',
  observed: 'exit code: 0',
  ms: 12,
  tries: 1,
};

export const failedCheck: CheckDone = {
  type: 'check',
  step: 'run',
  kind: 'http',
  property: 'status',
  claim: 'the page answers',
  status: 'failed',
  expected: '200 within 10 s',
  observed: 'connection reset',
  likely:
    'The container listens on 127.0.0.1 only, inside itself; the published port arrives at its other address. The log says: Running on http://127.0.0.1:5000',
  next: 'app.run(host="0.0.0.0")  then build and run again',
  ms: 10_004,
  tries: 6,
};

export const opening: readonly Happening[] = [
  {
    type: 'run-started',
    formatVersion: 2,
    tool: 'docker-tutor 0.1.0',
    at: '2026-11-21T08:00:00.000Z',
  },
  {
    type: 'engine-found',
    engine: {
      address: 'unix:///var/run/docker.sock',
      version: '28.5.2',
      apiVersion: '1.51',
      flavour: 'docker',
      lab: false,
    },
    scenarios: ['hello-world'],
  },
  {
    type: 'scenario-started',
    label: 'tf0001-0123456789',
    title: 'Hello, Docker',
    summary: 'From a command to a container and back.',
    intro:
      'You type to a **client**. It asks the *daemon* over REST, and the daemon does the work.\n\n- an image is a blueprint\n- a container is what runs from it',
    steps: 3,
    minutes: 5,
    replaced: [{ what: 'name', wished: 'greeter', used: 'greeter-2' }],
    standIns: ['hello-world'],
  },
];

export const pullStep: readonly Happening[] = [
  {
    type: 'step-started',
    step: 'pull',
    index: 1,
    of: 3,
    title: 'Fetch the image',
    text: 'An image is a *packed* file system. `docker pull` brings it here.',
    action: 'do',
    checks: 1,
  },
  {
    type: 'command-started',
    step: 'pull',
    command: 'docker pull hello-world',
    means: 'fetch an image from a registry',
  },
  { type: 'progress', step: 'pull', what: 'Pulling from library/hello-world', id: 'latest' },
  { type: 'output', step: 'pull', stream: 'stdout', text: 'Using default tag: latest\nlatest: Pulling from' },
  { type: 'progress', step: 'pull', what: 'Downloading', id: '17eec7bbc9d7', current: 1_200_000, total: 4_800_000 },
  { type: 'progress', step: 'pull', what: 'Pull complete', id: '17eec7bbc9d7' },
  { type: 'output', step: 'pull', stream: 'stdout', text: ' library/hello-world\n' },
  {
    type: 'request',
    step: 'pull',
    method: 'POST',
    path: '/images/create',
    query: { fromImage: 'docker.io/library/hello-world', tag: 'latest' },
    status: 200,
    ms: 812,
  },
  {
    type: 'command-finished',
    step: 'pull',
    exitCode: 0,
    ms: 820,
    doings: [],
    changes: [{ change: 'added', kind: 'image', name: 'hello-world:latest', id: image, facts: { size: '13256' } }],
  },
  {
    type: 'check',
    step: 'pull',
    kind: 'image',
    property: 'exists',
    claim: 'the image is here',
    status: 'passed',
    expected: 'image hello-world exists',
    observed: 'hello-world:latest',
    ms: 3,
    tries: 1,
  },
  { type: 'step-finished', step: 'pull', status: 'passed', after: 'Notice: `latest` is only a name.', ms: 900 },
];

export const writtenFile = {
  type: 'file-written',
  step: 'dockerfile',
  path: 'Dockerfile',
  how: 'whole',
  removed: [],
  added: ['FROM busybox', '', `RUN echo ${'long '.repeat(20)}`],
} as const;

export const runStep: readonly Happening[] = [
  {
    type: 'step-started',
    step: 'run',
    index: 2,
    of: 3,
    title: 'Run it',
    text: 'A container is started from the image, says its sentence and ends.',
    action: 'do',
    checks: 1,
  },
  {
    type: 'command-started',
    step: 'run',
    command: 'docker run --name greeter-2 hello-world',
    means: 'create a container from an image, then start it',
  },
  {
    type: 'request',
    step: 'run',
    method: 'POST',
    path: '/containers/create',
    query: { name: 'greeter-2' },
    body: {
      Image: 'hello-world',
      Cmd: null,
      Tty: false,
      Env: [],
      ExposedPorts: { '80/tcp': {} },
      HostConfig: { NetworkMode: 'bridge', Binds: [] },
    },
    status: 201,
    ms: 12,
  },
  { type: 'request', step: 'run', method: 'POST', path: `/containers/${id}/start`, status: 204, ms: 180 },
  { type: 'output', step: 'run', stream: 'stdout', text: greeting },
  {
    type: 'command-finished',
    step: 'run',
    exitCode: 0,
    ms: 412,
    doings: [],
    changes: [
      {
        change: 'added',
        kind: 'container',
        name: 'greeter-2',
        id,
        facts: { image: 'hello-world', state: 'exited', exitCode: '0' },
      },
    ],
  },
  passedCheck,
  { type: 'step-finished', step: 'run', status: 'passed', after: '', ms: 500 },
];

const ending: readonly Happening[] = [
  {
    type: 'step-started',
    step: 'quiz-1',
    index: 3,
    of: 3,
    title: 'One question',
    text: '',
    action: 'quiz',
    checks: 1,
  },
  {
    type: 'quiz',
    step: 'quiz-1',
    ask: 'Who starts the container?',
    options: ['the client', 'the daemon'],
    answer: [1],
    because: 'The client only asks.',
  },
  { type: 'step-finished', step: 'quiz-1', status: 'passed', after: '', ms: 1 },
  { type: 'cleaned', removed: [{ kind: 'container', name: 'greeter-2', id }], left: [] },
  {
    type: 'scenario-finished',
    status: 'passed',
    finish: 'You have met the client and the daemon. Next: `docker-tutor run images-and-containers`',
    steps: { passed: 3, failed: 0, skipped: 0 },
    checks: { passed: 2, failed: 0, kept: 0 },
    ms: 1900,
  },
  {
    type: 'run-finished',
    exitCode: 0,
    totals: {
      scenarios: { passed: 1, failed: 0, interrupted: 0, blocked: 0 },
      steps: { passed: 3, failed: 0, skipped: 0 },
      checks: { passed: 2, failed: 0, kept: 0 },
    },
    ms: 3210,
  },
];

export const wholeRun: readonly Happening[] = [...opening, ...pullStep, ...runStep, ...ending];
