/** ssh, which carries what is asked of an engine elsewhere, ends with the program. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { bin, environment, temporaryFolder } from '../cli/process.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

test.each(['SIGKILL', 'SIGINT'] as const)('after %s no ssh lives on', async (signal) => {
  const pidFile = join(folder.path, signal);
  const ssh = join(folder.path, 'ssh');
  // stands for OpenSSH that does not get in: it looks at nothing that docker-tutor sends it
  writeFileSync(ssh, `#!/bin/sh\necho $$ > ${pidFile}\nexec sleep 60\n`);
  chmodSync(ssh, 0o755);
  const env = environment({
    PATH: `${folder.path}${delimiter}${process.env['PATH'] ?? ''}`,
    DOCKER_TUTOR_HOME: join(folder.path, 'state'),
    TMPDIR: folder.path,
  });
  const program = spawn(process.execPath, [bin, 'run', 'hello-world', '--yes', '--host', 'ssh://lab07'], {
    env,
    stdio: 'ignore',
  });
  const pid = await vi.waitFor(() => Number(/^\d+(?=\n)/.exec(readFileSync(pidFile, 'utf8'))?.[0] ?? expect.fail()), {
    timeout: 10_000,
  });
  program.kill(signal);
  await once(program, 'exit');
  await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrowError('ESRCH'), { timeout: 5_000 });
});
