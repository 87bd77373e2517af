/** Decides which runs may be cleaned: dead ones, on this engine. */
import type { Labelled } from './labelled.ts';
import type { EngineIdentity } from '../journal/engine-identity.ts';
import { isSameEngine } from '../journal/engine-identity.ts';
import type { RunRecord } from '../journal/entries.ts';
import { isOver } from '../journal/is-over.ts';
import { runOf } from '../labels.ts';
import { lifeOf } from '../../state/process-identity.ts';
import { isRunId } from '../../state/run-id.ts';
import type { Removal } from './removal.ts';

export interface CleanTargets {
  readonly runs: ReadonlySet<string>;
  readonly records: readonly RunRecord[];
  /** Runs with a journal on this engine, whether cleaned or not. */
  readonly sameEngine: ReadonlySet<string>;
  /** Runs that are not touched, and why. */
  readonly left: Removal['left'];
}

/**
 * @param records read before the engine was asked @param begun runs that have a journal by now
 * @param wanted runs that were asked for by id, and with them what others have handed on; undefined: all that are dead
 */
export function chooseRuns(
  records: readonly RunRecord[],
  found: Labelled,
  begun: ReadonlySet<string>,
  identity: EngineIdentity,
  wanted: readonly string[] | undefined,
): CleanTargets {
  const here = records.filter(({ header }) => isSameEngine(header.engine, identity));
  const left: Removal['left'] = [];
  const chosen: RunRecord[] = [];
  for (const record of records) {
    if (wanted && !wanted.includes(record.run)) {
      if (record.handedOn && here.includes(record)) chosen.push(record);
      continue;
    }
    const why = here.includes(record)
      ? whyNot(record, wanted !== undefined)
      : `made on another engine: ${record.header.engine.address}`;
    if (why === undefined) chosen.push(record);
    else left.push({ kind: 'run', name: record.run, id: record.run, why });
  }
  const known = new Set(records.map(({ run }) => run));
  const unknown = wanted ? wanted.filter((run) => isRunId(run) && !known.has(run)) : [];
  // one that has begun since the journals were read is no stranger
  if (!wanted) left.push(...strangers(found, new Set([...known, ...begun])));
  return {
    runs: new Set([...chosen.map(({ run }) => run), ...unknown]),
    records: chosen,
    sameEngine: new Set(here.map(({ run }) => run)),
    left,
  };
}

function whyNot(record: RunRecord, asked: boolean): string | undefined {
  const { run, header } = record;
  if (isOver(record) || (header.process.pid === process.pid && asked)) return undefined;
  if (lifeOf(header.process) === 'alive') return `still running, as process ${header.process.pid}`;
  return asked ? undefined : `may still be running, in another container; docker-tutor clean --run ${run} removes it`;
}

/** Labelled things of runs that another machine or user has started. */
function strangers(found: Labelled, known: ReadonlySet<string>): Removal['left'] {
  const runs = [
    ...found.services.map(({ run }) => run),
    ...[...found.containers, ...found.networks, ...found.volumes].map(({ labels }) => runOf(labels)),
  ];
  const unknown = [...new Set(runs)].filter((run) => run !== undefined && !known.has(run)) as string[];
  return unknown.map((run) => ({
    kind: 'run',
    name: run,
    id: run,
    why: `started from elsewhere; docker-tutor clean --run ${run} removes it`,
  }));
}
