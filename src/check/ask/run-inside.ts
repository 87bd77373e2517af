/** A command inside a running container: what it printed and how it ended. */
import { readOpening } from '../../engine/answer.ts';
import { engineWords, get } from '../../engine/ask.ts';
import type { Request } from '../../api/request.ts';
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
  const start: Request = { method: 'POST', path: `/exec/${exec}/start`, body: { Detach: false, Tty: false } };
  const reply = await engine.send(start, { signal });
  // engines differ in where they say that there is no such program: in the answer's status, or in what it prints
  const no = await readOpening({ request: start, engine }, reply, signal);
  if (no) return { exitCode: 126, text: no.words };
  const text = await textOf(reply.stream, false, signal);
  const { ExitCode } = (await get(ask, `/exec/${exec}/json`)) as { readonly ExitCode?: number | null };
  return { exitCode: ExitCode ?? -1, text };
}
