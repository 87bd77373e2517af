/** Runs `docker-credential-<name>`: what it is asked for goes in on stdin, JSON comes out (docker/docker-credential-helpers). */
import { spawn } from 'node:child_process';
import { causeFailure } from '../../cause-failure.ts';
import { limited, waited } from '../../waits/waits.ts';

export type HelperVerb = 'get' | 'store' | 'erase' | 'list';

/** A helper may ask the learner to unlock a keychain: that takes a person's time. */
const limit = 60_000;
const longestAnswer = 1024 * 1024;

/**
 * @returns what it answered; undefined where it has nothing of that name
 * @throws Failure E-CRED-HELPER; what the helper printed is never part of it, since it may hold the secret
 */
export async function runHelper(
  name: string,
  verb: HelperVerb,
  input: string,
  signal: AbortSignal,
): Promise<Readonly<Record<string, string>> | undefined> {
  const program = `docker-credential-${name}`;
  const { code, output } = await waited({ for: `${program} ${verb}`, limitMs: limit }, () =>
    limited(limit, signal, (stop) => answerOf(program, verb, input, stop, signal)),
  );
  if (code === 0) return verb === 'get' || verb === 'list' ? parsed(program, verb, output) : {};
  if (/credentials not found/i.test(output)) return undefined;
  throw failed(program, `${program} ${verb} ended with code ${String(code)}`);
}

function parsed(program: string, verb: HelperVerb, output: string): Readonly<Record<string, string>> {
  try {
    return JSON.parse(output) as Readonly<Record<string, string>>;
  } catch {
    throw failed(program, `${program} ${verb} answered something that is not JSON`);
  }
}

function answerOf(
  program: string,
  verb: HelperVerb,
  input: string,
  stop: AbortSignal,
  caller: AbortSignal,
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [verb], { stdio: ['pipe', 'pipe', 'ignore'], signal: stop, windowsHide: true });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (output.length < longestAnswer) output += text;
    });
    // one that ends without reading its input is judged by its code
    child.stdin.on('error', () => undefined).end(input);
    child.on('error', (cause) => {
      if (caller.aborted) reject(caller.reason as Error);
      else
        reject(
          failed(
            program,
            stop.aborted ? `${program} ${verb} did not answer in ${String(limit / 1000)} s` : cause.message,
          ),
        );
    });
    child.on('close', (code) => {
      resolve({ code, output });
    });
  });
}

function failed(program: string, evidence: string): Error {
  return causeFailure('E-CRED-HELPER', { args: { program }, evidence: [evidence] });
}
