/** What suites ask for the engine they run on. setup.ts finds it. */
import { describe, inject } from 'vitest';
import { ensureImages } from '../../src/lab/images/images.ts';
import type { EngineAbout } from '../../src/engine/engine.ts';
import { Failure } from '../../src/failure.ts';
import { assertEngine } from '../../src/run/requirements.ts';
import { imagesUsed } from '../../src/scenario/images-of.ts';
import { findScenario, shippedScenarios, type CatalogueEntry } from '../../src/scenario/catalogue.ts';

export type EngineUnderTest =
  /** `address`: unix:///path. `labFolder`: where it is the lab; give it to processes as DOCKER_TUTOR_LAB_DIR. */
  { readonly address: string; readonly about: EngineAbout; readonly labFolder?: string } | { readonly skip: string };

declare module 'vitest' {
  export interface ProvidedContext {
    engineUnderTest: EngineUnderTest;
  }
}

function engineUnderTest(): EngineUnderTest {
  return inject('engineUnderTest');
}

/** The shipped lessons that this engine is good enough for; all where there is none. */
export function lessonsForEngine(): readonly string[] {
  const engine = engineUnderTest();
  const fits = (entry: CatalogueEntry): boolean => {
    if ('skip' in engine) return true;
    try {
      assertEngine({ requires: entry.requires, steps: [] }, engine);
      return true;
    } catch (error) {
      if (error instanceof Failure) return false;
      throw error;
    }
  };
  return shippedScenarios()
    .filter(fits)
    .map(({ id }) => id);
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

/** Where the lab makes images from packages, which takes minutes once. */
const providingMs = 900_000;

/**
 * After it the engine can pull what these lessons need: setup.ts has provided little. One that is not the lab pulls from
 * where it always does.
 */
export async function provideImagesOf(lessons: readonly string[], { labFolder }: EngineGiven): Promise<void> {
  if (labFolder === undefined) return;
  const found = await Promise.all(lessons.map((lesson) => findScenario(lesson)));
  const images = new Set(found.flatMap(({ scenario: { requires } }) => imagesUsed(requires)));
  await ensureImages([...images], { signal: AbortSignal.timeout(providingMs) });
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
