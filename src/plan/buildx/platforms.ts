/** Those that are shown of many: each major one, with how many variants it has (buildx, commands/ls.go: truncPlatforms). Pure. */

const major = ['amd64', 'arm64', 'arm', 'ppc64le', 's390x', 'riscv64', 'mips64'].map((one) => `linux/${one}`);

/** `linux/amd64 (+4), linux/386`. @param platforms `linux/amd64/v2` */
export function platformsShort(platforms: readonly string[]): string {
  const base = (platform: string): string => platform.split('/').slice(0, 2).join('/');
  const groups = major
    .map((name) => platforms.filter((platform) => base(platform) === name))
    .filter((group) => group.length > 0);
  const shown = groups.map((group) => {
    const name = base(group[0] ?? '');
    return group.length > 1 ? `${name} (+${String(group.length)})` : (group[0] ?? '');
  });
  const others = platforms.filter((platform) => !major.includes(base(platform)));
  const room = Math.max(0, mostShown - shown.length);
  const all = [...shown.slice(0, mostShown), ...others.slice(0, room)];
  const left = others.length - Math.min(room, others.length);
  return all.join(', ') + (left > 0 ? `, (${String(left)} more)` : '');
}

const mostShown = 4;
