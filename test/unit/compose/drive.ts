/** Drives a compose command line without an engine: files from memory, answers of the engine as each plan assumes them. */
import { parseCommand } from '../../../src/command/parse.ts';
import type { Request } from '../../../src/api/request.ts';
import type { Effect, Plan } from '../../../src/plan/effects.ts';
import { planOf } from '../../fixtures/plan-of.ts';
import { utc } from '../../fixtures/utc.ts';

export interface Driven {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly requests: readonly Request[];
  readonly saved: Readonly<Record<string, string>>;
}

export interface Given {
  readonly files: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly apiVersion?: string;
  /** Body of the answer to a request; undefined: what the plan assumes. */
  readonly engine?: (request: Request) => { readonly status?: number; readonly body: unknown } | undefined;
}

/** Paths of files start at /work/shop. */
export function drive(line: string, { files, env = {}, engine, apiVersion = '1.51' }: Given): Driven {
  const cwd = '/work/shop';
  const found = { stdout: '', stderr: '', requests: [] as Request[], saved: {} as Record<string, string> };
  const at = (path: string): string => (path.startsWith('/') ? path : `${cwd}/${path}`);
  const known = new Map(Object.entries(files).map(([path, text]) => [at(path), text]));
  const answer = (effect: Effect): unknown => {
    if ('request' in effect) found.requests.push(effect.request);
    switch (effect.do) {
      case 'ask': {
        const made = engine?.(effect.request);
        return made ? { status: made.status ?? 200, headers: {}, body: made.body } : effect.assume;
      }
      case 'load':
        return known.get(at(effect.path));
      case 'write':
        return void (found[effect.to] += effect.text);
      case 'save':
        return void (found.saved[effect.path] = effect.content);
      case 'open':
        return { handle: found.requests.length };
      case 'follow':
      case 'read':
      case 'question':
      case 'ask-registry':
        return effect.assume;
      case 'together':
        return effect.plans.map((plan) => run(plan));
      case 'until-interrupted':
        run(effect.plan);
        return false;
      case 'look':
        // where the command is given, there is a folder
        return effect.path === '.' ? effect.assume : undefined;
      case 'ask-all':
      case 'drain':
      case 'drain-all':
      case 'store':
      case 'read-stdin':
      case 'find-login':
      case 'keep-login':
      case 'forget-login':
      case 'pause':
      case 'watch-files':
      case 'contexts':
      case 'foresee':
      case 'note':
      case 'name-cause':
        return undefined;
    }
    return effect satisfies never;
  };
  const run = <R>(plan: Plan<R>): R => {
    let step = plan.next();
    while (!step.done) {
      let given: unknown;
      try {
        given = answer(step.value);
      } catch (error) {
        // what a plan inside an effect ends with reaches the plan around it
        step = plan.throw(error);
        continue;
      }
      step = plan.next(given);
    }
    return step.value;
  };
  const command = parseCommand(line, { cwd, env });
  const context = {
    cwd,
    env: { HOME: '/home/me', ...env },
    now: 0,
    zone: utc,
    apiVersion,
    terminal: false,
    client: { version: '0', node: 'v20', os: 'linux', arch: 'x64' },
  };
  return { exitCode: run(planOf(command, context)), ...found };
}

/** What `docker compose config` says of one compose.yaml. */
export function config(yaml: string, more: Partial<Given> & { readonly line?: string } = {}): Driven {
  return drive(more.line ?? 'docker compose config', { ...more, files: { 'compose.yaml': yaml, ...more.files } });
}
