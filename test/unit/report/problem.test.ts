import { describe, expect, it } from 'vitest';
import { causeFailure } from '../../../src/cause-failure.ts';
import { laptop as machine } from '../../fixtures/laptop.ts';
import { width } from '../../../src/terminal/width.ts';
import { machineObstacle } from '../../../src/lab/engine/obstacles.ts';
import { nameTaken } from '../../../src/ownership/guard/context.ts';
import { Failure } from '../../../src/failure.ts';
import { describeFailure, problemEvent } from '../../../src/report/problem.ts';

const missing = causeFailure('E-SOCKET-MISSING', {
  args: { address: 'unix:///nowhere', from: 'DOCKER_HOST' },
  evidence: ['connect ENOENT /nowhere\u001b[2J'],
});

describe('a cause of the catalogue', () => {
  it('is told with its id at the right edge, the reason, the fix, the way out and the evidence', () => {
    const lines = describeFailure(missing, { machine }).split('\n');
    expect(lines[0]).toMatch(/^ ✘ No Docker Engine answers at unix:\/\/\/nowhere +E-SOCKET-MISSING$/);
    expect(lines[0]).toHaveLength(80);
    expect(lines).toContainEqual(expect.stringMatching(/^ {3}asked there because {3}DOCKER_HOST/));
    expect(lines).toContainEqual(expect.stringMatching(/^ {3}mend it {15}\S/));
    // to be copied: it is not broken, and stands on a line of its own where there is no room beside the heading
    expect(lines).toContain('   or practise without');
    expect(lines).toContain('   sudo env "PATH=$PATH" docker-tutor run hello-world --lab');
    expect(lines.at(-2)).toBe('   connect ENOENT /nowhere');
  });

  it('fits a narrow window, but for what is to be copied', () => {
    const lines = describeFailure(missing, { machine, columns: 50 }).split('\n');
    expect(lines.filter((line) => width(line) > 50)).toEqual([
      '   sudo env "PATH=$PATH" docker-tutor run hello-world --lab',
    ]);
  });

  it('is an event with the same words', () => {
    const event = problemEvent(missing, { machine, step: 'pull' });
    expect(event).toMatchObject({
      type: 'problem',
      step: 'pull',
      code: 'E-SOCKET-MISSING',
      message: 'No Docker Engine answers at unix:///nowhere',
    });
    expect(event.hints.length).toBeGreaterThan(0);
    expect(event.alternatives?.join()).toContain('--lab');
    expect(event.askedBecause).toContain('DOCKER_HOST');
  });
});

describe('a file or a command line', () => {
  it('lists every place of a file before what to do', () => {
    const failure = new Failure('s.yaml has 2 problems.', {
      code: 'scenario-invalid',
      exitCode: 2,
      evidence: ['s.yaml:3:1: unknown key "titel"', 's.yaml:9:5: "do" must be text'],
      hints: ['docker-tutor author lint s.yaml'],
    });
    expect(describeFailure(failure, { machine })).toBe(
      ' ✘ s.yaml has 2 problems.\n   s.yaml:3:1: unknown key "titel"\n   s.yaml:9:5: "do" must be text\n   try   docker-tutor author lint s.yaml\n',
    );
  });

  const at = (line: string, word: string): string => {
    const start = line.indexOf(word);
    const args = { line, start: String(start), end: String(start + word.length) };
    return describeFailure(new Failure('Unknown flag.', { code: 'unknown-flag', exitCode: 2, args }), { machine });
  };

  it.each([
    ['docker run -name web busybox', '-name'],
    ['docker run \\\n  -name web \\\n  busybox', '-name'],
    ['docker run 日本 -name web', '-name'],
    [`docker run ${'-e A=b '.repeat(40)}-name web ${'x '.repeat(40)}`, '-name'],
  ])('underlines the spot in %j', (line, word) => {
    const lines = at(line, word).split('\n');
    const marks = lines.findIndex((text) => /^ *\^+$/.test(text));
    const from = width(/^ */.exec(lines[marks] ?? '')?.[0] ?? '');
    let columns = 0;
    let under = '';
    for (const sign of lines[marks - 1] ?? '') {
      if (columns >= from && columns < from + word.length) under += sign;
      columns += width(sign);
    }
    expect(under).toBe(word);
    expect(lines.filter((text) => width(text) > 80)).toEqual([]);
  });
});

describe('a name that is the learner’s own', () => {
  it('is told with what it names, and why it is left alone', () => {
    const text = describeFailure(nameTaken('volume', 'data'), { machine });
    expect(text).toContain('The volume name data is taken');
    expect(text).toContain('docker-tutor did not make it');
    expect(text).toContain('choose another name');
  });
});

describe('a failure with a sentence of its own', () => {
  it('is told with it, why it is so, the fix for its case, and its id', () => {
    const failure = machineObstacle({ platform: 'linux', arch: 'x64', uid: 1000, capabilities: undefined });
    const text = failure ? describeFailure(failure, { machine, columns: 100 }) : '';
    expect(text).toMatch(/The lab engine needs root, and this user is not root +E-LAB-ROOT\n/);
    expect(text).toContain('only root');
    expect(text).toMatch(/mend it +Run the same command with sudo\./);
  });
});
