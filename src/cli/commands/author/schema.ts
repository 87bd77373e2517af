/** `docker-tutor author schema`: the JSON Schema of the scenario file, as it was built. */
import { shippedSchema } from '../../../scenario/catalogue.ts';

export async function authorSchema(): Promise<number> {
  process.stdout.write(shippedSchema());
  return 0;
}
