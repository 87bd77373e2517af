/** docker run and docker create: the order of their requests is the docker CLI's own (see `started`). */
import { readImage } from '../../command/values/image.ts';
import { ask, complain, drain, follow, load, print, request, save, waitUntilRead } from '../ask.ts';
import { containerBody } from './body/config.ts';
import type { Wished } from './body/config.ts';
import type { CreateCommand, RunCommand } from './body/flags.ts';
import { attachTo, exitCodeOf, waitFor } from './streams/session.ts';
import { isRefusal, wordsOf } from '../daemon-errors.ts';
import { EngineError } from '../../api/request.ts';
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
    const id = yield* created(wished, context);
    return yield* started(id, wished);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    yield* complain(`docker: ${wordsOf(error)}\n\nRun 'docker run --help' for more information\n`);
    return error instanceof EngineError ? refusalCode(error.message) : dockerFailed;
  }
}

export function* createContainer(command: CreateCommand, context: PlanContext): Plan {
  const id = yield* created(wishedOf(command), context);
  yield* print(`${id}\n`);
  return 0;
}

function wishedOf({ flags, operands: [image = '', ...args] }: RunCommand | CreateCommand): Wished {
  return { flags, image, args };
}

/** Creates the container; an image that is not here is pulled first, then asked for again. */
function* created(wished: Wished, context: PlanContext): Plan<string> {
  const { flags, image } = wished;
  if (flags.cidfile !== undefined && (yield* load(flags.cidfile)) !== undefined)
    throw new Stopped(
      `container ID file found, make sure the other container isn't running or delete ${flags.cidfile}`,
      dockerFailed,
    );
  const body = yield* containerBody(wished, context);
  if (flags.pull === 'always') yield* pullForRun(wished);
  const create = request('POST', '/containers/create', { query: { name: flags.name, platform: flags.platform }, body });
  let answer = yield* ask<Created>(create, { Id: '<id>' }, [404]);
  if (answer.status === 404) {
    const { message } = answer.body;
    if (!isImageMissing(message) || flags.pull === 'never') throw new EngineError(message ?? '', 404, create);
    yield* complain(`Unable to find image '${readImage(image).familiarFull}' locally\n`);
    yield* pullForRun(wished);
    answer = yield* ask<Created>(create, { Id: '<id>' });
  }
  for (const warning of answer.body.Warnings ?? []) yield* complain(`WARNING: ${warning}\n`);
  if (flags.cidfile !== undefined) yield* save(flags.cidfile, answer.body.Id);
  return answer.body.Id;
}

interface Created {
  readonly Id: string;
  readonly Warnings?: readonly string[] | null;
  /** In a refusal. */
  readonly message?: string;
}

function isImageMissing(message: string | undefined): boolean {
  return message !== undefined && /no such image/i.test(message);
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
  const waiting = yield* waitFor(id, flags.rm ? 'removed' : 'next-exit');
  try {
    yield* ask(request('POST', `/containers/${id}/start`), undefined);
  } catch (error) {
    // with --rm the docker CLI waits for the engine to remove what did not start
    if (flags.rm && error instanceof EngineError) yield* waitUntilRead(waiting, removalLimit);
    throw error;
  }
  if (!attached) {
    yield* print(`${id}\n`);
    return 0;
  }
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
