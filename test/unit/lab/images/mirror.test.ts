/** Images are made from where this system has its packages. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';

test('a system whose apt-get names no source: E-LAB-IMAGE, and how to see what it names', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'docker-tutor-no-source-'));
  writeFileSync(join(folder, 'apt-get'), '#!/bin/sh\nexit 0\n', { mode: 0o755 });
  vi.stubEnv('PATH', `${folder}${delimiter}${process.env['PATH'] ?? ''}`);
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });
  // PATH is read once
  vi.resetModules();
  const { systemMirror } = await import('../../../../src/lab/images/mirror.ts');
  await expect(systemMirror(new AbortController().signal)).rejects.toMatchObject({
    code: 'E-LAB-IMAGE',
    exitCode: 4,
    hints: [expect.stringContaining('apt-get indextargets')],
  });
});
