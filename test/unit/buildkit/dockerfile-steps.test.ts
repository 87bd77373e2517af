/** Which instructions came from the cache, by BuildKit's steps. */
import { expect, test } from 'vitest';
import type { Vertex } from '../../../src/api/answers/build-status.ts';
import { buildTrace } from '../../../src/buildkit/build-trace.ts';
import { dockerfileSteps } from '../../../src/buildkit/dockerfile-steps.ts';

const dockerfile = `FROM busybox AS build
WORKDIR /app
COPY . .
ENV A=1
RUN make

FROM busybox AS unused
RUN never

FROM build
CMD ["x"]
`;

function seen(vertexes: readonly Vertex[], tasks: readonly string[] = []): readonly string[] {
  const trace = buildTrace();
  trace.see({
    vertexes,
    tasks: tasks.map((id) => ({ vertex: vertexes[0]?.digest ?? '', id, current: 1, total: 1 })),
    logs: [],
    warnings: [],
  });
  return dockerfileSteps(dockerfile, trace).map(
    ({ instruction, cached }) => `${cached ? 'cached' : 'built'} ${instruction}`,
  );
}

const over = (name: string, cached: boolean): Vertex => ({
  digest: name,
  name,
  cached,
  error: '',
  started: 1,
  completed: 2,
});

test('an instruction without a step of its own counts as the one before it, and a stage that was left out does not count', () => {
  expect(
    seen([
      over('[build 1/4] FROM docker.io/library/busybox:latest', false),
      over('[build 2/4] WORKDIR /app', true),
      over('[build 3/4] COPY . .', false),
      over('[build 4/4] RUN make', false),
      over('exporting to image', false),
    ]),
  ).toEqual([
    'cached FROM busybox AS build',
    'cached WORKDIR /app',
    'built COPY . .',
    'built ENV A=1',
    'built RUN make',
    'cached FROM build',
    'cached CMD ["x"]',
  ]);
});

test('an image that was fetched was not here', () => {
  const name = '[build 1/4] FROM docker.io/library/busybox:latest';
  expect(seen([over(name, false)], ['sha256:0a1b'])[0]).toBe('built FROM busybox AS build');
});

test('what BuildKit has not told is not known', () => {
  expect(seen([])).toEqual(['cached FROM build', 'cached CMD ["x"]']);
});
