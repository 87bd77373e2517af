/** Makes a bundle: what the engine lacks is fetched first. */
import { createBundle } from '../../../bundle/create.ts';
import { canonical, familiar } from '../../../image-name.ts';
import { phase } from '../../../lab/progress.ts';
import { createdText } from '../../../report/answers/bundle.ts';
import { labProgress } from '../../../report/answers/lab.ts';
import { pulledThenText } from '../../../report/answers/transfer.ts';
import { size } from '../../../terminal/amounts.ts';
import { version } from '../../../version.ts';
import type { Answer } from '../../process/answer.ts';
import { openEngine } from '../../process/engine.ts';
import { lessonsAsked } from '../lessons-asked.ts';
import { fetchAll } from '../prefetch/prefetch.ts';
import type { Session } from '../subcommand.ts';
import type { CreateOptions } from './command.ts';

export async function created(
  file: string,
  asked: readonly string[],
  options: CreateOptions & Session,
): Promise<Answer> {
  const { signal } = options;
  const { lessons, images, pulledThen } = await lessonsAsked(asked, options.all === true, 'bundle create FILE');
  const { engine } = await openEngine({ ...options, images });
  try {
    await fetchAll(images, engine, options);
    const bundle = await phase(labProgress(), 'images', 'writing the bundle', async (tell) => {
      let written = 0;
      const made = await createBundle({
        file,
        engine,
        images: [...new Set(images.map(canonical))],
        lessons: lessons.map((one) => ({ id: one.scenario.id, file: one.file, files: one.files })),
        tool: `docker-tutor ${version}`,
        signal,
        tell: (image, bytes) => tell(`${familiar(image)}, ${size((written += bytes))}`),
      });
      tell(size(made.size));
      return made;
    });
    return {
      exitCode: 0,
      fields: bundle,
      text: () => createdText(bundle) + pulledThenText(pulledThen),
    };
  } finally {
    engine.close();
  }
}
