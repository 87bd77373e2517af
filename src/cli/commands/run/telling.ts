/** From the run to its reports: events in their order, told while the engine is at work. */
import type { Event } from '../../../events/events.ts';
import { once } from '../../../once.ts';
import { fanOut } from '../../../report/fan-out.ts';
import type { FailedReport } from '../../../report/fan-out.ts';
import type { Report, ReportSetting } from '../../../report/format.ts';
import { formats } from '../../../report/formats.ts';
import type { FormatName } from '../../../report/formats.ts';
import { journalFolder } from '../../../state/home.ts';
import type { FileWish, ReportFile, ReportWish } from '../../../report/report-file.ts';

export interface TellingSetting extends ReportSetting {
  /** Of what is told on stdout. */
  readonly format: FormatName;
  /** What is told on stdout. Default: as `format` tells it. */
  readonly open?: (() => Promise<Report>) | undefined;
}

export interface Telling {
  emit(event: Event): void;
  /** Makes the files of further reports, before anything is told. @throws Failure (exit code 2) where one cannot be written */
  into(wishes: readonly ReportWish[]): Promise<void>;
  /** From now on events are told; those before it wait. */
  begin(): void;
  /** What is told on stdout. */
  report(): Promise<Report>;
  /** All that came so far has been told. */
  drained(): Promise<void>;
  /** @returns what could not be told to its end */
  end(): Promise<readonly FailedReport[]>;
}

/** Hands events on one after the other, and only when the engine has been asked what it is asked next. */
export function telling(setting: TellingSetting): Telling {
  const waiting: Event[] = [];
  let files: readonly ReportFile[] = [];
  let beside: readonly FormatName[] = [];
  let begun = false;
  let busy: Promise<void> | undefined;
  const report = once(() => (setting.open ? setting.open() : formats[setting.format].open(setting)));
  const all = once(async () =>
    fanOut([
      // first: until it has ended, what others print is not taken for its words
      ...(await Promise.all(
        beside.map(async (name) => ({ name, report: await formats[name].open(besideIt(setting)) })),
      )),
      { name: setting.format, report: await report() },
      ...(await reportsIn(files, setting)),
    ]),
  );
  async function tell(): Promise<void> {
    await new Promise(setImmediate);
    const reports = await all();
    for (let event = waiting.shift(); event !== undefined; event = waiting.shift()) await reports.event(event);
    busy = undefined;
  }
  const begin = (): void => {
    begun = true;
    if (waiting.length > 0) busy ??= tell();
  };
  return {
    report,
    emit(event) {
      waiting.push(event);
      if (begun) begin();
    },
    async into(wishes) {
      beside = wishes.flatMap(({ kind }) => (formats[kind].on === 'stdout' && kind !== setting.format ? [kind] : []));
      const inFiles = wishes.filter((wish): wish is FileWish => wish.file !== undefined);
      if (inFiles.length > 0)
        files = (await import('../../../report/report-file.ts')).openReportFiles(inFiles, journalFolder(process.env));
    },
    begin,
    drained: async () => busy,
    async end() {
      begin();
      await busy;
      return (await all()).end();
    },
  };
}

/** What programs read on stdout has it to itself; GitHub reads both. */
function besideIt(setting: TellingSetting): ReportSetting {
  return formats[setting.format].for === 'people' ? setting : { ...setting, stdout: setting.stderr };
}

async function reportsIn(files: readonly ReportFile[], setting: ReportSetting) {
  if (files.length === 0) return [];
  const { reportIn } = await import('../../../report/report-file.ts');
  return Promise.all(files.map(async (file) => ({ name: file.file, report: await reportIn(file, setting) })));
}
