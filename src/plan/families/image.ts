/** docker image …: what brings, makes, names and removes images. */
import * as image from '../../command/tables/image.ts';
import { entry } from '../entry.ts';
import { importImage, loadImages, saveImages } from '../image/archive.ts';
import { buildImage } from '../image/build/build.ts';
import { pullImage } from '../image/pull.ts';
import { pushImage } from '../image/push.ts';
import { removeImages } from '../image/remove.ts';
import { tagImage } from '../image/tag.ts';
import type { Family } from './family.ts';

export const plans: Family = new Map([
  entry(image.imagePull, pullImage),
  entry(image.imageRm, removeImages),
  entry(image.imageBuild, buildImage),
  entry(image.imagePush, pushImage),
  entry(image.imageTag, tagImage),
  entry(image.imageSave, saveImages),
  entry(image.imageLoad, loadImages),
  entry(image.imageImport, importImage),
]);
