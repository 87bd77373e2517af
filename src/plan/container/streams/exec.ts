/** docker exec: a further process in a running container. */
import type { Command } from '../../../command/command.ts';
import type { containerExec } from '../../../command/tables/container.ts';
import { ask, drain, loadNeeded, open, request } from '../../ask.ts';
import { compact } from '../../compact.ts';
import { assertTty, detached } from './session.ts';
import { readEnvFile } from '../../env-file.ts';
import type { Json } from '../../../api/request.ts';
import type { Plan, PlanContext } from '../../effects.ts';

type ExecCommand = Command<(typeof containerExec)['flags']>;

export function* execInContainer(command: ExecCommand, context: PlanContext): Plan {
  const {
    flags,
    operands: [name = '', ...args],
  } = command;
  const environment = yield* environmentOf(command, context);
  // docker looks first whether the container is there: a name that is not is told from a program that is not
  yield* ask(request('GET', `/containers/${name}/json`), {});
  const detach = flags.detach === true;
  if (!detach) assertTty({ tty: flags.tty === true, stdin: flags.interactive === true }, context);
  const wish = compact({
    Cmd: args,
    Env: environment,
    User: flags.user,
    WorkingDir: flags.workdir,
    Privileged: flags.privileged,
    Tty: flags.tty,
    AttachStdin: !detach && flags.interactive === true,
    AttachStdout: !detach,
    AttachStderr: !detach,
    Detach: detach,
    DetachKeys: flags['detach-keys'],
  });
  const { body } = yield* ask<{ readonly Id: string }>(request('POST', `/containers/${name}/exec`, { body: wish }), {
    Id: '<id>',
  });
  return detach ? yield* startDetached(body.Id, flags.tty === true) : yield* startAttached(body.Id, command);
}

function* startDetached(id: string, tty: boolean): Plan {
  yield* ask(request('POST', `/exec/${id}/start`, { body: { Detach: true, Tty: tty } }), undefined);
  return 0;
}

function* startAttached(id: string, { flags }: ExecCommand): Plan {
  const tty = flags.tty === true;
  const detachKeys = flags['detach-keys'];
  const session = yield* open(request('POST', `/exec/${id}/start`, { body: { Detach: false, Tty: tty } }), {
    kind: 'session',
    tty,
    stdin: flags.interactive === true,
    resize: `/exec/${id}/resize`,
    ...(detachKeys !== undefined && { detachKeys }),
  });
  if ((yield* drain(session)) === 'detached') throw detached();
  const { body } = yield* ask<{ readonly ExitCode: number | null }>(request('GET', `/exec/${id}/json`), {
    ExitCode: 0,
  });
  return body.ExitCode ?? 0;
}

/** Files first, then -e; a name alone takes its value from docker's own environment, and stays a name where it has none. */
function* environmentOf({ flags }: ExecCommand, context: PlanContext): Plan<readonly Json[]> {
  const found: string[] = [];
  for (const path of flags['env-file'] ?? []) found.push(...readEnvFile(yield* loadNeeded(path), context.env, path));
  for (const { name, value } of flags.env ?? []) {
    const given = value ?? context.env[name];
    found.push(given === undefined ? name : `${name}=${given}`);
  }
  return found;
}
