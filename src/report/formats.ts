/** A map from name to format, each format in its own file, loaded when it is asked for. */
import type { Report, ReportSetting } from './format.ts';

export interface Format {
  /** `people`: questions can be asked beside it. */
  readonly for: 'people' | 'programs';
  /** `terminal`: what is drawn is for a screen, and makes no file. `stdout`: for who reads the output of the process. */
  readonly on: 'terminal' | 'stdout' | 'anything';
  open(setting: ReportSetting): Promise<Report>;
}

export const formats = {
  pretty: {
    for: 'people',
    on: 'terminal',
    open: async (setting) => (await import('./pretty/pretty.ts')).prettyReport(setting),
  },
  plain: {
    for: 'people',
    on: 'anything',
    open: async (setting) => (await import('./plain.ts')).plainReport(setting),
  },
  json: {
    for: 'programs',
    on: 'anything',
    open: async (setting) => (await import('./json.ts')).jsonReport(setting),
  },
  junit: {
    for: 'programs',
    on: 'anything',
    open: async (setting) => (await import('./verdict/junit.ts')).junitReport(setting),
  },
  tap: {
    for: 'programs',
    on: 'anything',
    open: async (setting) => (await import('./verdict/tap.ts')).tapReport(setting),
  },
  ctrf: {
    for: 'programs',
    on: 'anything',
    open: async (setting) => (await import('./verdict/ctrf.ts')).ctrfReport(setting),
  },
  github: {
    for: 'programs',
    on: 'stdout',
    open: async (setting) => (await import('./verdict/github.ts')).githubReport(setting),
  },
  prometheus: {
    for: 'programs',
    on: 'anything',
    open: async (setting) => (await import('./verdict/prometheus.ts')).prometheusReport(setting),
  },
  html: {
    for: 'programs',
    on: 'anything',
    open: async (setting) => (await import('./verdict/html/html.ts')).htmlReport(setting),
  },
} as const satisfies Readonly<Record<string, Format>>;

export type FormatName = keyof typeof formats;

export const formatNames = Object.keys(formats) as readonly FormatName[];
