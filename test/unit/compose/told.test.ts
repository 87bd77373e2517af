/** Lines that compose 2.40.3 writes where stderr is no terminal. */
import { expect, test } from 'vitest';
import { EngineError } from '../../../src/api/request.ts';
import { config } from './drive.ts';
import type { Driven } from './drive.ts';

const yaml = 'name: shop\nservices: {web: {image: web:1}, built: {image: me/built, build: .}}';

function shop(line: string): Driven {
  const labels = { project: 'shop', service: 'web', 'container-number': '1', oneoff: 'False' };
  const web = {
    Id: 'a'.repeat(64),
    Names: ['/shop-web-1'],
    State: line.startsWith('unpause') ? 'paused' : 'running',
    Labels: Object.fromEntries(Object.entries(labels).map(([key, value]) => [`com.docker.compose.${key}`, value])),
  };
  return config(yaml, {
    line: `docker compose ${line}`,
    engine: ({ method, path }) => {
      if (path.endsWith('/kill')) throw new EngineError('invalid signal: BOGUS', 500, { method, path });
      return method === 'GET' && path === '/containers/json' ? { body: [web] } : undefined;
    },
  });
}

test.each([
  ['pause web', ' Container shop-web-1  Paused\n'],
  ['unpause web', ' Container shop-web-1  Unpaused\n'],
  ['cp web:/a -', ' shop-web-1 copy shop-web-1:/a to - Copying\n shop-web-1 copy shop-web-1:/a to - Copied\n'],
  ['push web', ' web Skipped \n'],
  ['build web', ''],
  [
    'kill -s BOGUS web',
    ' Container shop-web-1  Killing\n Container shop-web-1  Error while Killing\nError response from daemon: invalid signal: BOGUS\n',
  ],
  ['up -d --scale web=', 'strconv.Atoi: parsing "": invalid syntax\n'],
  ['up -d --scale nosuch=2', 'no such service: nosuch: not found\n'],
])('%s', (line, told) => {
  expect(shop(line).stderr).toBe(told);
});
