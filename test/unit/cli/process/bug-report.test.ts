import { readFileSync, rmSync, statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { bugReport, writeBugReport } from '../../../../src/cli/process/bug-report.ts';
import { version } from '../../../../src/version.ts';

describe('bug report', () => {
  test('holds versions, platform, the command and the stack', () => {
    const report = bugReport(new TypeError('x is not a function'), ['run', 'hello-world']);
    expect(report).toContain(`docker-tutor ${version}`);
    expect(report).toContain(`node ${process.version}`);
    expect(report).toContain(process.platform);
    expect(report).toContain('command docker-tutor run hello-world');
    expect(report).toMatch(/TypeError: x is not a function\n\s+at /);
  });

  test.each([
    ['--var', 'password=hunter2'],
    ['explain', 'docker login -u me -p hunter2'],
    ['explain', 'docker login --password hunter2'],
    ['explain', 'docker run -e API_KEY=hunter2 app'],
    ['explain', 'docker run -e POSTGRES_PASSWORD=hunter2 postgres'],
    ['run', '-H', 'tcp://me:hunter2@engine:2376'],
  ])('masks the secret in %s %s', (...argv) => {
    expect(bugReport(new Error('no'), argv)).not.toContain('hunter2');
  });

  test('keeps published ports: they are no secret', () => {
    expect(bugReport(new Error('no'), ['explain', 'docker run -p 5000:5000 app'])).toContain('-p 5000:5000');
  });

  test('goes into a file that only its owner reads; the screen shows no stack', () => {
    const screen = writeBugReport(new Error('broken'), ['list']);
    const path = /\S+docker-tutor-bug-\w+\.txt/.exec(screen)?.[0] ?? '';
    expect(screen).not.toMatch(/\n\s+at /);
    expect(readFileSync(path, 'utf8')).toMatch(/Error: broken\n\s+at /);
    expect(statSync(path).mode & 0o077).toBe(0);
    rmSync(path);
  });
});
