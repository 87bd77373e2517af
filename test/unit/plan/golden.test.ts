/** The requests of a plan are the docker CLI's own: fixtures/docker-28.2-requests.json was recorded from docker 28.2.2. */
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openContextFolder } from '../../../src/archive/build-context.ts';
import { parseCommand } from '../../../src/command/parse.ts';
import { assume } from '../../../src/plan/assume.ts';
import type { Request } from '../../../src/api/request.ts';
import type { PlanContext } from '../../../src/plan/effects.ts';
import { planOf } from '../../fixtures/plan-of.ts';
import { meaning } from '../../fixtures/request-meaning.ts';
import type { RecordedRequest } from '../../fixtures/request-meaning.ts';
import { namesIn, tarEntries } from '../../fixtures/tar-entries.ts';
import { folderWith, workspaceFiles } from '../../fixtures/workspace.ts';
import { utc } from '../../fixtures/utc.ts';

interface Recorded {
  readonly command: string;
  readonly requests: readonly RecordedRequest[];
}

const recorded = JSON.parse(
  readFileSync(new URL('../../fixtures/docker-28.2-requests.json', import.meta.url), 'utf8'),
) as readonly Recorded[];

/** The folder and environment the recording was made in. */
const files = workspaceFiles;
const context: PlanContext = {
  cwd: '/workspace',
  env: { TZ: 'UTC', HOMEPATH: '/home/x', A: 'fromenv', PWD: '/workspace', HOME: '/root' },
  now: Date.parse('2026-01-01T00:00:00Z'),
  zone: utc,
  apiVersion: '1.51',
  terminal: false,
  client: { version: '0.0.0', node: 'v20', os: 'linux', arch: 'x64' },
};

function planned(line: string): readonly Request[] {
  const command = parseCommand(line, { env: context.env, cwd: context.cwd, home: '/root' });
  const { requests } = assume(planOf(command, context), (path) => files[path]);
  // which records there are to prune, buildx asks BuildKit, and the docker CLI alone does not
  return requests.filter(({ path }) => path !== '/moby.buildkit.v1.Control/DiskUsage');
}

describe('a plan asks what the docker CLI asks', () => {
  test.each(recorded)('$command', ({ command, requests }) => {
    expect(meaning(planned(command), context.cwd)).toEqual(
      requests.map((request) => Object.fromEntries(Object.entries(request).filter(([key]) => key !== 'tar'))),
    );
  });
});

describe('a label without a value', () => {
  test.each([
    ['docker run --label mine --label a=b busybox', '/containers/create'],
    ['docker network create --label mine --label a=b net', '/networks/create'],
    ['docker volume create --label mine --label a=b data', '/volumes/create'],
  ])('%s sends it', (line, path) => {
    const sent = planned(line).find((request) => request.path === path)?.body as
      { readonly Labels?: unknown } | undefined;
    expect(sent?.Labels).toEqual({ mine: '', a: 'b' });
  });
});

describe('a build sends what the docker CLI sends', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await folderWith(workspaceFiles);
  });
  afterAll(() => rm(folder, { recursive: true }));

  test.each(recorded.filter(({ requests }) => requests.some(({ path, tar }) => path === '/build' && tar)))(
    '$command',
    async ({ command, requests }) => {
      const upload = planned(command).find(({ path }) => path === '/build')?.upload;
      if (upload?.of !== 'context') throw new Error('the plan sends no context');
      const stream = await openContextFolder(upload, {
        cwd: folder,
        stdin: undefined,
        signal: AbortSignal.timeout(10_000),
      });
      expect(namesIn(await tarEntries(stream))).toEqual(requests.find(({ path }) => path === '/build')?.tar);
    },
  );
});
