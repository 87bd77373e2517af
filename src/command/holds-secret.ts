/** Whether a command line holds something that must not be kept in a file. Pure. */

const secretName = String.raw`[\w.-]*(?:pass(?:word|wd|phrase)?|pwd|secret|token|credential|api_?key|access_?key|private_?key)[\w.-]*`;

const patterns: readonly RegExp[] = [
  // docker login -p x, -px, --password=x
  /\blogin\b[^;&|]*\s(?:-\w*p|--password(?!-stdin))/i,
  /\s--password(?:=|\s)/i,
  // -e DB_PASSWORD=x, --env=…, --build-arg …, and the same as an assignment in front
  new RegExp(String.raw`(?:^|[\s'"=])${secretName}=['"]?[^\s'"]`, 'i'),
  // scheme://user:password@host
  /:\/\/[^\s/:@]+:[^\s/@]+@/,
  // docker swarm join --token, unlock keys
  /SWMTKN-|SWMKEY-|--token(?:=|\s)/,
];

export function holdsSecret(line: string): boolean {
  return patterns.some((pattern) => pattern.test(line));
}
