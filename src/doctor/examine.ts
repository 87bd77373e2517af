/** Looks at one thing after the other: what depends on what has failed is blocked, and each cause is told once. */
import { Failure } from '../failure.ts';
import { hideSecretsIn } from '../secret.ts';
import { adviceText, diagnose, forUser } from './diagnose.ts';
import type { Finding, Probe, ProbeResult } from './probe.ts';
import type { World } from './world/world.ts';

type Tell = (result: ProbeResult) => void;

/**
 * @param tell told each result as soon as it is there
 * @returns a result a probe, in the order they were looked at
 * @throws the signal's reason, and what is a bug
 */
export async function examine(
  probes: readonly Probe[],
  world: World,
  tell: Tell = () => undefined,
): Promise<readonly ProbeResult[]> {
  const results: ProbeResult[] = [];
  const told: Told = new Map();
  for (const probe of inOrder(probes)) {
    world.signal.throwIfAborted();
    const result = blocked(probe, results) ?? (await lookedAt(probe, world, told));
    results.push(result);
    tell(result);
  }
  return results;
}

/** How many of each state. */
export function totalsOf(results: readonly ProbeResult[]): Readonly<Record<ProbeResult['state'], number>> {
  const totals = { pass: 0, warn: 0, fail: 0, blocked: 0, unknown: 0 };
  for (const { state } of results) totals[state] += 1;
  return totals;
}

/** 4 where something failed; warnings are told. */
export function exitCodeOf(results: readonly ProbeResult[]): 0 | 4 {
  return results.some(({ state }) => state === 'fail') ? 4 : 0;
}

/** Those of these ids, and what they need. @throws where there is none of that id */
export function withNeeds(ids: readonly string[], all: readonly Probe[]): readonly Probe[] {
  const wanted = new Set(ids);
  // a set is gone through with what is added meanwhile
  for (const id of wanted) {
    const probe = all.find((one) => one.id === id);
    if (!probe) throw new Error(`there is no probe ${id}`);
    for (const need of probe.needs) wanted.add(need);
  }
  return all.filter(({ id }) => wanted.has(id));
}

/** As they stand, but none before what it needs. */
function inOrder(probes: readonly Probe[]): readonly Probe[] {
  const byId = new Map(probes.map((probe) => [probe.id, probe]));
  const placed = new Set<Probe>();
  const under = new Set<Probe>();
  const place = (probe: Probe): void => {
    if (placed.has(probe)) return;
    if (under.has(probe)) throw new Error(`${probe.id} needs itself`);
    under.add(probe);
    for (const need of probe.needs) {
      const other = byId.get(need);
      if (!other) throw new Error(`${probe.id} needs ${need}, which is not looked at`);
      place(other);
    }
    under.delete(probe);
    placed.add(probe);
  };
  probes.forEach(place);
  return [...placed];
}

/** What could not be seen is no ground either. */
function blocked({ id, title, needs }: Probe, results: readonly ProbeResult[]): ProbeResult | undefined {
  const missing = results.find(({ probe, state }) => needs.includes(probe) && state !== 'pass' && state !== 'warn');
  const root = missing?.blockedBy === undefined ? missing : results.find(({ probe }) => probe === missing.blockedBy);
  return root && blockedBy({ id, title }, root, 0);
}

function blockedBy({ id, title }: Pick<Probe, 'id' | 'title'>, root: ProbeResult, ms: number): ProbeResult {
  const observed = `blocked by “${root.title}”`;
  return { probe: id, title, state: 'blocked', blockedBy: root.probe, observed, hints: [], evidence: [], ms };
}

/** The gravest result of each cause so far. */
type Told = Map<string, ProbeResult>;

async function lookedAt(probe: Probe, world: World, told: Told): Promise<ProbeResult> {
  const began = world.now();
  const finding = await found(probe, world);
  const ms = Math.max(0, Math.round(world.now() - began));
  const cause = causeOf(finding);
  const before = told.get(cause ?? '');
  if (before && isAsGrave(before, finding)) return blockedBy(probe, before, ms);
  const result = resultOf(probe, finding, world, ms);
  if (cause !== undefined) told.set(cause, result);
  return before ? confirming(result, before) : result;
}

/** That a container ended is not why: another one may have ended for another reason. */
function causeOf({ failure }: Finding): string | undefined {
  return failure?.code === 'E-EXITED' ? `${failure.code} ${failure.args['container'] ?? ''}` : failure?.code;
}

/** A warning does not stand for a fail. */
function isAsGrave({ state }: ProbeResult, finding: Finding): boolean {
  return state === 'fail' || state === finding.state;
}

/** A fail that was warned of is told as one; why it is so, and what to do, was said. */
function confirming(result: ProbeResult, { title }: ProbeResult): ProbeResult {
  return { ...result, explanation: `It is what “${title}” warns of: what to do is told there.`, hints: [] };
}

async function found(probe: Probe, world: World): Promise<Finding> {
  try {
    return await probe.look(world);
  } catch (error) {
    world.signal.throwIfAborted();
    // a limit of the look itself: what did not come in time was not seen
    if (error instanceof Error && error.name === 'TimeoutError')
      return { state: 'unknown', observed: 'not seen in time', evidence: [error.message] };
    if (!(error instanceof Failure) || error.exitCode === 1) throw error;
    return { state: 'fail', failure: error };
  }
}

function resultOf({ id, title }: Probe, finding: Finding, world: World, ms: number): ProbeResult {
  const { state, failure, hints = [], evidence = [] } = finding;
  const diagnosis = failure && diagnose(failure, world.machine);
  const observed = finding.observed ?? diagnosis?.title ?? failure?.message;
  const explanation = finding.explanation ?? diagnosis?.explanation;
  return {
    probe: id,
    title,
    state,
    ...(failure && { code: failure.code }),
    ...(observed !== undefined && { observed: hideSecretsIn(observed) }),
    ...(explanation !== undefined && { explanation: hideSecretsIn(explanation) }),
    hints: [
      ...[...hints, ...(failure?.hints ?? [])].map((hint) => forUser(hint, world.machine)),
      ...[...(diagnosis?.fixes ?? []), ...(state === 'fail' ? (diagnosis?.alternatives ?? []) : [])].map(adviceText),
    ].map(hideSecretsIn),
    evidence: [...evidence, ...(failure?.evidence ?? [])].map(hideSecretsIn),
    ms,
  };
}
