/**
 * In the place of the global `performance`, of which only the clock is used: making the global one costs 1 ms of a start.
 */
export const performance = { now: () => process.uptime() * 1000 };
