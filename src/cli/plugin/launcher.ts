/** The small program that the docker CLI starts in our place: it starts node with docker-tutor. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../../failure.ts';

/** In every launcher, so that ours are known from others. */
export const launcherMark = 'launcher made by docker-tutor plugin install';

/** For a POSIX shell. Another node than the one of today is fine; another place of docker-tutor is not. */
export function shellLauncher(node: string, program: string): string {
  return `#!/bin/sh
# ${launcherMark}; docker-tutor plugin remove takes it away
node=${quoted(node)}
program=${quoted(program)}
[ -x "$node" ] || node=node
if [ ! -f "$program" ]; then
  echo "docker-tutor is no longer at $program: install the plugin anew with docker-tutor plugin install" >&2
  exit 1
fi
exec "$node" "$program" "$@"
`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/**
 * The docker CLI on Windows takes an .exe only, and every Windows brings a C# compiler. The arguments are handed on
 * as they stand in the command line: taking them apart and putting them together again would change some.
 */
export function windowsLauncherSource(node: string, program: string): string {
  return `using System;
using System.Diagnostics;
[assembly: System.Reflection.AssemblyDescription("${launcherMark}")]
static class Launcher {
  static int Main() {
    string line = Environment.CommandLine;
    int end = line.StartsWith("\\"") ? line.IndexOf('"', 1) + 1 : (line + " ").IndexOf(' ');
    var start = new ProcessStartInfo(${literal(node)}, "\\"" + ${literal(program)} + "\\"" + line.Substring(end));
    start.UseShellExecute = false;
    Console.CancelKeyPress += (sender, key) => { key.Cancel = true; };
    using (var child = Process.Start(start)) {
      child.WaitForExit();
      return child.ExitCode;
    }
  }
}
`;
}

function literal(text: string): string {
  return `@"${text.replaceAll('"', '""')}"`;
}

/** @throws Failure where the compiler is not there, or does not take it */
export function writeWindowsLauncher(file: string, node: string, program: string): void {
  const compiler = compilers(process.env['SystemRoot'] ?? 'C:\\Windows').find((path) => existsSync(path));
  if (compiler === undefined) throw noCompiler([]);
  const folder = mkdtempSync(join(tmpdir(), 'docker-tutor-'));
  try {
    const source = join(folder, 'launcher.cs');
    writeFileSync(source, windowsLauncherSource(node, program));
    const made = spawnSync(compiler, ['/nologo', '/target:exe', `/out:${file}`, source], {
      encoding: 'utf8',
      timeout: 60_000,
      windowsHide: true,
    });
    if (made.status !== 0)
      throw noCompiler([made.stdout.trim(), made.error?.message ?? ''].filter((text) => text !== ''));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Where .NET Framework 4 has it, on 64 and 32 bits. */
function compilers(windows: string): readonly string[] {
  return ['Framework64', 'Framework'].map((kind) => `${windows}\\Microsoft.NET\\${kind}\\v4.0.30319\\csc.exe`);
}

function noCompiler(evidence: readonly string[]): Failure {
  return new Failure(
    'On Windows the docker CLI takes plugins that are .exe files only, and the C# compiler of .NET Framework 4, which would make one, did not.',
    {
      code: 'plugin-no-compiler',
      exitCode: 4,
      hints: ['docker-tutor works without the plugin: docker-tutor run hello-world'],
      evidence,
    },
  );
}
