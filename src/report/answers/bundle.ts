/** What `docker-tutor bundle` says. Names in a bundle are anybody's: they are cleaned here. */
import { basename } from 'node:path';
import type { Created } from '../../bundle/create.ts';
import type { BundleDocument } from '../../bundle/document.ts';
import type { BundledImage } from '../../bundle/layout.ts';
import type { Loaded } from '../../bundle/load.ts';
import { familiar } from '../../image-name.ts';
import { count, listed, size } from '../../terminal/amounts.ts';
import { cleanLine } from '../../terminal/clean-text.ts';

export function createdText({ file, size: bytes, images, lessons, kept }: Created): string {
  const before =
    kept.length === 0
      ? ''
      : ` ${count(kept.length, 'image')} of an earlier create ${kept.length === 1 ? 'was' : 'were'} whole in it, and kept.`;
  return lines(
    `${cleanLine(file)} has ${count(lessons.length, 'lesson')} and ${count(images.length, 'image')}, ${size(bytes)}.${before}`,
    'Where there is no network, beside a copy of it, and then docker-tutor run as ever:',
    `  docker-tutor bundle load ${typeable(basename(file))}`,
  );
}

/** A name that no shell reads otherwise; for another one stands FILE. */
function typeable(name: string): string {
  return /^[\w.+-]+$/.test(name) ? name : 'FILE';
}

/** @param pulling lessons that pull an image when they are taken */
export function loadedText(
  { loaded, here, replaced }: Loaded,
  { images, lessons }: BundleDocument,
  pulling: ReadonlySet<string>,
): string {
  const standIns = standInsIn(images);
  const whole = lessons.filter((id) => !pulling.has(id));
  const others = lessons.filter((id) => pulling.has(id));
  return lines(
    ...(loaded.length > 0 ? [`Loaded: ${names(loaded)}.`] : []),
    ...(here.length > 0 ? [`Here already: ${names(here)}.`] : []),
    ...(replaced.length > 0 ? [`What was called so before stays without a name: ${names(replaced)}.`] : []),
    ...(standIns === '' ? [] : [standIns]),
    ...(images.length === 0 ? ['There are no images in it.'] : []),
    ...(whole.length > 0 ? [`Its lessons run without a registry now: ${names(whole)}.`] : []),
    ...(others.length > 0
      ? [`Pull an image when they are taken, so they need a registry then: ${names(others)}.`]
      : []),
  );
}

export function verifiedText({ files, images }: BundleDocument, bytes: number): string {
  return lines(
    `Every byte is as it was written: ${count(files.length + 1, 'file')}, ${count(images.length, 'image')}, ${size(bytes)}.`,
  );
}

export function listedText({ tool, platform, lessons, images, files }: BundleDocument, bytes: number): string {
  const named = images.map((image) => ({ ...image, shown: cleanLine(familiar(image.name)) }));
  const width = Math.max(5, ...named.map(({ shown }) => shown.length));
  const rows = named.map(
    ({ shown, config, size: weight, standIn }) =>
      `  ${shown.padEnd(width)}  ${size(weight).padStart(8)}  ${config.slice(7, 19)}${standIn ? '  stand-in' : ''}`,
  );
  return lines(
    `Made by ${cleanLine(tool)}: ${count(files.length + 1, 'file')}, ${size(bytes)}`,
    '',
    `Lessons: ${names(lessons)}`,
    ...(rows.length > 0
      ? ['', `Images for ${cleanLine(platform)}, layers that several have counted for each:`, ...rows]
      : []),
  );
}

function standInsIn(images: readonly BundledImage[]): string {
  const found = images.filter(({ standIn }) => standIn === true).map(({ name }) => familiar(name));
  if (found.length === 0) return '';
  return found.length === 1
    ? `${names(found)} is a stand-in: it has the name and the use of the real image.`
    : `Stand-ins, with the names and the use of the real images: ${names(found)}.`;
}

function names(all: readonly string[]): string {
  return listed(all.map(cleanLine));
}

function lines(...all: readonly string[]): string {
  return all.map((line) => `${line}\n`).join('');
}
