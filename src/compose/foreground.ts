/**
 * compose up without -d: the output of all services, each line with its container in front, until they end or Ctrl-C. With
 * --watch their files are followed beside it, and what takes a container's place is shown in its place.
 */
import type { Command } from '../command/command.ts';
import type { composeUp } from '../command/tables/compose.ts';
import { ask, complain, drain, open, pause, print, request, together, untilInterrupted } from '../plan/ask.ts';
import { Stopped } from '../plan/effects.ts';
import type { Handle, Plan } from '../plan/effects.ts';
import { shortName } from './container/names.ts';
import type { Created } from './create.ts';
import { execute } from './execute/execute.ts';
import { observeContainers } from './observe/containers.ts';
import { prefixer } from './output/prefix.ts';
import { killSteps, stopSteps } from './reconcile/lifecycle.ts';
import { startSteps } from './reconcile/start.ts';
import type { Ready } from './reconcile/start.ts';
import type { Watching } from './watch/act.ts';
import { followFiles } from './watch/watch.ts';

export interface Foreground extends Created {
  readonly flags: Command<(typeof composeUp)['flags']>['flags'];
  readonly asked: readonly string[];
  readonly watching?: Watching;
}

/** What is known of how containers ended. */
interface Ends {
  aborted: boolean;
  exitCode: number | undefined;
}

export function* inForeground(show: Foreground): Plan {
  const { project, work, services, flags } = show;
  const outside = (flags.attach ?? []).filter((name) => !services.includes(name));
  if (outside.length > 0) throw new Stopped(`cannot attach to services not included in up: ${outside.join(', ')}`);
  // what takes the place of one stands in its place here
  const all = services.flatMap((service) => work.containers.get(service) ?? []);
  const shown = all.filter(({ service }) => isAttached(service, show));
  const ends: Ends = { aborted: false, exitCode: undefined };
  const prefix = prefixer(
    shown.map(({ name }) => shortName(project, name)),
    flags['no-log-prefix'] === true,
  );
  yield* print(`Attaching to ${shown.map(({ name }) => shortName(project, name)).join(', ')}\n`);
  const interrupted = yield* untilInterrupted(
    untilOver(function* (): Plan<void> {
      // attached before they start: nothing they say is lost
      const handles: (readonly [Ready, Handle])[] = [];
      for (const container of shown)
        handles.push([container, yield* attached(container, prefix(shortName(project, container.name)))]);
      const outputs = handles.map(([container, handle]) =>
        shownToItsEnd(container, handle, { all, ends, show, line: prefix(shortName(project, container.name)) }),
      );
      const starts = execute(startSteps(project, services, work.containers), { ...work, startsUntold: true });
      const started = [starts, ...outputs];
      yield* show.watching ? besideFiles(together(started), show.watching) : together(started);
    }),
  );
  if (interrupted) {
    yield* complain('Gracefully Stopping... press Ctrl+C again to force\n');
    // a second Ctrl-C does not wait for them
    if (yield* untilInterrupted(stopAll(all, show))) yield* execute(killSteps(all, 'SIGKILL'), work);
    return 130;
  }
  return ends.exitCode ?? 0;
}

/** Files are followed as long as something runs. */
function* besideFiles(shown: Plan<unknown>, watching: Watching): Plan<void> {
  yield* together([
    (function* (): Plan<void> {
      yield* shown;
      yield* print('Watch disabled\n');
      throw new Over();
    })(),
    followFiles(watching),
  ]);
}

function* untilOver(plan: () => Plan<void>): Plan<void> {
  try {
    yield* plan();
  } catch (error) {
    if (!(error instanceof Over)) throw error;
  }
}

function isAttached(service: string, { flags, asked, project }: Foreground): boolean {
  if (flags.attach && !flags['attach-dependencies']) return flags.attach.includes(service);
  if (flags['no-attach']?.includes(service) || project.services[service]?.attach === false) return false;
  return asked.length === 0 || asked.includes(service) || flags['attach-dependencies'] === true;
}

function* attached({ id }: Ready, line: (line: string) => string): Plan<Handle> {
  const { body } = yield* ask<{ readonly Config: { readonly Tty: boolean } }>(
    request('GET', `/containers/${id}/json`),
    { Config: { Tty: false } },
  );
  return yield* open(
    request('POST', `/containers/${id}/attach`, { query: { stream: '1', stdout: '1', stderr: '1' } }),
    { kind: 'output', tty: body.Config.Tty, line },
  );
}

