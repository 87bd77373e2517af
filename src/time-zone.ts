/** A time zone, as far as docker's words and times need one. */
export interface Zone {
  /** Minutes east of Greenwich. @param at milliseconds since 1970 */
  offsetAt(at: number): number;
  /** `UTC`, `CET`; undefined where the zone has no letters of its own. */
  nameAt(at: number): string | undefined;
}

/** The one this machine is set to. */
export const ownZone: Zone = {
  // not -offset: of 0 that is -0
  offsetAt: (at) => 0 - new Date(at).getTimezoneOffset(),
  nameAt(at) {
    const name = new Date(at).toLocaleTimeString('en-US', { timeZoneName: 'short' }).split(' ').at(-1) ?? '';
    return /^[A-Z]{3,5}$/.test(name) ? name : undefined;
  },
};
