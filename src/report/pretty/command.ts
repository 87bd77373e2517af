/** What a command, from its line to its effect, does to the screen. */
import type { FileWritten } from '../../events/events.ts';
import { markdown } from '../../terminal/markdown/markdown.ts';
import { apiLines } from './api-lines.ts';
import { cleanLine, cleanOutputLine, cleanText } from '../../terminal/clean-text.ts';
import { layerProgress } from './pull-layers.ts';
import { brokenLine } from '../../terminal/broken-lines.ts';
import { outputBreaker } from './output-lines.ts';
import { fold } from '../../terminal/layout.ts';
import { showKept, shownLinesIn, type Handlers, type Screen } from './screen.ts';
import { commandLines, feedbackLines, hintLines, lessonSetting, mistakeLines } from './step-lines.ts';
import type { Style } from '../../terminal/style.ts';
import type { ToldStyle } from '../format.ts';
import { keptSentence, otherWaySentence, whatItDid } from '../words.ts';

type Types =
  | 'file-written'
  | 'command-started'
  | 'request'
  | 'progress'
  | 'output'
  | 'kept'
  | 'command-finished'
  | 'turn-failed'
  | 'hint'
  | 'step-finished';

/** Characters kept of what a command prints, to be shown in full. */
const longestPrinted = 1_000_000;
/** Lines that stand beside an output: what it did, what to notice, the keys, and blank ones. */
const besideOutput = 15;

export function commandHandlers(screen: Screen): Handlers<Types> {
  const { style, live, step, output, show, builds, things } = screen;
  const { paint } = style;
  return {
    'file-written': (event) => {
      live.rest();
      builds.wrote(event);
      show(fileLines(event, style));
      live.work('checking');
    },
    'command-started': (event) => {
      live.rest();
      const layers = (step.layers = layerProgress());
      step.printed = '';
      step.broken = outputBreaker(style);
      output.limit(
        shownLinesIn(screen.setting, cleanText(event.command).split('\n').length + step.checks + besideOutput),
      );
      step.command = commandLines(event, style);
      // what was typed stands at the prompt
      if (!(event.typed && screen.setting.interactive)) show(step.command);
      step.below = 0;
      if (event.session) return;
      live.work(cleanLine(event.means) || 'working');
      live.under(() => layers.lines(style.columns - 6, style.signs));
    },
    request: (event) => {
      step.requests.push(event);
    },
    progress: (event) => {
      step.layers.take(event);
      if (event.id === undefined) live.work(cleanLine(event.what));
    },
    output: (event) => {
      if (screen.setting.interactive) step.printed += event.text.slice(0, longestPrinted - step.printed.length);
      screen.join(
        'output',
        output.take(event.stream, event.text).flatMap((line) => outputLine(line, style, step.broken)),
      );
    },
    kept: (event) => {
      step.kept.push(keptSentence(event));
    },
    'command-finished': (event) => {
      live.rest();
      things.take(event.changes);
      endOutput(screen);
      const kept = step.kept.splice(0);
      show([...whatItDid(event, style.words), ...kept].flatMap((text) => fold(text, style.columns, 3)));
      if (event.build && event.exitCode === 0) show(builds.built(event.build));
      if (screen.setting.show.has('api')) {
        show(step.requests.slice(step.shown).flatMap((request) => apiLines(request, style.columns, paint)));
      }
      step.shown = step.requests.length;
      live.work('checking');
    },
    'turn-failed': ({ feedback }) => {
      live.rest();
      endOutput(screen);
      show(feedbackLines(feedback, style));
    },
    hint: (event) => {
      live.rest();
      show(hintLines(event, style));
    },
    'step-finished': (event) => {
      live.rest();
      endOutput(screen);
      showKept(screen);
      if (event.status === 'skipped') show([`   ${paint.dim(style.signs.kept)} ${style.words.step.skipped}`]);
      if (event.mistake !== undefined) show(mistakeLines(event.mistake, style));
      if (event.otherWay) show(fold(otherWaySentence(event.otherWay, style.words), style.columns, 3));
      show(things.lines(style));
      show(markdown(event.after, lessonSetting(style)));
    },
  };
}

/** The rest of the output, after a note of what was left out. */
export function endOutput({ output, join, style, step }: Screen): void {
  const { note, lines } = output.finish();
  const noted = note === undefined ? [] : [`   ${style.paint.dim(`${style.unicode ? '┆' : ':'} ${note}`)}`];
  join('output', [...noted, ...lines.flatMap((line) => outputLine(line, style, step.broken))]);
}

/** Behind a thin line, so that a program's words are never taken for ours. */
export function outputLine(line: string, style: Style, broken = outputBreaker(style)): string[] {
  const edge = `   ${style.paint.dim(style.unicode ? '│' : '|')} `;
  return broken(untabbed(line)).map((piece) => edge + piece);
}

/** A whole file behind the thin line, else what has gone and come. */
function fileLines({ path, how, removed, added }: FileWritten, style: ToldStyle): string[] {
  const { paint, columns, words } = style;
  const signed = (sign: string, lines: readonly string[]): string[] =>
    lines.flatMap((line) =>
      brokenLine(untabbed(cleanOutputLine(line)), columns - 5).map((piece) => `   ${sign} ${piece}`),
    );
  return [
    ` ${paint.bold(cleanLine(path))} ${paint.dim(words.step.files[how])}`,
    '',
    ...(how === 'whole'
      ? added.flatMap((line) => outputLine(cleanOutputLine(line), style))
      : [...signed(paint.bad('-'), removed), ...signed(paint.good('+'), added)]),
  ];
}

/** Tabs to the next column that eight divides. */
function untabbed(line: string): string {
  return line.split('\t').reduce((text, piece) => text + ' '.repeat(8 - (text.length % 8)) + piece);
}
