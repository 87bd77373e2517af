/** Every table. A command line needs one of them or two: the spellings of each are gathered when a word that begins its commands is met. */
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

export interface Table {
  /** First words of the spellings that have several. Written here, and not gathered from the rows: it is asked of every table. */
  readonly groups: readonly string[];
  rows(): readonly CommandRow[];
  /** By name and alias. */
  spellings(): ReadonlyMap<string, CommandRow>;
}

function table(groups: readonly string[], rows: () => readonly CommandRow[]): Table {
  const spelled = (): ReadonlyMap<string, CommandRow> =>
    new Map(rows().flatMap((row) => [row.name, ...row.aliases].map((name) => [name, row] as const)));
  return { groups, rows, spellings: once(spelled) };
}

export const tables: readonly Table[] = [
  table(['container'], () => containerRows),
  table(['image', 'builder', 'buildx'], () => imageRows),
  table(['network'], () => networkRows),
  table(['volume'], () => volumeRows),
  table(['system'], () => systemRows),
  table([], () => registryRows),
  table(['swarm', 'node'], () => swarmRows),
  table(['service', 'stack'], () => serviceRows),
  table(['compose'], () => composeRows),
  table(
    ['config', 'secret', 'context', 'plugin', 'manifest', 'checkpoint', 'trust', 'builder', 'buildx'],
    () => otherRows,
  ),
];
