/** What a scenario brings in files/: pipes, devices and links among it, which a stranger's lesson may hold. */
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lintFile } from '../../../src/author/lint.ts';
import { check } from '../../../src/check/check.ts';
import { lessonFiles } from '../../../src/permission/lesson-files.ts';
import { newRunId } from '../../../src/state/run-id.ts';
import { makeWorkspace } from '../../../src/run/workspace.ts';
import { writeFileOf } from '../../../src/run/actions/write.ts';
import { contextOf } from '../check/told-engine.ts';
import { withSteps } from '../scenario/samples.ts';

let folder: string;
let files: string;
const writers: ChildProcess[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docker-tutor-files-'));
  files = join(folder, 'files');
  await mkdir(files);
});
afterEach(async () => {
  for (const writer of writers.splice(0)) writer.kill();
  await rm(folder, { recursive: true });
});

/** A pipe into which somebody writes: who reads it after all is not kept waiting for ever. */
function pipe(path: string): void {
  spawnSync('sh', ['-c', 'mkfifo "$0"', path]);
  writers.push(spawn('sh', ['-c', 'printf piped > "$0"', path], { stdio: 'ignore' }));
}

test('of a pipe and of a device that a link leads to, nothing is read before the run', async () => {
  pipe(join(folder, 'pipe'));
  await symlink('../pipe', join(files, 'pipe'));
  await symlink('/dev/null', join(files, 'device'));
  await symlink('nothing', join(files, 'dangling'));
  await writeFile(join(files, 'text'), 'text');
  const brought = lessonFiles(files);
  expect(['pipe', 'device', 'dangling', '.', 'text'].map((path) => brought.file(path))).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
    'text',
  ]);
});

test('lint reads files only, and passes over a link to nothing', async () => {
  pipe(join(folder, 'pipe'));
  await symlink('../pipe', join(files, 'Dockerfile'));
  await symlink('nothing', join(files, 'dangling'));
  await writeFile(join(folder, 'scenario.yaml'), withSteps('- { id: a, title: A, read: x }'));
  const { remarks } = await lintFile(folder);
  expect(remarks.filter(({ severity }) => severity === 'error')).toEqual([]);
});

test('a lesson that brings a pipe is refused, for it cannot be copied', async () => {
  await mkdir(join(files, 'app'));
  pipe(join(files, 'app', 'pipe'));
  const refusal = {
    code: 'files-not-copied',
    message: `${join(files, 'app', 'pipe')} is neither a file, a folder nor a link.`,
    exitCode: 2,
  };
  expect(() => lessonFiles(files)).toThrow(expect.objectContaining(refusal) as Error);
  await writeFile(join(folder, 'scenario.yaml'), withSteps('- { id: a, title: A, read: x }'));
  await expect(lintFile(folder)).rejects.toMatchObject(refusal);
});

test('a pipe that a command has made in the workspace is neither written nor read', async () => {
  pipe(join(files, 'pipe'));
  for (const change of [{ content: 'x' }, { append: 'x' }, { replace: 'x', with: 'y' }])
    await expect(writeFileOf({ path: 'pipe', ...change }, files)).rejects.toMatchObject({ code: 'not-a-file' });
  expect(
    await check({ file: { path: 'pipe', contains: 'piped' }, within: '0s' }, contextOf({}, { workspace: files })),
  ).toMatchObject({ status: 'failed' });
});

test('a link between files of the lesson stays one in the workspace', async () => {
  await writeFile(join(files, 'one'), 'one');
  await symlink('one', join(files, 'same'));
  const { folder: workspace, remove } = await makeWorkspace({
    scenario: 'sample',
    files,
    label: newRunId(Date.now()),
    env: { DOCKER_TUTOR_HOME: join(folder, 'state') },
  });
  try {
    await writeFileOf({ path: 'same', content: 'two' }, workspace);
    expect(await readFile(join(workspace, 'one'), 'utf8')).toBe('two');
    expect(await readFile(join(files, 'one'), 'utf8')).toBe('one');
  } finally {
    remove();
  }
});

test('the umask of whoever made the files is in no image that they are copied into', async () => {
  const made: readonly [path: string, before: number, after: number][] = [
    ['app.py', 0o664, 0o644],
    ['closed.txt', 0o600, 0o644],
    ['start.sh', 0o775, 0o755],
  ];
  await mkdir(join(files, 'init'));
  await chmod(join(files, 'init'), 0o775);
  for (const [name, before] of made) {
    await writeFile(join(files, 'init', name), name);
    await chmod(join(files, 'init', name), before);
  }
  await symlink('init/app.py', join(files, 'link'));
  const { folder: workspace, remove } = await makeWorkspace({
    scenario: 'modes',
    parent: folder,
    files,
    label: newRunId(Date.now()),
    env: { DOCKER_TUTOR_HOME: join(folder, 'state') },
  });
  const modeOf = async (path: string): Promise<number> => (await stat(join(workspace, path))).mode & 0o777;
  expect(await modeOf('init')).toBe(0o755);
  for (const [name, , after] of made) expect(await modeOf(join('init', name)), name).toBe(after);
  // written over, with the umask of a group's folder
  await chmod(join(workspace, 'init', 'app.py'), 0o664);
  await writeFileOf({ path: 'init/app.py', content: 'new' }, workspace);
  expect(await modeOf(join('init', 'app.py'))).toBe(0o644);
  await writeFileOf({ path: 'init/start.sh', content: 'new' }, workspace);
  expect(await modeOf(join('init', 'start.sh')), 'may be run as before').toBe(0o755);
  remove();
});
