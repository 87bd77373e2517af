/** What a bundle is refused for. Names in it are anybody's: they are cleaned here. */
import { Failure } from '../failure.ts';
import { cleanLine } from '../terminal/clean-text.ts';

/** @param file of the bundle, the one that is to blame; @param what the rest of the sentence: `is cut short` */
export function damaged(file: string, what: string, evidence: readonly string[] = []): Failure {
  return new Failure(`The bundle cannot be used: ${shown(file)} in it ${what}.`, {
    code: 'bundle-damaged',
    exitCode: 4,
    hints: ['Copy it once more from where it was made, or make it anew: docker-tutor bundle create'],
    evidence,
  });
}

/** Of a file that no bundle can be. @param path of it @param why a sentence without its stop */
export function notABundle(path: string, why: string): Failure {
  return new Failure(`${cleanLine(path)} is no bundle: ${why}.`, {
    code: 'bundle-unreadable',
    exitCode: 2,
    hints: ['Make one: docker-tutor bundle create FILE LESSON', 'What docker save has written is for docker load.'],
  });
}

/** A name from a bundle, short enough for a sentence. */
export function shown(name: string): string {
  const clean = cleanLine(name);
  return clean === '' ? 'a file without a name' : clean.length > 120 ? `${clean.slice(0, 119)}…` : clean;
}
