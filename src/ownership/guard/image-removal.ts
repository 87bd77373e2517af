/** The rule for removing images: only names that this run has brought, and only images that docker-tutor has. */
import type { Request } from '../../api/request.ts';
import { isGood, keep } from './context.ts';
import type { GuardContext, Ruling } from './context.ts';
import { isClaimed, isOurImage, ownsId, releaseGone, runsWith } from '../image-owner.ts';
import { lookAt } from '../image-view.ts';
import type { ImageSeen } from '../image-view.ts';
import { runLabel } from '../labels.ts';
import { canonical, isIdOf } from '../../image-name.ts';

export async function removeImage(name: string, request: Request, context: GuardContext): Promise<Ruling> {
  const image = await lookAt(name, context.ask);
  if (!image) return { send: request };
  const refs = namesThatGo(name, image);
  const why = await whyKept(refs, image, request, context);
  if (why && !(await context.permit({ kind: 'image', name, why }))) return keep('image', name, why, 200, []);
  return { send: request, settle: async (status) => void (isGood(status) && (await releaseGone(context))) };
}

async function whyKept(
  refs: readonly string[],
  image: ImageSeen,
  request: Request,
  context: GuardContext,
): Promise<'yours' | 'in-use-by-another-run' | undefined> {
  if (refs.length === 0) return ownsId(image.id, context) ? undefined : 'yours';
  if (!refs.every((ref) => isClaimed(ref, context))) return 'yours';
  const goesWhole = image.tags.every((tag) => refs.includes(tag));
  if (goesWhole && !(await isOurImage(image, context))) return 'yours';
  for (const ref of refs) if ((await runsWith(ref, context)).length > 0) return 'in-use-by-another-run';
  if (request.query?.['force'] && (await othersUse(image, context))) return 'yours';
  return undefined;
}

/** By name, that name goes. By id, all names go. */
function namesThatGo(name: string, image: ImageSeen): readonly string[] {
  return isIdOf(name, image.id) ? image.tags : [canonical(name)];
}

/** A forced removal would take the image from under stopped containers. */
async function othersUse(image: ImageSeen, context: GuardContext): Promise<boolean> {
  const filters = JSON.stringify({ ancestor: [image.id] });
  const { body } = await context.ask({ method: 'GET', path: '/containers/json', query: { all: '1', filters } });
  const { run } = context.mark();
  return (
    !Array.isArray(body) || body.some((one: { Labels?: Record<string, string> }) => one.Labels?.[runLabel] !== run)
  );
}
