/** docker version: both sides as text, and what --format makes of them. */
import { describe, expect, test } from 'vitest';
import { parseCommand } from '../../../../src/command/parse.ts';
import type { PlanContext } from '../../../../src/plan/effects.ts';
import { planOf } from '../../../fixtures/plan-of.ts';
import { utc } from '../../../fixtures/utc.ts';

/** As an engine writes it: the order of its keys, and a number that JavaScript would round. */
const answer = `{"Platform":{"Name":"Docker Engine - Community"},"Components":[{"Name":"Engine","Version":"28.5.2","Details":{"ApiVersion":"1.51","Arch":"amd64","BuildTime":"2025-11-05T14:43:21.000000000+00:00","Experimental":"false","GitCommit":"89c5e8f","GoVersion":"go1.24.9","MinAPIVersion":"1.24","Os":"linux"}},{"Name":"containerd","Version":"1.7.29","Details":{"GitCommit":"442cb34"}}],"Version":"28.5.2","ApiVersion":"1.51","MinAPIVersion":"1.24","Os":"linux","Arch":"amd64","Serial":12345678901234567890}`;

const context: PlanContext = {
  cwd: '/',
  env: {},
  now: 0,
  zone: utc,
  apiVersion: '1.51',
  terminal: false,
  client: { version: '9.8.7', node: 'v20.1.0', os: 'linux', arch: 'x64' },
};

function run(line: string): { readonly exitCode: number; readonly stdout: string; readonly stderr: string } {
  const written = { stdout: '', stderr: '' };
  const plan = planOf(parseCommand(line, {}), context);
  let step = plan.next();
  while (!step.done) {
    const effect = step.value;
    if (effect.do === 'write') written[effect.to] += effect.text;
    else if (effect.do !== 'ask' && effect.do !== 'contexts') throw new Error(`nothing is told of ${effect.do}`);
    step = plan.next(
      effect.do === 'ask' ? { status: 200, headers: {}, body: JSON.parse(answer) as unknown, text: answer } : undefined,
    );
  }
  return { exitCode: step.value, ...written };
}

describe('docker version', () => {
  test.each([
    ['{{.Server.Version}}', '28.5.2\n'],
    ['{{.Client.Version}} {{.Client.Arch}} {{.Client.APIVersion}}', '9.8.7 amd64 1.51\n'],
    ['{{.Server.APIVersion}} {{.Server.Os}}/{{.Server.Arch}}', '1.51 linux/amd64\n'],
    ['{{range .Server.Components}}{{.Name}} {{.Version}};{{end}}', 'Engine 28.5.2;containerd 1.7.29;\n'],
    ['{{(index .Server.Components 0).Details.BuildTime}}', 'Wed Nov  5 14:43:21 2025\n'],
    ['{{json .Server.Platform}}', '{"Name":"Docker Engine - Community"}\n'],
    ['{{.Server.KernelVersion}}{{.Client.GoVersion}}', '\n'],
    ['{{if .Server.Experimental}}yes{{else}}no{{end}}', 'no\n'],
  ])('--format %s', (format, printed) => {
    expect(run(`docker version --format '${format}'`)).toEqual({ exitCode: 0, stdout: printed, stderr: '' });
  });

  test('--format json holds both sides, the engine’s numbers as it wrote them', () => {
    const { exitCode, stdout } = run('docker version --format json');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('12345678901234567890');
    expect(JSON.parse(stdout)).toMatchObject({
      Client: { Version: '9.8.7', ApiVersion: '1.51', Context: 'default' },
      Server: { Version: '28.5.2', Platform: { Name: 'Docker Engine - Community' } },
    });
  });

  test('a template that cannot be read, and a field that is not there, are docker’s errors', () => {
    expect(run(`docker version --format '{{.Server'`)).toMatchObject({
      exitCode: 64,
      stderr: expect.stringContaining('template parsing error') as unknown,
    });
    const missing = run(`docker version --format '{{.Nope}}'`);
    expect(missing.exitCode).toBe(1);
    expect(missing.stderr).toMatch(/can't evaluate field Nope in type system\.versionInfo/);
  });

  test('without a format: one part a side', () => {
    const { stdout } = run('docker version');
    expect(stdout).toMatch(/^Client: docker-tutor\n Version: +9\.8\.7\n API version: +1\.51\n/);
    expect(stdout).toMatch(/\nServer: Docker Engine - Community\n Engine:\n {2}Version: +28\.5\.2\n/);
    expect(stdout).toMatch(/ {2}API version: +1\.51 \(minimum version 1\.24\)\n/);
    expect(stdout).toMatch(/ {2}Built: +Wed Nov {2}5 14:43:21 2025\n/);
    expect(stdout).toMatch(/ containerd:\n {2}Version: +1\.7\.29\n {2}GitCommit: +442cb34\n/);
  });
});

describe('docker info', () => {
  test.each([
    [
      '{{.ClientInfo.Version}} {{.ClientInfo.Context}} {{.ClientInfo.Debug}} {{len .ClientInfo.Plugins}}',
      '9.8.7 default false 0\n',
    ],
    ['{{.MinAPIVersion}}', '1.24\n'],
    ['{{json .Serial}}', '12345678901234567890\n'],
  ])('--format %s', (format, printed) => {
    expect(run(`docker info --format '${format}'`)).toEqual({ exitCode: 0, stdout: printed, stderr: '' });
  });

  test('--format json ends with the client', () => {
    const { stdout } = run('docker info --format json');
    expect(JSON.parse(stdout)).toMatchObject({ Serial: expect.anything() as unknown, ClientInfo: { Arch: 'amd64' } });
  });
});

test('docker context inspect names the file that is not there', () => {
  const plan = planOf(parseCommand('docker context inspect nosuch', {}), { ...context, env: { HOME: '/home/ann' } });
  plan.next();
  const written: string[] = [];
  for (let step = plan.next([]); !step.done; step = plan.next(undefined))
    if (step.value.do === 'write') written.push(step.value.text);
  expect(written.join('')).toMatch(
    /^\[\]\ncontext "nosuch": context not found: open \/home\/ann\/\.docker\/contexts\/meta\/[0-9a-f]{64}\/meta\.json: no such file or directory\n$/,
  );
});
