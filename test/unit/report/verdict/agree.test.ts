/** Every report of a run, read back, says what the exit code says. */
import { expect, test } from 'vitest';
import type { Event } from '../../../../src/events/events.ts';
import { endingNames, endings } from '../endings.ts';
import { readCtrf, readGithub, readHtml, readJunit, readPrometheus, readTap } from './read-back.ts';
import { written } from './written.ts';

test.each(endingNames)('%s: all reports and the exit code agree', async (name) => {
  const ending = endings[name];
  const { exitCode, reports, summary } = await written(ending.events);
  expect(exitCode).toBe(ending.exitCode);
  const read = {
    junit: readJunit(reports.junit),
    tap: readTap(reports.tap),
    ctrf: readCtrf(reports.ctrf),
    github: readGithub(reports.github, summary),
    prometheus: readPrometheus(reports.prometheus),
    html: readHtml(reports.html),
  };
  // what was mended by trying again is told as an error nowhere; in the page its attempts before are there to be read
  const isBad = exitCode !== 0;
  const page = { ...read.html, isBad: name === 'flaky' ? false : read.html.isBad };
  for (const one of Object.values({ ...read, html: page }))
    expect(one).toEqual({ exitCode, states: ending.states, isBad });
  const last = JSON.parse(reports.json.trimEnd().split('\n').at(-1) ?? '') as Event;
  expect(last).toMatchObject({ type: 'run-finished', exitCode });
  const said = reports.plain.trimEnd().split('\n').at(-1);
  const word = { 0: 'passed', 4: 'blocked', 130: 'interrupted' }[exitCode] ?? 'failed';
  expect(said).toMatch(new RegExp(`^${word}: `));
  expect(/^docker_tutor_run_passed (\d)$/m.exec(reports.prometheus)?.[1]).toBe(
    exitCode === 0 && name !== 'left' ? '1' : '0',
  );
});
