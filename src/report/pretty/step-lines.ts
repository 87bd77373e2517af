/** The head of a scenario, of a step and of a command, as pretty draws them. */
import { clientDaemonPicture } from '../../explain/pictures.ts';
import { width } from '../../terminal/width.ts';
import type {
  CommandStarted,
  EngineFound,
  Feedback,
  HintGiven,
  ScenarioStarted,
  StepStarted,
} from '../../events/events.ts';
import { cleanLine, cleanText } from '../../terminal/clean-text.ts';
import { ends, fold } from '../../terminal/layout.ts';
import { bar } from './pull-layers.ts';
import { inline, markdown, type MarkdownSetting } from '../../terminal/markdown/markdown.ts';
import type { Style } from '../../terminal/style.ts';
import type { ToldStyle } from '../format.ts';
import { permissionSentence } from '../permission-words.ts';
import { cautionSentence, engineName, notHereSentence, replacedSentence, standInSentence } from '../words.ts';

/** Blocks: title, intro, what is different here. */
export function scenarioBlocks(event: ScenarioStarted, style: ToldStyle): string[][] {
  const { columns, paint, words } = style;
  const facts = words.step.facts(event.steps, event.minutes);
  const [title = '', ...rest] = ends(` ${paint.bold(cleanLine(event.title))}`, paint.dim(facts), columns);
  const notes = [
    ...(event.permissions ?? []).map((permission) => `This lesson has a permission. ${permissionSentence(permission)}`),
    ...event.replaced.map((one) => replacedSentence(one, style.words)),
    ...(event.notHere ? [notHereSentence(event.notHere, style.words)] : []),
    ...(event.standIns.length > 0 ? [standInSentence(event.standIns, style.words)] : []),
  ];
  return [
    [title, ...rest, ...fold(paint.dim(inline(cleanText(event.summary), paint)), columns, 1)],
    markdown(event.intro, lessonSetting(style)),
    notes.flatMap((note) => noteLines(note, style)),
  ];
}

function noteLines(note: string, { columns, paint, words }: ToldStyle): string[] {
  return fold(`${paint.warn(words.step.note)} ${note}`, columns, 1, width(words.step.note) + 1);
}

/** The road from here to the engine of this run. */
export function pictureLines(event: EngineFound, style: ToldStyle): string[] {
  const { address, apiVersion, lab } = event.engine;
  const facts = {
    endpoint: cleanLine(address) + (lab ? ' (the lab)' : ''),
    apiVersion: cleanLine(apiVersion),
    engine: engineName(event.engine),
  };
  const picture = clientDaemonPicture(facts, { unicode: style.unicode, columns: style.columns });
  return [
    ...picture.map((line) => ` ${line}`),
    ...(event.caution ? ['', ...noteLines(cautionSentence(event.caution), style)] : []),
  ];
}

/** Blocks: where we are; what this step is, and why. */
export function stepBlocks(event: StepStarted, scenario: string, style: ToldStyle): string[][] {
  const { columns, paint, signs, words } = style;
  const cells = columns < 60 ? 5 : 9;
  const place = `${words.step.place(event.index, event.of)}  ${bar(event.index / Math.max(1, event.of), cells, signs)}`;
  const room = columns - width(place) - 4;
  const title = cleanLine(scenario);
  const head =
    width(title) <= room
      ? ends(` ${paint.dim(title)}`, paint.dim(place), columns)
      : ends('', paint.dim(place), columns);
  return [
    head,
    [...fold(paint.bold(cleanLine(event.title)), columns, 1), ...markdown(event.text, lessonSetting(style))],
    event.goal === undefined ? [] : goalLines(event.goal, style),
  ];
}

/** What is to be reached: it stands beside the prompt. */
export function goalLines(goal: string, { columns, paint, words }: ToldStyle): string[] {
  const label = words.step.goal;
  return fold(`${paint.warn(label)} ${inline(cleanText(goal), paint)}`, columns, 1, width(label) + 1);
}

/** What is said of a turn that has not brought the step about. */
export function feedbackLines(feedback: readonly Feedback[], style: ToldStyle): string[] {
  const { columns, signs } = style;
  return feedback.flatMap(({ about, text }) => {
    switch (about) {
      case 'mistake':
        return mistakeLines(text, style);
      case 'command':
      case 'answer':
        return fold(`${signs.bullet} ${cleanLine(text)}`, columns, 3, 2);
    }
  });
}

/** A hint that was asked for. */
export function hintLines({ number, of, text }: HintGiven, style: ToldStyle): string[] {
  const head = `   ${style.paint.warn(style.words.step.hint(number, of))}`;
  return [head, ...markdown(text, { ...lessonSetting(style), indent: 5 })];
}

/** Never folded: the terminal wraps a long line by itself, and then it can be copied as one. */
export function commandLines(event: CommandStarted, { paint }: Style): string[] {
  const lines = cleanText(event.command).split('\n');
  return lines.map((line, i) => (i === 0 ? ` ${paint.dim('$')} ` : '   ') + paint.bold(line));
}

/** What the author says of a wrong turn. */
export function mistakeLines(say: string, style: ToldStyle): string[] {
  return [`   ${style.paint.warn(style.words.step.mistake)}`, ...markdown(say, { ...lessonSetting(style), indent: 5 })];
}

/** A scenario's own text on the page. */
export function lessonSetting({ columns, paint, signs }: Style): MarkdownSetting {
  return { columns, paint, indent: 1, bullet: signs.bullet };
}
