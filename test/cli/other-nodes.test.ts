/**
 * The built program on other versions of Node. DOCKER_TUTOR_TEST_NODES names their programs, with `:` between; `.ci/run`
 * fetches an old one, which is told what is wanted, and the current ones.
 */
import { spawnSync } from 'node:child_process';
import { delimiter } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { isBefore } from '../../src/version-order.ts';
import { engineSuite } from '../engine/lab.ts';
import { bin, environment, temporaryFolder } from './process.ts';

const programs = (process.env['DOCKER_TUTOR_TEST_NODES'] ?? '').split(delimiter).filter((path) => path !== '');
const nodes = programs.map((program) => ({
  program,
  version: spawnSync(program, ['-v'], { encoding: 'utf8' }).stdout.trim(),
}));
const isOld = ({ version }: { readonly version: string }): boolean => isBefore(version.slice(1), '20.17');

if (nodes.length === 0) test.skip('other versions of Node: DOCKER_TUTOR_TEST_NODES names none', () => undefined);
else
  engineSuite('on another Node', ({ address }) => {
    const home = temporaryFolder();
    afterAll(() => home.remove());
    const run = (program: string) =>
      spawnSync(program, [bin, 'run', 'hello-world', '--yes'], {
        encoding: 'utf8',
        timeout: 60_000,
        env: environment({ DOCKER_TUTOR_HOME: home.path, DOCKER_HOST: address }),
      });

    describe.each(nodes.filter((node) => !isOld(node)))('$version', ({ program }) => {
      test('a lesson passes, and nothing is said beside it', () => {
        const { status, stdout, stderr } = run(program);
        expect(stdout).toContain('scenario passed');
        expect(stderr).not.toMatch(/warning|deprecat|experimental/i);
        expect(status).toBe(0);
      });
    });

    describe.each(nodes.filter(isOld))('$version', ({ program, version }) => {
      test('one sentence says what is wanted, before anything is done', () => {
        const { status, stdout, stderr } = run(program);
        expect(stderr).toMatch(/^docker-tutor needs Node \S+ or later, and this is Node .*\n$/);
        expect(stderr).toContain(version.slice(1));
        expect({ status, stdout }).toEqual({ status: 4, stdout: '' });
      });
    });
  });
