/** `docker-tutor explain`: a docker command (or a Dockerfile, or a compose file), part by part, and the REST requests it becomes. Needs no engine. */
import { ownZone } from '../../../time-zone.ts';
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { CommandError } from '../../../command/errors.ts';
import { hideSecrets } from '../../../command/hide-secrets.ts';
import { explain as explained } from '../../../explain/explanation.ts';
import type { Explanation } from '../../../explain/explanation.ts';
import { Failure } from '../../../failure.ts';
import { explanationLines } from '../../../report/answers/explanation.ts';
import { styleFor } from '../../../terminal/style.ts';
import type { Style } from '../../../terminal/style.ts';
import { commandFailure } from '../../../command/command-failure.ts';
import { version } from '../../../version.ts';
import { displayOfStdout } from '../../process/display.ts';
import { answer } from '../../process/answer.ts';
import type { Answer } from '../../process/answer.ts';
import type { ExplainOptions } from './command.ts';

/** `--format json` prints an Explanation (explain/explanation.ts), with --file a FileExplanation (explain/files/file-explanation.ts). */
export function explain(words: readonly string[], { format, file }: ExplainOptions): Promise<number> {
  const style = () => styleFor(displayOfStdout(), format !== 'plain');
  return answer({ json: format === 'json' }, () =>
    file === undefined ? explainWords(words, style) : explainAFile(words, file, style),
  );
}

/** A path alone that is there is a file to explain. */
function explainWords(words: readonly string[], style: () => Promise<Style>): Promise<Answer> {
  const [only = ''] = words;
  const isPath = words.length === 1 && /^[^\s-][^\s]*$/.test(only) && only !== 'docker';
  return isPath && readText(resolve(workingFolder(), only)) !== undefined
    ? explainAFile([], only, style)
    : explainLine(words, style);
}

async function explainLine(words: readonly string[], style: () => Promise<Style>): Promise<Answer> {
  const explanation = await explanationOf(await textOf(words));
  return {
    exitCode: 0,
    fields: explanation,
    text: async () => textOfLines(explanationLines(explanation, await style())),
  };
}

async function explainAFile(words: readonly string[], file: string, style: () => Promise<Style>): Promise<Answer> {
  if (words.length > 0)
    throw new Failure('A command and --file cannot be explained at once.', {
      code: 'two-things',
      exitCode: 2,
      hints: [`docker-tutor explain --file ${file}`],
    });
  const [{ explainFile }, { fileExplanationLines }] = await Promise.all([
    import('../../../explain/files/file-explanation.ts'),
    import('../../../report/answers/file-explanation.ts'),
  ]);
  const { wrong, ...explanation } = explainFile(file, file === '-' ? await stdinText() : neededText(file));
  return {
    exitCode: wrong ? 2 : 0,
    fields: explanation,
    text: async () => textOfLines(fileExplanationLines(explanation, await style())),
  };
}

function neededText(file: string): string {
  try {
    return readFileSync(resolve(file), 'utf8');
  } catch (cause) {
    const evidence = cause instanceof Error ? [cause.message] : [];
    throw new Failure(`${file} cannot be read.`, {
      code: 'file-missing',
      exitCode: 2,
      evidence,
      hints: [
        isFolder(file)
          ? `It is a folder: docker-tutor explain --file ${file.replace(/\/$/, '')}/Dockerfile`
          : 'Give the path of a Dockerfile or compose file.',
      ],
      cause,
    });
  }
}

function isFolder(file: string): boolean {
  return statSync(resolve(file), { throwIfNoEntry: false })?.isDirectory() === true;
}

function textOfLines(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
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
  return (await stdinText()).trim();
}

async function stdinText(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** @throws Failure for what docker would not take */
export async function explanationOf(written: string): Promise<Explanation> {
  const cwd = workingFolder();
  try {
    return await explained(written, {
      shell: { env: process.env, cwd, home: await home() },
      plan: {
        cwd,
        env: process.env,
        now: Date.now(),
        zone: ownZone,
        apiVersion: '1.51',
        // the line is for somebody who types it
        terminal: true,
        // as engines since 23 would have it
        prefersBuildkit: true,
        client: { version, node: process.version, os: process.platform, arch: process.arch },
      },
      load: (path) => readText(resolve(cwd, path)),
    });
  } catch (error) {
    // what is wrong is pointed at in the text as it is shown
    throw error instanceof CommandError ? commandFailure(error, hideSecrets(written)) : error;
  }
}

/** Nothing is read from it or made there that it must be there for: what it was called does as well. */
function workingFolder(): string {
  try {
    return process.cwd();
  } catch {
    return process.env['PWD'] ?? '/';
  }
}

/** As os.homedir has it; node:os takes a while to load. */
async function home(): Promise<string> {
  const told = process.platform === 'win32' ? undefined : process.env['HOME'];
  return told ?? (await import('node:os')).homedir();
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // not there, a folder, not ours to read: explain goes on without it, and says so
    return undefined;
  }
}
