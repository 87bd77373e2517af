/** `docker-tutor author new`: a folder with a scenario to begin with. */
import type { Command } from 'commander';
import { Failure } from '../../../failure.ts';
import { cleanLine } from '../../../terminal/clean-text.ts';
import type { Go } from '../subcommand.ts';
import { examples } from '../subcommand.ts';

export interface NewOptions {
  readonly dir?: string;
}

export function addNew(author: Command, go: Go, action = makeNew): void {
  author
    .command('new')
    .argument('<id>', 'of the scenario, and the name of its folder')
    .option('--dir <folder>', 'where the folder is made; default: scenarios')
    .description('a small scenario that passes lint and test, to begin with')
    .addHelpText(
      'after',
      examples(
        ['author new my-lesson', 'scenarios/my-lesson'],
        ['author new my-lesson --dir lessons', 'lessons/my-lesson'],
      ),
    )
    .action((id: string, options: NewOptions) => go(() => action(id, options)));
}

/** Prints what was made; returns the exit code. @throws Failure where the folder is there already */
async function makeNew(id: string, { dir = 'scenarios' }: NewOptions): Promise<number> {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))
    throw new Failure(`"${cleanLine(id)}" cannot be the id of a scenario.`, {
      code: 'bad-id',
      exitCode: 2,
      hints: ['Use lower-case letters, digits and single dashes: custom-bridge'],
    });
  const [{ mkdir, writeFile }, { join }, { newScenario }, { quote }, { shippedSchema }] = await Promise.all([
    import('node:fs/promises'),
    import('node:path'),
    import('../../../author/new-scenario.ts'),
    import('../../../command/shell/quote.ts'),
    import('../../../scenario/catalogue.ts'),
  ]);
  const folder = join(dir, id);
  try {
    await mkdir(dir, { recursive: true });
    await mkdir(folder);
  } catch (error) {
    throw notMade(folder, error);
  }
  await writeFile(join(folder, 'scenario.yaml'), newScenario(id));
  await writeFile(join(folder, 'scenario.schema.json'), shippedSchema());
  const asked = quote(folder);
  process.stdout.write(
    `${cleanLine(join(folder, 'scenario.yaml'))}   the scenario\n` +
      `${cleanLine(join(folder, 'scenario.schema.json'))}   its format, for help in an editor\n\n` +
      `Files that the lesson needs go into ${cleanLine(join(folder, 'files'))}. Then:\n` +
      `  docker-tutor author lint ${asked}\n  docker-tutor author test ${asked}\n  docker-tutor run ${asked}\n`,
  );
  return 0;
}

function notMade(folder: string, error: unknown): Failure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return new Failure(
    code === 'EEXIST' ? `${cleanLine(folder)} is there already.` : `${cleanLine(folder)} cannot be made.`,
    {
      code: 'folder-not-made',
      exitCode: 2,
      hints: code === 'EEXIST' ? ['Take another id, or another folder with --dir.'] : [],
      evidence: code === 'EEXIST' ? [] : [error instanceof Error ? cleanLine(error.message) : ''],
      cause: error,
    },
  );
}
