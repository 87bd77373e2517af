/** What lint finds, at its place in the scenario. */
import type { Path } from '../yaml/places.ts';

export interface Finding {
  /** `error`: it cannot work, or proves nothing. `advice`: learners will miss it. */
  readonly severity: 'error' | 'advice';
  /** Stable name of the rule: `image-not-required`. */
  readonly rule: string;
  readonly path: Path;
  /** The key at the end of the path is meant, not its value. */
  readonly key?: boolean;
  readonly message: string;
}

export function error(rule: string, path: Path, message: string): Finding {
  return { severity: 'error', rule, path, message };
}

export function advice(rule: string, path: Path, message: string): Finding {
  return { severity: 'advice', rule, path, message };
}
