/** What the steps of one scenario share. */
import type { lessonSettings } from '../perform/client-settings.ts';
import type { KeptThing, Marks } from '../api/guard.ts';
import type { Bounds } from '../disk/held.ts';
import type { CredentialStore } from '../engine/login/logins.ts';
import type { Inventory } from '../inventory/inventory.ts';
import type { OwnGuard } from '../ownership/guard/guard.ts';
import type { Permission } from '../permission-name.ts';
import type { Words } from '../words/english.ts';
import { planContext } from '../permission/plan-context.ts';
import type { RunRequest } from './run.ts';
import type { TellScenario } from './emitter.ts';

export interface Scene extends Omit<RunRequest, 'emit' | 'words'> {
  readonly emit: TellScenario;
  /** In which the learner is told what is not the lesson's. */
  readonly words: Words;
  /** What the things it makes are labelled with. */
  readonly label: string;
  readonly guard: OwnGuard;
  /** Of what the learner types. */
  readonly learnersGuard: () => OwnGuard;
  /** Things of the learner's that they have agreed to have removed: `container web`. */
  readonly agreed: Set<string>;
  readonly marks: Marks;
  /** Logins made in this scenario, kept no longer than it; beside them the learner's own for registries that `--var` names. */
  readonly credentials: CredentialStore;
  /** What it may do beyond its own objects and workspace. */
  readonly permissions: readonly Permission[];
  readonly workspace: string;
  /** Where the learner works in a terminal of their own: since when, in seconds by the engine's clock. */
  readonly since?: number | undefined;
  /** Of the docker client, as far as they count for a lesson. */
  readonly settings: ReturnType<typeof lessonSettings>;
  /** Its images are built by BuildKit; absent: by the classic builder, unless only BuildKit can build them. */
  readonly prefersBuildkit?: true;
  /** What files it may read and write; absent: any. */
  readonly bounds: Bounds | undefined;
  /** Where published ports answer. */
  readonly portsHost: string;
  /** What of the user's was left as it is, so far. */
  readonly kept: KeptThing[];
  /** What was on the engine when it was last looked at. */
  readonly inventory: { latest: Inventory };
}

/** What its commands know without asking. */
export function contextOf(scene: Scene): ReturnType<typeof planContext> {
  return planContext(scene.workspace, scene.engine.about.apiVersion, scene);
}
