/** docker run and docker create: the order of their requests is the docker CLI's own (see `started`). */
import { isWholeId } from '../../short-id.ts';
import { readImage } from '../../command/values/image.ts';
import { ask, complain, drain, follow, load, look, print, request, save, waitUntilRead } from '../ask.ts';
import { parentOf } from './files/paths.ts';
import { containerBody } from './body/config.ts';
import { assertNoConflicts } from './body/conflicts.ts';
import type { Wished } from './body/config.ts';
import type { CreateCommand, RunCommand } from './body/flags.ts';
import { attachTo, exitCodeOf, ttyRefusal, waitFor } from './streams/session.ts';
import { isRefusal, wordsOf } from '../daemon-errors.ts';
import { EngineError } from '../../api/request.ts';
import type { JsonObject } from '../../api/request.ts';
import { Stopped } from '../effects.ts';
import type { Handle, Plan, PlanContext } from '../effects.ts';
import { pullRequest } from '../image/pull-request.ts';

/** Exit codes that say that docker itself failed, not the program in the container. */
const dockerFailed = 125;
const notExecutable = 126;
const notFound = 127;

/** How long an engine may take to remove what did not start, in milliseconds. One that never tried to start it never does. */
const removalLimit = 10_000;

export function* runContainer(command: RunCommand, context: PlanContext): Plan {
  try {
    const wished = wishedOf(command);
    const body = yield* bodyOf(wished, context);
    const barred = streamsRefusal(command.flags, context);
    if (barred !== undefined) {
      yield* complain(`${barred}\n`);
      return 1;
    }
    const id = yield* created(wished, body);
    return yield* started(id, wished);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    yield* complain(withHelp(error, 'run'));
    return error instanceof EngineError || error.exitCode === notFound ? refusalCode(error.message) : dockerFailed;
  }
}

/** What docker says of the streams of a container to come, without its usual beginning. */
function streamsRefusal(flags: RunCommand['flags'], context: PlanContext): string | undefined {
  if (flags.detach) return flags.attach && 'conflicting options: cannot specify both --attach and --detach';
  const streams = flags.attach?.map((stream) => stream.toLowerCase());
  const stdin = flags.interactive === true && (streams?.includes('stdin') ?? true);
  return ttyRefusal({ tty: flags.tty === true, stdin }, context);
}

function withHelp(error: EngineError | Stopped, command: 'run' | 'create'): string {
  return `docker: ${wordsOf(error)}\n\nRun 'docker ${command} --help' for more information\n`;
}

export function* createContainer(command: CreateCommand, context: PlanContext): Plan {
  const wished = wishedOf(command);
  let body: JsonObject;
  try {
    body = yield* bodyOf(wished, context);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    yield* complain(withHelp(error, 'create'));
    return dockerFailed;
  }
  const id = yield* created(wished, body);
  yield* print(`${id}\n`);
  return 0;
}

function wishedOf({ flags, operands: [image = '', ...args] }: RunCommand | CreateCommand): Wished {
  return { flags, image, args };
}

/** All that docker reads of the line and its files before it asks the engine. */
function* bodyOf(wished: Wished, context: PlanContext): Plan<JsonObject> {
  assertNoConflicts(wished.flags);
  return yield* containerBody(wished, context);
}

