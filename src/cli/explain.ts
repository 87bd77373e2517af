/** `docker-tutor explain`: a docker command, part by part, and the REST requests it becomes. Needs no engine. */
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { CommandError } from '../command/errors.ts';
import { explain as explained } from '../explain/explanation.ts';
import type { Explanation } from '../explain/explanation.ts';
import { Failure } from '../failure.ts';
import { explanationLines } from '../report/explanation.ts';
import { paintFor, signsFor } from '../report/paint.ts';
import { terminalOf } from '../report/terminal.ts';
import { commandFailure } from '../run/command-failure.ts';
import { version } from '../version.ts';

export interface ExplainOptions {
  readonly format?: 'pretty' | 'plain' | 'json';
}

export async function explain(words: readonly string[], { format }: ExplainOptions): Promise<number> {
  const text = await textOf(words);
  const explanation = explanationOf(text);
  if (format === 'json') {
    process.stdout.write(`${JSON.stringify(explanation)}\n`);
    return 0;
  }
  const terminal = terminalOf(process);
  const colour = terminal.colour && format !== 'plain';
  const style = { ...terminal, paint: await paintFor(colour), signs: signsFor(terminal.unicode) };
  process.stdout.write(explanationLines(explanation, style).map((line) => `${line}\n`).join(''));
  return 0;
}

/** The words as one line; `-`, or nothing and a pipe, reads them from stdin. */
async function textOf(words: readonly string[]): Promise<string> {
  const asked = words.join(' ').trim();
  if (asked !== '' && asked !== '-') return asked;
  if (asked === '' && process.stdin.isTTY)
    throw new Failure('Which command? None was given.', {
      code: 'command-missing',
      exitCode: 2,
      hints: ["docker-tutor explain 'docker run -d -p 8080:80 nginx'"],
    });
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8').trim();
}

/** @throws Failure for what docker would not take */
export function explanationOf(text: string): Explanation {
  const cwd = process.cwd();
  try {
    return explained(text, {
      shell: { env: process.env, cwd, home: homedir() },
      plan: {
        cwd,
        env: process.env,
        now: Date.now(),
        apiVersion: '1.51',
        terminal: process.stdout.isTTY,
        client: { version, node: process.version, os: process.platform, arch: process.arch },
      },
      load: (path) => readText(resolve(cwd, path)),
    });
  } catch (error) {
    throw error instanceof CommandError ? commandFailure(error, text) : error;
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // not there, a folder, not ours to read: explain goes on without it, and says so
    return undefined;
  }
}
