/** The prompt: docker commands one after the other. */
import type { Candidate } from '../command/complete.ts';
import { lineReader } from './line-reader.ts';
import type { LineSetting } from './line-reader.ts';

export interface PromptSetting extends Omit<LineSetting, 'words'> {
  /** Performs a line, or answers it in another way, and tells what goes wrong. `leave` ends the prompt. */
  perform(line: string): Promise<'leave' | undefined>;
}

/** What the prompt itself understands, besides docker's commands. */
const ownWords: readonly Candidate[] = [
  { value: 'help', means: 'what can be typed here' },
  { value: 'explain', means: 'what each part of a docker command means' },
  { value: 'exit', means: 'leave' },
];

/** Resolves when the learner leaves: `exit`, Ctrl-D, or the signal. */
export async function runPrompt(setting: PromptSetting): Promise<void> {
  const read = lineReader({ ...setting, words: ownWords });
  while (!setting.signal.aborted) {
    const line = await read();
    if (line === undefined) return;
    if (line.trim() === '') continue;
    await setting.history.add(line);
    if ((await setting.perform(line)) === 'leave') return;
  }
}
