/** The road through all lessons: the last words of each name the next, from the first to the last. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { nextLesson, type CatalogueEntry } from '../../../src/scenario/catalogue.ts';
import { parseScenario } from '../../../src/scenario/load.ts';
import { minutesOf } from '../../../src/scenario/minutes.ts';
import type { Scenario } from '../../../src/scenario/schema.ts';

const folder = new URL('../../../scenarios/', import.meta.url);
/** Where `doctor` sends people: it is for whoever has no engine yet. */
const besideTheRoad = 'install-docker';

const lessons = readdirSync(folder).map((id) =>
  parseScenario(readFileSync(new URL(`${id}/scenario.yaml`, folder), 'utf8'), id),
);
const road = lessons.filter(({ id }) => id !== besideTheRoad).sort((a, b) => a.order - b.order);

function namedIn({ finish }: Pick<Scenario, 'finish'>): readonly string[] {
  return [...finish.matchAll(/docker-tutor run ([a-z0-9-]+)/g)].map(([, id = '']) => id);
}

test('following the last words from the first lesson leads through each once, and ends', () => {
  const walked: string[] = [];
  for (let at = road[0]; at;) {
    expect(walked).not.toContain(at.id);
    expect(namedIn(at).length, `${at.id} names one lesson, or ends the road`).toBeLessThanOrEqual(1);
    walked.push(at.id);
    const [next] = namedIn(at);
    at = lessons.find(({ id }) => id === next);
  }
  expect(walked).toEqual(road.map(({ id }) => id));
});

test('what is told as the next lesson is the one that the last words name', () => {
  const entries = lessons.map((lesson): CatalogueEntry => ({ ...lesson, path: lesson.path ?? null, steps: 1 }));
  const done = new Set<string>();
  for (const lesson of road) {
    expect(nextLesson(entries, (id) => done.has(id))?.id).toBe(lesson.id);
    done.add(lesson.id);
  }
});

test('the lesson beside the road leads onto it', () => {
  const beside = lessons.find(({ id }) => id === besideTheRoad);
  expect(beside && namedIn(beside)[0]).toBe('hello-world');
});

test.each(lessons.map((lesson) => [lesson.id, lesson] as const))('%s takes as long as it says', (_, lesson) => {
  const { reading, practising } = minutesOf(lesson);
  expect({ minutes: lesson.minutes, practiceMinutes: lesson.practiceMinutes }).toEqual({
    minutes: reading,
    practiceMinutes: practising,
  });
});
