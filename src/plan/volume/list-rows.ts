/** The lines of docker volume ls, and of the volumes in docker system df -v (docker/cli, formatter/volume.go). */
import { labelCell, labelsText } from '../output/formatted.ts';
import type { Columns, Row } from '../output/formatted.ts';
import { humanSize } from '../../size.ts';

/** One of GET /volumes. `UsageData` comes with GET /system/df alone. */
export interface VolumeSummary {
  readonly Name: string;
  readonly Driver: string;
  readonly Scope: string;
  readonly Mountpoint: string;
  readonly Labels?: Readonly<Record<string, string>> | null;
  readonly UsageData?: { readonly RefCount: number; readonly Size: number } | null;
}

export const volumeColumns: Columns = {
  type: '*formatter.volumeContext',
  headers: {
    Name: 'VOLUME NAME',
    Driver: 'DRIVER',
    Scope: 'SCOPE',
    Availability: 'AVAILABILITY',
    Mountpoint: 'MOUNTPOINT',
    Labels: 'LABELS',
    Links: 'LINKS',
    Size: 'SIZE',
    Group: 'GROUP',
    Status: 'STATUS',
  },
  table: '{{.Driver}}\\t{{.Name}}',
  raw: 'name: {{.Name}}\\ndriver: {{.Driver}}\\n',
};

const unknown = 'N/A';

export function volumeRow(volume: VolumeSummary): Row {
  const usage = volume.UsageData;
  return {
    Name: volume.Name,
    Driver: volume.Driver,
    Scope: volume.Scope,
    Mountpoint: volume.Mountpoint,
    Labels: labelsText(volume.Labels),
    Links: usage ? String(usage.RefCount) : unknown,
    Size: usage ? humanSize(usage.Size) : unknown,
    // of cluster volumes, which a swarm with a storage plugin has
    Group: unknown,
    Availability: unknown,
    Status: unknown,
    Label: labelCell(volume.Labels),
  };
}
