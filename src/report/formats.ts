/** A map from name to format, each format in its own file, loaded when it is asked for. */
import type { Report, ReportSetting } from './format.ts';

export const reports = {
  pretty: async (setting: ReportSetting): Promise<Report> => (await import('./pretty/pretty.ts')).prettyReport(setting),
  plain: async (setting: ReportSetting): Promise<Report> => (await import('./plain.ts')).plainReport(setting),
  json: async (setting: ReportSetting): Promise<Report> => (await import('./json.ts')).jsonReport(setting),
};

export type Format = keyof typeof reports;
