/** docker service inspect and docker node inspect: JSON, or with --pretty lines for people. */
import type { Command } from '../../command/command.ts';
import type { serviceInspect } from '../../command/tables/service.ts';
import type { nodeInspect } from '../../command/tables/swarm.ts';
import { ask, print, request } from '../ask.ts';
import { EngineError } from '../../api/request.ts';
import { Stopped } from '../effects.ts';
import type { JsonObject } from '../../api/request.ts';
import type { Plan, PlanContext } from '../effects.ts';
import { inspectKind } from '../inspect.ts';
import { nodeReference } from '../swarm/node-names.ts';
import { nodeText } from '../swarm/node-text.ts';
import type { NodeFacts } from '../swarm/node-text.ts';
import { serviceText } from './text.ts';
import type { Service } from './flags.ts';
import { scalar } from '../../api/json-parts.ts';

export function* inspectServices(command: Command<(typeof serviceInspect)['flags']>, context: PlanContext): Plan {
  const { flags, operands } = command;
  if (!flags.pretty) return yield* inPlainWords(inspectKind('service')(command));
  if ((flags.format ?? '') !== '') throw new Stopped('--format is incompatible with human friendly format');
  return yield* eachPretty(operands, 'service', function* (name) {
    const assume: Service = { ID: name, Version: { Index: 0 }, Spec: { Name: name, TaskTemplate: {} } };
    const { body } = yield* ask<Service>(
      request('GET', `/services/${name}`, { query: { insertDefaults: 'true' } }),
      assume,
    );
    return serviceText(body, yield* networkNames(body), context.now);
  });
}

/** The docker CLI has words of its own for a service that is not there. */
function* inPlainWords(plan: Plan): Plan {
  let step = plan.next();
  while (!step.done) {
    try {
      step = plan.next(yield step.value);
    } catch (error) {
      const missing = error instanceof EngineError && error.status === 404;
      step = plan.throw(
        missing ? new Stopped(`Error: no such service: ${error.request.path.replace('/services/', '')}`) : error,
      );
    }
  }
  return step.value;
}

export function* inspectNodes(command: Command<(typeof nodeInspect)['flags']>): Plan {
  const { flags, operands } = command;
  if (!flags.pretty) return yield* inspectKind('node', nodeReference)({ flags, operands });
  if ((flags.format ?? '') !== '') throw new Stopped('--format is incompatible with human friendly format');
  return yield* eachPretty(operands, 'node', function* (name) {
    return nodeText((yield* ask<NodeFacts>(request('GET', `/nodes/${yield* nodeReference(name)}`), {})).body);
  });
}

/** Networks are listed by name; one that is gone keeps its id. */
function* networkNames({ Spec }: Service): Plan<readonly string[]> {
  const names: string[] = [];
  for (const { Target } of (Spec.TaskTemplate['Networks'] ?? []) as readonly JsonObject[]) {
    const { status, body } = yield* ask<{ readonly Name?: string }>(
      request('GET', `/networks/${scalar(Target)}`, { query: { scope: 'swarm' } }),
      {},
      [404],
    );
    names.push(status === 404 ? scalar(Target) : (body.Name ?? scalar(Target)));
  }
  return names;
}

function* eachPretty(names: readonly string[], kind: string, one: (name: string) => Plan<string>): Plan {
  const complaints: string[] = [];
  for (const name of names) {
    try {
      yield* print(yield* one(name));
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      complaints.push(
        error.status === 404 && kind === 'service'
          ? `Error: no such service: ${name}`
          : `Error response from daemon: ${error.message}`,
      );
    }
  }
  if (complaints.length > 0) throw new Stopped(complaints.join('\n'));
  return 0;
}
