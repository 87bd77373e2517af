import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { width } from '../../../../src/terminal/width.ts';
import type { ReportSetting } from '../../../../src/report/format.ts';
import { formats, type FormatName } from '../../../../src/report/formats.ts';
import { noTotals } from '../../../../src/events/totals.ts';
import {
  addressed,
  failedCheck,
  opening,
  passedCheck,
  pullStep,
  runStep,
  tell,
  wholeRun,
  writtenFile,
  type Happening,
} from '../events.ts';

async function draw(
  format: FormatName,
  events: readonly Happening[],
  setting: Partial<ReportSetting> = {},
): Promise<{ out: string; err: string }> {
  let out = '';
  let err = '';
  const sink = (take: (text: string) => void): ReportSetting['stdout'] => ({
    write(text, done) {
      take(text);
      done?.();
    },
  });
  const report = await formats[format].open({
    stdout: sink((text) => (out += text)),
    stderr: sink((text) => (err += text)),
    colour: false,
    unicode: true,
    columns: 80,
    live: false,
    interactive: false,
    endSaid: false,
    show: new Set(),
    ...setting,
  });
  await tell(report, events);
  await report.end();
  return { out, err };
}

// eslint-disable-next-line no-control-regex
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

describe('pretty', () => {
  it.each([80, 50])('keeps every line inside %i columns', async (columns) => {
    const { out } = await draw('pretty', [...wholeRun, failedCheck], { columns, show: new Set(['api']) });
    const long = out.split('\n').filter((line) => width(line) > columns && !line.startsWith(' $ '));
    expect(long).toEqual([]);
  });

  it('keeps the output of what is no command inside them too', async () => {
    const said: Happening = { type: 'output', step: 'look', stream: 'stdout', text: `${'word '.repeat(40)}\n` };
    const { out } = await draw('pretty', [...opening, said]);
    expect(out.split('\n').filter((line) => width(line) > 80)).toEqual([]);
  });

  it('shows a file that a step writes, and of a change what went and what came', async () => {
    const { out } = await draw('pretty', [writtenFile]);
    expect(out).toContain(' Dockerfile written\n\n   │ FROM busybox\n   │\n   │ RUN echo long ');
    expect(out.split('\n').every((line) => width(line) <= 80)).toBe(true);
    const replaced = { ...writtenFile, how: 'replaced', removed: ['first\u001b[2J'], added: ['second'] } as const;
    const changed = await draw('pretty', [replaced]);
    expect(changed.out).toContain(' Dockerfile changed\n\n   - first\n   + second\n');
    expect((await draw('plain', [replaced])).out).toBe('file: Dockerfile, changed\nremoved: first\nadded: second\n');
  });

  it('draws from the second build of an image on which layers were built anew, and why', async () => {
    const build = (states: readonly ('here' | 'built' | 'cached')[], copy = 'COPY . .'): Happening => ({
      type: 'command-finished',
      step: 'build',
      exitCode: 0,
      ms: 1,
      doings: [],
      changes: [],
      build: {
        image: 'app',
        layers: ['FROM python', 'RUN pip install\u001b[2J', copy].map((instruction, i) => ({
          instruction,
          state: states[i] ?? 'built',
          ms: i === 1 ? 6100 : 10,
        })),
      },
    });
    const first = build(['here', 'built', 'built']);
    expect((await draw('pretty', [first])).out).not.toContain('build 1');
    const again = [first, { ...writtenFile, path: 'app/app.py' }, build(['here', 'cached', 'built'])];
    expect((await draw('pretty', again)).out).toContain(
      [
        '   app                 build 1      build 2',
        '   1 FROM python       here         here',
        '   2 RUN pip install   built 6.1 s  cached',
        '   3 COPY . .          built        built        ← app.py changed',
      ].join('\n'),
    );
    const third = await draw('pretty', [first, first, build(['here', 'cached', 'built'], 'COPY src .')]);
    expect(third.out).toMatch(/build 2 +build 3[\s\S]*3 COPY src \. +built +built +← another instruction/);
    const other = await draw('pretty', [first, ...opening, first]);
    expect(other.out).not.toContain('build 2');
  });

  it('shows the whole answer of a request before its checks', async () => {
    const long = Array.from({ length: 40 }, (_, i) => `line ${String(i + 1)}`).join('\n');
    const answered: readonly Happening[] = [
      { type: 'output', step: 'run', stream: 'stderr', text: 'HTTP 200\n' },
      { type: 'output', step: 'run', stream: 'stdout', text: `${long}\nHello, Docker` },
      passedCheck,
      passedCheck,
    ];
    const passed = 'the container ended well';
    for (const format of ['pretty', 'plain'] as const) {
      const { out } = await draw(format, answered);
      expect(out.indexOf('line 40')).toBeGreaterThan(0);
      expect(out.indexOf('Hello, Docker')).toBeGreaterThan(out.indexOf('line 40'));
      expect(out.indexOf(passed)).toBeGreaterThan(out.indexOf('Hello, Docker'));
      expect(out.split('\n').filter((line) => line === '').length).toBeLessThanOrEqual(3);
    }
  });

  it('has no escape sequence without colour, and none but colours with it', async () => {
    expect((await draw('pretty', wholeRun)).out).not.toMatch(controls);
    const { out } = await draw('pretty', wholeRun, { colour: true });
    // eslint-disable-next-line no-control-regex
    const styled = /\u001b\[[0-9;]*m/g;
    expect(out).toMatch(styled);
    expect(out.replace(styled, '')).not.toMatch(controls);
  });

  it('is ASCII but for the words of others where the terminal has no more', async () => {
    const { out } = await draw('pretty', [...wholeRun, failedCheck], { unicode: false, show: new Set(['api']) });
    expect(out).toMatch(/^[\n -~]*$/);
    expect(out).toContain('FAIL the page answers');
  });

  it('reads as a step should: where, what, the command, its output, its effect, the check', async () => {
    const { out } = await draw('pretty', [...opening, ...runStep]);
    const order = [
      'step 2 of 3  ━━━━━━───',
      'Run it',
      ' $ docker run --name greeter-2 hello-world',
      '   │ Hello from Docker!',
      'Created container greeter-2 (3f2a9c1) from hello-world, started it, and it',
      '   ✔ the container ended well                   exit code: 0',
    ];
    const places = order.map((text) => out.indexOf(text));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it('puts a line together that came in pieces, beside other events', async () => {
    const { out } = await draw('pretty', pullStep);
    expect(out).toContain('│ latest: Pulling from library/hello-world\n');
  });

  it('aligns the observed values of the checks', async () => {
    const { out } = await draw('pretty', [passedCheck, { ...passedCheck, claim: 'short', observed: 'seen' }]);
    const columns = out
      .trimEnd()
      .split('\n')
      .map((line) => line.search(/exit code: 0|seen/));
    expect(columns).toEqual([48, 48]);
  });

  it('tells of a failed check what was expected, what was seen how often, why perhaps, and what to try', async () => {
    const { out } = await draw('pretty', [failedCheck]);
    expect(out).toMatch(/✘ the page answers\n +expected {2}200 within 10 s\n +observed {2}connection reset, 6 tries\n/);
    expect(out).toMatch(/likely {4}The container listens on 127\.0\.0\.1 only/);
    expect(out).toMatch(/try {7}app\.run\(host="0\.0\.0\.0"\)/);
  });

  it('says what was left as it is, and why', async () => {
    const kept: Happening = { type: 'kept', step: 'x', kind: 'image', name: 'hello-world:latest', why: 'yours' };
    const finished: Happening = { type: 'command-finished', step: 'x', exitCode: 0, ms: 1, doings: [], changes: [] };
    expect((await draw('pretty', [kept, finished])).out).toContain(
      'hello-world:latest was here before the lesson, so it stays.',
    );
  });

  it('says the exit code of a command that did not end well', async () => {
    const finished: Happening = { type: 'command-finished', step: 'x', exitCode: 125, ms: 1, doings: [], changes: [] };
    expect((await draw('pretty', [finished])).out).toContain('exit code 125');
  });

  it('shows the API calls only when asked: long ids short, what is empty left out', async () => {
    expect((await draw('pretty', runStep)).out).not.toContain('POST');
    const { out } = await draw('pretty', runStep, { show: new Set(['api']) });
    expect(out).toMatch(/POST {3}\/containers\/create\?name=greeter-2 +201 {2}12 ms/);
    expect(out).toMatch(/POST {3}\/containers\/3f2a9c1…\/start +204 {2}180 ms/);
    expect(out).toContain('{ Image: hello-world, ExposedPorts: { 80/tcp }, HostConfig: {');
    expect(out).not.toContain('Binds');
  });

  it('draws the road to the engine once, at the start', async () => {
    const { out } = await draw('pretty', [...opening, ...opening.slice(2)]);
    expect(out.match(/over unix:\/\/\/var\/run\/docker\.sock/g)).toHaveLength(1);
    expect(out).toContain('REST, API 1.51');
  });

  it('names taken names and stand-in images', async () => {
    const { out } = await draw('pretty', opening);
    expect(out).toContain('Note: The name greeter is taken here; the lesson uses greeter-2.');
    expect(out).toContain('hello-world is a stand-in from the lab');
  });

  it('shortens a long output and says by how much; --show output has it all', async () => {
    const text = Array.from({ length: 1000 }, (_, i) => `line ${String(i)}\n`).join('');
    const events: Happening[] = [
      { type: 'output', step: 'x', stream: 'stdout', text },
      { type: 'command-finished', step: 'x', exitCode: 0, ms: 1, doings: [], changes: [] },
    ];
    const { out } = await draw('pretty', events);
    expect(out).toContain('│ line 0\n');
    expect(out).toContain('│ line 999\n');
    expect(out).not.toContain('line 500\n');
    expect(out).toContain('965 lines left out here');
    expect((await draw('pretty', events, { show: new Set(['output']) })).out).toContain('│ line 500\n');
  });

  it('shows a question with its answer to nobody, and only the verdict to who answered', async () => {
    const quiz = wholeRun.find((event) => event.type === 'quiz');
    if (!quiz) throw new Error('the fixture has a quiz');
    const unasked = (await draw('pretty', [quiz])).out;
    expect(unasked).toContain('Who starts the container?');
    expect(unasked).toContain('Answer: 2  the daemon');
    const right = (await draw('pretty', [{ ...quiz, given: [1] }], { interactive: true })).out;
    expect(right).not.toContain('Who starts');
    expect(right).toContain('✔ Right: the daemon');
    expect((await draw('pretty', [{ ...quiz, given: [0] }], { interactive: true })).out).toContain(
      '✘ Not quite. The answer is 2: the daemon',
    );
  });

  it('compares a prediction with what came, and blames nobody', async () => {
    const quiz = wholeRun.find((event) => event.type === 'quiz');
    if (!quiz) throw new Error('the fixture has a quiz');
    const told = async (given: readonly number[]): Promise<string> =>
      (await draw('pretty', [{ ...quiz, given, prediction: true }], { interactive: true })).out;
    expect(await told([1])).toContain('✔ As you predicted: the daemon');
    expect(await told([0])).toContain('✔ You predicted 1, and it is 2: the daemon');
  });

  it.each([
    [0, 0, 1, '✔ 1 step, 1 check: all passed'],
    [3, 1, 2, '✘ 1 step, 3 checks: 1 check failed'],
    [3, 2, 3, '✘ 1 step, 5 checks: 2 checks failed'],
  ])('ends with counts in the right number and the time (exit code %i)', async (exitCode, failed, passed, last) => {
    const { out } = await draw('pretty', [
      {
        type: 'scenario-finished',
        status: failed > 0 ? 'failed' : 'passed',
        finish: '',
        steps: { passed: failed > 0 ? 0 : 1, failed: failed > 0 ? 1 : 0, skipped: 0 },
        checks: { passed, failed, kept: 0 },
        ms: 1,
      },
      { type: 'run-finished', exitCode, totals: noTotals, ms: 65_400 },
    ]);
    expect(out.trim().split('\n').at(-1)).toMatch(new RegExp(`^${last} +1 min 05 s$`));
  });

  it('writes progress to nobody where nothing may move', async () => {
    expect((await draw('pretty', wholeRun)).err).toBe('');
  });
});

describe('plain', () => {
  it.each([
    ['Hello, Docker', 'scenario: Hello, Docker. 3 steps, about 5 minutes.'],
    ['Is it right?', 'scenario: Is it right? 3 steps, about 5 minutes.'],
  ])('ends the title %s once', async (title, line) => {
    const started = wholeRun.map((event) => (event.type === 'scenario-started' ? { ...event, title } : event));
    expect((await draw('plain', started)).out.split('\n')).toContain(line);
  });

  it('says in words what signs say elsewhere', async () => {
    const { out } = await draw('plain', [...wholeRun, failedCheck]);
    for (const line of [
      'step 1 of 3: Fetch the image',
      'command: docker pull hello-world',
      'output: latest: Pulling from library/hello-world',
      'passed: the image is here. Observed: hello-world:latest',
      'failed: the page answers',
      'observed: connection reset, 6 tries',
      'answer: 2, the daemon',
      'passed: 3 steps, 2 checks: all passed, in 3.2 s',
    ]) {
      expect(out.split('\n')).toContain(line);
    }
    expect(out).not.toMatch(/[✔✘━│┌─]/);
    expect(out).not.toMatch(controls);
  });
});

describe('json', () => {
  it('gives each event as one line, type first, and nothing else', async () => {
    const { out, err } = await draw('json', wholeRun);
    const lines = out.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(wholeRun.map(addressed));
    expect(lines.filter((line) => !line.startsWith('{"type":"'))).toEqual([]);
    expect(err).toBe('');
  });

  it('keeps hostile text exact without a raw control sign', async () => {
    const event: Happening = {
      type: 'output',
      step: 'x',
      stream: 'stdout',
      text: '\u001b[31m\u009b2J\u202egnp\u2028\u007f',
    };
    const { out } = await draw('json', [event]);
    expect(out.trimEnd()).not.toMatch(controls);
    expect(JSON.parse(out)).toEqual(addressed(event));
  });
});

describe('hostile text', () => {
  const evil = '\u001b]0;owned\u0007\u001b[2J\u009b31mred\u202e';
  const poison = (value: unknown): unknown => {
    if (typeof value === 'string') return value + evil;
    if (Array.isArray(value)) return value.map(poison);
    if (typeof value !== 'object' || value === null) return value;
    const closed = new Set(['type', 'status', 'kind', 'change', 'stream', 'why', 'what', 'action', 'method']);
    return Object.fromEntries(
      Object.entries(value).map(([key, field]) => [key, closed.has(key) ? field : poison(field)]),
    );
  };
  const problem: Happening = {
    type: 'problem',
    code: 'E-EXITED',
    message: 'm',
    explanation: 'e',
    askedBecause: 'b',
    hints: ['h'],
    alternatives: ['a'],
    evidence: ['v'],
  };
  const cleaned: Happening = {
    type: 'cleaned',
    removed: [],
    left: [{ kind: 'network', name: 'n', id: 'i', why: 'w' }],
  };
  const kept: Happening = { type: 'kept', step: 'x', kind: 'login', name: 'n', why: 'not-made-here' };

  it.each(['pretty', 'plain', 'json'] as const)(
    'never reaches the terminal through %s, whatever field it is in',
    async (format) => {
      const events = [...opening, kept, ...wholeRun.slice(opening.length), failedCheck, kept, problem, cleaned].map(
        (event) => poison(event) as Happening,
      );
      const { out, err } = await draw(format, events, { show: new Set(['api']) });
      expect(out).not.toMatch(controls);
      expect(err).not.toMatch(controls);
      if (format !== 'json') expect(out).not.toContain('owned');
    },
  );

  it('does not pass in pieces either', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: evil.length }), { maxLength: 6 }), async (cuts) => {
        const text = `a${evil}b\n`;
        const at = [0, ...cuts.sort((a, b) => a - b), text.length];
        const pieces = at.slice(1).map((end, i) => text.slice(at[i], end));
        const events = pieces.map((piece): Happening => ({ type: 'output', step: 'x', stream: 'stdout', text: piece }));
        expect((await draw('pretty', events)).out).toBe('   │ aredb\n');
      }),
      { numRuns: 100 },
    );
  });
});
