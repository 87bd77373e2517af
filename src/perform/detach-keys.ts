/** Keys that leave a session: recognised in what is typed, and kept from the container (moby/term's escape proxy). */
import { Buffer } from 'node:buffer';
import { Stopped } from '../plan/effects.ts';

const usual = 'ctrl-p,ctrl-q';

/** `ctrl-p,ctrl-q` → [16, 17]. @throws Stopped where a key is none, as the docker CLI words it */
export function keyCodes(keys: string | undefined): readonly number[] {
  const written = keys === undefined || keys === '' ? usual : keys;
  return written.split(',').map((key) => codeOf(key));
}

function codeOf(key: string): number {
  if (key.length === 1) return key.charCodeAt(0);
  const [, control] = /^ctrl-(.)$/s.exec(key.toLowerCase()) ?? [];
  if (control === 'DEL' || key === 'DEL') return 127;
  const code = control === undefined ? -1 : '@abcdefghijklmnopqrstuvwxyz[\\]^_'.indexOf(control);
  if (code < 0) throw new Stopped(`Unknown character: '${key}'`);
  return code;
}

export interface KeyWatch {
  /** What goes on to the container: keys that begin the sequence are held back until it is clear that they do not end it. */
  pass(typed: Uint8Array): { readonly bytes: Buffer; readonly detached: boolean };
}

export function watchKeys(codes: readonly number[]): KeyWatch {
  let held = 0;
  return {
    pass(typed) {
      const bytes: number[] = [];
      for (const byte of typed) {
        if (byte === codes[held]) {
          held += 1;
          if (held === codes.length) return { bytes: Buffer.from(bytes), detached: true };
          continue;
        }
        bytes.push(...codes.slice(0, held));
        held = byte === codes[0] ? 1 : 0;
        if (held === 0) bytes.push(byte);
      }
      return { bytes: Buffer.from(bytes), detached: false };
    },
  };
}
