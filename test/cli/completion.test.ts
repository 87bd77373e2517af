/** Completion, in the shells themselves. Those that are not on PATH are skipped, and say so. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bin, dockerTutor, environment, lacking, temporaryFolder } from './process.ts';

const folder = temporaryFolder();
const env = {
  PATH: `${folder.path}${delimiter}${process.env['PATH'] ?? ''}`,
  DOCKER_CONFIG: folder.path,
  HOME: folder.path,
};

beforeAll(() => {
  chmodSync(bin, 0o755);
  symlinkSync(bin, join(folder.path, 'docker-tutor'));
  mkdirSync(join(folder.path, 'here'));
  writeFileSync(join(folder.path, 'here', 'lesson.yaml'), '');
  for (const shell of ['bash', 'zsh', 'fish'])
    writeFileSync(join(folder.path, shell), dockerTutor(['completion', shell], env).stdout);
  writeFileSync(join(folder.path, 'powershell.ps1'), dockerTutor(['completion', 'powershell'], env).stdout);
});
afterAll(() => {
  folder.remove();
});

function inShell(program: string, script: string, ...args: string[]): string[] {
  const ran = spawnSync(program, [...args, '-c', script], {
    encoding: 'utf8',
    timeout: 30_000,
    env: environment(env),
    cwd: join(folder.path, 'here'),
  });
  expect(ran.stderr).toBe('');
  return ran.stdout.split('\n').filter((line) => line !== '');
}

/** What a shell offers for a line: the same in each, apart from order. */
const offers: readonly { readonly words: readonly string[]; readonly offered: readonly string[] }[] = [
  { words: ['comp'], offered: ['completion'] },
  { words: ['completion', ''], offered: ['bash', 'zsh', 'fish', 'powershell'] },
  { words: ['run', 'hello-w'], offered: ['hello-world'] },
  { words: ['run', 'les'], offered: ['lesson.yaml'] },
  { words: ['try', '--expl'], offered: ['--explain'] },
  { words: ['try', '--format', 'p'], offered: ['pretty', 'plain'] },
  { words: ['lab', 'u'], offered: ['up'] },
  { words: ['explain', 'docker', 'run', '--publish-'], offered: ['--publish-all'] },
  { words: ['run', '--context', 'def'], offered: ['default'] },
];

const sorted = (words: readonly string[]): string[] => words.map((word) => word.trim()).sort();

function suite(shell: string, body: () => void): void {
  const why = lacking(shell);
  describe.skipIf(why !== undefined)(why === undefined ? shell : `${shell} (${why})`, body);
}

suite('bash', () => {
  const complete = (words: readonly string[]): string[] => {
    const all = ['docker-tutor', ...words].map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
    const script = `source ${folder.path}/bash; COMP_WORDS=(${all}); COMP_CWORD=${String(words.length)}; _docker_tutor; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return sorted(inShell('bash', script, '--norc'));
  };

  test.each(offers)('$words offers $offered', ({ words, offered }) => {
    expect(complete(words)).toEqual(sorted(offered));
  });

  test('--format=p comes as three words', () => {
    expect(complete(['try', '--format', '=', 'pl'])).toEqual(['plain']);
    expect(complete(['try', '--format', '='])).toEqual(['json', 'plain', 'pretty']);
  });

  test('a quoted docker command is left alone', () => {
    expect(complete(['try', "'docker ru"])).toEqual([]);
    expect(complete(['explain', '"docker run --pub'])).toEqual([]);
  });

  test('the script is registered for docker-tutor', () => {
    expect(inShell('bash', `source ${folder.path}/bash; complete -p docker-tutor`, '--norc')).toEqual([
      'complete -F _docker_tutor docker-tutor',
    ]);
  });
});

suite('fish', () => {
  test.each(offers)('$words offers $offered', ({ words, offered }) => {
    const found = inShell(
      'fish',
      `source ${folder.path}/fish; complete -C 'docker-tutor ${words.join(' ')}'`,
      '--no-config',
    );
    expect(sorted(found.map((line) => line.split('\t')[0] ?? ''))).toEqual(sorted(offered));
  });
});

suite('zsh', () => {
  // the completion system itself needs a terminal: what it would be given stands in for it
  const stand = `compdef() { registered=$*; }; _describe() { local -a all; all=("\${(@P)2}"); print -rl -- "\${(@)all%%:*}"; }; _files() { print -rl -- \${words[CURRENT]}*(N); }`;
  test.each(offers)('$words offers $offered', ({ words, offered }) => {
    const all = ['docker-tutor', ...words].map((word) => `'${word}'`).join(' ');
    const script = `${stand}; source ${folder.path}/zsh; words=(${all}); CURRENT=$#words; _docker-tutor; [[ $registered == '_docker-tutor docker-tutor' ]]`;
    expect(sorted(inShell('zsh', script, '-f'))).toEqual(sorted(offered));
  });
});

suite('pwsh', () => {
  test.each(offers)('$words offers $offered', ({ words, offered }) => {
    const line = ['docker-tutor', ...words].join(' ');
    const found = inShell(
      'pwsh',
      `. ${folder.path}/powershell.ps1; (TabExpansion2 '${line}' ${String(line.length)}).CompletionMatches.CompletionText`,
      '-NoProfile',
      '-NonInteractive',
    );
    expect(sorted(found)).toEqual(sorted(offered));
  });
});

describe('__complete, as the docker CLI asks its plugins', () => {
  test('gives each candidate with its meaning, and ends with a directive', () => {
    const { stdout, status } = dockerTutor(['__complete', 'tutor', 'la'], env);
    expect(status).toBe(0);
    expect(stdout).toBe('lab\ta private, throw-away engine with an offline registry\n:4\n');
  });
});
