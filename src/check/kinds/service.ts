/** `service`: a swarm service, and the tasks of it that run. */
import type { ServiceFields } from '../../scenario/expectation.ts';
import { engineWords, get, hasNoSwarm } from '../../engine/ask.ts';
import { cutImageName } from '../../image-name.ts';
import { amountWords, matchesAmount } from '../facets/amount.ts';
import { facetsOf, lookOf } from '../facets/facets.ts';
import type { Facets } from '../facets/facets.ts';
import { listWords } from '../facets/lists.ts';
import type { KindOfCheck, Look, LookContext } from '../look.ts';
import { named } from '../facets/named-object.ts';

interface Task {
  readonly DesiredState?: string;
  readonly Status?: { readonly State?: string; readonly Err?: string; readonly Message?: string };
  readonly Spec?: { readonly ContainerSpec?: { readonly Image?: string } };
}

/** Tasks that are meant to run, whether they do or not. */
type TasksFound = readonly Task[];

const table: Facets<ServiceFields, TasksFound> = {
  replicas: {
    says: (amount) => `runs ${amountWords(amount)} ${amount === 1 ? 'task' : 'tasks'}`,
    expects: (amount) => `running tasks: ${amountWords(amount)}`,
    sees: (tasks) => `running tasks: ${running(tasks).length}`,
    holds: (tasks, amount) => matchesAmount(running(tasks).length, amount),
  },
  image: {
    says: (image) => `runs ${image}`,
    expects: (image) => `image: ${image}`,
    sees: (tasks) => `image: ${listWords([...new Set(running(tasks).map(imageOf))])}`,
    holds: (tasks, image) => running(tasks).length > 0 && running(tasks).every((task) => isImage(imageOf(task), image)),
  },
};

export const service: KindOfCheck<ServiceFields> = {
  ...named('service', table),
  async look(fields, context) {
    const { ask } = context;
    const { status, body } = await ask({ method: 'GET', path: `/services/${encodeURIComponent(fields.name)}` });
    if (status === 404) return { holds: fields.exists === false, observed: `no service ${fields.name}` };
    if (hasNoSwarm(status)) return withoutSwarm(engineWords(body, status), fields);
    if (status !== 200) return { holds: false, undecided: true, observed: engineWords(body, status) };
    const tasks = await tasksOf((body as { readonly ID: string }).ID, context);
    const observed = `running tasks: ${running(tasks).length}`;
    if (fields.exists === false) return { holds: false, observed: `it is there, ${observed}` };
    return { ...lookOf(tasks, facetsOf(fields, table), observed), why: async () => whyNot(tasks) };
  },
};

/** With a swarm its services go. A worker cannot tell what there is. */
function withoutSwarm(words: string, { exists }: ServiceFields): Look {
  return /not a swarm manager|has no GET \/services/i.test(words) && !/worker/i.test(words)
    ? { holds: exists === false, observed: 'this engine is in no swarm' }
    : { holds: false, undecided: true, observed: words };
}

async function tasksOf(id: string, { ask }: LookContext): Promise<TasksFound> {
  const filters = JSON.stringify({ service: [id], 'desired-state': ['running'] });
  return (await get(ask, '/tasks', { filters })) as readonly Task[];
}

function whyNot(tasks: TasksFound): { likely?: string } {
  const error = tasks.find(({ Status }) => Status?.Err)?.Status?.Err;
  return error ? { likely: error } : {};
}

function running(tasks: TasksFound): TasksFound {
  return tasks.filter(({ Status }) => Status?.State === 'running');
}

function imageOf({ Spec }: Task): string {
  return Spec?.ContainerSpec?.Image ?? '';
}

/** The swarm adds the digest it found to the name that was asked for; only a digest that is wanted counts. */
function isImage(actual: string, wanted: string): boolean {
  const [is, wish] = [cutImageName(actual), cutImageName(wanted)];
  if (is.repository !== wish.repository) return false;
  if (wish.digest !== undefined) return is.digest === wish.digest;
  return (is.tag ?? 'latest') === (wish.tag ?? 'latest');
}
