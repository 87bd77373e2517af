/** Sentences that pretty and plain share. Everything from outside is cleaned here. */
import { count, listed } from '../terminal/amounts.ts';
import { describeChanges } from '../explain/changes.ts';
import type {
  Cleaned,
  CommandFinished,
  FileWritten,
  Kept,
  RunStarted,
  ScenarioFinished,
  ScenarioStarted,
} from '../events.ts';
import type { Permission } from '../scenario/schema.ts';
import { cleanLine } from '../terminal/clean-text.ts';

/** What a command changed on the engine, and an exit code that is not 0. */
export function whatItDid(finished: CommandFinished): string[] {
  const changes = describeChanges(finished.changes).map(cleanLine);
  const said = changes.length > 0 ? changes : ['Nothing changed on the engine.'];
  return finished.exitCode === 0 ? said : [...said, `The command ended with exit code ${String(finished.exitCode)}.`];
}

export function keptSentence({ kind, name, why }: Kept): string {
  const plain = cleanLine(name);
  const what =
    kind === 'image' || kind === 'tag' ? plain : kind === 'login' ? `The login at ${plain}` : `The ${kind} ${plain}`;
  switch (why) {
    case 'yours':
      return `${what} was here before the lesson, so it stays.`;
    case 'in-use-by-another-run':
      return `${what} is in use by another run, so it stays.`;
    case 'not-made-here':
      return `${what} was not made by this lesson, so it stays.`;
  }
}

export function replacedSentence({ what, wished, used }: ScenarioStarted['replaced'][number]): string {
  return `The ${what} ${cleanLine(wished)} is taken here; the lesson uses ${cleanLine(used)}.`;
}

const permissionWords: Readonly<Record<Permission, string>> = {
  'host-network': "use the network of the engine's machine itself",
  'bind-outside-workspace': "read or change files outside the lesson's own folder",
  privileged: "run containers with rights on the engine's machine itself",
  'engine-socket': 'give a container command of the engine',
  'swarm-init': 'make this engine part of a swarm',
};

/** What a permission lets a lesson do: `host-network: it may use the network…` */
export function permissionSentence(permission: Permission): string {
  return `${permission}: it may ${permissionWords[permission]}.`;
}

export function standInSentence(images: readonly string[]): string {
  const one = images.length === 1;
  return `${listed(images.map(cleanLine))} ${one ? 'is a stand-in' : 'are stand-ins'} from the lab's offline registry, not the real ${one ? 'image' : 'images'}.`;
}

export function notHereSentence(images: readonly string[]): string {
  const one = images.length === 1;
  return `${listed(images.map(cleanLine))} ${one ? 'is' : 'are'} not on this engine yet: the lesson pulls ${one ? 'it' : 'them'} when ${one ? 'it is' : 'they are'} needed.`;
}

export function engineName({ flavour, version }: RunStarted['engine']): string {
  return `${flavour === 'podman' ? 'Podman' : 'Docker Engine'} ${cleanLine(version)}`;
}

/** What was removed at the end, and what could not be. */
export function cleanedSentences({ removed, left }: Cleaned): string[] {
  const kinds = [...new Set(removed.map((item) => item.kind))];
  const amounts = kinds.map((kind) => count(removed.filter((item) => item.kind === kind).length, cleanLine(kind)));
  return [
    ...(removed.length > 0 ? [`Cleaned up: ${listed(amounts)} removed. What was here before is still here.`] : []),
    ...left.map(
      (item) => `The ${cleanLine(item.kind)} ${cleanLine(item.name)} could not be removed: ${cleanLine(item.why)}`,
    ),
  ];
}

export interface Totals {
  readonly scenarios: readonly { readonly title: string; readonly status: ScenarioFinished['status'] }[];
  readonly steps: ScenarioFinished['steps'];
  readonly checks: ScenarioFinished['checks'];
  readonly problems: number;
}

export const nothingYet: Totals = {
  scenarios: [],
  steps: { passed: 0, failed: 0, skipped: 0 },
  checks: { passed: 0, failed: 0, kept: 0 },
  problems: 0,
};

/** Of one that could not even begin, the id is all that was told. @param begun the newest that did */
export function titleOf(event: ScenarioFinished, begun: ScenarioStarted | undefined): string {
  return begun?.scenario === event.scenario ? begun.title : event.scenario;
}

export function addFinished(totals: Totals, title: string, event: ScenarioFinished): Totals {
  const { steps, checks } = event;
  return {
    ...totals,
    scenarios: [...totals.scenarios, { title, status: event.status }],
    steps: {
      passed: totals.steps.passed + steps.passed,
      failed: totals.steps.failed + steps.failed,
      skipped: totals.steps.skipped + steps.skipped,
    },
    checks: {
      passed: totals.checks.passed + checks.passed,
      failed: totals.checks.failed + checks.failed,
      kept: totals.checks.kept + checks.kept,
    },
  };
}

/** `7 steps, 12 checks: all passed`, or what did not, worst first. */
export function totalsSentence({ scenarios, steps, checks, problems }: Totals, exitCode: number): string {
  const parts = [
    ...(scenarios.length > 1 ? [count(scenarios.length, 'scenario')] : []),
    count(steps.passed + steps.failed + steps.skipped, 'step'),
    count(checks.passed + checks.failed + checks.kept, 'check'),
  ].join(', ');
  const amounts = [
    checks.failed > 0 ? `${count(checks.failed, 'check')} failed` : '',
    // A step that fails without a failed check did so by its command.
    steps.failed > 0 && checks.failed === 0 ? `${count(steps.failed, 'step')} failed` : '',
    steps.skipped > 0 ? `${count(steps.skipped, 'step')} skipped` : '',
    checks.kept > 0 ? `${count(checks.kept, 'check')} set aside for what is yours` : '',
  ].filter((amount) => amount !== '');
  if (exitCode === 130) return `Interrupted. ${parts} so far${amounts.length > 0 ? `: ${amounts.join(', ')}` : ''}`;
  if (exitCode === 0 && scenarios.some(({ status }) => status === 'interrupted')) {
    const done = steps.passed + steps.failed;
    return `Left after ${String(done)} of ${count(done + steps.skipped, 'step')}; ${count(checks.passed, 'check')} passed`;
  }
  if (exitCode === 0 && amounts.length === 0) return `${parts}: all passed`;
  if (amounts.length === 0) return problems > 0 ? `${parts}: stopped by the problem above` : `${parts}: not all passed`;
  return `${parts}: ${amounts.join(', ')}`;
}

/** How a scenario ended, where there are several. */
export function statusWord(status: ScenarioFinished['status']): string {
  return status === 'blocked' ? 'could not run' : status;
}

/** What has become of a file. */
export function fileChange(how: FileWritten['how']): string {
  return { whole: 'written', appended: 'lines added at its end', replaced: 'changed' }[how];
}
