/** The one place where an event gets its address, and loses its secrets. */
import { withoutSecrets } from '../events/without-secrets.ts';
import type { Address, Emit, RunHappening, ScenarioAddress, ScenarioHappening } from '../events/events.ts';

/** Tells what happens in one scenario. */
export type TellScenario = (happening: ScenarioHappening) => void;

export function ofRun(emit: Emit, address: Address): (happening: RunHappening) => void {
  return (happening) => emit({ ...address, ...withoutSecrets(happening) });
}

export function ofScenario(emit: Emit, address: ScenarioAddress): TellScenario {
  return (happening) => emit({ ...address, ...withoutSecrets(happening) });
}
