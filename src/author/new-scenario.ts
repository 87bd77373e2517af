/** The scenario that `author new` begins with: small, and proven as it is. Pure. */

/** @param id as the schema has it: lower-case letters, digits and dashes */
export function newScenario(id: string): string {
  return `# yaml-language-server: $schema=./scenario.schema.json
formatVersion: 1
id: ${id}
title: ${titleOf(id)}
summary: Start a container, ask it something, and remove it.
level: beginner
minutes: 5
tags: [container]
teaches: [container]
authors: []
requires:
  images: [busybox]
# Wished names and host ports. A free one is used, wherever the text says {{name}}.
names: { worker: ${id}-worker }

intro: |
  What the learner will do, and **the one idea** to take away.

steps:
  - id: start
    title: Start a container
    text: Why this step, before it happens.
    do: docker run -d --name {{worker}} busybox sleep 600
    # Each check must fail before the step and hold after it.
    expect:
      - container: { name: "{{worker}}", state: running, image: busybox }
    after: What to notice now.
    goal: Start a container called {{worker}} from the image busybox, in the background.
    hints:
      - "\`docker run\` makes a container from an image and starts it."
      - "\`-d\` gives you the terminal back, and \`--name\` names the container."
      - "\`docker run -d --name {{worker}} busybox sleep 600\`"
    # States that explain a wrong turn; the first that holds speaks.
    mistakes:
      - when: { container: { name: "{{worker}}", state: exited } }
        say: It has ended already. It lives as long as its main process, here \`sleep 600\`.
        # The wrong turn itself: author test takes it, and this mistake must be the one that speaks.
        try: docker run -d --name {{worker}} busybox true

  - id: ask
    title: Ask it something
    text: |
      \`docker exec\` runs a further command in a container that runs.
    do: docker exec {{worker}} cat /etc/hostname
    expect:
      - output: { matches: '^[0-9a-f]{12}$' }
        claim: it calls itself by the start of its id
    after: A container has a hostname of its own, the start of its id, unless you give it another.
    # In practice the step is this question. The group finds the answer in what the command prints.
    ask:
      question: Which hostname has {{worker}}?
      answer: '^([0-9a-f]{12})$'
    goal: Print /etc/hostname inside {{worker}}.
    hints:
      - The command is \`docker exec\`, then the container, then what to run.
      - "\`docker exec {{worker}} cat /etc/hostname\`"
    mistakes:
      - when: { output: { contains: "No such container" } }
        say: The container is called {{worker}}.
        try: docker exec {{worker}}-1 cat /etc/hostname

  - id: question
    quiz:
      ask: What happens to the container when its first process ends?
      options:
        - It ends too
        - It goes on without it
      answer: 1
      because: A container lives as long as its main process.

  - id: remove
    title: Remove it
    text: A container that runs is removed with \`-f\` only, which stops it first.
    do: docker rm -f {{worker}}
    expect:
      - container: { name: "{{worker}}", exists: false }
    after: The container is gone, the image is still there.
    goal: Remove the container {{worker}}, though it runs.
    hints:
      - "\`docker rm\` removes containers."
      - "\`docker rm -f {{worker}}\`"
    mistakes:
      - when: { container: { name: "{{worker}}", state: exited } }
        say: It is stopped, and still there. Remove it with \`docker rm {{worker}}\`.
        try: docker stop -t 1 {{worker}}

finish: What the learner can do now, and where to go next.
`;
}

function titleOf(id: string): string {
  const words = id.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
