/** Fetches what lessons need: says what it costs, asks, and fetches one image after the other. */
import { homedir } from 'node:os';
import { configFolder } from '../../../engine/connect/endpoint.ts';
import type { Engine } from '../../../engine/engine.ts';
import { dockerLogins } from '../../../engine/login/docker-logins.ts';
import { Failure } from '../../../failure.ts';
import { phase } from '../../../lab/progress.ts';
import { fetchImage } from '../../../prefetch/fetch.ts';
import { planFetch } from '../../../prefetch/plan.ts';
import type { FetchPlan, PlannedImage } from '../../../prefetch/plan.ts';
import { tooFewPulls } from '../../../prefetch/too-few-pulls.ts';
import { labProgress } from '../../../report/answers/lab.ts';
import { fetchQuestion, fetchPlanText, fetchedText } from '../../../report/answers/prefetch.ts';
import { layersText, pulledThenText } from '../../../report/answers/transfer.ts';
import type { Answer } from '../../process/answer.ts';
import { openEngine } from '../../process/engine.ts';
import { lessonsAsked } from '../lessons-asked.ts';
import type { Session } from '../subcommand.ts';
import type { PrefetchOptions } from './command.ts';

export async function prefetched(asked: readonly string[], options: PrefetchOptions & Session): Promise<Answer> {
  const { images, used, pulledThen } = await lessonsAsked(asked, options.all === true, 'prefetch');
  const { engine } = await openEngine({ ...options, images: used });
  try {
    const plan = await fetchAll(images, engine, options);
    return {
      exitCode: 0,
      fields: { images: plan.images.map(asField), pullsLeft: plan.left?.left ?? null },
      text: () => fetchedText(plan) + pulledThenText(pulledThen),
    };
  } finally {
    engine.close();
  }
}

interface FetchOptions extends Session {
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** @throws Failure E-RATE-LIMIT where too few pulls are left, `interrupted` where the answer is no */
export async function fetchAll(images: readonly string[], engine: Engine, options: FetchOptions): Promise<FetchPlan> {
  const { signal, yes = false, json = false } = options;
  const logins = dockerLogins(configFolder({ env: process.env, home: homedir() }), signal);
  const plan = await planFetch({ images, engine, logins, signal });
  const missing = plan.images.filter(({ here }) => !here);
  if (missing.length === 0) return plan;
  process.stderr.write(fetchPlanText(plan));
  const tooFew = tooFewPulls(plan);
  if (!yes && tooFew) throw tooFew;
  if (!yes && !json && process.stdin.isTTY && process.stderr.isTTY) await ask(plan, signal);
  const report = labProgress();
  for (const { name } of missing)
    await phase(report, 'images', `fetching ${name.familiarFull}`, async (tell) => {
      const layers = layersText();
      await fetchImage(name, { engine, logins, signal, tell: (_, message) => tell(layers.after(message)) });
      tell(layers.whole());
    });
  return plan;
}

async function ask(plan: FetchPlan, signal: AbortSignal): Promise<void> {
  const [{ askLine, isYes }, { openKeyboard }] = await Promise.all([
    import('../../keyboard/ask-line.ts'),
    import('../../keyboard/keyboard.ts'),
  ]);
  const setting = { input: openKeyboard(), output: process.stderr, signal };
  if (isYes(await askLine(`${fetchQuestion(plan)} [y/N] `, setting))) return;
  throw new Failure('Nothing was fetched.', { code: 'interrupted', exitCode: 130, hints: [] });
}

function asField({ name, here, weight, toFetch, pulls }: PlannedImage): object {
  return { name: name.familiarFull, here, bytes: weight?.bytes ?? null, toFetch: here ? 0 : (toFetch ?? null), pulls };
}
