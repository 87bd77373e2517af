/** How the kernel was made: the places that moby’s check-config.sh looks in. */
import { readFileSync } from 'node:fs';
import { release } from 'node:os';
import { gunzipSync } from 'node:zlib';

/** Bytes; a kernel's configuration has some hundred thousand. */
const longest = 16 * 1024 * 1024;

export function kernelConfig(): { readonly path: string; readonly text: string } | undefined {
  const made = release();
  const places = [
    '/proc/config.gz',
    `/boot/config-${made}`,
    `/usr/lib/modules/${made}/config`,
    `/lib/modules/${made}/config`,
  ];
  for (const path of places) {
    try {
      const bytes = readFileSync(path);
      return {
        path,
        text: (path.endsWith('.gz') ? gunzipSync(bytes, { maxOutputLength: longest }) : bytes).toString('latin1'),
      };
    } catch {
      // not there, or closed to us: the next
    }
  }
  return undefined;
}
