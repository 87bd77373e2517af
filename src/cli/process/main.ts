/** From the process to a command and back: arguments and signals in, an exit code and words for what went wrong out. */
import { answerAtOnce } from './at-once.ts';
import { settleHome } from './home.ts';
import { isPrinted } from './print.ts';

if (!process.env['HOME']) settleHome();
const argv = process.argv.slice(2);
const answer = answerAtOnce(argv);

if (answer) answer().then(answered, failed);
else void import('./run-to-end.ts').then(({ runToEnd }) => runToEnd(argv));

function end(exitCode: number): void {
  process.exitCode = exitCode;
}

/** Nothing is left to do: waiting for that, and taking its heap apart, costs node as much as the answer's own work. */
function answered(exitCode: number): void {
  end(exitCode);
  if (isPrinted()) process.exit();
}

async function failed(error: unknown): Promise<void> {
  const { sayError } = await import('./say-error.ts');
  end(await sayError(error, argv));
}
