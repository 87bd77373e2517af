/**
 * The scenario file, format version 1: the one source for types, validation, JSON Schema and the editor's help.
 * Loads zod: elsewhere, `import type` only. What a step can expect is in expectation.ts.
 */
import * as z from 'zod';
import { claim, expectation } from './expectation.ts';
import { dockerLine, markdown, permission, port, scalar, text, workspacePath } from './fields.ts';

const id = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'use lower-case letters, digits and single dashes: custom-bridge');
const variable = z.string().regex(/^[A-Za-z][A-Za-z0-9_]*$/, 'a variable is named with letters, digits and _: {{web}}');

/** Paths through the curriculum, in the order `list` shows them. */
export const paths = ['first-steps', 'images', 'networks', 'storage', 'many-containers', 'operations'] as const;
export const levels = ['beginner', 'intermediate', 'advanced'] as const;

const requires = z.strictObject({
  images: z
    .array(text)
    .default([])
    .describe(
      'Images it uses; the lab provides them. Those that are not on the engine are named before the first step, and pulled by the commands that need them.',
    ),
  pulls: z
    .array(text)
    .optional()
    .describe(
      'Images that its own steps pull for another platform than the engine’s. The lab provides them; nothing fetches them ahead, since the name must be free.',
    ),
  engine: z
    .string()
    .regex(/^(>=|>|<=|<|=)\d+(\.\d+){0,2}( (>=|>|<=|<|=)\d+(\.\d+){0,2})*$/, 'write a version range such as ">=20.10"')
    .optional()
    .describe('Engine versions it works with: ">=20.10".'),
  swarm: z.boolean().default(false).describe('true: the engine must be a swarm manager, or may become one.'),
  buildkit: z
    .union([z.boolean(), z.literal('preferred')])
    .optional()
    .describe(
      'true: its images are built by BuildKit, and an engine whose own builder is another is named before the first step. preferred: by BuildKit where that is the engine’s own builder. Default: by the classic builder, unless a Dockerfile or a flag is for BuildKit alone.',
    ),
  exclusive: z
    .boolean()
    .optional()
    .describe('true: no other scenario may be under way at the same time; `check` takes it by itself.'),
  permissions: z
    .array(permission)
    .max(50)
    .default([])
    .describe(
      'What it does beyond its own objects and workspace. The learner is asked for each before the first step, and without a terminal --allow must name it.',
    ),
});

const write = z.union([
  z.strictObject({
    path: workspacePath.describe('Inside the workspace: app/app.py'),
    content: z.string().describe('The whole new content.'),
    executable: z.boolean().optional().describe('true: the file may be run.'),
  }),
  z.strictObject({
    path: workspacePath.describe('Inside the workspace: app/app.py'),
    replace: text.describe('Text in the file; it must be there exactly once.'),
    with: z.string().describe('What takes its place.'),
  }),
  z.strictObject({
    path: workspacePath.describe('Inside the workspace: app/app.py'),
    append: text.describe('Added at the end of the file.'),
  }),
]);

const meanwhile = z.strictObject({
  once: text.describe('What the last command prints when it is ready.'),
  write: z.array(write).min(1).describe('Files of the workspace that are written then, one after the other.'),
  until: expectation.describe('Then this is waited for, and the command is ended as Ctrl-C ends it.'),
});

/** Those of doctor's probes that tell of the learner's own docker, and of the engine it speaks to. */
export const machineProbes = [
  'endpoint.config',
  'endpoint.chosen',
  'engine.answers',
  'engine.info',
  'engine.kind',
  'engine.rights',
  'disk.room',
  'machine.system',
  'client.docker',
  'client.compose',
  'client.buildx',
  'client.versions',
  'client.group',
  'client.logins',
  'client.helpers',
  'client.proxies',
] as const;

const mistake = z.strictObject({
  when: claim.describe('The state that explains a wrong turn.'),
  say: markdown.min(1).describe('What went wrong, and what to try.'),
  try: z
    .union([dockerLine, write, z.array(z.union([dockerLine, write])).min(1)])
    .optional()
    .describe(
      'The wrong turn itself: a docker command, a file of the workspace as it is written then, or a list of both. `author test` takes it, and this mistake must be the one that speaks.',
    ),
});

const harmless = z.strictObject({
  change: text.describe('The mutation, as `author test --mutations` names it: without --rm. … stands for any text.'),
  because: text.describe('Why the step is still done when it is done so.'),
});

