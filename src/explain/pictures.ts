/** Pictures in signs, at most 80 columns wide. Pure: values in, lines out. Names are cleaned by who calls. */
import { arrow, beside, box, centre, penFor, roomFor, type PictureStyle } from '../terminal/drawing.ts';
import { cut, pad, width } from '../terminal/width.ts';

export interface ClientDaemon {
  /** `unix:///var/run/docker.sock` */
  readonly endpoint: string;
  /** `1.51` */
  readonly apiVersion: string;
  /** `Docker Engine 28.5.2` */
  readonly engine: string;
}

/** Who speaks to whom: the client, REST over a socket, the daemon, and what the daemon keeps. */
export function clientDaemonPicture(facts: ClientDaemon, style: PictureStyle = {}): string[] {
  const pen = penFor(style);
  const room = roomFor(style);
  const client = box(['docker-tutor', 'or docker,', 'the client'], pen);
  const daemon = box([cut(facts.engine, 24, pen.ellipsis), 'dockerd,', 'the daemon'], pen);
  const keeps = box(['images', 'containers', 'networks', 'volumes'], pen);
  const asked = `REST, API ${facts.apiVersion}`;
  const length = Math.max(14, width(asked));
  const road = [asked, arrow(length, pen, 'right'), arrow(length, pen, 'left'), 'answers, JSON'];
  const wide = beside([
    ['', ...client],
    ['', ...road.map((text) => ` ${centre(text, length)} `)],
    ['', ...daemon],
    ['', '', '', ` ${arrow(3, pen, 'right')} `],
    keeps,
  ]);
  const over = `over ${facts.endpoint}`;
  if (Math.max(...wide.map(width)) <= room) {
    const start = width(client[0] ?? '') + 1;
    return [...wide, ' '.repeat(start) + cut(over, room - start, pen.ellipsis)];
  }
  return [
    ...box(['docker-tutor, or docker: the client'], pen),
    `      ${pen.v} REST, API ${facts.apiVersion}, JSON`,
    `      ${pen.v} ${cut(over, room - 8, pen.ellipsis)}`,
    `      ${pen.down}`,
    ...box([`${cut(facts.engine, room - 22, pen.ellipsis)}: the daemon`], pen),
    `      ${pen.v}`,
    `      ${pen.down}`,
    'images, containers, networks, volumes',
  ];
}

export interface Layers {
  readonly image: string;
  /** One heading a column: `build 1`, `build 2`. */
  readonly builds: readonly string[];
  /** `states` has one word a build: `here`, `built 6.1 s`, `cached`. */
  readonly layers: readonly {
    readonly instruction: string;
    readonly states: readonly string[];
    readonly note?: string;
  }[];
}

/** Image layers from the first instruction down, and how each build came by them. */
export function layersPicture(facts: Layers, style: PictureStyle = {}): string[] {
  const room = roomFor(style);
  const { ellipsis } = penFor(style);
  const arrowLeft = style.unicode === false ? '<- ' : '← ';
  const column =
    Math.max(8, ...facts.builds.map(width), ...facts.layers.flatMap((layer) => layer.states.map(width))) + 2;
  const notes = Math.max(0, ...facts.layers.map((layer) => (layer.note === undefined ? 0 : width(layer.note) + 4)));
  // Where a note beside its layer would leave too little of the instruction, it goes under it.
  const under = room - facts.builds.length * column - notes < 20;
  const note = under ? 0 : notes;
  const wanted = Math.max(width(facts.image), ...facts.layers.map((layer) => width(layer.instruction) + 3)) + 2;
  const first = Math.max(12, Math.min(wanted, room - facts.builds.length * column - note));
  const row = (head: string, cells: readonly string[], tail = ''): string =>
    cut(
      (pad(cut(head, first - 2, ellipsis), first) + cells.map((cell) => pad(cell, column)).join('') + tail).trimEnd(),
      room,
      ellipsis,
    );
  return [
    row(facts.image, facts.builds),
    ...facts.layers.flatMap((layer, i) => {
      const tail = layer.note === undefined ? '' : arrowLeft + layer.note;
      const head = row(`${String(i + 1)} ${layer.instruction}`, layer.states, under ? '' : tail);
      return under && tail !== '' ? [head, cut(`  ${tail}`, room, ellipsis)] : [head];
    }),
  ];
}

export interface NetworkMembers {
  readonly name: string;
  /** `172.18.0.0/16` */
  readonly subnet?: string;
  readonly members: readonly {
    readonly container: string;
    readonly address?: string;
    readonly aliases?: readonly string[];
  }[];
}

/** A network and the containers on it, with their addresses. */
export function networkPicture(facts: NetworkMembers, style: PictureStyle = {}): string[] {
  const members = facts.members.map(({ container, address, aliases = [] }) => ({
    name: container,
    facts: [address ?? 'no address', ...(aliases.length > 0 ? [`also ${aliases.join(', ')}`] : [])],
  }));
  return tree([facts.name, facts.subnet ?? ''].filter(Boolean).join(' '), members, 'no container is on it', style);
}

export interface VolumeUsers {
  readonly volume: string;
  readonly users: readonly { readonly container: string; readonly path: string; readonly readOnly?: boolean }[];
}

/** A volume and the containers that mount it, with the path each sees it at. */
export function volumePicture(facts: VolumeUsers, style: PictureStyle = {}): string[] {
  const users = facts.users.map(({ container, path, readOnly }) => ({
    name: container,
    facts: [path, ...(readOnly === true ? ['read-only'] : [])],
  }));
  return tree(`volume ${facts.volume}`, users, 'no container mounts it', style);
}

function tree(
  root: string,
  branches: readonly { name: string; facts: readonly string[] }[],
  none: string,
  style: PictureStyle,
): string[] {
  const pen = penFor(style);
  const room = roomFor(style);
  const names = Math.min(28, Math.max(0, ...branches.map((branch) => width(branch.name))));
  const rows = branches.map(({ name, facts }, i) => {
    const lead = i === branches.length - 1 ? pen.last : pen.branch;
    return `  ${lead}${pad(cut(name, names, pen.ellipsis), names)}  ${facts.join('  ')}`;
  });
  return [root, ...(rows.length > 0 ? rows : [`  ${pen.last}${none}`])].map((line) => cut(line, room, pen.ellipsis));
}
