/** What the docker CLI asks of every plugin before it shows or starts it. docker/cli, cli-plugins/metadata. */
import { version } from '../../version.ts';

export const metadataQuestion = 'docker-cli-plugin-metadata';

export function metadata(): string {
  return JSON.stringify({
    SchemaVersion: '0.1.0',
    Vendor: 'docker-tutor contributors',
    Version: version,
    ShortDescription: 'Learn Docker on your own engine',
  });
}
