/** Images are made for a lab that is up. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { ensureImages } from '../../../src/lab/images/images.ts';

test('where it is down, that is said, and how to start it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'docker-tutor-no-lab-'));
  vi.stubEnv('DOCKER_TUTOR_LAB_DIR', folder);
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });
  const making = ensureImages(['busybox'], { signal: new AbortController().signal });
  await expect(making).rejects.toMatchObject({ code: 'E-LAB-DOWN', exitCode: 4 });
});
