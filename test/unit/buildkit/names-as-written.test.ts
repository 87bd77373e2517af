import { expect, test } from 'vitest';
import { namesAsWritten } from '../../../src/buildkit/names-as-written.ts';

const told = (id: string, names: string): string | undefined =>
  namesAsWritten({ vertexes: [], tasks: [{ vertex: 'a', id, current: 0, total: 0 }], logs: [], warnings: [] }, names)
    .tasks[0]?.id;

test.each([
  ['naming to docker.io/library/app:latest', 'app', 'naming to docker.io/library/app'],
  ['naming to docker.io/library/app:latest', 'app:latest', 'naming to docker.io/library/app:latest'],
  ['naming to docker.io/library/app:1', 'app:1', 'naming to docker.io/library/app:1'],
  ['naming to localhost:5000/me/app:latest', 'other:2\nlocalhost:5000/me/app', 'naming to localhost:5000/me/app'],
  ['exporting layers', 'app', 'exporting layers'],
  ['naming to docker.io/library/app:latest', '', 'naming to docker.io/library/app:latest'],
])('%s of -t %j is told as %s', (id, names, shown) => {
  expect(told(id, names)).toBe(shown);
});
