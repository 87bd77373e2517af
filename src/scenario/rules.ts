/** What a scenario must hold beyond its shape. Works on any value, so that it finds what it can in a broken file. Pure. */
import { didYouMean } from '../did-you-mean.ts';
import type { Path, Problem } from '../yaml/places.ts';
import { blank } from './step-lines.ts';
import { builtIn, goWords, literally, patternFlags, reference, variablesIn } from './variables.ts';

const declaring = ['names', 'ports', 'vars'] as const;

export function brokenRules(value: unknown): Problem[] {
  if (!isMapping(value)) return [];
  const steps = Array.isArray(value['steps']) ? (value['steps'] as unknown[]) : [];
  return [
    ...declaredTwice(value),
    ...unknownVariables(value),
    ...repeatedIds(steps),
    ...steps.flatMap(badAnswer),
    ...steps.flatMap(badAsk),
    ...steps.flatMap(badBlanks),
    ...steps.flatMap((step, i) => badTask(step, i, steps)),
    ...unknownGiven(value, steps),
    ...badPatterns(value),
    ...ownThingsPermitted(value),
  ];
}

function declaredTwice(scenario: Mapping): Problem[] {
  const seen = new Map<string, string>(builtIn.map((name) => [name, 'given by docker-tutor']));
  for (const word of goWords) seen.set(word, 'a word of docker’s own templates');
  const problems: Problem[] = [];
  for (const part of declaring) {
    const declared = scenario[part];
    for (const name of isMapping(declared) ? Object.keys(declared) : []) {
      const earlier = seen.get(name);
      if (earlier !== undefined)
        problems.push({ path: [part, name], key: true, message: `"${name}" is already ${earlier}` });
      seen.set(name, `in ${part}`);
    }
  }
  return problems;
}

function unknownVariables(scenario: Mapping): Problem[] {
  const known = new Set<string>(builtIn);
  for (const part of declaring) {
    const declared = scenario[part];
    if (isMapping(declared)) for (const name of Object.keys(declared)) known.add(name);
  }
  const problems: Problem[] = [];
  for (const { path, text } of texts(scenario, [])) {
    if (declaring.some((part) => part === path[0])) continue;
    for (const name of variablesIn(text)) {
      if (known.has(name)) continue;
      const near = didYouMean(name, known);
      const hint = near === undefined ? '; declare it under names, ports or vars' : `; did you mean {{${near}}}?`;
      problems.push({ path, message: `nothing is called {{${name}}}${hint}` });
    }
  }
  return problems;
}

function repeatedIds(steps: readonly unknown[]): Problem[] {
  const first = new Map<unknown, number>();
  return steps.flatMap((step, i) => {
    if (!isMapping(step) || typeof step['id'] !== 'string') return [];
    const earlier = first.get(step['id']);
    if (earlier === undefined) first.set(step['id'], i + 1);
    return earlier === undefined
      ? []
      : [{ path: ['steps', i, 'id'], message: `step ${String(earlier)} has the id "${step['id']}" already` }];
  });
}

function unknownGiven({ vars }: Mapping, steps: readonly unknown[]): Problem[] {
  const known = isMapping(vars) ? Object.keys(vars) : [];
  return steps.flatMap((step, i) => {
    const given = isMapping(step) ? step['given'] : undefined;
    if (typeof given !== 'string' || known.includes(given)) return [];
    const near = didYouMean(given, known);
    const hint = near === undefined ? '' : `; did you mean "${near}"?`;
    return [{ path: ['steps', i, 'given'], message: `"${given}" is not declared in vars${hint}` }];
  });
}

function badAnswer(step: unknown, i: number): Problem[] {
  return ['quiz', 'predict'].flatMap((key) => {
    const quiz = isMapping(step) ? step[key] : undefined;
    if (!isMapping(quiz) || !Array.isArray(quiz['options'])) return [];
    const count = quiz['options'].length;
    if ([quiz['answer']].flat().every((answer) => typeof answer !== 'number' || answer <= count)) return [];
    return [
      {
        path: ['steps', i, key, 'answer'],
        message: `there are ${String(count)} options only; the answer counts from 1`,
      },
    ];
  });
}

/** A question is answered by what the step's own command prints. */
function badAsk(step: unknown, i: number): Problem[] {
  if (!isMapping(step)) return [];
  const { ask, practise } = step;
  if (practise === 'ask' && ask === undefined)
    return [{ path: ['steps', i, 'practise'], message: 'ask: the question is missing' }];
  if (!isMapping(ask)) return [];
  if (!('do' in step))
    return [{ path: ['steps', i, 'ask'], message: 'only what a docker command prints can answer a question' }];
  const groups = typeof ask['answer'] === 'string' ? groupsIn(ask['answer']) : 1;
  return groups === 1
    ? []
    : [
        {
          path: ['steps', i, 'ask', 'answer'],
          message:
            groups === undefined
              ? 'not a regular expression'
              : `one group finds the answer; there are ${String(groups)}`,
        },
      ];
}

