/**
 * The lessons practised: a script plays the learner, with right answers made from the lesson itself, as they stand there and
 * written differently, and with the mistakes that the lesson knows before them. Two of the six that
 * docker-tutor is named for, drawn by a seed that is printed; all lessons with DOCKER_TUTOR_TEST_PRACTICE=all, or those
 * that it names.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Event } from '../../src/events/events.ts';
import { findScenario } from '../../src/scenario/catalogue.ts';
import { drawFrom, drawn, seed } from '../kills/seed.ts';
import { namedFor } from '../lessons/named-for.ts';
import { program, type Program } from './program.ts';
import { everythingOn } from '../engine/everything.ts';
import { engineSuite, lessonsForEngine } from '../engine/lab.ts';
import { asWritten, mistakesFirst, otherwise, rightAnswers } from './practice-scripts.ts';
import type { MistakesFirst } from './practice-scripts.ts';

const minutes = 60_000;
const lessons = chosen(process.env['DOCKER_TUTOR_TEST_PRACTICE']);

function chosen(wish: string | undefined): readonly string[] {
  const all = lessonsForEngine();
  if (wish !== undefined) return wish === 'all' ? all : all.filter((id) => wish.split(',').includes(id));
  process.stderr.write(
    `practised: two of ${String(namedFor.length)} lessons, DOCKER_TUTOR_TEST_SEED=${String(seed)}\n`,
  );
  return drawn(namedFor, 2, drawFrom(seed));
}

engineSuite('practice', ({ address, socketPath, labFolder }) => {
  let tutor: Program;
  let folder: string;
  beforeAll(async () => {
    tutor = await program(address, labFolder);
    folder = await mkdtemp(join(tmpdir(), 'docker-tutor-practice-'));
  });
  afterAll(async () => {
    await tutor.remove();
    await rm(folder, { recursive: true });
  });

  const played = async (
    lesson: string,
    script: string,
  ): Promise<{ exitCode: number | null; events: readonly Event[] }> => {
    const file = join(folder, `${lesson}.txt`);
    await writeFile(file, script);
    const lab = labFolder === undefined ? [] : ['--lab'];
    const ran = await tutor.run(['practice', lesson, '--script', file, '--format', 'json', ...lab], {}, 5 * minutes);
    const events = ran.stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Event);
    return { exitCode: ran.code, events };
  };
  const wrong = (events: readonly Event[]): readonly unknown[] =>
    events.filter((event) => event.type === 'problem' || (event.type === 'turn-failed' && event.feedback.length > 0));

  test('a question is answered by what any command finds out, and by nothing else', async () => {
    const script = ['docker ps', 'answer 0.1', "docker version --format '{{.Server.APIVersion}}'", 'answer /^(\\S+)$/'];
    const { events } = await played('hello-world', [...script, 'quit'].join('\n'));
    const [failed] = events.filter((event) => event.type === 'turn-failed' && event.feedback.length > 0);
    expect(failed).toMatchObject({ step: 'version', feedback: [{ about: 'answer', text: '"0.1" is not it.' }] });
    expect(events.find(({ type }) => type === 'step-finished')).toMatchObject({ step: 'version', status: 'passed' });
  }, 60_000);

  describe.each(lessons)('%s', (lesson) => {
    test.each([
      ['as the lesson writes them', asWritten],
      ['with long options and other names', otherwise],
    ])(
      'right answers, %s, lead to its end, and nothing is left',
      async (_, spelling) => {
        const before = await everythingOn(socketPath);
        const { scenario } = await findScenario(lesson);
        const { exitCode, events } = await played(lesson, rightAnswers(scenario, spelling));
        expect(wrong(events)).toEqual([]);
        expectWholeLesson(events, exitCode);
        expect(await everythingOn(socketPath)).toBe(before);
      },
      6 * minutes,
    );

    test(
      'a mistake that is known is told of, is taken back, and the right answer leads on',
      async () => {
        const before = await everythingOn(socketPath);
        const { scenario } = await findScenario(lesson);
        const { script, said } = mistakesFirst(scenario);
        const { exitCode, events } = await played(lesson, script);
        expect(toldOf(said, events)).toEqual(said);
        expectWholeLesson(events, exitCode);
        expect(await everythingOn(socketPath)).toBe(before);
      },
      6 * minutes,
    );
  });
});

function expectWholeLesson(events: readonly Event[], exitCode: number | null): void {
  expect(events.findLast(({ type }) => type === 'scenario-finished')).toMatchObject({
    status: 'passed',
    steps: { failed: 0, skipped: 0 },
  });
  expect(exitCode).toBe(0);
}

/** What the lesson has said of wrong turns. On the way to one, another of the same step may speak. */
function toldOf(said: MistakesFirst['said'], events: readonly Event[]): MistakesFirst['said'] {
  const told = events.flatMap((event) =>
    event.type === 'turn-failed'
      ? event.feedback.flatMap(({ about, text }) => (about === 'mistake' ? [{ step: event.step, say: text }] : []))
      : [],
  );
  const isMeant = ({ step, say }: (typeof told)[number]): boolean =>
    said.some((one) => one.step === step && one.say === say);
  const hasOne = (step: string): boolean => said.some((one) => one.step === step);
  return told.filter(
    (one, i) =>
      (isMeant(one) || !hasOne(one.step)) && !(told[i + 1]?.step === one.step && told[i + 1]?.say === one.say),
  );
}
