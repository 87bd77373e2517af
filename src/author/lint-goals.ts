/** Rules about goals: what a check demands, and a learner could not know, the goal must say. Pure. */
import { goalOf, practised } from '../scenario/practised.ts';
import type { LookingClaim, Scenario, Step, TextMatch } from '../scenario/schema.ts';
import { linesOf } from '../scenario/step-lines.ts';
import { claimsOf } from './claims-of.ts';
import { advice } from './finding.ts';
import type { Finding } from './finding.ts';

/**
 * A word is the author's own choice where the step writes it and a check looks for it: the step's own check, or of a file
 * a later one, of what a program says that was made from it. It is known where the goal has it, or one before it, or what
 * the lesson did itself.
 */
export function goalFindings(scenario: Scenario): readonly Finding[] {
  const claims = claimsOf(scenario);
  let known = scenario.intro;
  return scenario.steps.flatMap((step, index) => {
    const goal = isAsked(step) ? goalOf(step) : '';
    known = [known, goal, step.title ?? '', 'read' in step ? step.read : ''].join('\n');
    const demanded = claims
      .filter(({ of, negated, path }) => of === 'expect' && !negated && !path.includes('any'))
      .flatMap(({ step: at, claim }) => (at === index ? [demandedBy(claim)] : at > index ? [heardBy(claim, step)] : []))
      .join('\n');
    const chosen = practised(step) === 'ask' ? '' : chosenIn(step);
    const silent = [...wordsIn(demanded)].filter((word) => wordsIn(chosen).has(word) && !isSaid(word, known));
    if (!isAsked(step)) known += `\n${chosen}`;
    return silent.length === 0 || !isAsked(step)
      ? []
      : [
          advice(
            'goal-silent',
            ['steps', index, step.goal === undefined ? 'title' : 'goal'],
            `a check of the step ${step.id} looks for ${silent.join(', ')}, of which its goal says nothing`,
          ),
        ];
  });
}

/** What the author has written for it. */
function chosenIn(step: Step): string {
  if (!('write' in step)) return linesOf(step).join('\n');
  const { write } = step;
  return 'content' in write ? write.content : 'append' in write ? write.append : write.with;
}

/** A step whose goal nobody wrote, and that the lesson does itself, asks for nothing. */
function isAsked(step: Step): boolean {
  return !('quiz' in step || 'read' in step) && (step.goal !== undefined || practised(step) !== 'given');
}

/** A variable is a word, too. */
function wordsIn(text: string): ReadonlySet<string> {
  return new Set(
    (text.replace(conditions, '').match(/\{\{\w+\}\}|[a-z][a-z\d]+|\d{2,}/gi) ?? []).map((word) => word.toLowerCase()),
  );
}

/** A goal says in words of its own what a service waits for. */
const conditions = /\bservice_(?:healthy|started|completed_successfully)\b/g;

/** Also as a part of another: who is told that a program prints knows of `print`. */
function isSaid(word: string, text: string): boolean {
  return wordsIn(text).has(word) || (word.length > 3 && text.toLowerCase().includes(word));
}

/** What a later check wants a program to say. */
function heardBy(claim: LookingClaim, step: Step): string {
  if (!('write' in step)) return '';
  if ('http' in claim) return textOf(claim.http.body);
  if ('output' in claim) return textOf(claim.output);
  if ('logs' in claim) return textOf(claim.logs);
  return 'exec' in claim ? textOf(claim.exec.output) : '';
}

function textOf({ contains = [], matches = [], equals = '' }: TextMatch = {}): string {
  return [String(equals), ...[contains].flat(), ...[matches].flat().map(literal)].join('\n');
}

/** Those that are states and kinds are what a goal says in words of its own. */
function demandedBy(claim: LookingClaim): string {
  if ('file' in claim) {
    const { instructions = [], compose, ...text } = claim.file;
    return [
      textOf(text),
      ...instructions.map((one) => (typeof one === 'string' ? afterWord(one) : literal(one.matches))),
      ...composeWords(compose),
    ].join('\n');
  }
  if ('container' in claim) {
    const { name, ports, env, mounts, network, networks, user, memory, labels } = claim.container;
    return leaves([name, ports, mounts, network, networks, user, memory, ...entries(env), ...entries(labels)]);
  }
  if ('image' in claim) return leaves([claim.image.name, claim.image.tag]);
  if ('network' in claim) return leaves([claim.network.name, claim.network.subnet, claim.network.containers]);
  return 'volume' in claim ? claim.volume.name : '';
}

/** Without the word of the instruction. */
function afterWord(instruction: string): string {
  return instruction.replace(/^\w+/, '');
}

/** The words of a pattern that stand for themselves. */
function literal(pattern: string): string {
  return pattern
    .replace(/\[(?:\\.|[^\]\\])*\]/g, ' ')
    .replace(/\\[a-z]/gi, ' ')
    .replace(/\\(.)/g, '$1')
    .replace(/^\^?[A-Z]+ /, '');
}

function entries(of: Readonly<Record<string, unknown>> = {}): readonly unknown[] {
  return Object.entries(of);
}

function leaves(values: readonly unknown[]): string {
  return values.map(leavesOf).join('\n');
}

/** All that is text in it, or a number. */
function leavesOf(value: unknown): string {
  if (typeof value === 'object' && value !== null) return leaves(Object.values(value));
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** Names below services, networks and volumes; variables; and what the keys are set to. */
function composeWords(compose: Readonly<Record<string, unknown>> = {}): readonly string[] {
  return Object.entries(compose).flatMap(([key, value]) => {
    if (typeof value === 'string') return [value];
    if (typeof value !== 'object' || value === null) return [];
    // read-only is said in words
    if (Array.isArray(value)) return value.map((item) => leavesOf(item).replace(/:ro$/, ''));
    return [
      ...(naming.has(key) ? Object.keys(value) : []),
      ...composeWords(value as Readonly<Record<string, unknown>>),
    ];
  });
}

/** What stands below them is called so by the author. */
const naming: ReadonlySet<string> = new Set(['services', 'networks', 'volumes', 'environment', 'depends_on']);
