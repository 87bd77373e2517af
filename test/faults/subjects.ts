/** What is run with a fault: a command line, what must be there for it, and how it may end. Data. */
import { newScenario } from '../../src/author/new-scenario.ts';
import { namedFor } from '../lessons/named-for.ts';

export interface Subject {
  readonly name: string;
  /** Whose images are to be had. */
  readonly lesson?: string;
  readonly args: readonly string[];
  /** In its working folder, by name. */
  readonly files?: Readonly<Record<string, string>>;
  /** A lesson that was killed before, on the healthy engine, when it had made this many requests. */
  readonly killed?: { readonly lesson: string; readonly after: number };
  /** It asks the engine of the lab, whatever DOCKER_HOST says. */
  readonly inLab?: true;
  /** Exit codes that are an ending like others; 1 is docker’s own for a Compose command that failed. */
  readonly ends: readonly number[];
  /** How a cause looks in what it prints. */
  readonly cause: RegExp;
}

const lesson = (id: string): Subject => ({
  name: id,
  lesson: id,
  args: ['run', id, '--yes'],
  ends: [0, 3, 4],
  cause: /problem: |failed: |\bE-[A-Z]/,
});

const project = `
services:
  store: { image: busybox, command: sleep 300, volumes: ['data:/data'] }
  web: { image: busybox, command: sleep 300, depends_on: [store] }
volumes: { data: {} }
`;

export const subjects: readonly Subject[] = [
  ...namedFor.map(lesson),
  {
    name: 'try run',
    args: ['try', 'docker run --rm busybox true'],
    ends: [0, 4, 125],
    cause: /^docker: |\bE-[A-Z]/m,
  },
  {
    name: 'try compose',
    args: ['try', 'docker compose up -d'],
    files: { 'compose.yaml': project },
    ends: [0, 1, 4],
    cause: /Error|failed|\bE-[A-Z]/,
  },
  {
    name: 'clean',
    args: ['clean'],
    killed: { lesson: 'custom-bridge-network', after: 60 },
    ends: [0, 4],
    cause: /^Left |\bE-[A-Z]/m,
  },
  {
    name: 'author test',
    args: ['author', 'test', 'scenario.yaml'],
    files: { 'scenario.yaml': newScenario('tiny') },
    ends: [0, 3, 4],
    cause: /✘|\bE-[A-Z]/,
  },
  { name: 'lab status', args: ['lab', 'status'], inLab: true, ends: [0, 4], cause: /down|broken/ },
];
