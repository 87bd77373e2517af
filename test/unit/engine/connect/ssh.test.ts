/** An engine behind a real sshd that allows no forwarding at all. */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { createServer as createPlainServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, expect, onTestFinished, test, vi } from 'vitest';
import { isAddress, parseAddress } from '../../../../src/engine/connect/address.ts';
import { connect } from '../../../../src/engine/connect/connect.ts';
import { sshHost } from '../../../../src/engine/connect/ssh-host.ts';

const sshd = '/usr/sbin/sshd';
const lacking = !existsSync(sshd) ? 'there is no sshd here' : process.getuid?.() !== 0 ? 'sshd needs root' : undefined;
const folder = mkdtempSync(join(tmpdir(), 'docker-tutor-sshd-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function freePort(): Promise<number> {
  const server = createPlainServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/** Answers what an engine is asked first. */
async function engineThere(): Promise<number> {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'Api-Version': '1.51', Server: 'Docker/28.5.2', 'Content-Length': 2 }).end('OK');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

function program(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text, { mode: 0o755 });
  return path;
}

/** A server for one key, whose shell finds the programs of a folder; and an ssh that knows it by the name lab07. */
async function serving(programs: string): Promise<void> {
  const key = (name: string): string => {
    const path = join(folder, `${name}-${String(Math.random())}`);
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path]);
    return path;
  };
  const [hostKey, ownKey, port] = [key('host'), key('own'), await freePort()];
  mkdirSync('/run/sshd', { recursive: true });
  const config = program(
    `sshd-${String(port)}`,
    [
      `Port ${String(port)}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${hostKey}`,
      `AuthorizedKeysFile ${ownKey}.pub`,
      'StrictModes no',
      'UsePAM no',
      'PidFile none',
      'AllowStreamLocalForwarding no',
      'AllowTcpForwarding no',
      `SetEnv PATH=${programs}`,
      '',
    ].join('\n'),
  );
  const server = spawn(sshd, ['-D', '-f', config], { stdio: 'ignore' });
  onTestFinished(() => void server.kill());
  const known = program(
    `known-${String(port)}`,
    `[127.0.0.1]:${String(port)} ${readFileSync(`${hostKey}.pub`, 'utf8')}`,
  );
  const client = program(
    `client-${String(port)}`,
    `Host lab07\n HostName 127.0.0.1\n Port ${String(port)}\n User root\n IdentityFile ${ownKey}\n IdentitiesOnly yes\n UserKnownHostsFile ${known}\n`,
  );
  const real = execFileSync('sh', ['-c', 'command -v ssh'], { encoding: 'utf8' }).trim();
  const bin = join(folder, `bin-${String(port)}`);
  mkdirSync(bin);
  writeFileSync(join(bin, 'ssh'), `#!/bin/sh\nexec ${real} -F ${client} "$@"\n`, { mode: 0o755 });
  vi.stubEnv('PATH', `${bin}${delimiter}${process.env['PATH'] ?? ''}`);
  onTestFinished(() => void vi.unstubAllEnvs());
  await vi.waitFor(
    async () => {
      const socket = (await import('node:net')).connect(port, '127.0.0.1');
      await once(socket, 'connect');
      socket.destroy();
    },
    { timeout: 10_000 },
  );
}

const ask = () => connect({ address: 'ssh://lab07', from: 'host-option' }, { signal: AbortSignal.timeout(50_000) });

test.skipIf(lacking !== undefined)(
  `docker over there leads to its engine${lacking ? `: ${lacking}` : ''}`,
  async () => {
    const port = String(await engineThere());
    const programs = join(folder, 'with-docker');
    mkdirSync(programs);
    writeFileSync(
      join(programs, 'docker'),
      `#!${process.execPath}\nif (process.argv.slice(2).join(' ') !== 'system dial-stdio') process.exit(64);\nconst engine = require('node:net').connect(${port}, '127.0.0.1');\nprocess.stdin.pipe(engine);\nengine.pipe(process.stdout);\n`,
      { mode: 0o755 },
    );
    await serving(`${programs}:/usr/bin:/bin`);
    const engine = await ask();
    expect(engine.about.version).toBe('28.5.2');
    const again = await engine.send({ method: 'GET', path: '/info' }, { signal: AbortSignal.timeout(20_000) });
    expect(again.status).toBe(200);
    engine.close();
  },
);

test.skipIf(lacking !== undefined)('where docker is not there, that is said', async () => {
  await serving(join(folder, 'nothing'));
  await expect(ask()).rejects.toMatchObject({
    code: 'E-SSH-NO-DOCKER',
    evidence: expect.arrayContaining([expect.stringContaining('docker')]) as string[],
  });
});

test.skipIf(lacking !== undefined)('a name of the user’s own config is told as the host behind it', async () => {
  await serving(join(folder, 'nothing'));
  const hostOf = (address: string): Promise<string> => {
    const parsed = parseAddress(address);
    if (!isAddress(parsed) || parsed.kind !== 'ssh') throw new Error(address);
    return sshHost(parsed, AbortSignal.timeout(20_000));
  };
  expect(await hostOf('ssh://me@lab07')).toBe('127.0.0.1');
  expect(await hostOf('ssh://lab08.example:2222')).toBe('lab08.example');
  vi.stubEnv('PATH', folder);
  expect(await hostOf('ssh://lab07'), 'without ssh').toBe('lab07');
});
