/** `exec`: a command inside a container, its exit code and what it prints. */
import type { ExecFields } from '../../scenario/expectation.ts';
import { runOf } from '../../ownership/labels.ts';
import { commandWords } from '../../command/shell/split.ts';
import { seek } from '../../engine/ask.ts';
import type { ContainerSeen } from '../facets/container.ts';
import type { KindOfCheck, Look, LookContext } from '../look.ts';
import { propertyOf } from '../property.ts';
import { runInside } from '../ask/run-inside.ts';
import { brief, matchesText, seenText, textWords } from '../facets/text-match.ts';

export const exec: KindOfCheck<ExecFields> = {
  judges: 'engine',
  acts: true,
  names: ({ container }) => [{ field: 'container', kind: 'container', name: container, made: true }],
  asks: () => [],
  claim: (fields) => `in ${fields.container}, ${brief(lineOf(fields))} ${wordsOf(fields)}`,
  expected: (fields) =>
    [
      `exit code: ${fields.exitCode ?? 0}`,
      ...(fields.output ? [`output ${textWords(fields.output) ?? 'of any kind'}`] : []),
    ].join(', '),
  property: (fields) => propertyOf({ ...fields, exitCode: fields.exitCode ?? 0 }, ['container', 'command', 'user']),
  async look(fields, context) {
    const sought = await seek(context.ask, `/containers/${encodeURIComponent(fields.container)}/json`);
    if (sought.is === 'not there') return { holds: false, observed: `no container ${fields.container}` };
    const { Id, Config, State } = sought.thing as ContainerSeen;
    const mayExec =
      context.mayExec ?? ((labels): boolean => context.since !== undefined || runOf(labels) !== undefined);
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
};

async function lookInside(id: string, fields: ExecFields, context: LookContext): Promise<Look> {
  const user = fields.user === undefined ? undefined : String(fields.user);
  const ran = await runInside(id, commandWords(fields.command), context, { user });
  if ('refused' in ran) return { holds: false, observed: ran.refused };
  const { exitCode: code, text } = ran;
  const holds = code === (fields.exitCode ?? 0) && matchesText(text, fields.output ?? {});
  return {
    holds,
    observed:
      fields.output === undefined && holds
        ? `exit code: ${code}`
        : `exit code: ${code}, ${seenText(text, fields.output ?? {})}`,
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
