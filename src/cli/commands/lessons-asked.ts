/** The lessons that a command is about, by name or all of them, and the images they need. */
import { Failure } from '../../failure.ts';
import { findScenario, shippedFile, shippedScenarios } from '../../scenario/catalogue.ts';
import { imagesOf, imagesUsedBy } from '../../scenario/images-of.ts';
import type { LoadedScenario } from '../../scenario/load.ts';

export interface AskedFor {
  readonly lessons: readonly (LoadedScenario & {
    /** Of the scenario, also of a shipped one. */
    readonly file: string;
  })[];
  /** What is fetched ahead, as the lessons write it, each once. */
  readonly images: readonly string[];
  /** Those that the lab provides: what their steps pull by themselves, too. */
  readonly used: readonly string[];
  /** Those of them that are not fetched ahead. */
  readonly pulledThen: readonly string[];
}

/** @param command of docker-tutor, for the hint. @throws Failure where none is named, or one is unknown */
export async function lessonsAsked(asked: readonly string[], all: boolean, command: string): Promise<AskedFor> {
  const ids = all ? shippedScenarios().map(({ id }) => id) : [...new Set(asked)];
  if (ids.length === 0) throw noneNamed(command);
  const found = await Promise.all(ids.map((id) => findScenario(id)));
  const lessons = [...new Map(found.map((one) => [one.scenario.id, one])).values()];
  const [images, used] = [imagesOf(lessons), imagesUsedBy(lessons)];
  return {
    lessons: lessons.map((one) => ({ ...one, file: one.path ?? shippedFile(one.scenario.id) })),
    images,
    used,
    pulledThen: used.filter((image) => !images.includes(image)),
  };
}

function noneNamed(command: string): Failure {
  return new Failure('Which lessons? None was named.', {
    code: 'scenario-missing',
    exitCode: 2,
    hints: [`docker-tutor ${command} hello-world`, `All of them: docker-tutor ${command} --all`],
  });
}
