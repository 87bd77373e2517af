/** Options of up and create that Compose refuses side by side, in its words (docker/compose, cmd/compose/up.go and create.go). */
import type { Command } from '../command/command.ts';
import type { composeUp } from '../command/tables/compose.ts';
import { Stopped } from '../plan/effects.ts';

type Up = Command<(typeof composeUp)['flags']>['flags'];
type Switch = keyof Up;

/** Each of the second beside the first. */
const incompatible: readonly (readonly [Switch, Switch])[] = [
  ['build', 'no-build'],
  ['no-recreate', 'renew-anon-volumes'],
  ['force-recreate', 'no-recreate'],
  ['always-recreate-deps', 'no-recreate'],
  ['no-build', 'watch'],
];

const attached: readonly Switch[] = [
  'abort-on-container-exit',
  'abort-on-container-failure',
  'attach',
  'attach-dependencies',
  'watch',
];

/** @throws Stopped for the first two that exclude each other */
export function assertTogether(flags: Up): void {
  const has = (name: Switch): boolean => {
    const value = flags[name];
    return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
  };
  const aborts = has('abort-on-container-exit') || (has('exit-code-from') && !has('abort-on-container-failure'));
  if (aborts && has('abort-on-container-failure'))
    throw new Stopped('--abort-on-container-failure cannot be combined with --abort-on-container-exit');
  if (has('wait') && (aborts || has('attach') || has('attach-dependencies')))
    throw new Stopped('--wait cannot be combined with --abort-on-container-exit, --attach or --attach-dependencies');
  const background = has('detach') ? 'detach' : has('wait') ? 'wait' : undefined;
  if (background !== undefined && (aborts || attached.some(has)))
    throw new Stopped(
      `--${background} cannot be combined with --abort-on-container-exit, --abort-on-container-failure, --attach, --attach-dependencies or --watch`,
    );
  for (const [one, other] of incompatible)
    if (has(one) && has(other)) throw new Stopped(`--${one} and --${other} are incompatible`);
  if (has('attach') && has('attach-dependencies'))
    throw new Stopped('cannot combine --attach and --attach-dependencies');
}
