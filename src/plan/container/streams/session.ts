/** What run, start, attach and exec share: a session with a process, and the exit code it ends with. */
import { open, read, request } from '../../ask.ts';
import { Stopped } from '../../effects.ts';
import type { Handle, Plan, PlanContext } from '../../effects.ts';

export interface SessionWish {
  readonly tty: boolean;
  readonly stdin: boolean;
  readonly stdout?: boolean;
  readonly stderr?: boolean;
  readonly detachKeys?: string | undefined;
  /** --sig-proxy. A terminal hands Ctrl-C on as a key, and needs none. */
  readonly signals?: boolean | undefined;
}

/** Why docker opens no terminal in a container, where its own input is none. */
export function ttyRefusal(
  { tty, stdin }: Pick<SessionWish, 'tty' | 'stdin'>,
  { noKeyboard = false }: Pick<PlanContext, 'noKeyboard'>,
): string | undefined {
  return noKeyboard && tty && stdin ? 'the input device is not a TTY' : undefined;
}

/** @throws Stopped */
export function assertTty(wish: Pick<SessionWish, 'tty' | 'stdin'>, context: Pick<PlanContext, 'noKeyboard'>): void {
  const refused = ttyRefusal(wish, context);
  if (refused !== undefined) throw new Stopped(refused);
}

/** POST /containers/{id}/attach. */
export function* attachTo(
  id: string,
  { tty, stdin, stdout = true, stderr = true, detachKeys, signals = true }: SessionWish,
): Plan<Handle> {
  const query = {
    stream: '1',
    stdin: stdin ? '1' : undefined,
    stdout: stdout ? '1' : undefined,
    stderr: stderr ? '1' : undefined,
    detachKeys,
  };
  return yield* open(request('POST', `/containers/${id}/attach`, { query }), {
    kind: 'session',
    tty,
    stdin,
    resize: `/containers/${id}/resize`,
    ...(detachKeys !== undefined && { detachKeys }),
    ...(signals && !tty && { kill: `/containers/${id}/kill` }),
  });
}

/** POST /containers/{id}/wait: its headers come at once, its body when the container ends. */
export function* waitFor(id: string, condition?: 'next-exit' | 'removed'): Plan<Handle> {
  return yield* open(request('POST', `/containers/${id}/wait`, { query: { condition } }), { kind: 'json' });
}

interface Ended {
  readonly StatusCode: number;
  readonly Error?: { readonly Message?: string } | null;
}

/** The exit code of the process. @param failed docker's own code where the engine could not wait */
export function* exitCodeOf(waiting: Handle, failed = 1): Plan {
  const ended = yield* read<{ readonly StatusCode: number; readonly Error?: { readonly Message?: string } | null }>(
    waiting,
    { StatusCode: 0 },
  );
  const { Error: error }: Ended = ended;
  if (error?.Message) throw new Stopped(error.Message, failed);
  return ended.StatusCode;
}

/** The answer of GET /containers/{id}/json, as far as sessions need it. */
export interface InspectedContainer {
  readonly Id: string;
  readonly Config: { readonly Tty: boolean; readonly OpenStdin: boolean };
  readonly State: {
    readonly Running: boolean;
    readonly Paused: boolean;
    readonly Restarting: boolean;
    readonly ExitCode: number;
  };
  readonly HostConfig: { readonly AutoRemove: boolean };
}

/** What explain goes on with: a container made without -i. */
export const assumedContainer: InspectedContainer = {
  Id: '<id>',
  Config: { Tty: false, OpenStdin: false },
  State: { Running: true, Paused: false, Restarting: false, ExitCode: 0 },
  HostConfig: { AutoRemove: false },
};

/** As the docker CLI ends an attach or exec that was left with the detach keys. */
export function detached(): Stopped {
  return new Stopped('read escape sequence');
}
