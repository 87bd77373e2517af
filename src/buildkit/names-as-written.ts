/** `naming to docker.io/library/app`, as buildx has it where no tag was written: the engine, asked by POST /build, adds `:latest`. Pure. */
import type { BuildStatus } from '../api/answers/build-status.ts';
import { cutImageName } from '../image-name.ts';

const naming = 'naming to ';

/** @param names of the image, as they were asked for, a line each */
export function namesAsWritten(status: BuildStatus, names: string): BuildStatus {
  const plain = new Map<string, string>(
    names.split('\n').flatMap((name) => {
      const { repository, tag, digest } = cutImageName(name);
      return tag === undefined && digest === undefined ? [[`${naming}${repository}:latest`, repository] as const] : [];
    }),
  );
  const task = (one: BuildStatus['tasks'][number]): BuildStatus['tasks'][number] => {
    const repository = plain.get(one.id);
    return repository === undefined ? one : { ...one, id: `${naming}${repository}` };
  };
  return { ...status, tasks: status.tasks.map(task) };
}
