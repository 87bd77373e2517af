/** From the process to a command and back: arguments and signals in, an exit code and words for what went wrong out. */
import { answerAtOnce } from './at-once.ts';
import { metadata, metadataQuestion } from './plugin-metadata.ts';
import { print } from './print.ts';
import { version } from '../version.ts';

const argv = process.argv.slice(2);

if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-v')) {
  // Answered before anything else is loaded: scripts ask for it often.
  print(`${version}\n`);
} else if (argv.length === 1 && argv[0] === metadataQuestion) {
  // The docker CLI asks each of its plugins for it at every `docker --help`.
  print(`${metadata()}\n`);
} else {
  const answer = answerAtOnce(argv);
  if (answer) {
    answer().then((exitCode) => {
      process.exitCode = exitCode;
    }, wholeProgram); // which meets the same error, and knows how to say it
  } else {
    wholeProgram();
  }
}

function wholeProgram(): void {
  void import('./run-to-end.ts').then(({ runToEnd }) => runToEnd(argv));
}