const quiz = z.strictObject({
  ask: text.describe('The question.'),
  options: z
    .array(z.union([text, z.number()]).transform(String))
    .min(2)
    .max(9)
    .describe('The answers to choose from.'),
  answer: z
    .union([z.int().min(1).max(9), z.array(z.int().min(1).max(9)).min(1)])
    .describe('Which option is right, counting from 1; where several are, their list.'),
  because: text.describe('Why it is right, and the others are not.'),
  wrong: z
    .record(z.string().regex(/^[1-9]$/, 'the number of an option: 1'), text)
    .default({})
    .describe('By the number of an option: why it is not right, said before the second try.'),
});

const ask = z.strictObject({
  question: text.describe('What is to be found out, with any command.'),
  answer: text.describe(
    'A pattern with one group: what the group finds in what the step’s last command prints is the answer. ^ and $ match at each line.',
  ),
});

const task = z.strictObject({
  title: text.describe('What is done in it, in a few words.'),
  goal: text.describe('The end state, with all that the checks of its steps demand.'),
  through: id.describe('The id of its last step.'),
  hints: z.array(markdown.min(1)).default([]).describe('Hints for the whole; the lines with blanks follow them.'),
});

const stepBase = {
  id: id.describe('Unique in the scenario; progress remembers it.'),
  given: variable.optional().describe('A key of vars: the step is there only where that variable is not empty.'),
  text: markdown.default('').describe('Why this step, before it happens.'),
  expect: z.array(expectation).default([]).describe('What must hold afterwards, and must not hold before.'),
  after: markdown.default('').describe('What to notice now.'),
  hints: z.array(markdown.min(1)).default([]).describe('First a nudge, then stronger, then almost the answer.'),
  mistakes: z.array(mistake).default([]).describe('Wrong turns; the first whose state holds speaks.'),
  harmless: z
    .array(harmless)
    .default([])
    .describe('Mutations of the step that no check need find, since they change nothing that the step claims.'),
  goal: text.optional().describe('What practice asks for. Default: the title.'),
  predict: quiz.optional().describe('Asked before the step happens, and compared after it; nothing is scored.'),
  ask: ask.optional().describe('In practice the step is this question, in place of its goal.'),
  practise: z
    .enum(['do', 'ask', 'given'])
    .optional()
    .describe(
      'How it is practised. do: the learner reaches the goal; ask: they answer its question by looking; given: the lesson does it. Default: ask where it has a question, do for another command, given for the rest.',
    ),
};
const title = text.describe('What happens, in a few words.');

const requestRest = {
  method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']).optional().describe('Default: GET.'),
  headers: z.record(z.string(), text).optional().describe('Headers to send.'),
  body: z.string().optional().describe('Body to send.'),
};
const request = z.union([
  z.strictObject({
    port: port.describe('A published port.'),
    path: text.optional().describe('Default: /'),
    ...requestRest,
  }),
  z.strictObject({
    url: text.describe('The whole address, on this machine or the engine’s: http://{{host}}:{{web}}/'),
    ...requestRest,
  }),
]);

const step = z
  .union([
    z.strictObject({
      title,
      do: z
        .union([dockerLine, z.array(dockerLine).min(1)])
        .describe(
          'A docker command, or a list of them. One that fails (exit code other than 0) ends the list, and the step; one that is to fail stands last, or in a step of its own.',
        ),
      input: z
        .array(z.string())
        .optional()
        .describe('Lines typed into an interactive command (run -it, exec -it, login).'),
      meanwhile: meanwhile
        .optional()
        .describe(
          'Of a command that does not end by itself, such as docker compose watch: what happens while it runs, and when it is ended.',
        ),
      blanks: z
        .union([text, z.array(text).min(1)])
        .optional()
        .describe(
          'In practice the last hint: the command with ___ in place of what is to be found, docker run ___ busybox; of a list of commands the list, in the same order. Default: the values of flags and the names of things are left out.',
        ),
      task: task
        .optional()
        .describe(
          'In practice this step and those after it, through the one that is named, are one task: one goal, any commands, and all their checks are judged together when it is done. So they hold at its end: of one thing no two of them say different things, and only the last step expects what a command prints (output, build, the digest of a registry), which is looked at in what was typed last. Each is a docker command that practice asks for, without input and given; of their mistakes those that look at what a command printed are told there too, and their predictions are of the guided run.',
        ),
      ...stepBase,
    }),
    z.strictObject({ title, write: write.describe('Writes or changes a file of the workspace.'), ...stepBase }),
    z.strictObject({ title, request: request.describe('Sends an HTTP request to a published port.'), ...stepBase }),
    z.strictObject({
      title,
      machine: z
        .array(z.enum(machineProbes))
        .min(1)
        .describe(
          'Looks at the learner’s machine by these probes of docker-tutor doctor. What they have seen is the output; the exit code is 4 where one of them failed, and what is only to be minded is told.',
        ),
      ...stepBase,
    }),
    z.strictObject({ title: title.optional(), quiz: quiz.describe('Asks a question.'), ...stepBase }),
    z.strictObject({ title, read: markdown.min(1).describe('Only text to read, as Markdown.'), ...stepBase }),
  ])
  .meta({ id: 'step' });

