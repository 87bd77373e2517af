/** `docker-tutor doctor`: looks, tells, and where it was asked to, mends and keeps the evidence. */
import { exitCodeOf, examine, totalsOf } from '../../../doctor/examine.ts';
import type { ProbeResult } from '../../../doctor/probe.ts';
import { everyProbe, lookingProbes } from '../../../doctor/probes/all.ts';
import { thisWorld } from '../../../doctor/world/this-world.ts';
import type { OpenWorld } from '../../../doctor/world/this-world.ts';
import type { Endpoint } from '../../../engine/engine.ts';
import { Failure } from '../../../failure.ts';
import { leftLines, probeTeller, totalLines } from '../../../report/answers/doctor.ts';
import { styleFor } from '../../../terminal/style.ts';
import { answerInJson } from '../../process/answer.ts';
import { displayOfStdout } from '../../process/display.ts';
import { print } from '../../process/print.ts';
import type { Session } from '../subcommand.ts';
import type { DoctorOptions } from './command.ts';

type Options = DoctorOptions & Session;

/** @returns 0 where nothing failed, else 4 */
export async function doctorCommand(options: Options): Promise<number> {
  if (options.json === true) {
    const told: ProbeResult[] = [];
    const soFar = (): object => ({ probes: told });
    return answerInJson(() => asFields(options, told), options.signal, soFar);
  }
  const style = await styleFor(displayOfStdout());
  const say = (lines: readonly string[]): void => print(lines.map((line) => `${line}\n`).join(''));
  const teller = probeTeller(style);
  const { results, left } = await looked(
    options,
    (result) => say(teller.tell(result)),
    async (world, found) => {
      say(teller.end());
      if (options.bundle === undefined) return;
      const { bundleTo } = await import('./bundle.ts');
      say(['', ...(await bundleTo(options.bundle, found, world, options))]);
    },
  );
  say([...leftLines(left, style), ...totalLines(totalsOf(results), style)]);
  if (options.fix === true) await (await import('./fix.ts')).offerFixes(results, options);
  return exitCodeOf(results);
}

async function asFields(options: Options, told: ProbeResult[]): Promise<{ exitCode: number; fields: object }> {
  let bundle: readonly string[] | undefined;
  const { results, left } = await looked(
    options,
    (result) => told.push(result),
    async (world, found) => {
      if (options.bundle === undefined) return;
      bundle = await (await import('./bundle.ts')).bundleTo(options.bundle, found, world, options);
    },
  );
  return {
    exitCode: exitCodeOf(results),
    fields: { probes: results, totals: totalsOf(results), ...(bundle && { bundle: options.bundle }), left },
  };
}

async function looked(
  options: Options,
  tell: (result: ProbeResult) => void,
  keep: (world: OpenWorld, results: readonly ProbeResult[]) => Promise<void>,
): Promise<{ readonly results: readonly ProbeResult[]; readonly left: readonly string[] }> {
  const { host, context, lab, signal } = options;
  const world = thisWorld({
    ...(host !== undefined && { host }),
    ...(context !== undefined && { context }),
    ...(lab === true && { lab, endpoint: await ofLab(options) }),
    signal,
  });
  let closing: Promise<readonly string[]> | undefined;
  const close = (): Promise<readonly string[]> => (closing ??= world.close());
  try {
    const results = await examine(options.deep === true ? everyProbe : lookingProbes, world, tell);
    await keep(world, results);
    return { results, left: await close() };
  } finally {
    // also after an interruption: what was made goes
    await close();
  }
}

/** It is looked at as it is: what is down is not started for it. */
async function ofLab({ host, context }: Options): Promise<Endpoint> {
  if (host !== undefined || context !== undefined)
    throw new Failure('--lab names an engine, and so does --host or --context.', {
      code: 'conflicting-options',
      exitCode: 2,
      hints: ['leave one of them out'],
    });
  const { labEndpoint, labFolder, labPaths } = await import('../../../lab/folder.ts');
  return labEndpoint(labPaths(await labFolder()));
}
