/** `docker-tutor author new|lint|test|translate|pages|schema`: write scenarios, prove them, and hand them out. */
import type { Command } from 'commander';
import type { Go } from '../subcommand.ts';
import { addLint } from './lint.ts';
import { addNew } from './new.ts';
import { addPages } from './pages.ts';
import { addSchema } from './schema.ts';
import { addTest } from './test.ts';
import { addTranslate } from './translate.ts';
import { examples } from '../subcommand.ts';

export function addAuthor(program: Command, go: Go): void {
  const author = program
    .command('author')
    .description('write scenarios, and prove them')
    .addHelpText(
      'after',
      examples(
        ['author new my-lesson', 'a lesson to begin with'],
        ['author lint scenarios/my-lesson', 'what is wrong in it'],
        ['author test scenarios/my-lesson --lab', 'its proof on an engine'],
      ),
    );
  for (const add of [addNew, addLint, addTest, addTranslate, addPages, addSchema]) add(author, go);
}
