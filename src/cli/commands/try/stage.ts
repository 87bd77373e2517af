/** What a tried line is performed with: the learner's streams, their consent, the engine, and words below the output. */
import { homedir } from 'node:os';
import type { Command } from '../../../command/command.ts';
import { lessonLogins } from '../../../engine/login/logins.ts';
import { dockerLogins } from '../../../engine/login/docker-logins.ts';
import { configFolder } from '../../../engine/connect/endpoint.ts';
import { Failure } from '../../../failure.ts';
import type { ForeseenOfOthers, UsersThing } from '../../../api/guard.ts';
import { canonical, familiar } from '../../../image-name.ts';
import { explanationLines } from '../../../report/answers/explanation.ts';
import { styleFor, type Style } from '../../../terminal/style.ts';
import { cleanLine } from '../../../terminal/clean-text.ts';
import { displayOf } from '../../../terminal/display.ts';
import { describeFailure } from '../../../report/problem.ts';
import { triedLines } from '../../../report/answers/try.ts';
import { withDocker } from '../../../command/shell/typed.ts';
import { openEngines } from '../../../try/engines.ts';
import type { CommandDone } from '../../../try/try-command.ts';
import type { TryScene } from '../../../try/try-line.ts';
import { askLine, isYes } from '../../keyboard/ask-line.ts';
import { openKeyboard } from '../../keyboard/keyboard.ts';
import { learnersIo } from '../../keyboard/learners-io.ts';
import { openEngine } from '../../process/engine.ts';
import { explanationOf } from '../explain/explain.ts';
import type { SignalTurns } from '../../process/signal-turns.ts';
import type { TryOptions } from './command.ts';

export interface StageSetting extends TryOptions {
  readonly style: Style;
  /** Stdin is the learner's, not the text of the line itself. */
  readonly keyboard: boolean;
  /** Aborts with the command under way; default: `signal`. */
  readonly interruption?: () => AbortSignal;
  /** Who is given Ctrl-C while a command runs. Absent: it ends all. */
  readonly turns?: () => Pick<SignalTurns, 'take'> | undefined;
}

export interface Stage {
  readonly scene: TryScene;
  /** Writes what each part of the line means. @throws Failure for what docker would not take */
  explain(text: string, to: { write(text: string): unknown }): Promise<void>;
  /** How to remove what was made, where something was. */
  sayWhatStays(): void;
}

export async function styleOfStderr({ format }: Pick<TryOptions, 'format'>): Promise<Style> {
  const { env, platform, stderr } = process;
  return styleFor(displayOf({ env, platform, stdout: stderr }), format !== 'plain');
}

export function tryStage(setting: StageSetting): Stage {
  const { style, signal } = setting;
  const interruption = setting.interruption ?? ((): AbortSignal => signal);
  const consent = consentOf(setting, interruption);
  let made = 0;
  const explain: Stage['explain'] = async (text, to) => {
    const lines = explanationLines(await explanationOf(withDocker(text)), style);
    to.write(lines.map((line) => `${line}\n`).join(''));
  };
  const scene: TryScene = {
    engines: openEngines({
      connect: async (wish) => (await openEngine({ ...engineWish(setting, wish), images: [], signal })).engine,
      env: process.env,
      cwd: process.cwd(),
      signal,
      permit: consent.permit,
      permitAll: consent.permitAll,
    }),
    shell: { env: process.env, wholeEnv: true, cwd: process.cwd(), home: homedir() },
    // what the learner has is used, and never written
    credentials: lessonLogins(dockerLogins(configFolder({ env: process.env, home: homedir() }), signal)),
    terminal: process.stdout.isTTY,
    keyboard: process.stdin.isTTY,
    ...(setting.lab === true && { provide: provideInLab }),
    io: (command) => {
      consent.begin(command);
      return learnersIo(command, { keyboard: setting.keyboard, taking: setting.turns?.()?.take, interruption });
    },
    help: ({ text, what }) => explain(text, what.is === 'help' && what.unasked ? process.stderr : process.stdout),
    done: (done) => {
      made += done.changes.filter(({ change }) => change === 'added').length;
      sayDone(done, style);
    },
    notTaken: (failure, { text, stdout = '' }) => {
      const { paint, columns, unicode } = style;
      process.stdout.write(stdout);
      process.stderr.write(`${text}\n${describeFailure(failure, { paint, columns, unicode })}`);
    },
  };
  return {
    scene,
    explain,
    sayWhatStays() {
      if (made > 0)
        process.stderr.write(`${style.paint.dim(`   To remove what docker-tutor made: ${cleanCommand(setting)}`)}\n`);
    },
  };
}

export function cleanCommand({ lab, host, context }: TryOptions): string {
  const where =
    lab === true
      ? ' --lab'
      : host !== undefined
        ? ` --host ${host}`
        : context !== undefined
          ? ` --context ${context}`
          : '';
  return `docker-tutor clean${where}`;
}

