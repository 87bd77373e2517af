/** What a probe has seen, in sentences. Pure; what it has from elsewhere is as it came. */
import type { ProbeDone } from './events.ts';

const words: Readonly<Record<ProbeDone['state'], string>> = {
  pass: 'fine',
  warn: 'mind',
  fail: 'not fine',
  blocked: 'could not be looked at',
  unknown: 'no answer',
};

/** `Disk space: not fine, 2 GB left [E-DISK-LOW]`, then why and how to mend it. */
export function probeLines(probe: Omit<ProbeDone, 'type'>): string[] {
  const { title, state, observed, code, explanation, hints } = probe;
  const seen = observed === undefined ? '' : `, ${observed}`;
  const named = code === undefined ? '' : ` [${code}]`;
  const more = state === 'pass' ? [] : [...(explanation === undefined ? [] : [explanation]), ...hints];
  return [`${title}: ${words[state]}${seen}${named}`, ...more];
}
