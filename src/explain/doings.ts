/** What a command did that leaves no difference on the engine, in sentences. Pure; names are the engine's, the caller cleans them. */
import { quote } from '../command/shell/quote.ts';
import type { Doing } from '../events/events.ts';

/** The longest command of a container that a sentence quotes, in characters. */
const longest = 60;

export function describeDoings(doings: readonly Doing[]): string[] {
  return doings.map(sentenceOf);
}

function sentenceOf(doing: Doing): string {
  switch (doing.did) {
    case 'ran':
      return `A container of ${doing.image} ran ${doing.command ? brief(doing.command) : 'its program'}${ended(doing.exitCode)}, and was removed (--rm).`;
    case 'ran-inside':
      return doing.exitCode === undefined
        ? `${brief(doing.command)} was started in ${doing.container}.`
        : `${brief(doing.command)} ran in ${doing.container} and ended with exit code ${String(doing.exitCode)}.`;
    case 'restarted':
      return `Restarted ${doing.container}.`;
    case 'set':
      return `Changed the settings of ${doing.container}.`;
    case 'copied-into':
      return `Copied files into ${doing.container}.`;
    case 'signalled':
      return `Sent ${doing.container} the signal ${doing.signal}.`;
    case 'pushed':
      return `The registry has ${doing.image} now.`;
    case 'created':
      return `Created ${doing.kind} ${doing.name}.`;
    case 'changed':
      return `Changed ${doing.kind} ${doing.name}.`;
    case 'removed':
      return `Removed ${doing.kind} ${doing.name}.`;
    case 'made-swarm':
      return 'The engine is the manager of a new swarm.';
    case 'joined-swarm':
      return 'The engine has joined the swarm.';
    case 'left-swarm':
      return 'The engine has left its swarm.';
    case 'set-swarm':
      return 'Changed the settings of the swarm.';
  }
}

function ended(exitCode: number | undefined): string {
  return exitCode === undefined ? '' : `, ended with exit code ${String(exitCode)}`;
}

function brief(command: readonly string[]): string {
  const line = command.map(quote).join(' ').replace(/\s+/g, ' ');
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}
