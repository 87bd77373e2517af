/** Every table, family by family. A command line needs one of them or two. */
import { once } from '../../once.ts';
import type { CommandRow } from '../table.ts';
import { composeRows } from './compose.ts';
import { containerRows } from './container.ts';
import { imageRows } from './image.ts';
import { networkRows } from './network.ts';
import { otherRows } from './other.ts';
import { registryRows } from './registry.ts';
import { serviceRows } from './service.ts';
import { swarmRows } from './swarm.ts';
import { systemRows } from './system.ts';
import { volumeRows } from './volume.ts';

export interface TableFamily {
  /** First words of the spellings that have several. */
  readonly groups: readonly string[];
  rows(): readonly CommandRow[];
  /** By name and alias. */
  spellings(): ReadonlyMap<string, CommandRow>;
}

function family(groups: readonly string[], rows: () => readonly CommandRow[]): TableFamily {
  const spelled = (): ReadonlyMap<string, CommandRow> =>
    new Map(rows().flatMap((row) => [row.name, ...row.aliases].map((name) => [name, row] as const)));
  return { groups, rows, spellings: once(spelled) };
}

export const families: readonly TableFamily[] = [
  family(['container'], () => containerRows),
  family(['image', 'builder', 'buildx'], () => imageRows),
  family(['network'], () => networkRows),
  family(['volume'], () => volumeRows),
  family(['system'], () => systemRows),
  family([], () => registryRows),
  family(['swarm', 'node'], () => swarmRows),
  family(['service', 'stack'], () => serviceRows),
  family(['compose'], () => composeRows),
  family(
    ['config', 'secret', 'context', 'plugin', 'manifest', 'checkpoint', 'trust', 'builder', 'buildx'],
    () => otherRows,
  ),
];
