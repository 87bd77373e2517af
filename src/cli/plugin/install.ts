/** docker-tutor as a plugin of the docker CLI: a small program in its folder, put there and taken away. */
import { lstatSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { configFolder } from '../../engine/connect/endpoint.ts';
import { Failure } from '../../failure.ts';
import { launcherMark, shellLauncher, writeWindowsLauncher } from './launcher.ts';

/** @returns lines that say what was done. @throws Failure where the place is taken or cannot be written */
export function installPlugin(): readonly string[] {
  return inPluginFolder(install);
}

/** @returns lines that say what was done. @throws Failure where what is there is not ours, or cannot be removed */
export function removePlugin(): readonly string[] {
  return inPluginFolder((_folder, file) => [remove(file)]);
}

function inPluginFolder(act: (folder: string, file: string) => readonly string[]): readonly string[] {
  const folder = join(configFolder({ env: process.env, home: homedir() }), 'cli-plugins');
  // the docker CLI takes files that end in .exe there, and no others (docker/cli, cli-plugins/manager/suffix_windows.go)
  const file = join(folder, process.platform === 'win32' ? 'docker-tutor.exe' : 'docker-tutor');
  try {
    return act(folder, file);
  } catch (cause) {
    throw cause instanceof Failure ? cause : notWritable(file, cause);
  }
}

function install(folder: string, file: string): string[] {
  const there = whatIsAt(file);
  if (there === 'another') throw taken(file);
  const [node, program] = [process.execPath, realpathSync(process.argv[1] ?? '')];
  mkdirSync(folder, { recursive: true });
  // a name without docker- in front is no plugin for the docker CLI while it is half written
  const half = join(folder, `.tutor-${String(process.pid)}${file.endsWith('.exe') ? '.exe' : ''}`);
  try {
    if (process.platform === 'win32') writeWindowsLauncher(half, node, program);
    else writeFileSync(half, shellLauncher(node, program), { mode: 0o755, flag: 'wx' });
    renameSync(half, file);
  } finally {
    rmSync(half, { force: true });
  }
  const passing = /[\\/]_npx[\\/]/.test(program)
    ? ['It starts the copy that npx keeps for a while: npm install -g docker-tutor makes one that stays.']
    : [];
  return [
    `${there === 'ours' ? 'Renewed' : 'Installed'} ${file}`,
    ...passing,
    'Now docker knows it too: docker tutor run hello-world',
  ];
}

function remove(file: string): string {
  const there = whatIsAt(file);
  if (there === 'another') throw taken(file);
  if (there === 'nothing') return `There is nothing to remove: ${file} does not exist.`;
  rmSync(file);
  return `Removed ${file}`;
}

function whatIsAt(file: string): 'nothing' | 'ours' | 'another' {
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (!found) return 'nothing';
  return found.isFile() && readFileSync(file).includes(launcherMark) ? 'ours' : 'another';
}

function taken(file: string): Failure {
  return new Failure(`${file} is there already, and docker-tutor did not make it.`, {
    code: 'plugin-taken',
    exitCode: 4,
    hints: [
      'Look at it, and move it away if you do not need it.',
      'Or keep plugins of your own elsewhere: DOCKER_CONFIG=<folder> docker-tutor plugin install',
    ],
  });
}

function notWritable(file: string, cause: unknown): Failure {
  return new Failure(`${file} cannot be changed.`, {
    code: 'plugin-not-writable',
    exitCode: 4,
    hints: ['DOCKER_CONFIG=<folder> chooses another folder for what docker keeps.'],
    evidence: [cause instanceof Error ? cause.message : String(cause)],
    cause,
  });
}
