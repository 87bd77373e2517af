/** docs/machines.md, from what was written down of each machine. Pure. */
import type { Outcome } from './outcome.ts';

export interface MachineSeen {
  readonly name: string;
  /** As the program tells it: `Docker Engine 28.5.2`. Absent where it did not come so far. */
  readonly engine?: string;
  readonly lessons: Readonly<Record<string, Outcome>>;
}

const intro = `# Machines

What the six lessons that docker-tutor is named for, and \`install-docker\`, came to on each machine, by \`docker-tutor run LESSON
--yes\`. Each passes, or says before its first step what is in the way and what to do.

Made by \`npm run machines\`, a machine at a time; it asks nothing of a machine but that docker-tutor runs there:

\`\`\`sh
npm run build
npm run machines -- 'the lab' -- --lab
npm run machines -- 'an engine elsewhere' -- --host tcp://server:2375
npm run machines -- 'Node 24' --program '/opt/node-24/bin/node bin/docker-tutor.js'
npm run machines -- 'in a container' --program 'docker run --rm --network host -v /var/run/docker.sock:/var/run/docker.sock docker-tutor'
\`\`\`

\`--lessons\` names others, with commas; what follows the second \`--\` are options of \`docker-tutor run\`. What came out is kept in
\`test/fixtures/machines.json\`, and this page is written from it. It ends with 1 where a lesson did neither.
`;

export function page(machines: readonly MachineSeen[]): string {
  const parts = [intro];
  for (const { name, engine, lessons } of machines) {
    parts.push(`## ${name}`, '');
    if (engine !== undefined) parts.push(`${engine}.`, '');
    parts.push('| lesson | |', '|---|---|');
    for (const [lesson, outcome] of Object.entries(lessons)) parts.push(`| ${lesson} | ${words(outcome)} |`);
    parts.push('');
  }
  return parts.join('\n');
}

function words(outcome: Outcome): string {
  switch (outcome.is) {
    case 'passed':
      return `passed, ${String(outcome.steps)} steps`;
    case 'told':
      return cell(
        `before the first step: ${outcome.message}${outcome.code === undefined ? '' : ` (\`${outcome.code}\`)`}. To do: ${outcome.mend}`,
      );
    case 'wrong':
      return cell(`**${outcome.why}**`);
  }
}

function cell(text: string): string {
  return text.replaceAll('|', String.raw`\|`).replaceAll(/[<>]/g, (sign) => (sign === '<' ? '&lt;' : '&gt;'));
}
