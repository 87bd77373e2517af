/** Looks at a bundle: what is in it, and whether it is whole. */
import { listBundle, verifyBundle } from '../../../bundle/verify.ts';
import type { Verified } from '../../../bundle/verify.ts';
import { phase } from '../../../lab/progress.ts';
import { listedText, verifiedText } from '../../../report/answers/bundle.ts';
import { labProgress } from '../../../report/answers/lab.ts';
import { partText } from '../../../report/answers/transfer.ts';
import { size } from '../../../terminal/amounts.ts';
import type { Answer } from '../../process/answer.ts';
import type { Session } from '../subcommand.ts';

export async function listed(path: string): Promise<Answer> {
  const { file, document, size: bytes } = await listBundle(path);
  await file.close();
  const { files, ...rest } = document;
  return {
    exitCode: 0,
    fields: { ...rest, files, size: bytes },
    text: () => listedText(document, bytes),
  };
}

export async function verified(path: string, { signal }: Session): Promise<Answer> {
  const { file, document, size: bytes } = await verifiedWithProgress(path, signal);
  await file.close();
  return {
    exitCode: 0,
    fields: { files: document.files.length, images: document.images.length, size: bytes },
    text: () => verifiedText(document, bytes),
  };
}

export async function verifiedWithProgress(path: string, signal: AbortSignal): Promise<Verified> {
  return phase(labProgress(), 'images', 'verifying the bundle', async (tell) => {
    const found = await verifyBundle(path, signal, (done, total) => tell(partText(done, total)));
    tell(size(found.size));
    return found;
  });
}
