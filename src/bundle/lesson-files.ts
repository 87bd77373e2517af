/** The files of a lesson as a bundle has them: unpacked with tar, `docker-tutor run lessons/ID` takes it. */
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { Failure } from '../failure.ts';
import { cleanLine } from '../terminal/clean-text.ts';
import { nameFault } from './tar/header.ts';

export interface BundledLesson {
  readonly id: string;
  /** Of the scenario: YAML, or JSON, which is YAML too. */
  readonly file: string;
  /** Folder whose content the workspace starts with. */
  readonly files: string | undefined;
}

interface LessonFile {
  readonly name: string;
  readonly content: Buffer;
  readonly executable: boolean;
}

/** Bytes. Data of a lesson belong into an image. */
const largestFile = 64 * 1024 * 1024;

/** @throws Failure files-not-copied for what is no plain file */
export function lessonFilesOf({ id, file, files }: BundledLesson): readonly LessonFile[] {
  const scenario = { name: `lessons/${id}/scenario.yaml`, content: readFileSync(file), executable: false };
  if (files === undefined) return [scenario];
  const found = readdirSync(files, { recursive: true, withFileTypes: true })
    .filter((one) => !one.isDirectory())
    .map((one) => join(one.parentPath, one.name))
    .sort();
  return [
    scenario,
    ...found.map((path) => fileOf(path, `lessons/${id}/files/${relative(files, path).split(sep).join('/')}`)),
  ];
}

function fileOf(path: string, name: string): LessonFile {
  const stats = lstatSync(path);
  const fault = !stats.isFile()
    ? 'is no plain file, and a bundle has no others'
    : stats.size > largestFile
      ? 'is too large for a lesson'
      : nameFault(name);
  if (fault === undefined) return { name, content: readFileSync(path), executable: (stats.mode & 0o100) !== 0 };
  throw new Failure(`${cleanLine(path)} ${fault}.`, {
    code: 'files-not-copied',
    exitCode: 2,
    hints: ['Leave it out of the lesson’s files/, or leave out the lesson.'],
  });
}
