/**
 * The engine that the tests run on, once a run: the one named by DOCKER_TUTOR_TEST_ENGINE, else the lab, which is
 * taken down again if this run started it. Where neither can be had, suites are skipped with the reason;
 * DOCKER_TUTOR_REQUIRE_ENGINE=1 makes a failure of that.
 */
import type { TestProject } from 'vitest/node';
import { connect } from '../../src/engine/connect/connect.ts';
import type { EngineAbout } from '../../src/engine/engine.ts';
import { Failure } from '../../src/failure.ts';
import { ask } from '../../src/lab/http.ts';
import { ensureImages } from '../../src/lab/images/images.ts';
import { labDown, labUp } from '../../src/lab/lab.ts';
import { labProgress } from '../../src/report/answers/lab.ts';
import type { EngineUnderTest } from './lab.ts';
import { pulled, setAside } from './images-there.ts';

/** The lab's packages may take ten minutes to install on a slow line; then it starts, and its images are made. */
const limit = 900_000;

export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const { engine, end } = await findEngine();
  if ('skip' in engine && process.env['DOCKER_TUTOR_REQUIRE_ENGINE'] === '1') {
    throw new Error(`DOCKER_TUTOR_REQUIRE_ENGINE is set, and there is no engine to test on: ${engine.skip}`);
  }
  project.provide('engineUnderTest', engine);
  return end;
}

async function findEngine(): Promise<{ engine: EngineUnderTest; end?: () => Promise<void> }> {
  const named = process.env['DOCKER_TUTOR_TEST_ENGINE'];
  if (named) {
    const { address } = await namedEngine(named);
    const engine = { address, about: await aboutOf(address) };
    return { engine, end: await pulled(socketOf(address), 'busybox') };
  }
  const report = labProgress(process.stderr, false);
  const signal = AbortSignal.timeout(limit);
  try {
    const lab = await labUp({ consent: () => Promise.resolve(true), signal, report });
    await ensureImages(['hello-world', 'busybox', 'alpine'], { signal, report });
    const { address } = lab.endpoint;
    const engine = { address, about: await aboutOf(address), labFolder: lab.folder };
    const socketPath = socketOf(address);
    const undo = [await setAside(socketPath, 'hello-world'), await pulled(socketPath, 'busybox')];
    const end = async (): Promise<void> => {
      for (const step of undo) await step();
      if (lab.started) await labDown({ signal: AbortSignal.timeout(60_000), report });
    };
    return { engine, end };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { engine: { skip: [`${error.code}: ${error.message}`, ...error.evidence].join('\n') } };
  }
}

/** One that was named and does not answer is a mistake, never a reason to skip. */
async function namedEngine(address: string): Promise<{ readonly address: string }> {
  const socketPath = /^unix:\/\/(\/.+)$/.exec(address)?.[1];
  if (socketPath === undefined) throw new Error(`DOCKER_TUTOR_TEST_ENGINE must be unix:///path, and is ${address}`);
  const { status } = await ask({ socketPath }, { path: '/_ping', signal: AbortSignal.timeout(limit), limit: 10_000 });
  if (status !== 200) throw new Error(`DOCKER_TUTOR_TEST_ENGINE answers with status ${status}`);
  return { address };
}

async function aboutOf(address: string): Promise<EngineAbout> {
  const engine = await connect({ address, from: 'host-option' }, { signal: AbortSignal.timeout(limit) });
  engine.close();
  return engine.about;
}

function socketOf(address: string): string {
  return address.replace(/^unix:\/\//, '');
}
