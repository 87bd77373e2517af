/** The program's own words in a lesson. English is the source: what is not here does not compile, and other languages fall back to it. Pure. */
import { lessonWords } from './lesson-words.ts';

function count(n: number, one: string): string {
  return `${String(n)} ${one}${n === 1 ? '' : 's'}`;
}

export const english = {
  /** What the keys do that are offered. */
  keys: {
    go: 'go',
    run: 'run it',
    change: 'change it, or type',
    explain: 'explain',
    skip: 'skip',
    quit: 'quit',
    goOn: 'go on',
    check: 'check again',
    again: 'try again',
    checkNow: 'check now',
    hint: 'hint',
    solution: 'solution',
    api: 'API calls',
    output: 'output',
    back: 'back',
    cleanUp: 'clean up and quit',
    keep: 'keep it and quit',
    stay: 'no, go on',
    goOnThere: 'go on there (what it builds on is made again)',
    anew: 'begin anew',
    beginWith: (steps: number) =>
      `begin with ${steps === 1 ? 'it' : 'the first of them'} (what it builds on is made first)`,
    whole: 'the whole lesson',
    answer: 'answer',
    notNow: 'not now',
  },
  /** The same at length, for who asks with `?`. */
  keysMean: {
    go: 'Does what this step asks for.',
    run: 'Performs the command, then checks what it did.',
    change:
      'Puts the command into the line, to be changed. Or just type one of your own: it is performed and checked the same way.',
    explain: 'What each word of the command means. Nothing is performed.',
    skip: 'Leaves this step out. A later step may miss what it would have made.',
    quit: 'Ends the lesson. Once something was made, you are asked whether it is removed or kept.',
    goOn: 'Goes on. Space and the arrow to the right do the same.',
    check: 'Checks again: you may have mended it in another terminal.',
    again: 'The command stands there once more, to be run or changed.',
    checkNow: 'Checks at once.',
    hint: 'A hint. Each one says more than the one before.',
    solution: 'Shows the command that does it.',
    api: 'The requests to the engine behind the command, and its answers.',
    output: 'What the command printed, in full.',
    back: 'Shows the step before once more; again, the one before that.',
    cleanUp: 'Removes what the lesson has made.',
    keep: 'What the lesson has made stays. `docker-tutor clean` removes it later.',
    stay: 'The lesson goes on.',
  },
  /** What a learner is asked, beside the lesson's own questions. */
  asked: {
    leave: 'End this lesson? What it has made is removed, unless you keep it.',
    youWereAt: (index: number, of: number, title: string) =>
      `You were at step ${String(index)} of ${String(of)}: ${title}.`,
    solvedBefore: (titles: readonly string[]) => `Last time you looked at the solution of ${listed(titles)}.`,
    earlier: (questions: number): string =>
      questions === 1 ? 'A question of an earlier lesson?' : 'Two questions of earlier lessons?',
    fromLesson: (title: string) => `From the lesson ${title}:`,
    oneOf: (options: number) => `1 to ${String(options)}, or Enter to see the answer:`,
    several: 'the number of each that is right, then Enter; Enter alone to see them:',
    severalTyped: 'All that are right, such as 1 3, or Enter to see them:',
    numbersTo: (options: number) => `Numbers from 1 to ${String(options)}.`,
  },
  /** Headings, and what is said of a step. */
  step: {
    place: (index: number, of: number) => `step ${String(index)} of ${String(of)}`,
    facts: (steps: number, minutes: number) => `${count(steps, 'step')}, about ${count(minutes, 'minute')}`,
    question: 'A question',
    goal: 'Goal:',
    note: 'Note:',
    hint: (number: number, of: number) => `Hint ${String(number)} of ${String(of)}`,
    mistake: 'What may have gone wrong:',
    skipped: 'skipped',
    nothingChanged: 'Nothing changed on the engine.',
    exitCode: (code: number) => `The command ended with exit code ${String(code)}.`,
    otherWay: (commands: readonly string[]) => `You used ${listed(commands)}: the same result.`,
    noCalls: 'This step made no API calls.',
    nothingPrinted: 'Nothing was printed.',
    beginning: 'This is where the lesson begins.',
    files: { whole: 'written', appended: 'lines added at its end', replaced: 'changed' },
    /** What is offered where a step has no command. */
    offers: { write: (path: string) => `write ${path}`, look: 'look at this machine' },
  },
  /** What is different here. */
  note: {
    replaced: (what: 'name' | 'port' | 'subnet', wished: string, used: string) =>
      `The ${what} ${wished} is taken here; the lesson uses ${used}.`,
    standIns: (images: readonly string[]) =>
      `${listed(images)} ${images.length === 1 ? 'is a stand-in' : 'are stand-ins'} from the lab's offline registry, not the real ${images.length === 1 ? 'image' : 'images'}.`,
    notHere: (images: readonly string[]) =>
      `${listed(images)} ${images.length === 1 ? 'is' : 'are'} not on this engine yet: the lesson pulls ${images.length === 1 ? 'it when it is' : 'them when they are'} needed.`,
    linesLeftOut: (lines: number) => `${count(lines, 'line')} left out here`,
  },
  /** Beside what a check has found. */
  check: {
    setAside: 'set aside:',
    expected: 'expected',
    observed: 'observed',
    likely: 'likely',
    try: 'try',
    tries: (tries: number) => `${String(tries)} ${tries === 1 ? 'try' : 'tries'}`,
  },
  /** What is said of an answer. */
  answer: {
    right: 'Right:',
    notQuite: (right: readonly number[]) =>
      `Not quite. ${right.length === 1 ? 'The answer is' : 'The answers are'} ${listed(right.map(String))}:`,
    given: (right: readonly number[]) => `Answer: ${listed(right.map(String))}`,
    predicted: 'As you predicted:',
    predictedOther: (said: readonly number[], right: readonly number[]) =>
      `You predicted ${listed(said.map(String))}, and it is ${listed(right.map(String))}:`,
    notThat: 'Not that one. Look once more.',
    notAll: 'That is so, and it is not all. Look once more.',
  },
  /** How a lesson ended. */
  ending: {
    score: (right: number, questions: number) =>
      `${String(right)} of ${count(questions, 'question')} right at the first try.`,
    solutions: (titles: readonly string[]) => `With the solution: ${listed(titles)}.`,
    earlier: (right: number, questions: number) =>
      `Of earlier lessons: ${String(right)} of ${count(questions, 'question')} right at the first try.`,
  },
  practice: {
    findOut: (question: string) => `${question} Find out with any command, then type: answer VALUE.`,
    wordsAre: 'A docker command, or one of these words:',
    wouldUndo: (names: readonly string[]) => `undo would take back: ${names.join(', ')}`,
    explainWhat: 'explain what? explain docker run -d nginx',
    onlyInPractice: (word: string) => `${word} is for practice: here Enter performs the command as it stands.`,
    noMoreHints: 'There are no more hints. solution puts the line into the prompt.',
    noMoreHintsElsewhere: 'There are no more hints.',
    stillRuns: (name: string) => `${name} still runs: its program does not end at Ctrl-C. docker stop ${name} ends it.`,
    nothingToUndo: 'There is nothing to take back in this step.',
    takenBack: (names: readonly string[]) => `Taken back: ${names.join(', ')}.`,
    stillThere: (names: readonly string[]) => `Still there: ${names.join(', ')}.`,
    noAnswerHere: 'This step asks for no answer: it is done with a command.',
    notTheAnswer: (value: string) => `"${value}" is not it.`,
    inForeground: 'Without -d it runs in the foreground until it ends. Ctrl-C ends it.',
    engineSilent: 'The engine does not answer. It is waited for.',
    engineBack: 'The engine answers again.',
    removeYours: (names: readonly string[]) => `Made in your terminal: ${names.join(', ')}. Remove this?`,
  },
  /** The pages that `author pages` writes. */
  pages: {
    skip: 'Skip to the content',
    site: 'Docker, step by step',
    lead: 'Each lesson is a list of steps. Each step is a real docker command: what its parts mean, which API requests it becomes, and what is checked on the engine after it.',
    onYourEngine: 'On your own engine, docker-tutor performs each step and checks the result:',
    lessons: 'All lessons',
    terms: 'Terms',
    termsLead: 'Where a term is explained.',
    steps: 'Steps',
    aboutLesson: 'About this lesson',
    lesson: (number: number, of: number) => `Lesson ${String(number)} of ${String(of)}`,
    minutes: (minutes: number) => `about ${count(minutes, 'minute')}`,
    starred: 'essential',
    starMeans: 'the lessons to begin with, if there is little time',
    explains: 'Explains',
    tags: 'Tags',
    needs: 'Needs',
    images: (images: readonly string[]) => `${images.length === 1 ? 'the image' : 'the images'} ${listed(images)}`,
    engine: (versions: string) => `Docker Engine ${versions}`,
    swarm: 'an engine that is, or may become, the manager of a swarm',
    takenNames: 'Names and ports are the wished ones. Where one is taken, docker-tutor uses another.',
    beforehand: 'Before it happens',
    meaning: 'What each part means',
    requests: (requests: number) =>
      `${requests === 1 ? 'The API request' : `The ${String(requests)} API requests`} it becomes`,
    mind: 'Mind',
    typedIn: 'Typed while it runs',
    asks: 'Sends this HTTP request',
    looksAt: 'Looks at your machine, as docker-tutor doctor does',
    file: { whole: 'Write', appended: 'Add at the end of', replaced: 'Change' },
    before: 'before',
    afterwards: 'after',
    checks: 'What is checked on the engine',
    inPractice: 'In practice',
    task: (title: string) => `One task of several steps: ${title}`,
    wrongTurns: 'If it turns out another way',
    showAnswer: 'Show the answer',
    notThis: (option: number) => `Not ${String(option)}:`,
    checkAnswer: 'Check',
    choose: 'Choose an answer first.',
    several: 'More than one is right.',
    copy: 'Copy',
    copied: 'Copied',
    openAll: 'Open all folds',
    closeAll: 'Close all folds',
    finish: 'What you can do now',
    previous: 'Previous lesson',
    next: 'Next lesson',
    picture: 'Picture',
    clientPicture: 'The client asks the daemon by REST, and the daemon keeps images, containers, networks and volumes',
    thingsPicture: 'Containers of this lesson after this step, with their networks, ports and storage',
    layersPicture: (dockerfile: string) =>
      `What ${dockerfile} builds, from the base at the bottom to the last instruction`,
    layersKey: 'A filled row is a layer of files; an open row is a setting.',
    base: 'base',
    network: 'network',
    volume: 'volume',
    folder: 'folder',
    memory: 'memory',
    readOnly: 'read-only',
    port: 'port',
    madeBy: (tool: string) => `Made by ${tool}`,
  },
  lessons: lessonWords,
  /** What the words mean that can be typed at a goal; the words themselves are the same in every language. */
  typed: {
    goal: 'what is to be reached',
    check: 'look again whether it is reached',
    answer: 'answer VALUE: where the step is a question',
    hint: 'the next hint',
    solution: 'puts the line into the prompt; Enter runs it',
    undo: 'takes back what this step has made so far',
    explain: 'explain COMMAND: what each part means; nothing is performed',
    api: 'the API calls of this step',
    output: 'all that the last command printed',
    back: 'the step before, to read it again',
    skip: 'go on without it',
    keep: 'end here, and keep what was made',
    quit: 'end here, and clean up',
    help: 'this list',
  },
};

/** By section, then by what is said. Sentences with something in them are functions: its place is another in each language. */
export type Words = typeof english;

function listed(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;
}
