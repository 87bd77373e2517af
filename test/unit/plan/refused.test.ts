/**
 * Odd lines, held against docker CLI 28.2 (fixtures/docker-28.2-refused.json): what it refuses before it asks an engine is
 * refused here too, with docker's words and exit code, whether the parser sees it or the plan; what it sends is sent.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CommandError } from '../../../src/command/errors.ts';
import { parseCommand } from '../../../src/command/parse.ts';
import { assertPerformable } from '../../../src/command/performable.ts';
import { Failure } from '../../../src/failure.ts';
import { Stopped } from '../../../src/plan/effects.ts';
import type { Effect, PlanContext } from '../../../src/plan/effects.ts';
import { oddLines } from '../../fixtures/odd-lines.ts';
import { planOf } from '../../fixtures/plan-of.ts';
import { utc } from '../../fixtures/utc.ts';

interface Recorded {
  readonly line: string;
  /** Absent where docker would ask the engine. */
  readonly exitCode?: number;
  readonly words?: string;
}

const recorded = JSON.parse(
  readFileSync(new URL('../../fixtures/docker-28.2-refused.json', import.meta.url), 'utf8'),
) as readonly Recorded[];

const context: PlanContext = {
  cwd: '/workspace',
  env: {},
  now: Date.parse('2026-01-01T00:00:00Z'),
  zone: utc,
  apiVersion: '1.50',
  terminal: false,
  noKeyboard: true,
  client: { version: '0.0.0', node: 'v20', os: 'linux', arch: 'x64' },
};

type Outcome =
  | { readonly is: 'sent' }
  | { readonly is: 'not taken'; readonly message: string; readonly docker?: { exitCode: number; words: string } }
  | { readonly is: 'refused'; readonly exitCode: number; readonly words: string };

/** What comes first: a request, or the end. The folder holds a Dockerfile and nothing else. */
function outcomeOf(line: string): Outcome {
  try {
    const command = parseCommand(line);
    assertPerformable(command, line);
    return drive(planOf(command, context));
  } catch (error) {
    if (error instanceof CommandError) {
      const { message, docker } = error;
      const said = docker && { exitCode: docker.exitCode, words: docker.text.trimEnd().split('\n\n')[0] ?? '' };
      return { is: 'not taken', message, ...(said && { docker: said }) };
    }
    if (error instanceof Failure) return { is: 'not taken', message: error.message };
    throw error;
  }
}

function drive(plan: ReturnType<typeof planOf>): Outcome {
  let words = '';
  for (let step = plan.next(); ;) {
    if (step.done) return { is: 'refused', exitCode: step.value, words: words.split('\n\n')[0]?.trim() ?? '' };
    const effect: Effect = step.value;
    if (effect.do === 'write' && effect.to === 'stderr') words += effect.text;
    if (effect.do === 'load' && effect.needed && effect.path !== 'Dockerfile')
      step = plan.throw(new Stopped(`open ${effect.path}: no such file or directory`));
    else if (effect.do === 'look') step = plan.next(effect.path === '/nodir' ? undefined : effect.assume);
    else if (effect.do === 'load') step = plan.next(effect.path === 'Dockerfile' ? 'FROM scratch\n' : undefined);
    else if (effect.do === 'write' || effect.do === 'note' || effect.do === 'question') step = plan.next('');
    else return { is: 'sent' };
  }
}

/** What an engine refuses, or leaves without effect, is refused by the parser already, which can point at it. */
const soonerThanDocker =
  /not performed|--cache-from: (?:type required form|invalid)|takes no number of tries|is not (?:one of|a restart policy|an? \S+ ?\S* address|a subnet|a link|an annotation|a number of (?:CPUs|tries)|a platform|a full path|a propagation|a type of mount|a protocol|a filter|the name of a (?:volume|network)|a kernel|a key of)|out of range|too (?:short|small)|has no source|reads as a Windows path|names one path and a mode|name of the network is missing/;

/** buildx takes and leaves aside what the engine would refuse, and looks at what stdin is for when it builds. */
const leftAsideByBuildx = /^docker build (?:--memory|'--label=a b=c'|-f - -)/;

/** The engine refuses them in words as good; only the docker CLI knows them by itself. */
const refusedLater = new Set(['docker tag UPPER b', 'docker run --publish=fe80::1%eth0:80:80 alpine']);

/** Told in our words alone: what stands for something, what is not performed, and values that few people write. */
const inOurWords =
  /UPPER|--disable-content-trust|--checkpoint|service scale|--gpus=foo|--use-api-socket|--aux-address=|network create --(?:gateway|ip-range)=x|service create --(?:config|credential-spec|secret|generic-resource=a=x)|protocol=foo|fe80::1|swarm init .?--(?:data-path-port|default-addr|external-ca)/;

/** buildx asks for an engine before it looks at these. */
function isEngines(words = ''): boolean {
  return /^(?:docker: )?Error response from daemon: |^ERROR: failed to build: /.test(words);
}

test('there is an answer to each line', () => {
  expect(recorded.map(({ line }) => line)).toEqual(oddLines);
});

test('what docker refuses is refused, in the same words with the same exit code', () => {
  const different = recorded.flatMap(({ line, exitCode, words }): readonly object[] => {
    if (exitCode === undefined || refusedLater.has(line)) return [];
    const ours = outcomeOf(line);
    if (ours.is === 'not taken') {
      if (inOurWords.test(line)) return [];
      const same = ours.docker?.exitCode === exitCode && ours.docker?.words === words;
      return same ? [] : [{ line, exitCode, words, ours }];
    }
    const same = ours.is === 'refused' && ours.exitCode === exitCode && ours.words === words;
    return same ? [] : [{ line, exitCode, words, ours }];
  });
  expect(different).toEqual([]);
});

test('what docker sends is sent, or would be refused by the engine', () => {
  const different = recorded.flatMap(({ line, exitCode }) => {
    if (exitCode !== undefined || leftAsideByBuildx.test(line)) return [];
    const ours = outcomeOf(line);
    const fine =
      ours.is === 'sent' ||
      (ours.is === 'not taken' && (isEngines(ours.docker?.words) || soonerThanDocker.test(ours.message)));
    return fine ? [] : [{ line, ours }];
  });
  expect(different).toEqual([]);
});
