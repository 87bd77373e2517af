/** docker node ls: GET /nodes, and its table. */
import type { Command } from '../../command/command.ts';
import type { nodeLs } from '../../command/tables/swarm.ts';
import { ask, complain, print, request } from '../ask.ts';
import type { Plan } from '../effects.ts';
import { filtersQuery } from '../filters.ts';
import { formatted } from '../output/formatted.ts';
import type { Columns } from '../output/formatted.ts';
import { naturalOrder } from '../output/natural.ts';
import { capital } from './task-list.ts';

interface TlsInfo {
  readonly TrustRoot?: string;
  readonly CertIssuerSubject?: string;
  readonly CertIssuerPublicKey?: string;
}

interface Node {
  readonly ID: string;
  readonly Spec?: { readonly Availability?: string };
  readonly Description?: {
    readonly Hostname?: string;
    readonly Engine?: { readonly EngineVersion?: string };
    readonly TLSInfo?: TlsInfo;
  };
  readonly Status?: { readonly State?: string };
  readonly ManagerStatus?: { readonly Leader?: boolean; readonly Reachability?: string };
}

interface Info {
  readonly Swarm?: { readonly NodeID?: string; readonly Cluster?: { readonly TLSInfo?: TlsInfo } | null };
}

const columns: Columns = {
  type: '*node.nodeContext',
  headers: {
    ID: 'ID',
    Self: '',
    Hostname: 'HOSTNAME',
    Status: 'STATUS',
    Availability: 'AVAILABILITY',
    ManagerStatus: 'MANAGER STATUS',
    EngineVersion: 'ENGINE VERSION',
    TLSStatus: 'TLS STATUS',
  },
  table:
    '{{.ID}} {{if .Self}}*{{else}} {{ end }}\\t{{.Hostname}}\\t{{.Status}}\\t{{.Availability}}\\t{{.ManagerStatus}}\\t{{.EngineVersion}}',
  raw: 'node_id: {{.ID}}\nhostname: {{.Hostname}}\nstatus: {{.Status}}\navailability: {{.Availability}}\nmanager_status: {{.ManagerStatus}}\n',
};

export function* listNodes({ flags: { filter = [], format, quiet } }: Command<(typeof nodeLs)['flags']>): Plan {
  const { body: nodes } = yield* ask<readonly Node[]>(
    request('GET', '/nodes', { query: { filters: filtersQuery(filter) } }),
    [],
  );
  const info = nodes.length > 0 && !quiet ? (yield* ask<Info>(request('GET', '/info'), {})).body : {};
  const rows = [...nodes]
    .sort((a, b) => naturalOrder(a.Description?.Hostname ?? '', b.Description?.Hostname ?? ''))
    .map((node) => rowOf(node, info));
  if (quiet && (format ?? '') !== '')
    yield* complain('WARNING: Ignoring custom format, because both --format and --quiet are set.\n');
  yield* print(formatted(rows, quiet ? '{{.ID}}' : format, columns));
  return 0;
}

function rowOf({ ID, Spec, Description, Status, ManagerStatus }: Node, { Swarm }: Info) {
  return {
    ID,
    Self: ID === Swarm?.NodeID,
    Hostname: Description?.Hostname ?? '',
    Status: capital(Status?.State ?? ''),
    Availability: capital(Spec?.Availability ?? ''),
    ManagerStatus: ManagerStatus?.Leader ? 'Leader' : capital(ManagerStatus?.Reachability ?? ''),
    TLSStatus: tlsStatus(Description?.TLSInfo ?? {}, Swarm?.Cluster?.TLSInfo ?? {}),
    EngineVersion: Description?.Engine?.EngineVersion ?? '',
  };
}

function tlsStatus(node: TlsInfo, swarm: TlsInfo): string {
  if (!swarm.TrustRoot || !node.TrustRoot) return 'Unknown';
  const same =
    node.TrustRoot === swarm.TrustRoot &&
    node.CertIssuerSubject === swarm.CertIssuerSubject &&
    node.CertIssuerPublicKey === swarm.CertIssuerPublicKey;
  return same ? 'Ready' : 'Needs Rotation';
}
