/** What BuildKit tells of a build while it lasts. Times are seconds since 1970. */

/** One message of it: what is new since the last. */
export interface BuildStatus {
  readonly vertexes: readonly Vertex[];
  readonly tasks: readonly VertexTask[];
  readonly logs: readonly VertexLog[];
  readonly warnings: readonly BuildWarning[];
}

/** A step: `[2/4] RUN make`, `[internal] load .dockerignore`, `exporting to image`. */
export interface Vertex {
  readonly digest: string;
  readonly name: string;
  readonly started?: number;
  readonly completed?: number;
  readonly cached: boolean;
  readonly error: string;
}

/** What a step does one by one: `transferring context:`, `exporting layers`. */
export interface VertexTask {
  readonly vertex: string;
  readonly id: string;
  readonly current: number;
  /** 0 where it is not known. */
  readonly total: number;
  readonly at?: number;
  readonly started?: number;
  readonly completed?: number;
}

export interface VertexLog {
  readonly vertex: string;
  readonly at?: number;
  readonly text: string;
}

/** What the Dockerfile could do better. */
export interface BuildWarning {
  readonly vertex: string;
  readonly short: string;
}
