/** The typed commands of run and create, which share their flags. */
import type { Command } from '../../../command/command.ts';
import type { FlagValues } from '../../../command/table.ts';
import type { containerCreate, containerRun } from '../../../command/tables/container.ts';

export type RunCommand = Command<(typeof containerRun)['flags']>;
export type CreateCommand = Command<(typeof containerCreate)['flags']>;
/** Flags of run; those that create lacks are absent there. */
export type ContainerFlags = FlagValues<(typeof containerRun)['flags']>;
