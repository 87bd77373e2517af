/** Long tests at a terminal, of whole lessons: with DOCKER_TUTOR_TEST_TERMINAL, `all` or names of lessons. */
const wish = process.env['DOCKER_TUTOR_TEST_TERMINAL'];

/** Whether they were asked for. */
export const wantsTerminal = wish !== undefined;

/** All of them, where none is asked for: so that each is told as skipped. */
export function sample(lessons: readonly string[]): readonly string[] {
  return wish === undefined || wish === 'all' ? lessons : lessons.filter((id) => wish.split(',').includes(id));
}
