/** Whether a scenario mounts its workspace, by how it is written. */
import { describe, expect, test } from 'vitest';
import { mountsWorkspace } from '../../../src/run/workspace-place.ts';
import { findScenario } from '../../../src/scenario/catalogue.ts';
import type { Step } from '../../../src/scenario/schema.ts';

const base = { id: 'a', title: 'A', text: '', expect: [], after: '', hints: [], mistakes: [], harmless: [] };
const run = (line: string): { steps: Step[] } => ({ steps: [{ ...base, do: line }] });
const write = (content: string): { steps: Step[] } => ({
  steps: [{ ...base, write: { path: 'compose.yaml', content } }],
});

describe('a scenario mounts its workspace', () => {
  test.each([
    'docker run -v ./site:/www busybox',
    'docker run -v .:/www busybox',
    'docker run --volume=../x:/www busybox',
    'docker run -v "$PWD:/www" busybox',
    'docker run -v $(pwd)/site:/www busybox',
    'docker run -v {{workspace}}/site:/www busybox',
    'docker run --mount type=bind,src=site,dst=/www busybox',
  ])('%s', (line) => {
    expect(mountsWorkspace(run(line))).toBe(true);
  });

  test.each(['    volumes:\n      - ./src:/app\n', '      - .:/app\n', '      - type: bind\n        source: ./src\n'])(
    'in a compose file: %j',
    (content) => {
      expect(mountsWorkspace(write(content))).toBe(true);
    },
  );

  test.each(['volume-mount', 'compose-dev-loop', 'debugging'])('%s does', async (id) => {
    expect(mountsWorkspace((await findScenario(id)).scenario)).toBe(true);
  });
});

describe('a scenario mounts no folder of its own', () => {
  test.each([
    'docker run -v data:/data busybox',
    'docker run -v /var/run/docker.sock:/var/run/docker.sock busybox',
    'docker build -t site .',
    'docker cp web:/x ./x',
  ])('%s', (line) => {
    expect(mountsWorkspace(run(line))).toBe(false);
  });

  test.each(['hello-world', 'flask-image-build', 'tag-push-pull', 'compose'])('%s does not', async (id) => {
    expect(mountsWorkspace((await findScenario(id)).scenario)).toBe(false);
  });
});
