/** The words and options of `docker-tutor doctor`. */
import type { Command } from 'commander';
import { examples, withEngine, type EngineOptions, type Go, type Session } from '../subcommand.ts';

export interface DoctorOptions extends EngineOptions {
  /** Also what can only be seen by doing it. */
  readonly deep?: boolean;
  /** Does the safe ones of what it advises, each after a yes. */
  readonly fix?: boolean;
  /** File that the evidence is written to. */
  readonly bundle?: string;
  /** In the bundle. */
  readonly hideHostNames?: boolean;
  readonly json?: boolean;
}

type Action = (options: DoctorOptions & Session) => Promise<number>;

export function addDoctor(program: Command, go: Go, action: Action = doctor): void {
  const command = program
    .command('doctor')
    .description('look at engine, machine and docker command, and name what is wrong')
    .addHelpText(
      'after',
      examples(
        ['doctor', 'what is wrong, why, and how to mend it'],
        ['doctor --deep', 'also pull, build, run, mount and publish'],
        ['doctor --fix', 'do what is safe, each after a yes'],
        ['doctor --host ssh://you@server', 'the engine of another machine'],
        ['doctor --bundle doctor.tar.gz', 'evidence to send to somebody, without secrets'],
      ),
    )
    .option('--deep', 'also what can only be seen by doing it; all that it makes is removed')
    .option('--fix', 'do the safe ones of what it advises, each after a yes')
    .option('--bundle <file>', 'write the evidence to a .tar.gz, without secrets and user names')
    .option('--hide-host-names', 'the bundle names no machine either')
    .option('--json', 'as JSON');
  withEngine(command).action((options: DoctorOptions) => go((session) => action({ ...options, ...session })));
}

async function doctor(options: DoctorOptions & Session): Promise<number> {
  return (await import('./doctor.ts')).doctorCommand(options);
}