/** Creates the container; an image that is not here, or not for this platform, is pulled first, then asked for again. */
function* created(wished: Wished, body: JsonObject): Plan<string> {
  const { flags, image } = wished;
  if (flags.cidfile !== undefined && (yield* load(flags.cidfile)) !== undefined)
    throw new Stopped(
      `container ID file found, make sure the other container isn't running or delete ${flags.cidfile}`,
    );
  if (flags.cidfile !== undefined && !(yield* hasFolder(flags.cidfile)))
    throw new Stopped(
      `failed to create the container ID file: open ${flags.cidfile}: no such file or directory`,
      notFound,
    );
  if (flags.pull === 'always') yield* pullForRun(wished);
  const query = { name: flags.name, platform: flags.platform };
  const create = { ...request('POST', '/containers/create', { query, body }), zeros };
  let answer = yield* ask<Created>(create, { Id: '<id>' }, [404]);
  if (answer.status === 404) {
    // an id names no image that a registry has
    if ((flags.pull ?? 'missing') !== 'missing' || isWholeId(image))
      throw new EngineError(answer.body.message ?? '', 404, create);
    if (!flags.quiet) yield* complain(`Unable to find image '${readImage(image).familiarFull}' locally\n`);
    yield* pullForRun(wished);
    answer = yield* ask<Created>(create, { Id: '<id>' });
  }
  for (const warning of answer.body.Warnings ?? []) yield* complain(`WARNING: ${warning}\n`);
  if (flags.cidfile !== undefined) yield* save(flags.cidfile, answer.body.Id);
  return answer.body.Id;
}

function* hasFolder(file: string): Plan<boolean> {
  const folder = parentOf(file);
  return (yield* look(folder, true, { kind: 'folder', path: folder })) !== undefined;
}

/** Empty values of docker run and create that an inspect tells apart from none (docker/cli, opts.go). */
const zeros: JsonObject = {
  HostConfig: {
    PortBindings: {},
    Dns: [],
    DnsOptions: [],
    DnsSearch: [],
    RestartPolicy: { Name: 'no', MaximumRetryCount: 0 },
    BlkioWeightDevice: [],
    BlkioDeviceReadBps: [],
    BlkioDeviceWriteBps: [],
    BlkioDeviceReadIOps: [],
    BlkioDeviceWriteIOps: [],
    Devices: [],
    Ulimits: [],
  },
};

interface Created {
  readonly Id: string;
  readonly Warnings?: readonly string[] | null;
  /** In a refusal. */
  readonly message?: string;
}

function* pullForRun({ flags, image }: Wished): Plan<void> {
  yield* follow(pullRequest(readImage(image), { platform: flags.platform }), flags.quiet ? 'nowhere' : 'stderr');
}

/**
 * create → attach → wait, its headers here → start → output → exit code: any other order loses the output
 * or the exit code of a container that ends at once.
 */
function* started(id: string, { flags }: Wished): Plan {
  const attached = flags.detach ? undefined : yield* attach(id, flags);
  // in the background there is an id, whether it starts or not
  if (!attached) yield* print(`${id}\n`);
  const waiting = yield* waitFor(id, flags.rm ? 'removed' : 'next-exit');
  try {
    yield* ask(request('POST', `/containers/${id}/start`), undefined);
  } catch (error) {
    // with --rm the docker CLI waits for the engine to remove what did not start
    if (flags.rm && error instanceof EngineError) yield* waitUntilRead(waiting, removalLimit);
    throw error;
  }
  if (!attached) return 0;
  if ((yield* drain(attached)) === 'detached') return 0;
  return yield* exitCodeOf(waiting, dockerFailed);
}

/** Both output streams and, with -i, the input; or those that -a names. */
function* attach(id: string, flags: Wished['flags']): Plan<Handle> {
  const interactive = flags.interactive === true;
  const named = flags.attach?.map((stream) => stream.toLowerCase());
  const wants = (stream: string): boolean => (named ? named.includes(stream) : stream !== 'stdin' || interactive);
  return yield* attachTo(id, {
    tty: flags.tty === true,
    stdin: interactive && wants('stdin'),
    stdout: wants('stdout'),
    stderr: wants('stderr'),
    detachKeys: flags['detach-keys'],
    signals: flags['sig-proxy'],
  });
}

/** As the docker CLI tells a program that is not there, or may not run, from a failure of docker. */
function refusalCode(message: string): number {
  if (/executable file not found|no such file or directory|system cannot find the file/i.test(message)) return notFound;
  if (/permission denied|not a directory|is a directory/i.test(message)) return notExecutable;
  return dockerFailed;
}
