/** What can be asked of docker-tutor. A subcommand is a file: its words, its options, and the action they lead to. */
import type { Command } from 'commander';
import { addAuthor } from './author/command.ts';
import { addBundle } from './bundle/command.ts';
import { addCheck } from './check/command.ts';
import { addClean } from './clean.ts';
import { addCompletion } from './completion.ts';
import { addDoctor } from './doctor/command.ts';
import { addExplain } from './explain/command.ts';
import { addLab } from './lab.ts';
import { addList } from './list.ts';
import { addPlugin } from './plugin.ts';
import { addPractice } from './practice/command.ts';
import { addPrefetch } from './prefetch/command.ts';
import { addProgress } from './progress/command.ts';
import { addRun } from './run/command.ts';
import type { Go } from './subcommand.ts';
import { addTry } from './try/command.ts';

type Add = (program: Command, go: Go) => void;

/** By name, in the order help shows them. */
export const subcommands: ReadonlyMap<string, Add> = new Map<string, Add>([
  ['list', addList],
  ['run', addRun],
  ['practice', addPractice],
  ['progress', addProgress],
  ['explain', addExplain],
  ['try', addTry],
  ['doctor', addDoctor],
  ['check', addCheck],
  ['lab', addLab],
  ['prefetch', addPrefetch],
  ['bundle', addBundle],
  ['plugin', addPlugin],
  ['completion', addCompletion],
  ['clean', addClean],
  ['author', addAuthor],
]);
