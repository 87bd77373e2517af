/** What `develop.watch` of services says, as rules: which files, and what is done as they change. */
import { complain, load } from '../../plan/ask.ts';
import { Stopped } from '../../plan/effects.ts';
import type { FilePatterns, Plan, WatchedPlace } from '../../plan/effects.ts';
import type { Project, Service } from '../file/project.ts';
import { isRemote } from '../file/service/build.ts';

export interface WatchRule {
  readonly service: string;
  readonly action: 'rebuild' | 'sync' | 'restart' | 'sync+restart' | 'sync+exec';
  readonly place: WatchedPlace;
  /** In the container; of a rule that syncs. */
  readonly target: string | undefined;
  readonly exec: Hook | undefined;
  readonly initialSync: boolean;
}

/** A program that is run in a container. */
export interface Hook {
  readonly command?: readonly string[];
  readonly user?: string;
  readonly privileged?: boolean;
  readonly working_dir?: string;
  readonly environment?: Readonly<Record<string, string | null>>;
}

/** As the file has it. */
interface Trigger {
  readonly path: string;
  readonly action: WatchRule['action'];
  readonly target?: string;
  readonly exec?: Hook;
  readonly include?: string | readonly string[];
  readonly ignore?: string | readonly string[];
  readonly initial_sync?: boolean;
}

export function syncs({ action }: WatchRule): boolean {
  return action !== 'rebuild' && action !== 'restart';
}

/** What editors write beside a file, and what git keeps. Nobody means these. */
const passing = ['**/.git', '**/*~', '**/.*.sw?', '**/4913', '**/.#*', '**/#*#', '**/___jb_tmp___', '**/___jb_old___'];

/** @param advice where nothing is to be watched @throws Stopped there, or where a rule cannot be followed */
export function* watchRules(project: Project, services: readonly string[], advice: string): Plan<readonly WatchRule[]> {
  const rules: WatchRule[] = [];
  let isConfigured = false;
  for (const name of services) {
    const service = project.services[name];
    const triggers = triggersOf(service);
    if (!service || triggers.length === 0) continue;
    isConfigured = true;
    const ignored = yield* ignoredOf(service);
    for (const trigger of triggers) {
      if (trigger.action === 'rebuild' && !service.build)
        throw new Stopped(`can't watch service "${name}" with action rebuild without a build context`);
      const rule = ruleOf(name, trigger, ignored);
      if (syncs(rule) && isMounted(trigger.path, service))
        yield* complain(
          `WARN[0000] path '${trigger.path}' also declared by a bind mount volume, this path won't be monitored!\n`,
        );
      else rules.push(rule);
    }
  }
  if (!isConfigured) throw new Stopped(`none of the selected services is configured for watch, ${advice}`);
  return rules;
}

function triggersOf(service: Service | undefined): readonly Trigger[] {
  return (service?.['develop'] as { readonly watch?: readonly Trigger[] } | null | undefined)?.watch ?? [];
}

function ruleOf(service: string, trigger: Trigger, ignored: readonly FilePatterns[]): WatchRule {
  const { path, action, target, exec, include, ignore, initial_sync: initialSync = false } = trigger;
  const own = (patterns: string | readonly string[] | undefined): readonly FilePatterns[] =>
    patterns === undefined || patterns.length === 0 ? [] : [{ below: path, patterns: [patterns].flat() }];
  const [included] = own(include);
  const place = { path, ignored: [...ignored, ...own(ignore)], ...(included && { included }) };
  return { service, action, place, target, exec, initialSync };
}

/** What is left out of its build is not watched. */
function* ignoredOf({ build }: Service): Plan<readonly FilePatterns[]> {
  const always = { below: '/', patterns: passing };
  if (!build || isRemote(build.context)) return [always];
  const { context, dockerfile = 'Dockerfile' } = build;
  const text = (yield* load(`${context}/${dockerfile}.dockerignore`)) ?? (yield* load(`${context}/.dockerignore`));
  return text === undefined ? [always] : [always, { below: context, patterns: text.split('\n') }];
}

function isMounted(path: string, { volumes = [] }: Service): boolean {
  return volumes.some(
    ({ type, source }) => type === 'bind' && source !== undefined && (path === source || path.startsWith(`${source}/`)),
  );
}
