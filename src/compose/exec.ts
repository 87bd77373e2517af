/** docker compose exec: docker exec in the container of a service, with a terminal unless -T. */
import type { Command } from '../command/command.ts';
import { parseCommand } from '../command/parse.ts';
import { isCommand } from '../command/rows.ts';
import type { composeExec } from '../command/tables/compose.ts';
import { containerExec } from '../command/tables/container.ts';
import { execInContainer } from '../plan/container/streams/exec.ts';
import type { Plan, PlanContext } from '../plan/effects.ts';
import type { ComposeFlags } from './file/load-project.ts';
import { theContainer } from './which/one-container.ts';

export function* exec(
  { flags, operands: [service = '', ...words] }: Command<(typeof composeExec)['flags']>,
  group: ComposeFlags,
  context: PlanContext,
): Plan {
  const { id } = yield* theContainer(service, flags.index, group, context);
  const tty = flags.tty !== false && !flags['no-tty'] && context.terminal;
  const options = [
    ...(flags.detach ? ['--detach'] : []),
    ...(flags.interactive === false || flags.detach ? [] : ['--interactive']),
    ...(tty ? ['--tty'] : []),
    ...(flags.privileged ? ['--privileged'] : []),
    ...(flags.user === undefined ? [] : [`--user=${flags.user}`]),
    ...(flags.workdir === undefined ? [] : [`--workdir=${flags.workdir}`]),
    ...(flags.env ?? []).map((variable) => `--env=${variable}`),
  ];
  const command = parseCommand(['docker', 'exec', ...options, '--', id, ...words]);
  if (!isCommand(command, containerExec)) throw new Error('docker exec is no longer docker exec');
  return yield* execInContainer(command, context);
}
