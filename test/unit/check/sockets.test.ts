import { expect, it } from 'vitest';
import { readSockets } from '../../../src/check/ask/sockets.ts';

const heading = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';
const row = (local: string, state = '0A'): string =>
  `   0: ${local} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000     0        0 52130 1 0 100 0 0 10 0`;

it.each([
  ['every address', '00000000:1F90', [{ port: 8080, loopback: false }]],
  ['127.0.0.1', '0100007F:1388', [{ port: 5000, loopback: true }]],
  ['another of 127.0.0.0/8', '0200007F:0050', [{ port: 80, loopback: true }]],
  ['an address of its own', '020011AC:0050', [{ port: 80, loopback: false }]],
  ['every address, IPv6', `${'0'.repeat(32)}:0050`, [{ port: 80, loopback: false }]],
  ['::1', '00000000000000000000000001000000:0050', [{ port: 80, loopback: true }]],
  ['::ffff:127.0.0.1', '0000000000000000FFFF00000100007F:0050', [{ port: 80, loopback: true }]],
  ['the engine’s name server', '0B00007F:8B5D', []],
])('%s', (_, local, sockets) => {
  expect(readSockets([heading, row(local)].join('\n'))).toEqual(sockets);
});

it('counts what listens, not what is connected', () => {
  expect(readSockets([heading, row('00000000:0050', '01')].join('\n'))).toEqual([]);
});
