/** Whether a run is over, as its journal tells: what it has left may be taken over, and cleaned. */
import { lifeOf } from '../../state/process-identity.ts';
import type { RunRecord } from './entries.ts';

/** It has ended, all its requests answered, or its process is dead. Not where the process cannot be seen. */
export function isOver({ header, ended }: Pick<RunRecord, 'header' | 'ended'>): boolean {
  return ended || lifeOf(header.process) === 'dead';
}
