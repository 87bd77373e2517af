// Given to node with --import: writes the peak resident memory of the process, in KiB, into the file NOTE_PEAK_IN.
import { writeFileSync } from 'node:fs';

process.once('exit', () => {
  writeFileSync(process.env.NOTE_PEAK_IN ?? '/dev/null', String(process.resourceUsage().maxRSS));
});
