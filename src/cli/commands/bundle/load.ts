/** Verifies a bundle, and brings its images onto an engine. */
import { loadBundle } from '../../../bundle/load.ts';
import { phase } from '../../../lab/progress.ts';
import { loadedText } from '../../../report/answers/bundle.ts';
import { labProgress } from '../../../report/answers/lab.ts';
import { shippedScenarios } from '../../../scenario/catalogue.ts';
import { stateFolder } from '../../../state/home.ts';
import { inStateFolder } from '../../../state/places.ts';
import { bundledImages } from '../../../state/public-images.ts';
import { size } from '../../../terminal/amounts.ts';
import type { Answer } from '../../process/answer.ts';
import { openEngine } from '../../process/engine.ts';
import type { Session } from '../subcommand.ts';
import type { LoadOptions } from './command.ts';
import { verifiedWithProgress } from './look.ts';

/** @throws Failure E-STATE-FOLDER: without it lessons could not use what was loaded */
async function noted(ids: readonly string[]): Promise<void> {
  const known = bundledImages(process.env);
  await inStateFolder(stateFolder(process.env), () => {
    for (const id of ids) if (!known.has(id)) known.add(id);
  });
}

/** Lessons that are about a pull. */
function pulling(): ReadonlySet<string> {
  const wanting = shippedScenarios().filter(({ requires }) => (requires.pulls ?? []).length > 0);
  return new Set(wanting.map(({ id }) => id));
}

export async function loaded(path: string, options: LoadOptions & Session): Promise<Answer> {
  const { signal, replace = false } = options;
  // nothing is started for a file that is none
  const bundle = await verifiedWithProgress(path, signal);
  try {
    const { engine } = await openEngine({ ...options, images: [] });
    try {
      const done = await phase(labProgress(), 'images', 'loading its images', async (tell) => {
        let sent = 0;
        return loadBundle({
          bundle,
          engine,
          replace,
          brought: noted,
          signal,
          tell: (image, bytes) => tell(`${image}, ${size((sent += bytes))}`),
        });
      });
      const { document } = bundle;
      return {
        exitCode: 0,
        fields: { ...done, lessons: document.lessons },
        text: () => loadedText(done, document, pulling()),
      };
    } finally {
      engine.close();
    }
  } finally {
    await bundle.file.close();
  }
}
