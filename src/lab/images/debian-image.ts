/** The upper layer of a stand-in: what packages, files and a script change in the Debian base. */
import { chmod, mkdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Failure } from '../../failure.ts';
import type { LabPaths } from '../folder.ts';
import { isolated } from './isolated.ts';
import { aptNetwork } from './mirror.ts';
import type { DebianRoot } from './stand-in.ts';

export interface DebianLayerOptions {
  readonly paths: LabPaths;
  readonly signal: AbortSignal;
  readonly tell: (detail: string) => void;
}

/** A folder with the layer's files, removals marked as in a layer. Empty it after use. Rejects with E-LAB-IMAGE. */
export async function debianLayer(root: DebianRoot, { paths, signal, tell }: DebianLayerOptions): Promise<string> {
  const making = paths.making;
  await rm(making, { recursive: true, force: true });
  for (const folder of ['up', 'work', 'root', 'extra']) await mkdir(join(making, folder), { recursive: true });
  await chmod(join(making, 'up'), 0o755);
  await putFiles(join(making, 'extra'), root);
  await writeFile(join(making, 'apt.conf'), await aptConfiguration(paths, signal));
  const made = await isolated(installScript, {
    cwd: paths.images,
    // All of them, always: npm for one sets NODE for what it starts.
    env: {
      APT_CONFIG: join(making, 'apt.conf'),
      ACCOUNTS: (root.accounts ?? [])
        .map(({ name, id, home, shell }) => `${name} ${id} ${home} ${shell ?? '/usr/sbin/nologin'}`)
        .join('\n'),
      PACKAGES: root.packages.join(' '),
      SCRIPT: root.script ?? '',
      ...(root.node ? await ownNode() : { OWN_NODE: '', OWN_NPM: '' }),
    },
    signal,
    onLine: (line) => {
      const step = /^(Unpacking|Setting up) (\S+)/.exec(line);
      if (step !== null) tell(`${step[1] === 'Unpacking' ? 'unpacking' : 'setting up'} ${step[2] ?? ''}`);
    },
  });
  if (made.exitCode !== 0) throw await notMade(made.lines, paths);
  await markRemovals(making);
  return join(making, 'up');
}

async function putFiles(folder: string, { files = {} }: DebianRoot): Promise<void> {
  for (const [path, { text, mode = 0o644 }] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
    await chmod(join(folder, path), mode);
  }
}

/** apt works on the image's root from outside, over this machine's network; dpkg works inside. */
async function aptConfiguration(paths: LabPaths, signal: AbortSignal): Promise<string> {
  const root = join(paths.making, 'root');
  const settings: readonly (readonly [string, string])[] = [
    ['Dir', `${root}/`],
    ['Dir::Etc::main', '/dev/null'],
    ['Dir::Etc::parts', '/dev/null'],
    ['Dir::State::lists', `${paths.packageLists}/`],
    ['Dir::State::status', join(root, 'var/lib/dpkg/status')],
    ['Dir::Bin::methods', '/usr/lib/apt/methods'],
    ['DPkg::Chroot-Directory', root],
    ['Dpkg::Use-Pty', '0'],
    ['APT::Sandbox::User', 'root'],
    ['APT::Install-Recommends', '0'],
    ['APT::Get::Assume-Yes', '1'],
    ['Acquire::Languages', 'none'],
    ['Acquire::Retries', '3'],
  ];
  const lines = settings.map(([name, value]) => `${name} ${JSON.stringify(value)};\n`).join('');
  const dpkg = 'DPkg::Options { "--force-unsafe-io"; "--force-confold"; };\n';
  return lines + dpkg + (await aptNetwork(signal));
}

/** Official builds of Node need only what every Debian has; where this one is another build, the script sees that it does not run. */
async function ownNode(): Promise<Readonly<Record<string, string>>> {
  const node = await realpath(process.execPath);
  const npm = join(dirname(dirname(node)), 'lib/node_modules/npm');
  return { OWN_NODE: node, OWN_NPM: existsSync(npm) ? npm : '' };
}

