/** Performs a line that was typed for its own sake. */
import type { Command } from '../command/command.ts';
import type { DockersWords } from '../command/dockers-words.ts';
import { CommandError } from '../command/errors.ts';
import type { ParsedItem } from '../command/shell/script.ts';
import { withDocker } from '../command/shell/typed.ts';
import { Failure } from '../failure.ts';
import type { CredentialStore } from '../engine/login/logins.ts';
import type { Io } from '../perform/world.ts';
import { performShellLine } from '../perform/line/shell-line.ts';
import { hideSecretsIn } from '../secret.ts';
import type { CommandDone } from './try-command.ts';
import { tryCommand } from './try-command.ts';
import type { TryEngines } from './engines.ts';

/** Where lines are tried, and who hears of it. */
export interface TryScene {
  readonly engines: TryEngines;
  readonly shell: {
    readonly env: Readonly<Record<string, string | undefined>>;
    /** A variable that is not set gives nothing, as in the shell that the line is typed for. */
    readonly wholeEnv?: true;
    readonly cwd: string;
    readonly home: string;
  };
  /** Logins for registries. */
  readonly credentials: CredentialStore;
  /** Whether docker's output goes to a terminal. */
  readonly terminal: boolean;
  /** Whether a terminal is typed on. */
  readonly keyboard: boolean;
  /** Makes images available that the engine's registry lacks (the lab). */
  provide?(images: readonly string[], signal: AbortSignal): Promise<void>;
  /** The learner's streams for this command. */
  io(command: Command): Io;
  /** `docker`, `docker run --help`: asks for words, not for the engine. */
  help(item: ParsedItem): Promise<void>;
  done(done: CommandDone): void;
  /** A line that docker would not take: what it would print, and why that is so. */
  notTaken(failure: Failure, docker: DockersWords): void;
}

/**
 * @returns the exit code of the last command that was performed, or docker's own where it would not take the line
 * @throws Failure for what cannot be performed, before anything is, where that can be seen; the signal's reason
 */
export async function tryLine(written: string, scene: TryScene, signal: AbortSignal): Promise<number> {
  const text = withDocker(written);
  try {
    return await performShellLine(text, {
      shell: scene.shell,
      perform: (command, item, io) => tryCommand(command, item, io ?? scene.io(command), { scene, text, signal }),
      help: (item) => scene.help(item),
      complain: (chunk) => void process.stderr.write(chunk),
    });
  } catch (error) {
    if (!(error instanceof Failure && error.cause instanceof CommandError && error.cause.docker)) throw error;
    const { docker } = error.cause;
    scene.notTaken(error, { ...docker, text: hideSecretsIn(docker.text) });
    return docker.exitCode;
  }
}
