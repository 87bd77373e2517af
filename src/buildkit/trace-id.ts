/** The id of a message in which BuildKit tells of its steps; its `aux` is a text (status.ts). */
export const traceId = 'moby.buildkit.trace';
