/** A step that is to be made again and is not: what its checks have found is said, so that somebody can mend it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { rebuild } from '../../../src/run/rebuild.ts';
import type { Scene } from '../../../src/run/scene.ts';
import { parseScenario } from '../../../src/scenario/load.ts';
import { withSteps } from '../scenario/samples.ts';

const workspace = mkdtempSync(join(tmpdir(), 'docker-tutor-rebuild-'));
afterAll(() => rmSync(workspace, { recursive: true }));

test('a step that does not come about again names its check, what was expected, and what was found', async () => {
  const { steps } = parseScenario(
    withSteps(`
- id: list
  title: A list
  write: { path: list.txt, content: apple }
  expect:
    - file: { path: list.txt, matches: pear }
      claim: the list has a pear
      within: 200ms
`),
    'sample.yaml',
  );
  const signal = AbortSignal.timeout(20_000);
  const scene = {
    workspace,
    signal,
    emit: () => undefined,
    guard: {},
    engine: { about: {} },
    marks: {},
    kept: [],
    permissions: [],
  };
  await expect(rebuild(steps, scene as unknown as Scene)).rejects.toMatchObject({
    code: 'not-rebuilt',
    evidence: [expect.stringMatching(/^the list has a pear: expected .*pear.*, observed .*apple/)],
  });
});
