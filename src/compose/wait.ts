/** docker compose wait: until the containers of services end; ends with the exit code of the last. */
import type { Command } from '../command/command.ts';
import type { composeWait } from '../command/tables/compose.ts';
import { print, together } from '../plan/ask.ts';
import { exitCodeOf, waitFor } from '../plan/container/streams/session.ts';
import { Stopped } from '../plan/effects.ts';
import type { Plan, PlanContext } from '../plan/effects.ts';
import { down } from './down.ts';
import type { ComposeFlags } from './file/load-project.ts';
import { ofServices, projectOrLabels } from './which/project-or-labels.ts';
import { isCommand } from '../command/rows.ts';
import { parseCommand } from '../command/parse.ts';
import { composeDown } from '../command/tables/compose.ts';

export function* wait(
  { flags, operands }: Command<(typeof composeWait)['flags']>,
  group: ComposeFlags,
  context: PlanContext,
): Plan {
  const there = yield* projectOrLabels(group, context, { asked: operands, all: false });
  const found = ofServices(there, operands).filter(({ oneOff }) => !oneOff);
  if (found.length === 0) throw new Stopped(`no containers for project "${there.project.name}"`);
  let last = 0;
  yield* together(
    found.map(function* ({ id }): Plan<void> {
      last = yield* exitCodeOf(yield* waitFor(id));
      yield* print(`container "${id}" exited with status code ${String(last)}\n`);
    }),
  );
  if (flags['down-project']) yield* down(downCommand(), group, context);
  return last;
}

function downCommand(): Command<(typeof composeDown)['flags']> {
  const command = parseCommand(['docker', 'compose', 'down', '--remove-orphans']);
  if (!isCommand(command, composeDown)) throw new Error('compose down is no longer compose down');
  return command;
}
