/**
 * What a large build context costs in memory: `docker build` of a folder with a sparse file, by `docker-tutor try`.
 *   node bench/build-context.mjs -H unix:///…  [--megabytes 1024]
 * The image it makes is removed again. Exit code 3 where the limit is not kept.
 */
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { peakOf } from './measure.mjs';

/** MiB of resident memory, whatever the size of the context. */
const limit = 150;
const bin = fileURLToPath(new URL('../bin/docker-tutor.js', import.meta.url));

const { values: asked } = parseArgs({
  options: { host: { type: 'string', short: 'H' }, megabytes: { type: 'string', default: '1024' } },
});
if (asked.host === undefined) {
  process.stderr.write('Which engine? node bench/build-context.mjs -H unix:///var/run/docker.sock\n');
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'docker-tutor-context-'));
try {
  writeFileSync(join(folder, 'Dockerfile'), 'FROM scratch\nCOPY small /small\n');
  writeFileSync(join(folder, 'small'), 'x');
  writeFileSync(join(folder, 'large'), '');
  truncateSync(join(folder, 'large'), Number(asked.megabytes) * 1024 * 1024);
  const env = { DOCKER_TUTOR_HOME: join(folder, '.state') };
  writeFileSync(join(folder, '.dockerignore'), '.state\n');
  const peak = peakOf({
    name: 'docker build',
    file: process.execPath,
    args: [bin, 'try', '-H', asked.host, '--format', 'plain', `docker build ${folder}`],
    env,
  });
  peakOf({ name: 'clean', file: process.execPath, args: [bin, 'clean', '-H', asked.host], env });
  process.stdout.write(
    `docker build of ${asked.megabytes} MiB: peak ${peak.toFixed(0)} MiB, limit ${String(limit)} MiB\n`,
  );
  process.exitCode = peak > limit ? 3 : 0;
} finally {
  rmSync(folder, { recursive: true });
}
