/** A node in lines, as docker node inspect --pretty prints it (docker/cli, node/formatter). Pure. */
import { capital } from './task-list.ts';
import { binarySize } from '../../size.ts';

export interface NodeFacts {
  readonly ID?: string;
  readonly CreatedAt?: string;
  readonly Spec?: {
    readonly Name?: string;
    readonly Availability?: string;
    readonly Labels?: Readonly<Record<string, string>> | null;
  };
  readonly Status?: { readonly State?: string; readonly Message?: string; readonly Addr?: string };
  readonly ManagerStatus?: { readonly Addr?: string; readonly Reachability?: string; readonly Leader?: boolean };
  readonly Description?: {
    readonly Hostname?: string;
    readonly Platform?: { readonly OS?: string; readonly Architecture?: string };
    readonly Resources?: { readonly NanoCPUs?: number; readonly MemoryBytes?: number };
    readonly Engine?: {
      readonly EngineVersion?: string;
      readonly Labels?: Readonly<Record<string, string>> | null;
      readonly Plugins?: readonly { readonly Type: string; readonly Name: string }[] | null;
    };
    readonly TLSInfo?: {
      readonly TrustRoot?: string;
      readonly CertIssuerSubject?: string;
      readonly CertIssuerPublicKey?: string;
    };
  };
}

export function nodeText({
  ID = '',
  CreatedAt = '',
  Spec = {},
  Status = {},
  ManagerStatus,
  Description = {},
}: NodeFacts): string {
  const { Platform = {}, Resources = {}, Engine = {} } = Description;
  return [
    `ID:\t\t\t${ID}\n`,
    ...(Spec.Name ? [`Name:\t\t\t${Spec.Name}\n`] : []),
    ...labels('', Spec.Labels),
    `Hostname:              \t${Description.Hostname ?? ''}\n`,
    `Joined at:             \t${goTimestamp(CreatedAt)}\n`,
    `Status:\n State:\t\t\t${capital(Status.State ?? '')}\n`,
    ...(Status.Message ? [` Message:\t\t${capital(Status.Message)}\n`] : []),
    ` Availability:         \t${capital(Spec.Availability ?? '')}\n`,
    ...(Status.Addr ? [` Address:\t\t${Status.Addr}\n`] : []),
    ...manager(ManagerStatus),
    `Platform:\n Operating System:\t${Platform.OS ?? ''}\n Architecture:\t\t${Platform.Architecture ?? ''}\n`,
    `Resources:\n CPUs:\t\t\t${String(Math.floor((Resources.NanoCPUs ?? 0) / 1e9))}\n Memory:\t\t${binarySize(Resources.MemoryBytes ?? 0)}\n`,
    ...plugins(Engine.Plugins ?? []),
    `Engine Version:\t\t${Engine.EngineVersion ?? ''}\n`,
    ...labels('Engine ', Engine.Labels),
    ...tls(Description.TLSInfo),
  ].join('');
}

function labels(whose: string, found: Readonly<Record<string, string>> | null | undefined): readonly string[] {
  const lines = Object.keys(found ?? {})
    .sort()
    .map((key) => ` - ${key}=${found?.[key] ?? ''}\n`);
  return lines.length > 0 ? [`${whose}Labels:\n`, ...lines] : [];
}

function manager(found: NodeFacts['ManagerStatus']): readonly string[] {
  if (!found) return [];
  return [
    'Manager Status:\n',
    ` Address:\t\t${found.Addr ?? ''}\n`,
    ` Raft Status:\t\t${capital(found.Reachability ?? '')}\n`,
    ` Leader:\t\t${found.Leader ? 'Yes' : 'No'}\n`,
  ];
}

function plugins(found: readonly { readonly Type: string; readonly Name: string }[]): readonly string[] {
  if (found.length === 0) return [];
  const named = (type: string): string =>
    found
      .filter(({ Type }) => Type === type)
      .map(({ Name }) => Name)
      .join(', ');
  const line = (type: string): readonly string[] => (named(type) === '' ? [] : [` ${type}:\t\t${named(type)}\n`]);
  return ['Plugins:\n', ...line('Log'), ...line('Network'), ...line('Volume')];
}

function tls(found: NonNullable<NodeFacts['Description']>['TLSInfo']): readonly string[] {
  if (!found?.TrustRoot) return [];
  return [
    `TLS Info:\n TrustRoot:\n${found.TrustRoot}\n Issuer Subject:\t${found.CertIssuerSubject ?? ''}\n Issuer Public Key:\t${found.CertIssuerPublicKey ?? ''}\n`,
  ];
}

/** `2026-01-01T10:00:00.5Z` as `2026-01-01 10:00:00.5 +0000 utc` */
function goTimestamp(text: string): string {
  return text.replace(/^(\S+)T(\S+?)0*Z$/, '$1 $2 +0000 utc').replace('. +', ' +');
}
