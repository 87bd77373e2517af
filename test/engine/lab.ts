/** What suites ask for the engine they run on. setup.ts finds it. */
import { describe, inject } from 'vitest';

export type EngineUnderTest =
  /** `address`: unix:///path. `labFolder`: where it is the lab; give it to processes as DOCKER_TUTOR_LAB_DIR. */
  { readonly address: string; readonly labFolder?: string } | { readonly skip: string };

declare module 'vitest' {
  export interface ProvidedContext {
    engineUnderTest: EngineUnderTest;
  }
}

function engineUnderTest(): EngineUnderTest {
  return inject('engineUnderTest');
}

export interface EngineGiven {
  readonly address: string;
  readonly socketPath: string;
  readonly labFolder?: string;
}

/** A suite that needs an engine. Where there is none, its tests are collected and skipped, and its name tells why. */
export function engineSuite(name: string, body: (engine: EngineGiven) => void): void {
  const engine = engineUnderTest();
  if ('skip' in engine)
    describe.skip(`${name} (no engine: ${engine.skip})`, () => body({ address: '', socketPath: '' }));
  else describe(name, () => body({ ...engine, socketPath: engine.address.replace(/^unix:\/\//, '') }));
}

/** As engineSuite, for what only the lab has. */
export function labSuite(name: string, body: (engine: EngineGiven & { readonly labFolder: string }) => void): void {
  const engine = engineUnderTest();
  if ('address' in engine && engine.labFolder === undefined) {
    describe.skip(`${name} (the engine under test is not the lab)`, () =>
      body({ address: '', socketPath: '', labFolder: '' }));
  } else {
    engineSuite(name, (given) => body({ ...given, labFolder: given.labFolder ?? '' }));
  }
}
