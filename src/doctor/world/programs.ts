/** Programs that are asked about themselves: they answer at once, or say nothing. */
import { execFile } from 'node:child_process';
import { limited, waited } from '../../waits/waits.ts';
import type { Ran } from './world.ts';

/** Milliseconds. */
const limitMs = 5_000;

export async function ranProgram(
  program: string,
  args: readonly string[],
  signal: AbortSignal,
): Promise<Ran | undefined> {
  const wait = { for: [program, ...args].join(' '), limitMs };
  const ran = await waited(wait, () => limited(limitMs, signal, (over) => started(program, args, over)));
  signal.throwIfAborted();
  return ran;
}

function started(program: string, args: readonly string[], signal: AbortSignal): Promise<Ran | undefined> {
  return new Promise((resolve) => {
    const options = {
      signal,
      encoding: 'utf8',
      maxBuffer: 1024 * 1024,
      windowsHide: true,
      env: { ...process.env, LC_ALL: 'C' },
    } as const;
    const child = execFile(program, args, options, (error, stdout, stderr) => {
      if (!error) resolve({ code: 0, stdout, stderr });
      // a name instead of a number: it was not started, or was ended
      else resolve(typeof error.code === 'number' ? { code: error.code, stdout, stderr } : undefined);
    });
    child.on('error', () => resolve(undefined));
    child.stdin?.on('error', () => undefined).end();
  });
}
