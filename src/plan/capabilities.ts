/** Rights of the kernel as the docker CLI sends them (docker/cli, opts.EffectiveCapAddCapDrop). */
const all = 'ALL';

/** `CAP_NET_ADMIN`, each once, in the order of the alphabet; ALL stands for every other. What is both added and dropped is added. */
export function capabilities(
  added: readonly string[],
  dropped: readonly string[],
): { readonly add: readonly string[]; readonly drop: readonly string[] } {
  const full = (names: readonly string[]): readonly string[] => {
    const wanted = new Set(names.map(capabilityName));
    return wanted.has(all) ? [all] : [...wanted].sort();
  };
  const add = full(added);
  return { add, drop: full(dropped).filter((name) => !add.includes(name)) };
}

function capabilityName(name: string): string {
  const upper = name.trim().toUpperCase();
  return upper === all || upper === 'RESET' || upper.startsWith('CAP_') ? upper : `CAP_${upper}`;
}
