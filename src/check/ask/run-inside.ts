/** A command inside a running container: what it printed and how it ended. */
import { engineWords } from '../../engine/ask.ts';
import { textOf } from './log-text.ts';
import type { LookContext } from '../look.ts';

export interface RanInside {
  /** -1 where the engine does not tell. 126 and 127: the command cannot be executed, or was not found. */
  readonly exitCode: number;
  /** Both streams as they came. */
  readonly text: string;
}

interface RunningInside {
  readonly user?: string | undefined;
  /** Set besides what the container has: `NAME=value`. */
  readonly env?: readonly string[];
}

/** @returns in words why it could not be begun, where the engine says no */
export async function runInside(
  id: string,
  command: readonly string[],
  { ask, engine, signal }: LookContext,
  { user, env }: RunningInside = {},
): Promise<RanInside | { readonly refused: string }> {
  const made = await ask({
    method: 'POST',
    path: `/containers/${id}/exec`,
    body: {
      AttachStdout: true,
      AttachStderr: true,
      Cmd: command,
      ...(user !== undefined && { User: user }),
      ...(env && { Env: env }),
    },
  });
  if (made.status !== 201) return { refused: engineWords(made.body, made.status) };
  const exec = (made.body as { Id: string }).Id;
  const { status, stream } = await engine.send(
    { method: 'POST', path: `/exec/${exec}/start`, body: { Detach: false, Tty: false } },
    { signal },
  );
  const text = await textOf(stream, status !== 200, signal);
  const ended = await ask({ method: 'GET', path: `/exec/${exec}/json` });
  const exitCode = (ended.body as { ExitCode?: number | null }).ExitCode ?? -1;
  // engines differ in where they say that there is no such program: in the answer's status, or in what it prints
  return { exitCode: status === 200 ? exitCode : 126, text };
}
