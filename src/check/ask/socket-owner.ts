/** Who owns the socket of the engine, and who may write to it. */
import { readFile, stat } from 'node:fs/promises';
import { isAddress, parseAddress } from '../../engine/connect/address.ts';

/**
 * `owner root, group docker, srw-rw----`, type and rights as ls -l shows them; numbers where this machine has no name for them.
 * @returns undefined where the engine is not asked at a socket of this machine
 * @throws where the socket cannot be looked at
 */
export async function socketOwner(address: string): Promise<string | undefined> {
  const parsed = parseAddress(address);
  if (!isAddress(parsed) || parsed.kind !== 'socket') return undefined;
  const { uid, gid, mode } = await stat(parsed.path);
  return `owner ${await nameOf('/etc/passwd', uid)}, group ${await nameOf('/etc/group', gid)}, ${rights(mode)}`;
}

/** Both files have the name first and the number third: passwd(5), group(5). */
async function nameOf(file: string, id: number): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => ''); // not every system has it
  const fields = text.split('\n').map((line) => line.split(':'));
  return fields.find(([name, , number]) => name && number === String(id))?.[0] ?? String(id);
}

/** The s is for socket: nothing else answers there. */
function rights(mode: number): string {
  return 's' + [...'rwxrwxrwx'].map((letter, i) => (mode & (0o400 >> i) ? letter : '-')).join('');
}
