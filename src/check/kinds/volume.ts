/** `volume`: a volume is there, or not, and is as it should be. */
import type { VolumeFields } from '../../scenario/expectation.ts';
import type { Facets } from '../facets/facets.ts';
import { labelsFacet } from '../facets/labels.ts';
import type { KindOfCheck } from '../look.ts';
import { networkOrVolume } from '../facets/named-object.ts';

interface VolumeFound {
  readonly Driver: string;
  readonly Labels?: Readonly<Record<string, string>> | null;
}

const table: Facets<VolumeFields, VolumeFound> = {
  driver: {
    says: (driver) => `is kept by the driver ${driver}`,
    expects: (driver) => `driver: ${driver}`,
    sees: ({ Driver }) => `driver: ${Driver}`,
    holds: ({ Driver }, driver) => Driver === driver,
  },
  labels: labelsFacet(({ Labels }) => Labels),
};

export const volume: KindOfCheck<VolumeFields> = networkOrVolume('volume', table);
