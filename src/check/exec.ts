/** `exec`: a command inside a container, its exit code and what it prints. */
import type { ExecFields } from '../scenario/expectation.ts';
import { engineWords } from '../own/asking.ts';
import { runOf } from '../own/labels.ts';
import { commandWords } from './command-words.ts';
import type { ContainerSeen } from './container-facets.ts';
import { textOf } from './log-text.ts';
import type { KindOfCheck, Look, LookContext } from './look.ts';
import { brief, matchesText, quoted, textWords } from './text-match.ts';

export const exec: KindOfCheck<ExecFields> = {
  claim: (fields) => `in ${fields.container}, ${brief(lineOf(fields))} ${wordsOf(fields)}`,
  expected: (fields) =>
    [
      `exit code: ${fields.exitCode ?? 0}`,
      ...(fields.output ? [`output ${textWords(fields.output) ?? 'of any kind'}`] : []),
    ].join(', '),
  async look(fields, context) {
    const { status, body } = await context.ask({
      method: 'GET',
      path: `/containers/${encodeURIComponent(fields.container)}/json`,
    });
    if (status !== 200) return { holds: false, observed: `no container ${fields.container}` };
    const { Id, Config, State } = body as ContainerSeen;
    const mayExec = context.mayExec ?? ((labels): boolean => runOf(labels) !== undefined);
    // a scenario from a stranger must not run commands in what is the user's
    if (!mayExec(Config?.Labels ?? {}))
      return {
        holds: false,
        undecided: true,
        final: true,
        observed: `${fields.container} is not of this lesson: nothing is run in it`,
      };
    if (State?.Status !== 'running')
      return { holds: false, observed: `${fields.container} does not run, state: ${State?.Status}` };
    return lookInside(Id, fields, context);
  },
  about: ({ container }) => [{ kind: 'container', name: container }],
};

async function lookInside(id: string, fields: ExecFields, { ask, engine, signal }: LookContext): Promise<Look> {
  const made = await ask({
    method: 'POST',
    path: `/containers/${id}/exec`,
    body: {
      AttachStdout: true,
      AttachStderr: true,
      Cmd: commandWords(fields.command),
      ...(fields.user !== undefined && { User: String(fields.user) }),
    },
  });
  if (made.status !== 201) return { holds: false, observed: engineWords(made.body, made.status) };
  const exec = (made.body as { Id: string }).Id;
  const { status, stream } = await engine.send(
    { method: 'POST', path: `/exec/${exec}/start`, body: { Detach: false, Tty: false } },
    { signal },
  );
  const text = await textOf(stream, status !== 200, signal);
  const ended = await ask({ method: 'GET', path: `/exec/${exec}/json` });
  const code = (ended.body as { ExitCode?: number | null }).ExitCode ?? -1;
  const holds = status === 200 && code === (fields.exitCode ?? 0) && matchesText(text, fields.output ?? {});
  return {
    holds,
    observed: fields.output === undefined && holds ? `exit code: ${code}` : `exit code: ${code}, ${quoted(text)}`,
  };
}

function lineOf({ command }: ExecFields): string {
  return typeof command === 'string' ? command : command.join(' ');
}

function wordsOf({ exitCode, output }: ExecFields): string {
  const said = output && textWords(output);
  if (said === undefined)
    return exitCode === undefined || exitCode === 0 ? 'succeeds' : `ends with exit code ${exitCode}`;
  return exitCode === undefined ? said : `${said} and ends with exit code ${exitCode}`;
}