/** With something in its blanks, each line is the command. */
function badBlanks(step: unknown, i: number): Problem[] {
  if (!isMapping(step) || step['blanks'] === undefined) return [];
  const given = [step['blanks']].flat();
  const commands = [step['do']].flat();
  const path: Path = ['steps', i, 'blanks'];
  if (given.length !== commands.length)
    return [{ path, message: `there are ${String(commands.length)} commands; give each its line, in the same order` }];
  if (!given.some((line) => typeof line === 'string' && blank.test(line)))
    return [{ path, message: 'nothing is left out; write ___ for what is to be found' }];
  return given.flatMap((line, at) => {
    const command = commands[at];
    if (typeof line !== 'string' || typeof command !== 'string' || isWithBlanks(line, command)) return [];
    const here = Array.isArray(step['blanks']) ? [...path, at] : path;
    return [{ path: here, message: `whatever stands in the blanks, this is not the command: ${command.trim()}` }];
  });
}

/** Its steps come one after the other, and practice asks for each. */
function badTask(step: unknown, i: number, steps: readonly unknown[]): Problem[] {
  if (!isMapping(step) || !isMapping(step['task'])) return [];
  const { through } = step['task'];
  const to = steps.findIndex((one) => isMapping(one) && one['id'] === through);
  const path: Path = ['steps', i, 'task', 'through'];
  if (to <= i) return [{ path, message: 'no later step has this id' }];
  return steps.slice(i, to + 1).flatMap((one, at) => {
    const why = isMapping(one) ? whyNoPart(one, at === 0) : undefined;
    return why === undefined ? [] : [{ path, message: `the step ${String((one as Mapping)['id'])} ${why}` }];
  });
}

function whyNoPart(step: Mapping, isFirst: boolean): string | undefined {
  if (!('do' in step)) return 'is no docker command, and cannot be part of a task';
  const asked = step['practise'] ?? (step['ask'] === undefined ? 'do' : 'ask');
  if (asked !== 'do') return 'is not for the learner to do, and cannot be part of a task';
  const alone = ['input', 'given'].find((key) => step[key] !== undefined);
  if (alone !== undefined) return `has ${alone}, and cannot be part of a task`;
  return !isFirst && step['task'] !== undefined ? 'begins a task of its own' : undefined;
}

function isWithBlanks(line: string, command: string): boolean {
  const parts = line.trim().split(blank);
  const pattern = parts.map(literally).join('.+?');
  return new RegExp(`^${pattern}$`, 's').test(command.replace(/\\\n\s*/g, '').trim());
}

function groupsIn(pattern: string): number | undefined {
  try {
    return (new RegExp(`${pattern}|`).exec('')?.length ?? 1) - 1;
  } catch {
    return undefined;
  }
}

/** A permission is asked for before names and ports are chosen. */
function ownThingsPermitted({ requires, names, ports }: Mapping): Problem[] {
  const own = [builtIn, ...[names, ports].map((part) => (isMapping(part) ? Object.keys(part) : []))].flat();
  const permissions = isMapping(requires) ? requires['permissions'] : undefined;
  return [...texts(permissions, ['requires', 'permissions'])].flatMap(({ path, text }) =>
    variablesIn(text)
      .filter((name) => own.includes(name))
      .map((name) => ({
        path,
        message: `{{${name}}} is the lesson’s own, and needs no permission; only what vars declares can stand here`,
      })),
  );
}

function badPatterns(scenario: Mapping): Problem[] {
  return [...texts(scenario, [])].flatMap(({ path, text }) => {
    if (path.at(-1) !== 'matches' && !(path.at(-2) === 'matches' && typeof path.at(-1) === 'number')) return [];
    try {
      new RegExp(text.replace(reference, 'x'), patternFlags);
      return [];
    } catch (error) {
      const reason = error instanceof Error ? (error.message.split(': ').at(-1) ?? '') : '';
      return [{ path, message: `is not a regular expression: ${reason}` }];
    }
  });
}

function* texts(value: unknown, path: Path): Generator<{ path: Path; text: string }> {
  if (typeof value === 'string') yield { path, text: value };
  else if (Array.isArray(value)) for (const [i, item] of value.entries()) yield* texts(item, [...path, i]);
  else if (isMapping(value)) for (const [key, item] of Object.entries(value)) yield* texts(item, [...path, key]);
}

type Mapping = Record<string, unknown>;

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
