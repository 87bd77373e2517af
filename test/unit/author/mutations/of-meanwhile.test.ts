/** The mutations of what happens while a command runs. */
import { expect, test } from 'vitest';
import { changedMeanwhiles } from '../../../../src/author/mutations/of-meanwhile.ts';

const until = { http: { port: 80 }, within: '1m' };
const changed = changedMeanwhiles(
  {
    once: 'ready',
    write: [
      { path: 'page', content: 'new' },
      { path: 'list', append: 'plum' },
      { path: 'compose.yaml', replace: '80', with: '90' },
    ],
    until,
  },
  (path) => (path === 'compose.yaml' ? 'services: { web: { image: app, ports: ["80"] } }' : undefined),
);

test('each file is not written, or is written wrong', () => {
  expect(changed.map(({ change }) => change)).toEqual([
    'without writing page',
    'page with nothing in it',
    'without writing list',
    'without writing compose.yaml',
    'compose.yaml without services.web.ports',
    'compose.yaml services.web.ports 91',
    'compose.yaml services.web.ports 90/udp',
  ]);
});

test('the other files are written as they should be', () => {
  expect(changed[0]?.meanwhile.write.map(({ path }) => path)).toEqual(['list', 'compose.yaml']);
});

test('what may never come is not waited for as long as it is when all is right', () => {
  for (const { meanwhile } of changed) expect(meanwhile.until).toEqual({ http: { port: 80 }, within: '4s' });
});
