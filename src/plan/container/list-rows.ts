/** The lines of docker ps: their cells, headings and templates (docker/cli, formatter/container.go). */
import type { Clock } from '../effects.ts';
import type { Columns, Row } from '../output/formatted.ts';
import { labelCell, labelsText } from '../output/formatted.ts';
import { ago, ellipsis, goTime } from '../output/human.ts';
import { containerImage } from '../output/image-column.ts';
import { portColumn } from './ports-column.ts';
import type { PortSummary } from './ports-column.ts';
import { humanSize } from '../../size.ts';
import { shortId } from '../../short-id.ts';

/** What GET /containers/json says of one container (Engine API, ContainerList). */
export interface ContainerSummary {
  readonly Id: string;
  readonly Names: readonly string[];
  readonly Image: string;
  readonly ImageID?: string;
  readonly Command: string;
  /** Seconds since 1970. */
  readonly Created: number;
  readonly State: string;
  readonly Status: string;
  readonly Ports?: readonly PortSummary[] | null;
  readonly Labels?: Readonly<Record<string, string>> | null;
  readonly Mounts?: readonly { readonly Name?: string; readonly Source?: string; readonly Driver?: string }[] | null;
  readonly NetworkSettings?: { readonly Networks?: Readonly<Record<string, unknown>> | null } | null;
  readonly SizeRw?: number;
  readonly SizeRootFs?: number;
}

const table = '{{.ID}}\\t{{.Image}}\\t{{.Command}}\\t{{.RunningFor}}\\t{{.Status}}\\t{{.Ports}}\\t{{.Names}}';

const rawLines = [
  'container_id: {{.ID}}',
  'image: {{.Image}}',
  'command: {{.Command}}',
  'created_at: {{.CreatedAt}}',
  'state: {{- pad .State 1 0}}',
  'status: {{- pad .Status 1 0}}',
  'names: {{.Names}}',
  'labels: {{- pad .Labels 1 0}}',
  'ports: {{- pad .Ports 1 0}}',
];

export function containerColumns(size: boolean): Columns {
  return {
    type: '*formatter.ContainerContext',
    headers: {
      ID: 'CONTAINER ID',
      Names: 'NAMES',
      Image: 'IMAGE',
      Command: 'COMMAND',
      CreatedAt: 'CREATED AT',
      RunningFor: 'CREATED',
      Platform: 'PLATFORM',
      Ports: 'PORTS',
      State: 'STATE',
      Status: 'STATUS',
      Size: 'SIZE',
      Labels: 'LABELS',
      Mounts: 'MOUNTS',
      LocalVolumes: 'LOCAL VOLUMES',
      Networks: 'NETWORKS',
    },
    table: size ? `${table}\\t{{.Size}}` : table,
    raw: `${[...rawLines, ...(size ? ['size: {{.Size}}'] : [])].join('\n')}\n`,
  };
}

/** With -q only ids are printed, whatever --format says. */
export function idFormat(format: string): string {
  return format === 'raw' ? 'container_id: {{.ID}}' : '{{.ID}}';
}

/** @param show long: nothing is cut */
export function containerRow(container: ContainerSummary, show: { readonly long: boolean } & Clock): Row {
  const mounts = (container.Mounts ?? []).map(({ Name, Source }) =>
    Name === undefined || Name === '' ? (Source ?? '') : Name,
  );
  return {
    ID: show.long ? container.Id : shortId(container.Id),
    Names: namesOf(container.Names, show.long),
    Image: imageOf(container, show.long),
    Command: goQuoted(show.long ? container.Command : ellipsis(container.Command, 20)),
    CreatedAt: { takes: 0, call: () => goTime(container.Created, show.zone) },
    RunningFor: ago(container.Created, show.now),
    Platform: { nil: 'pointer' },
    Ports: portColumn(container.Ports ?? []),
    State: container.State,
    Status: container.Status,
    Size: sizeOf(container),
    Labels: labelsText(container.Labels),
    Mounts: mounts.map((name) => (show.long ? name : ellipsis(name, 15))).join(','),
    LocalVolumes: String((container.Mounts ?? []).filter(({ Driver }) => Driver === 'local').length),
    Networks: Object.keys(container.NetworkSettings?.Networks ?? {}).join(','),
    Label: labelCell(container.Labels),
  };
}

/** Its name; where another image has taken it since, the engine sends an id, which is cut as ids are. */
function imageOf({ Image, ImageID = '' }: ContainerSummary, long: boolean): string {
  if (Image === '') return '<no image>';
  if (long) return Image;
  const id = shortId(ImageID);
  if (id !== '' && id === shortId(Image)) return id;
  return containerImage(Image);
}

/** Without the leading slash; names that links gave it (`/web/db`) only where nothing is cut. */
function namesOf(names: readonly string[], long: boolean): string {
  const plain = names.map((name) => name.replace(/^\//, ''));
  return (long ? plain : plain.filter((name) => !name.includes('/'))).join(',');
}

function sizeOf({ SizeRw = 0, SizeRootFs = 0 }: ContainerSummary): string {
  const own = humanSize(SizeRw, 3);
  return SizeRootFs > 0 ? `${own} (virtual ${humanSize(SizeRootFs, 3)})` : own;
}

/** Go's strconv.Quote: quotes and backslashes escaped, and what cannot be printed. */
function goQuoted(text: string): string {
  return `"${text.replace(/[\\"]|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, goEscape)}"`;
}

const shortEscapes: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\t': '\\t',
  '\r': '\\r',
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\v': '\\v',
  '\\': '\\\\',
  '"': '\\"',
};

function goEscape(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  return (
    shortEscapes[character] ??
    (code < 0x80
      ? `\\x${hex.padStart(2, '0')}`
      : code > 0xffff
        ? `\\U${hex.padStart(8, '0')}`
        : `\\u${hex.padStart(4, '0')}`)
  );
}
