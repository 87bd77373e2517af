// One line, `N passed, N failed, N skipped`, from vitest's own count. A file that does not load counts as one failure.
import { readFileSync } from 'node:fs';

const results = new URL('../test-results/vitest.json', import.meta.url);

/**
 * @typedef {{ assertionResults: { status: string }[], status: string }} TestFile
 * @typedef {{ success: boolean, numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number, testResults: TestFile[] }} Results
 */

/** @returns {Results | undefined} */
function read() {
  try {
    return /** @type {Results} */ (JSON.parse(readFileSync(results, 'utf8')));
  } catch {
    process.stderr.write('vitest left no results: it ended before the tests did.\n');
    return undefined;
  }
}

const found = read();
const unloaded =
  found?.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0) ?? [];
const passed = found?.numPassedTests ?? 0;
const failed = found ? found.numFailedTests + unloaded.length : 1;
const skipped = (found?.numPendingTests ?? 0) + (found?.numTodoTests ?? 0);
if (!found?.success || failed > 0) process.exitCode = 1;
process.stdout.write(`${String(passed)} passed, ${String(failed)} failed, ${String(skipped)} skipped\n`);
