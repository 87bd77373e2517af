/** Looks at all that a command is about to change, before its first change: a no to one thing of it leaves everything as it was. */
import { Failure } from '../../failure.ts';
import type { Foreseen, ForeseenOfOthers } from '../../api/guard.ts';
import { canonical } from '../../image-name.ts';
import { permissionFor } from '../../permission-name.ts';
import type { GuardContext, Whose } from './context.ts';
import { whoseName } from '../image-owner.ts';
import { lookAt } from '../image-view.ts';
import { ownerOf } from './objects.ts';
import { isGranted } from './rule.ts';

/** @throws Failure that names what is not ours, and the permissions for it */
export async function foresee(things: readonly Foreseen[], context: GuardContext): Promise<void> {
  const owners = await Promise.all(things.map((thing) => ownerOfForeseen(thing, context)));
  const others = things.flatMap((thing, i): readonly ForeseenOfOthers[] => {
    const why = owners[i] ?? 'absent';
    return why === 'mine' || why === 'absent' || isGrantedTo(thing, context) ? [] : [{ ...thing, why }];
  });
  if (others.length > 0 && !(await context.permitAll(others))) throw notPermitted(others);
}

/** What is granted may be used, and stays. */
function isGrantedTo({ kind, ref, name, fate }: Foreseen, context: GuardContext): boolean {
  return fate !== 'removed' && fate !== 'replaced' && isGranted(kind, [ref, name], context);
}

async function ownerOfForeseen({ kind, ref }: Foreseen, context: GuardContext): Promise<Whose> {
  if (kind === 'image') {
    const image = await lookAt(ref, context.ask);
    return image ? whoseName(canonical(ref), image, context) : 'absent';
  }
  if (kind === 'container' && context.madeHere.has(ref)) return 'mine';
  return (await ownerOf(kind, ref, context)).whose;
}

function notPermitted(others: readonly ForeseenOfOthers[]): Failure {
  const named = others.map(({ kind, name, fate }) => `${kind} ${name} (${fate})`);
  const permissions = [...new Set(others.map(({ kind, name }) => permissionFor(kind, name)))];
  const [permission] = permissions;
  return new Failure(`This command would change what this run did not make: ${named.join(', ')}.`, {
    code: 'E-NOT-YOURS-TO-CHANGE',
    exitCode: 4,
    ...(permission !== undefined && { args: { permission } }),
    hints: [
      'Nothing was changed.',
      `A lesson that may do so says it under requires: permissions: [${permissions.join(', ')}]`,
    ],
  });
}
