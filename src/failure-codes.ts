/**
 * Every code that a Failure can have, with what it means. Scripts rely on codes: one that is here stays. Causes in the
 * engine and the machine, `E-…`, have more to say and stand in causes/; docs/problem-codes.md is made of both.
 */
import type { CauseId, explanations } from './causes/catalogue.ts';

/** Of a command line that docker would not take either. */
export const commandCodes = {
  'unclosed-quote': 'A quote in the line is never closed.',
  'unclosed-substitution': 'A $( or a ${ in the line is never closed.',
  'nested-too-deep': 'Commands stand inside commands, more than can be followed.',
  'not-docker': 'The line is no docker command.',
  'no-command': 'There is no command in the text.',
  'unknown-command': 'docker has no such command.',
  'unknown-flag': 'The command has no such flag.',
  'missing-value': 'The flag wants a value, and has none.',
  'bad-value': 'The value is none that the flag or the operand can have.',
  'too-few-operands': 'The command wants more than was given.',
  'too-many-operands': 'The command wants less than was given.',
  'not-a-command':
    'The text is more, less or something else than one docker command: a usage line, a redirection, a prompt.',
} as const;

/** Of docker-tutor’s own command line, of files, and of what it does not do. */
export const ownCodes = {
  'address-elsewhere':
    'A scenario asks an address that is neither a port its run has published nor one it has a permission for.',
  'archive-unreadable': 'The names in an image archive cannot be read, so it is not loaded.',
  'bad-id': 'The text cannot be the id of a scenario.',
  'bad-language': 'The text cannot be the name of a language.',
  'bundle-damaged': 'A file in a bundle is not as it was written, or is none of a bundle’s; nothing was loaded.',
  'bundle-export': 'What the engine has exported for a bundle cannot be read.',
  'bundle-image-missing': 'An image that a bundle is to have is not on the engine, or has no tag.',
  'bundle-names-taken': 'Names of images in a bundle belong to other images on the engine.',
  'bundle-not-loaded': 'The engine took an image of a bundle, and does not have it.',
  'bundle-taken': 'Where a bundle is to be written there is something already.',
  'bundle-too-large': 'A layer is larger than a file of a bundle can be.',
  'bundle-unreadable': 'The file is no bundle.',
  'bundle-unwritable': 'The file of a bundle cannot be written.',
  bug: 'docker-tutor itself is wrong; the report that it names on stderr tells where.',
  'check-unknown': 'The scenario expects something that this version cannot look at.',
  'command-endless': 'A command of a step was not done after the longest that any may take.',
  'command-failed': 'A command of a step’s list failed, so those after it were not run.',
  'command-missing': 'No docker command was given.',
  'conflicting-options': 'Two options name different engines, or both want stdout.',
  'engine-version': 'The scenario wants another version of Docker Engine.',
  'file-missing': 'A file that was named cannot be read: one to explain, or a script.',
  'file-silent': 'A pipe is in a file’s place, and nothing has come from it for too long.',
  'file-too-large': 'The file is far larger than a text of its kind, or has no end.',
  'files-not-copied': 'Among the scenario’s files is something that is neither file, folder nor link.',
  'folder-not-made': 'The folder of a new scenario could not be made.',
  'image-here': 'An image that a scenario is about to pull for another platform is on the engine already.',
  'image-not-fetched': 'An image that lessons use could not be fetched, and the engine has not said why.',
  interrupted: 'Ctrl-C, a signal, or a reader that went away.',
  'nobody-there': 'What a learner does is done at a terminal, and there is none.',
  'no-lesson-left': 'Of the lessons that were asked for, none is left to check.',
  'not-a-file': 'A folder, a pipe or a device is where a file is read or written.',
  'not-a-permission': 'The value of a variable makes no permission.',
  'not-a-port': 'A variable that stands for a port has a value that is none.',
  'endless-pattern': 'A pattern of a scenario takes too long to be tried on what it looks at.',
  'not-an-address': 'A scenario asks something that is no address of a web server.',
  'not-performed': 'The line asks for something that docker-tutor does not perform.',
  'not-rebuilt': 'A lesson cannot go on where it was left: a step before did not come about again.',
  'not-yours-to-change': 'What the command would change was not made by docker-tutor, and nobody has agreed.',
  'outside-workspace': 'The path leads out of the scenario’s workspace.',
  output: 'What is printed could not be written.',
  'pages-taken': 'Where pages are to be written there is something that docker-tutor did not write.',
  'pages-unwritable': 'The folder of pages cannot be written.',
  'permission-missing': 'A command needs a permission that the scenario does not ask for.',
  'permission-not-given': 'The scenario asks for permissions that nobody has given.',
  'plugin-no-compiler': 'The plugin of the docker CLI could not be made on this system.',
  'plugin-not-writable': 'The plugin’s file cannot be changed.',
  'plugin-taken': 'A file that docker-tutor did not make is where the plugin would be.',
  'replace-not-once': 'The text that a step replaces is not in the file exactly once.',
  'report-unwritable': 'The file of a report cannot be written.',
  'run-unknown': 'The text is not the id of a run.',
  'scenario-invalid': 'The scenario has mistakes; each is named with its place.',
  'scenario-missing': 'No scenario was named.',
  'step-unknown': 'The scenario has no such step.',
  'scenario-unknown': 'There is no scenario of this name.',
  'scenario-unreadable': 'The scenario’s file cannot be read.',
  'scenarios-missing': 'The scenarios that belong to docker-tutor are not where they should be.',
  'two-things': 'A command and a file were given to be explained at once.',
  'unknown-variable': 'A variable that nothing gives a value, or that the scenario does not have.',
} as const;

export type CommandErrorCode = keyof typeof commandCodes;
export type FailureCode = CauseId | keyof typeof explanations | CommandErrorCode | keyof typeof ownCodes;
