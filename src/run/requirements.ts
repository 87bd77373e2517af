/** What a scenario requires, looked at before its first step. Nothing is pulled here: many lessons teach the pull. */
import { causeFailure } from '../cause-failure.ts';
import type { Engine } from '../engine/engine.ts';
import { Failure } from '../failure.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { canonical } from '../image-name.ts';
import type { Requires, Scenario } from '../scenario/schema.ts';
import { linesOf } from '../scenario/step-lines.ts';
import { versionOrder } from '../version-order.ts';

/** Images that the engine does not have yet, as the scenario writes them. */
export function imagesNotHere({ images }: Requires, inventory: Pick<Inventory, 'images'>): readonly string[] {
  const here = namesHere(inventory);
  return images.filter((image) => !here.has(canonical(image)));
}

/** @throws Failure where a name that the scenario moves from one image to another belongs to an image already */
export function assertFreeToPull({ pulls = [] }: Requires, inventory: Pick<Inventory, 'images'>): void {
  const here = namesHere(inventory);
  const taken = pulls.find((image) => here.has(canonical(image)));
  if (taken === undefined) return;
  throw new Failure(`The image ${taken} is on this engine already, and this lesson pulls it for another platform.`, {
    code: 'image-here',
    exitCode: 4,
    hints: [
      'The name would no longer stand for the image that is here, so docker-tutor does not begin.',
      `If you do not need it: docker rmi ${taken}`,
    ],
  });
}

function namesHere({ images }: Pick<Inventory, 'images'>): ReadonlySet<string> {
  return new Set(images.flatMap(({ tags, digests }) => [...tags, ...digests]).map(canonical));
}

/**
 * @param info what Podman says of its machine
 * @throws Failure where the scenario does not work with an engine of this kind or version. Podman counts versions in its own way, and lacks a part.
 */
export function assertEngine(
  scenario: Pick<Scenario, 'requires' | 'steps'>,
  { about }: Pick<Engine, 'about'>,
  info: PodmanInfo = {},
): void {
  if (about.flavour === 'podman') {
    const what = beyondPodman(scenario, info);
    if (what !== undefined) throw causeFailure('E-PODMAN-LACKS', { args: { what } });
    return;
  }
  const { engine: range, buildkit } = scenario.requires;
  if (buildkit === true && about.prefersBuildkit !== true)
    throw new Failure('This lesson is about BuildKit, and it is not the builder of this engine.', {
      code: 'engine-version',
      exitCode: 4,
      hints: [
        `Here is Docker Engine ${about.version}. BuildKit is the builder of Docker Engine 23 and later.`,
        'Update the engine, or name another one: docker-tutor run --context or --host',
      ],
    });
  if (range === undefined || isIn(about.version, range)) return;
  throw new Failure(`This lesson wants Docker Engine ${range}, and here is ${about.version}.`, {
    code: 'engine-version',
    exitCode: 4,
    hints: ['Update the engine, or name another one: docker-tutor run --context, --host or --lab'],
  });
}

/** Whether `20.10.24+dfsg1` is in `>=20.10 <29`. A bound counts as far as it is written: 29.1 is in `<=29`. */
export function isIn(version: string, range: string): boolean {
  return range.split(' ').every((bound) => {
    const [, sign = '=', wanted = ''] = /^(>=|>|<=|<|=)(.*)$/.exec(bound) ?? [];
    const order = versionOrder(version, wanted);
    return order === 0 ? sign.includes('=') : order < 0 ? sign.startsWith('<') : sign.startsWith('>');
  });
}

type Seen = Pick<Scenario, 'requires' | 'steps'>;

/** Of Podman's `/info`. */
export interface PodmanInfo {
  readonly CgroupDriver?: string;
  readonly CgroupVersion?: string;
  readonly SecurityOptions?: readonly string[];
}

/** What Podman has not, seen by how a lesson is written. */
const lacks: readonly (readonly [what: string, isNeeded: (scenario: Seen, info: PodmanInfo) => boolean])[] = [
  ['This lesson needs a swarm, and Podman has none', ({ requires }) => requires.swarm],
  ['This lesson is about BuildKit, and Podman has a builder of its own', ({ requires }) => requires.buildkit === true],
  ['This lesson looks at the network called bridge, and Podman calls its own podman', looksAtBridge],
  [
    'This lesson reads the host’s process numbers from docker top, and Podman tells those of the container',
    has(/^docker (?:container )?top\b/),
  ],
  // seen of 4.3 and 5.4, which write their events to a file: asked for a time that is over, they tell nothing of containers
  [
    'This lesson reads events of the past, and Podman does not tell them all',
    has(/^docker (?:system )?events .*--until\b/),
  ],
  [
    'This lesson pushes to a registry that speaks http, and Podman wants https there',
    has(/^docker (?:image )?push (?:localhost|127\.0\.0\.1):/),
  ],
  [
    'This lesson waits for a health check, and Podman has systemd start those, which does not run where it is',
    (scenario, info) => !hasSystemd(info) && waitsForHealth(scenario),
  ],
];

/** The first of it; undefined where Podman has all that is seen. What this does not see comes to light by the check that fails. */
function beyondPodman(scenario: Seen, info: PodmanInfo): string | undefined {
  return lacks.find(([, isNeeded]) => isNeeded(scenario, info))?.[0];
}

/** Whether a command of it is such a line. */
function has(pattern: RegExp): (scenario: Seen) => boolean {
  return ({ steps }) => steps.some((step) => linesOf(step).some((line) => pattern.test(line)));
}

const bridgeInLine = /\.Networks\.bridge\b|\bnetwork (?:inspect|connect|disconnect) bridge\b/;

/** The network that a container joins where none is named: Podman's is called podman. */
function looksAtBridge(scenario: Seen): boolean {
  return has(bridgeInLine)(scenario) || expects(scenario, namesBridge);
}

function namesBridge({ container, network }: Part): boolean {
  return (
    container?.network === 'bridge' || container?.networks?.includes('bridge') === true || network?.name === 'bridge'
  );
}

/** Where nobody has chosen otherwise, Podman leaves cgroups to systemd if that is process 1; without root not on version 1 of them. */
function hasSystemd({ CgroupDriver, CgroupVersion, SecurityOptions = [] }: PodmanInfo): boolean {
  return CgroupDriver !== 'cgroupfs' || (CgroupVersion === '1' && SecurityOptions.includes('name=rootless'));
}

function waitsForHealth(scenario: Seen): boolean {
  return (
    expects(scenario, ({ container, compose }) => isTold(container?.health) || compose?.healthy !== undefined) ||
    scenario.steps.some(
      (step) =>
        'write' in step &&
        Object.values(step.write).some(
          (text) => typeof text === 'string' && text.includes('condition: service_healthy'),
        ),
    )
  );
}

/** Whether it is a health that comes of a check. */
function isTold(health: unknown): boolean {
  return health === 'healthy' || health === 'unhealthy';
}

/** What is looked at of an expectation. */
interface Part {
  readonly container?: {
    readonly network?: unknown;
    readonly networks?: readonly unknown[];
    readonly health?: unknown;
  };
  readonly network?: { readonly name?: unknown };
  readonly compose?: { readonly healthy?: unknown };
}

/** Whether a step expects such a thing, or all or any of several with it. */
function expects({ steps }: Seen, wanted: (part: Part) => boolean): boolean {
  const isWanted = (value: unknown): boolean =>
    typeof value === 'object' &&
    value !== null &&
    (wanted(value) || Object.entries(value).some(([key, part]) => key !== 'not' && isWanted(part)));
  return steps.some((step) => step.expect.some(isWanted));
}
