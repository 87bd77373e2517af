/** Plans are loaded by family, when a command of it is performed or explained: no command needs them all. */
import type { Command } from '../../command/command.ts';
import type { CommandRow } from '../../command/table.ts';
import type { Plan, PlanContext } from '../effects.ts';

export type FamilyName =
  'container' | 'image' | 'network' | 'volume' | 'registry' | 'prune' | 'answers' | 'swarm' | 'compose';

/** Plans by the name of their command. */
export type Family = ReadonlyMap<string, (command: Command, context: PlanContext) => Plan>;

export type Families = Readonly<Partial<Record<FamilyName, Family>>>;

const swarmGroups: ReadonlySet<string> = new Set(['swarm', 'node', 'service', 'stack']);
/** These print what the engine says through a template. */
const answers: ReadonlySet<string> = new Set([
  'df',
  'events',
  'history',
  'info',
  'inspect',
  'ls',
  'search',
  'show',
  'stats',
  'version',
]);

/** The family that performs a command. */
export function familyOf({ name }: Pick<CommandRow, 'name'>): FamilyName {
  const group = name.split(' ', 1)[0] ?? name;
  const verb = name.slice(name.lastIndexOf(' ') + 1);
  if (group === 'compose') return 'compose';
  if (swarmGroups.has(group)) return 'swarm';
  if (verb === 'prune') return 'prune';
  if (answers.has(verb)) return 'answers';
  return group === 'image' || group === 'network' || group === 'volume' || group === 'container' ? group : 'registry';
}
