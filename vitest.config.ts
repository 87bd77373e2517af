import { defineConfig } from 'vitest/config';
import { builtSource } from './test/built/plugin.ts';
import { isPure, testsIn } from './test/reach.ts';

const count = 'test-results/vitest.json';
/** Tests of what was built that need no engine. */
const built = [
  'test/boundaries.test.ts',
  'test/cli/explain.test.ts',
  'test/cli/pack.test.ts',
  'test/cli/command-line.test.ts',
  'test/cli/completion.test.ts',
  'test/cli/broken-machine.test.ts',
  'test/cli/lab-faults.test.ts',
  'test/cli/doctor-conditions.test.ts',
  'test/cli/pages.test.ts',
];

const unit = testsIn('test/unit');
const pure = unit.filter(isPure);
/** Of the language of docker, and of what is said of it: signs, patterns and texts that a build might spoil. */
const tables = pure.filter((path) => /^test\/unit\/(?:command|explain)\/|^test\/unit\/[^/]+$/.test(path));

// What the program says is compared in English, whatever language the one who tests speaks.
process.env['LC_ALL'] = 'C.UTF-8';

export default defineConfig({
  test: {
    // The last line of .ci/run is counted from this file.
    reporters: ['default', ['json', { outputFile: count }]],
    projects: [
      {
        test: {
          name: 'pure',
          include: [...pure, 'test/reach.test.ts'],
          // They share nothing but what is never changed: each file need not load it all again.
          isolate: false,
          pool: 'threads',
          testTimeout: 5_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        // Processes and sockets take as long as the machine has other things to do.
        test: {
          name: 'machine',
          include: unit.filter((path) => !pure.includes(path)),
          testTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        plugins: [builtSource(tables)],
        test: {
          name: 'built-tables',
          include: tables,
          testTimeout: 5_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'built',
          include: built,
          globalSetup: ['test/cli/build.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'engine',
          include: ['test/engine/**/*.test.ts'],
          globalSetup: ['test/engine/setup.ts'],
          // One engine is shared, and some tests compare all that is on it before and after.
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 300_000,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'hostile',
          include: ['test/hostile/**/*.test.ts'],
          globalSetup: ['test/hostile/setup.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 300_000,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'cli',
          include: ['test/cli/**/*.test.ts'],
          exclude: built,
          globalSetup: ['test/cli/build.ts', 'test/engine/setup.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 300_000,
          sequence: { groupOrder: 3 },
        },
      },
      {
        test: {
          name: 'faults',
          include: ['test/faults/**/*.test.ts'],
          globalSetup: ['test/cli/build.ts', 'test/engine/setup.ts'],
          // What is on the engine is compared before and after.
          fileParallelism: false,
          testTimeout: 120_000,
          sequence: { groupOrder: 4 },
        },
      },
      {
        test: {
          name: 'lessons',
          include: ['test/lessons/**/*.test.ts'],
          globalSetup: ['test/cli/build.ts', 'test/engine/setup.ts'],
          sequence: { groupOrder: 6 },
        },
      },
      {
        test: {
          name: 'kills',
          include: ['test/kills/**/*.test.ts'],
          globalSetup: ['test/cli/build.ts', 'test/engine/setup.ts'],
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 300_000,
          sequence: { groupOrder: 5 },
        },
      },
    ],
  },
});
