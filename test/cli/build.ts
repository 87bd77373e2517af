/** Tests of the built program run what the source says now. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export function setup(): void {
  const build = fileURLToPath(new URL('../../build/build.mjs', import.meta.url));
  execFileSync(process.execPath, [build, '--no-types', '--if-stale'], { stdio: 'inherit' });
}
