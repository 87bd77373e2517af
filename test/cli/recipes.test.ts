/** The recipes, as they are in the repository: what each performs is performed here, with one lesson, and its report is read. */
import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { load } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../build/paths.mjs';
import { engineSuite, provideImagesOf } from '../engine/lab.ts';

const recipes = join(root, 'recipes');
const text = (file: string): Promise<string> => readFile(join(recipes, file), 'utf8');
const yaml = async <T>(file: string): Promise<T> => load(await text(file)) as T;
const start = promisify(execFile);

interface Action {
  readonly inputs: { readonly lessons: { readonly default: string } };
  readonly runs: {
    readonly using: string;
    readonly steps: readonly { readonly run: string; readonly shell: string }[];
  };
}
interface Job {
  readonly spec: {
    readonly template: {
      readonly spec: {
        readonly restartPolicy: string;
        readonly containers: readonly [
          { readonly command: readonly string[]; readonly volumeMounts: readonly [{ readonly name: string }] },
        ];
        readonly volumes: readonly [{ readonly name: string; readonly hostPath: { readonly path: string } }];
      };
    };
  };
}

/** The shell line of each recipe, as its own system would take it from the file. */
const lineOf: Readonly<Record<string, () => Promise<string>>> = {
  'github/action.yml': async () => {
    const { runs, inputs } = await yaml<Action>('github/action.yml');
    return (runs.steps[0]?.run ?? '').replace('$LESSONS', inputs.lessons.default);
  },
  'gitlab-ci.yml': async () => {
    const { 'docker-tutor': job } = await yaml<{ readonly 'docker-tutor': { readonly script: string } }>(
      'gitlab-ci.yml',
    );
    return job.script;
  },
  Jenkinsfile: async () => /sh '([^']+)'/.exec(await text('Jenkinsfile'))?.[1] ?? '',
  'systemd/docker-tutor.service': async () =>
    /^ExecStart=(.+)$/m.exec(await text('systemd/docker-tutor.service'))?.[1] ?? '',
  'kubernetes-job.yaml': async () =>
    (await yaml<Job>('kubernetes-job.yaml')).spec.template.spec.containers[0].command.join(' '),
};

describe('a recipe', () => {
  test('is under ten lines', async () => {
    const files = (await readdir(recipes, { recursive: true, withFileTypes: true })).filter((one) => one.isFile());
    expect(files.length).toBeGreaterThanOrEqual(7);
    for (const { parentPath, name } of files)
      expect((await readFile(join(parentPath, name), 'utf8')).trim().split('\n').length, name).toBeLessThan(10);
  });

  test('of GitHub: a composite action, and the workflow that uses it', async () => {
    const { runs } = await yaml<Action>('github/action.yml');
    expect(runs.using).toBe('composite');
    expect(runs.steps.every(({ shell }) => shell === 'bash')).toBe(true);
    // what is put into a script by the workflow is a script itself: an input is handed over as a variable
    expect(runs.steps.every(({ run }) => !run.includes('${{'))).toBe(true);
    const { jobs } = await yaml<{ jobs: { check: { steps: { uses: string }[] } } }>('github/workflow.yml');
    expect(jobs.check.steps.map(({ uses }) => uses)).toContain('./recipes/github');
  });

  test('of Kubernetes: the container is given the socket that the job mounts', async () => {
    const { containers, volumes, restartPolicy } = (await yaml<Job>('kubernetes-job.yaml')).spec.template.spec;
    expect(restartPolicy).toBe('Never');
    expect(containers[0].volumeMounts[0].name).toBe(volumes[0].name);
    expect(volumes[0].hostPath.path).toBe('/var/run/docker.sock');
  });
});

engineSuite('what a recipe performs', (engine) => {
  const { address, labFolder } = engine;
  let folder: string;
  beforeAll(async () => {
    await provideImagesOf(['hello-world'], engine);
    folder = await mkdtemp(join(tmpdir(), 'docker-tutor-recipes-'));
    await mkdir(join(folder, 'bin'));
    // npx as it would be where docker-tutor is published; one lesson stands for all
    const npx = `#!/bin/sh\n[ "$1 $2" = '--yes docker-tutor' ] || exit 64\nshift 2\nexec "${process.execPath}" "${join(root, 'bin/docker-tutor.js')}" "$@" --only hello-world\n`;
    await writeFile(join(folder, 'bin', 'npx'), npx);
    await chmod(join(folder, 'bin', 'npx'), 0o755);
  });
  afterAll(() => rm(folder, { recursive: true }));

  test.each(Object.entries(lineOf))('%s', async (_, line) => {
    const written = (await line()).replace('/var/lib/prometheus/node-exporter/', `${folder}/`);
    expect(written).toMatch(/^npx --yes docker-tutor check/);
    const env = {
      ...process.env,
      PATH: `${join(folder, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`,
      DOCKER_HOST: address,
      DOCKER_TUTOR_HOME: join(folder, 'home'),
      ...(labFolder !== undefined && { DOCKER_TUTOR_LAB_DIR: labFolder }),
    };
    const { stdout } = await start('sh', ['-c', written], { cwd: folder, env, encoding: 'utf8' });
    const file = /--report (?:junit|prometheus)=(\S+)/.exec(written)?.[1];
    const report = file === undefined ? stdout : await readFile(join(folder, file.replace(`${folder}/`, '')), 'utf8');
    expect(report).toContain('hello-world');
  });

  test('systemd: the units are taken as they are', async (context) => {
    const units = ['docker-tutor.service', 'docker-tutor.timer'].map((name) => join(recipes, 'systemd', name));
    const path = `${join(folder, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`;
    const verified = await start('systemd-analyze', ['verify', ...units], {
      env: { ...process.env, PATH: path },
    }).catch((error: unknown) => error as { readonly code: string | number; readonly stderr: string });
    if ('code' in verified && verified.code === 'ENOENT') context.skip('systemd-analyze is not here');
    const { stderr } = verified;
    // npx is wherever the machine has it
    expect(stderr.split('\n').filter((said) => said.includes('docker-tutor') && !said.includes('npx'))).toEqual([]);
  });
});
