/** Rules for making containers, networks, volumes and services: what the engine would make along with them is ours too. */
import type { JsonObject, Request } from '../../api/request.ts';
import { objectIn } from '../../api/json-parts.ts';
import { claimShared, intendImage } from './images.ts';
import { isYes } from '../../engine/answer.ts';
import { nameTaken } from './context.ts';
import type { GuardContext, Ruling } from './context.ts';
import { mayTouch, onlyOursOrStop, ownerOf } from './objects.ts';
import { isClaimed } from '../image-owner.ts';
import type { Intended } from '../journal/entries.ts';
import { cutBind, isVolumeName } from '../../api/binds.ts';
import { isGranted } from './rule.ts';
import { labelled } from '../labels.ts';
import { canonical } from '../../image-name.ts';
import { EngineError } from '../../api/request.ts';
import { engineWords } from '../../engine/ask.ts';

export async function createContainer(request: Request, context: GuardContext): Promise<Ruling> {
  const body = request.body ?? {};
  const host = objectIn(body['HostConfig']);
  await context.journal.begin();
  const volumes: Intended[] = [];
  for (const bind of textsIn(host['Binds'])) volumes.push(...(await prepareBind(bind, host['VolumeDriver'], context)));
  const image = body['Image'];
  // an image that another run has pulled must outlive that run
  if (typeof image === 'string') await claimShared(image, context);
  const numbers = await context.journal.intend(volumes);
  return {
    send: labelled(request, context.mark()),
    settle: async (status, answer) => {
      const id = objectIn(answer)['Id'];
      if (isYes(status) && typeof id === 'string') context.madeHere.add(id);
      // from here on the label alone decides
      for (const n of numbers) await context.journal.outcome(n, ['labelled']);
    },
  };
}

export async function createNetwork(request: Request, context: GuardContext): Promise<Ruling> {
  await context.journal.begin();
  return { send: labelled(request, context.mark()) };
}

export async function createVolume(request: Request, context: GuardContext): Promise<Ruling> {
  await context.journal.begin();
  const name = request.body?.['Name'];
  // the engine answers 201 for a volume that is there already, and the lesson would write into it
  if (typeof name === 'string' && name !== '') await assertVolumeIsOurs(name, context);
  return { send: labelled(request, context.mark()) };
}

/** Each node that gets a task pulls the image by itself; we can tidy up on this one. */
export async function createService(request: Request, context: GuardContext): Promise<Ruling> {
  await context.journal.begin();
  return sendService(request, context);
}

/** An update may bring another image, and more mounts; from then on the service has the label of this run. */
export async function updateService(request: Request, name: string, context: GuardContext): Promise<Ruling> {
  const ruling = await onlyOursOrStop('service', name, request, context);
  if (!('send' in ruling)) return ruling;
  await context.journal.begin();
  return sendService(ruling.send, context);
}

async function sendService(request: Request, context: GuardContext): Promise<Ruling> {
  const { Image: image } = containerSpecOf(request);
  const settle =
    typeof image === 'string' && !isClaimed(canonical(image), context)
      ? await intendImage(image, 'service', context)
      : undefined;
  return { send: labelled(request, context.mark()), ...(settle && { settle }) };
}

function containerSpecOf({ body }: Request): JsonObject {
  return objectIn(objectIn(body?.['TaskTemplate'])['ContainerSpec']);
}

/** `name:/path[:options]`: the volume is made here, labelled, where the engine would make it without a label. */
async function prepareBind(bind: string, driver: unknown, context: GuardContext): Promise<readonly Intended[]> {
  const { source } = cutBind(bind);
  if (source === undefined || !isVolumeName(source)) return [];
  const { whose: owner } = await ownerOf('volume', source, context);
  if (owner !== 'absent') return [];
  return [{ kind: 'bound-volume', name: source, made: await makeVolume(source, driver, context) }];
}

/** @returns when it was made, as the engine says */
async function makeVolume(name: string, driver: unknown, context: GuardContext): Promise<string> {
  const body: JsonObject = { Name: name, ...(typeof driver === 'string' && driver !== '' && { Driver: driver }) };
  const request = labelled({ method: 'POST', path: '/volumes/create', body }, context.mark());
  const answer = await context.ask(request);
  if (!isYes(answer.status)) throw new EngineError(engineWords(answer.body, answer.status), answer.status, request);
  const made = objectIn(answer.body)['CreatedAt'];
  return typeof made === 'string' ? made : '';
}

async function assertVolumeIsOurs(name: string, context: GuardContext): Promise<void> {
  const { whose: owner } = await ownerOf('volume', name, context);
  if (isGranted('volume', [name], context) || (await mayTouch('volume', name, owner, context))) return;
  throw nameTaken('volume', name);
}

function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
