/** From the process to a command and back: arguments and signals in, an exit code and words for what went wrong out. */
import { metadata, metadataQuestion } from './plugin-metadata.ts';
import { version } from '../version.ts';

const argv = process.argv.slice(2);

if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-v')) {
  // Answered before anything else is loaded: scripts ask for it often.
  process.stdout.write(`${version}\n`);
} else if (argv.length === 1 && argv[0] === metadataQuestion) {
  // The docker CLI asks each of its plugins for it at every `docker --help`.
  process.stdout.write(`${metadata()}\n`);
} else {
  void import('./run-to-end.ts').then(({ runToEnd }) => runToEnd(argv));
}
