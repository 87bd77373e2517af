/** `docker-tutor check`: looks at the machine, and takes lessons side by side. */
import { availableParallelism, freemem, hostname } from 'node:os';
import { examine } from '../../../doctor/examine.ts';
import { lookingProbes } from '../../../doctor/probes/all.ts';
import { thisWorld } from '../../../doctor/world/this-world.ts';
import type { Endpoint } from '../../../engine/engine.ts';
import { asFailure } from '../../../as-failure.ts';
import type { Emit, RunHappening } from '../../../events/events.ts';
import { Failure } from '../../../failure.ts';
import { blocked, checkLessons } from '../../../machine-check/check-machine.ts';
import { chosenLessons } from '../../../machine-check/choose.ts';
import { jobsFor } from '../../../machine-check/jobs.ts';
import type { Report } from '../../../report/format.ts';
import { ofRun } from '../../../run/emitter.ts';
import { findLesson, findScenario, shippedScenarios } from '../../../scenario/catalogue.ts';
import { imagesUsedBy } from '../../../scenario/images-of.ts';
import type { LoadedScenario } from '../../../scenario/load.ts';
import { newRunId } from '../../../state/run-id.ts';
import { terminalOf } from '../../../terminal/display.ts';
import { openEngine } from '../../process/engine.ts';
import { assertAllowed } from '../run/allowed.ts';
import { formatOf } from '../run/on-stdout.ts';
import { ownLogins } from '../run/own-logins.ts';
import { problemsOf } from '../run/problems-of.ts';
import { telling } from '../run/telling.ts';
import { toldRun } from '../run/told-run.ts';
import type { Telling, TellingSetting } from '../run/telling.ts';
import type { Session } from '../subcommand.ts';
import type { CheckOptions } from './command.ts';

interface CheckSession extends CheckOptions, Session {
  /** Id of the run. */
  readonly id: string;
  readonly jobs: number;
}

export async function check(asked: readonly string[], options: CheckOptions & Session): Promise<number> {
  const format = formatOf(options) ?? (process.stdout.isTTY ? 'pretty' : 'plain');
  const jobs = options.jobs ?? jobsFor({ cores: availableParallelism(), freeMemory: freemem() });
  const { stdout, stderr } = process;
  const setting: TellingSetting = {
    ...terminalOf(process),
    format,
    interactive: false,
    stdout,
    stderr,
    endSaid: true,
    machine: hostname(),
    stepSummary: process.env['GITHUB_STEP_SUMMARY'],
    show: new Set(),
  };
  const forPeople = format === 'pretty' || format === 'plain';
  const told = telling({ ...setting, open: forPeople ? () => summaryOf(setting, jobs) : undefined });
  const id = newRunId(Date.now());
  return toldRun({ ...options, id, asked }, told, (emit) => checked(asked, { ...options, id, jobs }, told, emit));
}

/** @returns the exit code, as far as no event says it */
async function checked(asked: readonly string[], setting: CheckSession, told: Telling, emit: Emit): Promise<number> {
  const { id, signal } = setting;
  const lessons = await wanted(asked, setting);
  await assertAllowed(lessons, { ...setting, interactive: false });
  told.begin();
  const check = { run: id, emit, problem: problemsOf(asked) };
  const images = imagesUsedBy(lessons);
  const tell = ofRun(check.emit, { run: id });
  // the lab is started where it is not there; any other engine is looked at as it is
  if (setting.lab !== true) await lookAtMachine(setting, tell);
  const opened = await openEngine({ ...setting, images }).catch((error: unknown) => asFailure(error, signal));
  if (setting.lab === true && !(opened instanceof Failure))
    await lookAtMachine({ ...setting, endpoint: opened.engine.endpoint }, tell);
  if (opened instanceof Failure) {
    signal.throwIfAborted();
    for (const lesson of lessons) await blocked(lesson, opened, check);
    return opened.exitCode;
  }
  const { engine, standIns } = opened;
  try {
    const credentials = await ownLogins(signal);
    await checkLessons({
      ...check,
      lessons,
      engine,
      env: process.env,
      vars: setting.var ?? {},
      logins: setting.var && credentials,
      credentials,
      standIns,
      jobs: setting.jobs,
      limitMs: setting.timeout,
      retries: setting.retries,
      rounds: setting.repeat,
      failFast: setting.failFast === true,
      signal,
    });
  } finally {
    engine.close();
  }
  // what has failed, and what stood in the way, is in the events
  return 0;
}

/** As doctor looks at it, before any lesson. */
async function lookAtMachine(
  { host, context, lab, endpoint, signal }: CheckSession & { readonly endpoint?: Endpoint },
  tell: (happening: RunHappening) => void,
): Promise<void> {
  const world = thisWorld({
    signal,
    ...(host !== undefined && { host }),
    ...(context !== undefined && { context }),
    ...(lab === true && { lab }),
    ...(endpoint && { endpoint }),
  });
  try {
    await examine(lookingProbes, world, (result) => tell({ type: 'probe', ...result }));
  } finally {
    await world.close();
  }
}

async function wanted(asked: readonly string[], choice: CheckSession): Promise<readonly LoadedScenario[]> {
  const list = shippedScenarios();
  const known = list.map(({ id }) => id);
  for (const id of [...(choice.only ?? []), ...(choice.skip ?? [])]) findLesson(id, known);
  const ids = asked.length > 0 ? asked.filter((id) => !choice.skip?.includes(id)) : chosenLessons(list, choice);
  if (ids.length > 0) return Promise.all(ids.map((id) => findScenario(id)));
  throw new Failure('No lesson is left to check.', {
    code: 'no-lesson-left',
    exitCode: 2,
    hints: ['The lessons and their tags: docker-tutor list', 'All of them: docker-tutor check --all'],
  });
}

async function summaryOf(setting: TellingSetting, jobs: number): Promise<Report> {
  const [{ checkReport }, { styleFor }] = await Promise.all([
    import('../../../report/answers/check.ts'),
    import('../../../terminal/style.ts'),
  ]);
  return checkReport(setting, await styleFor(setting), jobs);
}
