/** A scenario in which each text that an author writes is the same one. */
import type { Scenario } from '../../../src/scenario/schema.ts';

export function hostileScenario(text: string): Scenario {
  const bad = `x ${text} y`;
  const block = `${bad}\n\n# ${bad}\n\n- ${bad}\n  1. ${bad}\n\n> ${bad}\n\n| ${bad.replaceAll('|', '')} | b |\n|---|---|\n| ${bad.replaceAll('|', '')} | d |\n\n\`\`\`\n┌─▶ ${bad}\n\`\`\`\n\n\`\`\`\n${bad}\n\`\`\`\n`;
  const question = { ask: bad, options: [bad, bad], answer: [1, 2], because: bad, wrong: { '1': bad } };
  const base = {
    text: block,
    after: block,
    hints: [block, block],
    mistakes: [{ when: { output: { contains: bad } }, say: block }],
    harmless: [],
    goal: bad,
    predict: question,
    expect: [{ output: { contains: bad } }, { output: { contains: bad }, claim: bad }],
  };
  const quoted = `'${bad.replaceAll("'", '')}'`;
  return {
    ...{ formatVersion: 1, id: 'hostile', title: bad, summary: bad, level: 'beginner', minutes: 5, order: 1 },
    ...{
      tags: [bad, 'essentials'],
      teaches: [bad],
      authors: [bad],
      names: {},
      ports: {},
      vars: {},
      intro: block,
      finish: block,
    },
    requires: { images: [bad], engine: bad, swarm: true, permissions: ['privileged'] },
    steps: [
      { ...base, id: 'write', title: bad, write: { path: 'Dockerfile', content: `FROM ${bad}\nRUN ${bad}\n${block}` } },
      { ...base, id: 'append', title: bad, write: { path: 'more', append: bad } },
      { ...base, id: 'build', title: bad, do: `docker build -t x .`, input: [bad] },
      {
        ...base,
        id: 'run',
        title: bad,
        do: [
          `docker run -d --name web -v data:${quoted} --network ${quoted} -p 80:80 ${quoted} ${quoted}`,
          `docker ${bad}`,
        ],
      },
      { ...base, id: 'wrong', title: bad, do: `docker run ${text}` },
      { ...base, id: 'request', title: bad, request: { port: 80, path: bad, headers: { [bad]: bad }, body: bad } },
      { ...base, id: 'quiz', quiz: question },
      { ...base, id: 'read', title: bad, read: block },
    ],
  } as unknown as Scenario;
}