interface Shown {
  readonly all: Ready[];
  readonly ends: Ends;
  readonly show: Foreground;
  readonly line: (line: string) => string;
}

/** Its output until it ends for good: one that is started again, or has a successor, is shown on. */
function* shownToItsEnd(first: Ready, output: Handle, shown: Shown): Plan<void> {
  let [container, handle] = [first, output];
  for (;;) {
    yield* drain(handle);
    const { Running, ExitCode } = yield* endOf(container.id, shown.ends);
    const next = Running ? container : yield* afterChange(container, shown);
    if (!next) return yield* ended(container, ExitCode, shown);
    if (next.id !== container.id) yield* print(`${shortName(shown.show.project, next.name)} has been recreated\n`);
    handle = yield* outputAgain(next, next.id === container.id, shown.line);
    container = next;
  }
}

/** What runs in its place after a change to its files: it, or one that was made anew. */
function* afterChange(container: Ready, { all, show: { project, watching } }: Shown): Plan<Ready | undefined> {
  if (!watching) return undefined;
  while (watching.changing.has(container.service)) yield* pause(200);
  const containers = yield* observeContainers(project.name, false);
  const found = containers.find(({ name, state }) => name === container.name && state === 'running');
  if (!found) return undefined;
  const next = { ...container, id: found.id };
  all.splice(all.indexOf(container), 1, next);
  return next;
}

/**
 * Of one that has been started without us, from its first line.
 * @param goesOn one that ran before: what it said then was shown. Its start is no mark, for its first lines may be older than
 * the moment that the engine writes down.
 */
function* outputAgain({ id }: Ready, goesOn: boolean, line: (line: string) => string): Plan<Handle> {
  const { body } = yield* ask<{ readonly Config: { readonly Tty: boolean }; readonly State: { FinishedAt: string } }>(
    request('GET', `/containers/${id}/json`),
    { Config: { Tty: false }, State: { FinishedAt: '' } },
  );
  const since = goesOn ? secondsOf(body.State.FinishedAt) : undefined;
  const query = { follow: '1', stdout: '1', stderr: '1', since };
  return yield* open(request('GET', `/containers/${id}/logs`, { query }), {
    kind: 'output',
    tty: body.Config.Tty,
    line,
  });
}

/** `2026-01-31T10:00:00.123456789Z` as the engine's logs take it: seconds since 1970, with the nanoseconds. */
function secondsOf(moment: string): string | undefined {
  const ms = Date.parse(moment);
  if (Number.isNaN(ms)) return undefined;
  const [, nanoseconds = '0'] = /\.(\d+)/.exec(moment) ?? [];
  return `${String(Math.floor(ms / 1000))}.${nanoseconds.padEnd(9, '0')}`;
}

/** @returns its state once it is neither ending nor about to be started again */
function* endOf(id: string, { aborted }: Ends): Plan<{ Running: boolean; ExitCode: number }> {
  for (let tries = 0; ; tries++) {
    const { status, body } = yield* ask<{ State: { Status: string; Running: boolean; ExitCode: number } }>(
      request('GET', `/containers/${id}/json`),
      { State: { Status: 'exited', Running: false, ExitCode: 0 } },
      [404],
    );
    if (status === 404) return { Running: false, ExitCode: 0 };
    if (body.State.Status !== 'restarting' || aborted || tries > 600) return body.State;
    yield* pause(200);
  }
}

function* ended({ name, service, id }: Ready, exitCode: number, { all, ends, show }: Shown): Plan<void> {
  const { flags, project } = show;
  yield* print(`${shortName(project, name)} exited with code ${String(exitCode)}\n`);
  const from = flags['exit-code-from'];
  if (from === service) ends.exitCode = exitCode;
  const aborts =
    flags['abort-on-container-exit'] === true ||
    from !== undefined ||
    (flags['abort-on-container-failure'] === true && exitCode !== 0);
  if (!aborts || ends.aborted) return;
  ends.aborted = true;
  if (from === undefined) ends.exitCode = exitCode;
  yield* print('Aborting on container exit...\n');
  const others = all.filter((other) => other.id !== id);
  yield* stopAll(others, show);
  // what they say last, and one that was being started in this moment
  yield* pause(200);
  yield* stopAll(others, show);
  // those that were not started yet never end
  throw new Over();
}

/** Ends what is left to be watched and started. */
class Over extends Error {}

function* stopAll(all: readonly Ready[], { project, work, flags }: Foreground): Plan<void> {
  yield* execute(stopSteps(project, all, flags.timeout), work);
}
