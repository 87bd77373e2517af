/** Rules about the commands of a scenario: what they need, and what they name. Pure but for what it is given. */
import { isCommand } from '../command/rows.ts';
import type { Command } from '../command/command.ts';
import { containerCreate, containerRun } from '../command/tables/container.ts';
import { imageBuild, imageTag } from '../command/tables/image.ts';
import { networkCreate } from '../command/tables/network.ts';
import { serviceCreate } from '../command/tables/service.ts';
import { volumeCreate } from '../command/tables/volume.ts';
import { outlineOf, type UsedImage } from '../dockerfile/outline.ts';
import type { Failure } from '../failure.ts';
import { canonical, cutImageName, familiar } from '../image-name.ts';
import { linePath } from '../permission/precheck.ts';
import type { Prechecked } from '../permission/precheck.ts';
import type { Scenario } from '../scenario/schema.ts';
import type { Path } from '../yaml/places.ts';
import { advice, error } from './finding.ts';
import type { Finding } from './finding.ts';
import { withoutTrace } from './traced-values.ts';
import type { TracedScenario } from './traced-values.ts';
import { addMade, imageUsed, noObjects } from './objects.ts';
import { imagesUsed } from '../scenario/images-of.ts';

/** A text file that comes with the scenario. */
export interface BroughtFile {
  /** Below files/. */
  readonly path: string;
  readonly text: string;
}

/** @param images what is said of images: that one is not required is not said again */
export function commandFindings(
  { objections, ...checked }: Prechecked,
  { scenario, ...known }: TracedScenario,
  images: readonly Finding[],
): readonly Finding[] {
  const said = new Set(images.map(({ path }) => path.join('.')));
  const refused = objections
    .filter(({ path, failure }) => {
      const image = imageMissing(failure);
      return image === undefined || !(said.has(path.join('.')) || images.some(({ message }) => isOf(image, message)));
    })
    .map(({ path, failure }) =>
      error(
        failure.code === 'permission-missing' ? 'permission-missing' : 'not-performed',
        path,
        withoutTrace(failure.message),
      ),
    );
  const fixed = checked.prepared.flatMap(({ at: [step, line], command }) =>
    fixedIn(command, known).map((message) => error('fixed', linePath(scenario.steps[step], step, line), message)),
  );
  return [...refused, ...fixed, ...sparePermissions(checked, scenario)];
}

/** The image that a permission is missing for. */
function imageMissing({ args }: Failure): string | undefined {
  return /^image:(.*)$/.exec(String(args['permission']))?.[1];
}

/** A Dockerfile's image is said where the Dockerfile is, and not once more where it is built. */
function isOf(image: string, message: string): boolean {
  return message.startsWith(`${withoutTrace(image)}, which `);
}

/** Names and ports that are taken sooner or later: another is used then, wherever the text says {{…}}. */
function fixedIn(
  command: Command,
  { isVariable, isVariablePort }: Omit<TracedScenario, 'scenario'>,
): readonly string[] {
  const name = (what: string, text: string | undefined): readonly string[] =>
    text === undefined || text === '' || isVariable(text)
      ? []
      : [`the ${what} ${text} is fixed here; declare it under names, and write {{…}}`];
  const found: string[] = [];
  if (isCommand(command, containerRun) || isCommand(command, containerCreate)) {
    found.push(...name('name', command.flags.name));
    for (const one of command.flags.volume ?? []) if (one.type === 'volume') found.push(...name('volume', one.source));
    for (const one of command.flags.mount ?? []) if (one.Type === 'volume') found.push(...name('volume', one.Source));
    for (const { host } of command.flags.publish ?? [])
      if (host !== undefined && host.first !== 0 && !isVariablePort(host.first))
        found.push(`the host port ${String(host.first)} is fixed here; declare it under ports, and write {{…}}`);
  }
  if (isCommand(command, networkCreate)) found.push(...name('network', command.operands[0]));
  if (isCommand(command, volumeCreate)) found.push(...name('volume', command.flags.name ?? command.operands[0]));
  if (isCommand(command, serviceCreate)) found.push(...name('service', command.flags.name));
  if (isCommand(command, imageBuild))
    for (const { familiar } of command.flags.tag ?? []) found.push(...name('image', familiar));
  if (isCommand(command, imageTag)) found.push(...name('image', command.operands[1]));
  return found;
}

function sparePermissions(
  { prepared, needs }: Omit<Prechecked, 'objections'>,
  { requires }: Scenario,
): readonly Finding[] {
  const needed = new Set(needs.map(({ permission }) => permission));
  // the file of a stack is not read here, and may need them
  if (prepared.some(({ command }) => /^stack\b/.test(command.row.name))) return [];
  return requires.permissions.flatMap((permission, i) =>
    needed.has(permission)
      ? []
      : [
          advice(
            'permission-unused',
            ['requires', 'permissions', i],
            `no step needs the permission ${withoutTrace(permission)}`,
          ),
        ],
  );
}

/** Images that are used must be named, so that they are told beforehand, and the lab provides them. */
export function imageFindings(
  { prepared }: Prechecked,
  scenario: Scenario,
  brought: readonly BroughtFile[],
): readonly Finding[] {
  const required = new Set(imagesUsed(scenario.requires).map(canonical));
  const used = new Set<string>();
  const things = noObjects();
  const findings: Finding[] = [];
  const judge = (image: string, path: Path, where: string): void => {
    const name = canonical(image);
    used.add(name);
    if (required.has(name) || things.imagesMade.has(name) || isOwnRegistry(image, scenario)) return;
    findings.push(error('image-not-required', path, `${withoutTrace(image)}${where} is not in requires.images`));
  };
  for (const {
    at: [step, line],
    command,
  } of prepared) {
    const image = imageUsed(command);
    if (image !== undefined) judge(image, linePath(scenario.steps[step], step, line), '');
    addMade(command, things);
  }
  for (const [index, step] of scenario.steps.entries()) {
    if ('write' in step && 'content' in step.write && isDockerfile(step.write.path))
      for (const { name, by } of imagesIn(step.write.content))
        judge(name, ['steps', index, 'write', 'content'], `, which ${by} names,`);
  }
  for (const { path, text } of brought)
    if (isDockerfile(path))
      for (const { name, by } of imagesIn(text)) judge(name, ['requires'], `, which ${by} in files/${path} names,`);
  const known = things.unnamed || brought.some(({ path }) => /compose[^/]*\.ya?ml$/.test(path));
  return [
    ...findings,
    ...(['images', 'pulls'] as const).flatMap((key) =>
      (scenario.requires[key] ?? []).flatMap((image, i) =>
        known || used.has(canonical(image))
          ? []
          : [advice('image-unused', ['requires', key, i], `no command and no Dockerfile uses ${image}`)],
      ),
    ),
  ];
}

/** An image in a registry that the scenario itself runs. */
function isOwnRegistry(image: string, { ports }: Scenario): boolean {
  return Object.keys(ports).length > 0 && /^(localhost|127\.0\.0\.1):\d+$/.test(cutImageName(image).domain);
}

function isDockerfile(path: string): boolean {
  return /(^|\/)(Dockerfile|Dockerfile\.[^/]+|[^/]+\.[Dd]ockerfile)$/.test(path);
}

function imagesIn(dockerfile: string): readonly Pick<UsedImage, 'name' | 'by'>[] {
  return outlineOf(dockerfile).flatMap(({ images }) => images.map(({ name, by }) => ({ name: familiar(name), by })));
}