function engineWish(
  setting: TryOptions,
  wish: { readonly host?: string; readonly context?: string },
): Pick<TryOptions, 'lab' | 'host' | 'context'> {
  if (wish.host !== undefined || wish.context !== undefined) return wish;
  const { lab, host, context } = setting;
  return {
    ...(lab !== undefined && { lab }),
    ...(host !== undefined && { host }),
    ...(context !== undefined && { context }),
  };
}

async function provideInLab(images: readonly string[], signal: AbortSignal): Promise<void> {
  if (images.length === 0) return;
  const [{ ensureImages }, { labProgress }] = await Promise.all([
    import('../../../lab/images/images.ts'),
    import('../../../report/answers/lab.ts'),
  ]);
  await ensureImages(images, { signal, report: labProgress() });
}

/** Commands that pull, and go on with an image that is here already and stays as it is. */
const pulling = new Set([
  'image pull',
  'container run',
  'container create',
  'compose pull',
  'compose up',
  'compose create',
  'compose run',
]);

interface Consent {
  /** A new command: consent given to the one before does not count. */
  begin(command: Command): void;
  permit(what: UsersThing): Promise<boolean>;
  /** One question for all that a command will change. */
  permitAll(all: readonly ForeseenOfOthers[]): Promise<boolean>;
}

/** Before something is changed that docker-tutor did not make. What is refused ends the command: it must not look as if it were done. */
function consentOf({ keyboard }: StageSetting, interruption: () => AbortSignal): Consent {
  let all = false;
  let pulls = false;
  const permitted = new Set<string>();
  const answered = async (question: string): Promise<'nobody' | 'no' | 'yes'> => {
    const { stderr } = process;
    const stdin = openKeyboard();
    if (!keyboard || !stdin.isTTY || !stderr.isTTY) return 'nobody';
    const answer = await askLine(question, { input: stdin, output: stderr, signal: interruption() });
    all = /^a(?:ll)?$/i.test(answer.trim());
    return all || isYes(answer) ? 'yes' : 'no';
  };
  return {
    begin({ row }) {
      all = false;
      permitted.clear();
      // an image that is here already may simply stay as it is
      pulls = pulling.has(row.name);
    },
    async permit(what) {
      if (all || permitted.has(`${what.kind} ${what.name}`)) return true;
      const answer = await answered(`${sentenceOf(what)}\n${questionOf(what)} [y/N, a for all] `);
      if (answer === 'yes') return true;
      if (pulls && what.kind === 'image') return false;
      throw refused(sentenceOf(what), answer);
    },
    async permitAll(things) {
      // whether an image is pulled anew is asked when its turn comes: a no leaves it as it is, and the rest is done
      const open = things.filter(
        (thing) => thing.fate !== 'pulled anew' && !namesOf(thing).some((name) => permitted.has(name)),
      );
      if (all || open.length === 0) return true;
      const lines = open.map(lineOf);
      const list = lines.map((line) => `   ${line}\n`).join('');
      const answer = await answered(`${manySentence}\n${list}Change it all the same? [y/N] `);
      if (answer !== 'yes') throw refused(manySentence, answer, lines);
      for (const name of open.flatMap(namesOf)) permitted.add(name);
      return true;
    },
  };
}

function questionOf({ how }: UsersThing): string {
  return how === undefined ? 'Change it all the same?' : `The command ${cleanLine(how)}. Do it all the same?`;
}

function sentenceOf({ kind, name, why }: UsersThing): string {
  return why === 'in-use-by-another-run'
    ? `The ${kind} ${cleanLine(name)} is in use by another run of docker-tutor.`
    : `The ${kind} ${cleanLine(name)} was not made by docker-tutor.`;
}

/** What the guard may call it when its turn comes. */
function namesOf({ kind, ref, name }: ForeseenOfOthers): readonly string[] {
  if (kind !== 'image') return [`${kind} ${ref}`, `${kind} ${name}`];
  return [`image ${ref}`, `image ${familiar(canonical(ref))}`, `tag ${familiar(canonical(ref))}`];
}

const manySentence = 'This changes what was not made by docker-tutor.';

function lineOf({ kind, name, fate, why }: ForeseenOfOthers): string {
  const user = why === 'in-use-by-another-run' ? ', in use by another run of docker-tutor' : '';
  return `${kind} ${cleanLine(name)}: ${fate}${user}`;
}

/** @param evidence lines of what it is, where one sentence does not name it */
function refused(sentence: string, answer: 'nobody' | 'no', evidence: readonly string[] = []): Failure {
  const why = answer === 'nobody' ? 'and there is no terminal to ask on' : 'and so it stays as it is';
  return new Failure(`${sentence.replace(/\.$/, '')}, ${why}.`, {
    code: 'not-yours-to-change',
    exitCode: 4,
    hints: [
      'Nothing more of this line was performed.',
      'Where it is yours to change: run the line with docker itself, or on a terminal, where docker-tutor asks.',
    ],
    evidence,
  });
}

/** What left no difference is told to people alone: a program that reads both streams gets what docker prints. */
function sayDone(done: CommandDone, style: Style): void {
  const lines = triedLines(process.stderr.isTTY ? done : { ...done, doings: [] }, style);
  if (lines.length > 0) process.stderr.write(['', ...lines].map((line) => `${line}\n`).join(''));
}