/** In the folder `images`: base/ below, making/up above, making/root both. */
const installScript = `umask 022
cd making
find extra -type d -exec chmod 755 {} +
# Folders that are there keep their modes, and links to folders stay links.
put_files() {
  tar -C extra -cf - . | tar -C root -xf - --no-overwrite-dir --keep-directory-symlink
}
mount -t overlay -o lowerdir=../base,upperdir=up,workdir=work overlay root
mount -t proc proc root/proc
mount --rbind /dev root/dev

printf '%s\\n' "$ACCOUNTS" | while read -r name id home shell; do
  [ -n "$name" ] || continue
  chroot root groupadd --gid "$id" --non-unique "$name"
  made=--no-create-home
  case "$home" in /home/*) made=--create-home ;; esac
  chroot root useradd --uid "$id" --non-unique --gid "$name" --home-dir "$home" $made --shell "$shell" "$name" 2>&1
done

put_files
if [ -n "$PACKAGES" ]; then
  apt-get install $PACKAGES || { apt-get update && apt-get install $PACKAGES; }
  put_files
fi

if [ -n "$OWN_NODE" ]; then
  cp "$OWN_NODE" root/usr/local/bin/node
  if chroot root node --version; then
    if [ -n "$OWN_NPM" ]; then
      mkdir -p root/usr/local/lib/node_modules
      cp -r "$OWN_NPM" root/usr/local/lib/node_modules/
      chown -R 0:0 root/usr/local/lib/node_modules
      for name in npm npx; do
        ln -s "../lib/node_modules/npm/bin/$name-cli.js" "root/usr/local/bin/$name"
      done
    fi
  else
    rm root/usr/local/bin/node
    apt-get install nodejs
    ln -s /usr/bin/node root/usr/local/bin/node
  fi
  ln -s node root/usr/local/bin/nodejs
fi

[ -z "$SCRIPT" ] || env -i PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 chroot root sh -euc "$SCRIPT"

cd root
rm -rf var/cache/apt/* var/cache/debconf/*-old var/lib/dpkg/*-old var/cache/ldconfig/aux-cache var/log/apt var/log/*.log tmp/*
rm -rf usr/share/bug
mkdir -p var/cache/apt/archives/partial
find . -xdev > ../seen
cd ../../base
find . -xdev > ../making/below
`;

/** What the base has and the image has not. overlayfs marks it in its own way, a layer by an empty file `.wh.<name>`. */
async function markRemovals(making: string): Promise<void> {
  const [seen, below] = await Promise.all(['seen', 'below'].map((name) => readFile(join(making, name), 'utf8')));
  for (const path of removals(seen ?? '', below ?? '')) {
    const gone = join(making, 'up', path);
    await rm(gone, { recursive: true, force: true });
    await writeFile(join(dirname(gone), `.wh.${basename(gone)}`), '');
  }
}

/** Pure. Two listings of find(1): the topmost paths of `below` that are not in `seen`. */
export function removals(seen: string, below: string): readonly string[] {
  const there = new Set(seen.split('\n'));
  return below.split('\n').filter((path) => path !== '' && !there.has(path) && there.has(dirname(path)));
}

async function notMade(lines: readonly string[], paths: LabPaths): Promise<Failure> {
  const log = join(paths.logs, 'images.log');
  await writeFile(log, `${lines.join('\n')}\n`);
  const errors = lines.filter((line) => /^(E|Err|W|mount|cp|dpkg)\b.*:|^dpkg: error/.test(line));
  return new Failure('The lab could not make a stand-in image.', {
    code: 'E-LAB-IMAGE',
    exitCode: 4,
    hints: [
      "See whether this system's package sources can be reached: sudo apt-get update",
      `The last of what was done: ${log}`,
    ],
    evidence: [...errors.slice(-4), ...lines.slice(-4)],
  });
}
