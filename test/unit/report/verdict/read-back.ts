/** Reports of a verdict as other programs read them. */
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { parse, type DefaultTreeAdapterTypes } from 'parse5';
import { Parser } from 'tap-parser';
import type { CtrfReport } from '../../../../src/report/verdict/ctrf.ts';

export interface ReadBack {
  readonly exitCode: number;
  /** By the id of the scenario. */
  readonly states: Readonly<Record<string, string>>;
  /** Something in it is told as an error, a failure, or not ok. */
  readonly isBad: boolean;
}

interface Suite {
  readonly '@name': string;
  readonly '@failures': string;
  readonly '@errors': string;
  readonly properties: { readonly property: readonly { readonly '@name': string; readonly '@value': string }[] };
}

export function readJunit(text: string): ReadBack {
  const isValid = XMLValidator.validate(text);
  if (isValid !== true) throw new Error(isValid.err.msg);
  const isArray = (name: string): boolean => ['testsuite', 'testcase', 'property'].includes(name);
  const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@', isArray });
  const { testsuites } = parser.parse(text) as { testsuites: { testsuite: readonly Suite[] } };
  const suites = testsuites.testsuite;
  const valueOf = ({ properties }: Suite, name: string) =>
    properties.property.find((one) => one['@name'] === name)?.['@value'];
  const states = suites.flatMap((one) => {
    const state = valueOf(one, 'state');
    return state === undefined ? [] : [[one['@name'], state] as const];
  });
  const [first] = suites;
  return {
    exitCode: Number(first && valueOf(first, 'exit-code')),
    states: Object.fromEntries(states),
    isBad: suites.some((one) => one['@failures'] !== '0' || one['@errors'] !== '0'),
  };
}

export function readTap(text: string): ReadBack {
  const parser = new Parser({ strict: true });
  const states: Record<string, string> = {};
  const comments: string[] = [];
  let ok = false;
  parser.on('assert', ({ name, diag }: { name: string; diag?: { state?: string; attempts?: number } }) => {
    if (diag?.state !== undefined && diag.attempts !== undefined) states[name.replace(/: .*/, '')] = diag.state;
  });
  parser.on('comment', (comment: string) => comments.push(comment));
  parser.on('complete', (results: { ok: boolean }) => {
    ({ ok } = results);
  });
  parser.end(text);
  return { exitCode: Number(/exit code (\d+)/.exec(comments.join())?.[1]), states, isBad: !ok };
}

export function readCtrf(text: string): ReadBack {
  const { results } = JSON.parse(text) as CtrfReport;
  return {
    exitCode: results.extra.exitCode,
    states: Object.fromEntries(results.extra.scenarios.map(({ scenario, state }) => [scenario, state])),
    isBad: results.summary.failed > 0,
  };
}

export function readPrometheus(text: string): ReadBack {
  const states = text.matchAll(/^docker_tutor_scenario_state\{scenario="([^"]*)",state="([^"]*)"\} 1$/gm);
  return {
    exitCode: Number(/^docker_tutor_run_exit_code (\d+)$/m.exec(text)?.[1]),
    states: Object.fromEntries([...states].map(([, scenario = '', state = '']) => [scenario, state])),
    isBad: /^docker_tutor_checks\{state="(?:fail|blocked)"\} [1-9]/m.test(text),
  };
}

/** Words of the page for people, and the states they stand for. */
const words: Readonly<Record<string, string>> = {
  passed: 'pass',
  'passed when tried again': 'flaky',
  failed: 'fail',
  'timed out': 'timed-out',
  'could not run': 'blocked',
  interrupted: 'interrupted',
  'not run': 'skipped',
};

export function readGithub(annotations: string, summary: string): ReadBack {
  const rows = [...summary.matchAll(/^\| (\S+) \| ([a-z ]+) \|/gm)].filter(([, lesson]) => lesson !== 'lesson');
  return {
    exitCode: Number(/exit code (\d+)/.exec(summary)?.[1]),
    states: Object.fromEntries(rows.map(([, lesson = '', state = '']) => [lesson, words[state] ?? state])),
    isBad: /^::error /m.test(annotations),
  };
}

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

/** All elements of a page, in order. @throws where it is not as HTML must be */
export function elementsIn(page: string): readonly Element[] {
  const found: Element[] = [];
  const walk = (node: Node): void => {
    if ('tagName' in node) found.push(node);
    if ('childNodes' in node) node.childNodes.forEach(walk);
  };
  walk(
    parse(page, {
      onParseError: ({ code, startLine }) => {
        throw new Error(`${code} at line ${String(startLine)}`);
      },
    }),
  );
  return found;
}

export function attribute({ attrs }: Element, name: string): string | undefined {
  return attrs.find((one) => one.name === name)?.value;
}

export function textOf(node: Node): string {
  if ('value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}

export function readHtml(page: string): ReadBack {
  const elements = elementsIn(page);
  const exitCode = elements.find((one) => attribute(one, 'id') === 'exit-code');
  const lessons = elements.filter((one) => attribute(one, 'data-scenario') !== undefined);
  return {
    exitCode: Number(exitCode && textOf(exitCode)),
    states: Object.fromEntries(
      lessons.map((one) => [attribute(one, 'data-scenario') ?? '', attribute(one, 'data-state') ?? '']),
    ),
    isBad: elements.some((one) => one.tagName === 'tr' && /^(?:fail|blocked)$/.test(attribute(one, 'class') ?? '')),
  };
}