const dockerName = z
  .string()
  .regex(
    /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/,
    'docker wants two characters or more: letters, digits, _ . and -, the first a letter or digit',
  );

export const scenario = z.strictObject({
  $schema: z.string().optional().describe('For editors only.'),
  formatVersion: z.literal(1).describe('The version of this format: 1.'),
  id: id.describe('As its folder is called.'),
  title: text.describe('What the learner does, in a few words.'),
  summary: text.describe('One sentence for the list.'),
  level: z.enum(levels).describe('For whom.'),
  minutes: z.int().min(1).max(120).describe('How long a learner takes to read it, and to see each command performed.'),
  practiceMinutes: z
    .int()
    .min(1)
    .max(120)
    .optional()
    .describe(
      'How long a learner takes who types the commands. Where it is given, author lint measures both: 150 words a minute, 10 seconds a command, typed twice in practice.',
    ),
  path: z.enum(paths).optional().describe('Where list shows it.'),
  order: z
    .int()
    .min(0)
    .default(100)
    .describe('Its place on the road through all lessons, and so in its path: smaller comes first.'),
  tags: z.array(text).default([]).describe('Words to find it by.'),
  teaches: z.array(text).default([]).describe('The terms it explains.'),
  authors: z.array(text).default([]).describe('Who wrote it.'),
  requires: requires.prefault({}).describe('What must be there before it starts.'),
  names: z
    .record(variable, dockerName)
    .default({})
    .describe(
      'Wished names of containers, networks, volumes and images. A free one is used, wherever the text says {{key}}.',
    ),
  ports: z
    .record(variable, z.int().min(1).max(65_535))
    .default({})
    .describe('Wished host ports. A free one is used, wherever the text says {{key}}.'),
  vars: z.record(variable, scalar).default({}).describe('Values that --var can change.'),
  intro: markdown.default('').describe('What you will do, and the one idea to take away.'),
  steps: z.array(step).min(1).describe('One idea a step.'),
  finish: markdown.default('').describe('What you can do now, and where to go next.'),
});

type Base = z.infer<z.ZodObject<typeof stepBase>>;
type Titled = Base & { readonly title: string };

export type Meanwhile = z.infer<typeof meanwhile>;
/** One docker command, or several in order. */
export type DoAction = {
  readonly do: string | readonly string[];
  readonly input?: readonly string[] | undefined;
  readonly meanwhile?: Meanwhile | undefined;
  readonly blanks?: string | readonly string[] | undefined;
  readonly task?: z.infer<typeof task> | undefined;
};
export type WriteAction = { readonly write: z.infer<typeof write> };
export type RequestAction = { readonly request: z.infer<typeof request> };
export type MachineAction = { readonly machine: readonly (typeof machineProbes)[number][] };
/** `answer` counts from 1. */
export type Question = z.infer<typeof quiz>;
export type QuizAction = { readonly quiz: Question };
export type ReadAction = { readonly read: string };

/** What a step does is told by its key: `'do' in step`. A quiz may go without a title. */
export type Step =
  | (Titled & (DoAction | WriteAction | RequestAction | MachineAction | ReadAction))
  | (Base & { readonly title?: string | undefined } & QuizAction);
export type Requires = z.infer<typeof requires>;
export type Level = (typeof levels)[number];
export type PathId = (typeof paths)[number];
/** A scenario with every default filled in; texts still hold `{{name}}` until variables.ts has put the values in. */
export type Scenario = Omit<z.infer<typeof scenario>, 'steps'> & { readonly steps: readonly Step[] };
export type * from './expectation.ts';
