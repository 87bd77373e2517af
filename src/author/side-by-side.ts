/** Work on several things at the same time, those that want to be alone apart. */

/** Results in the order given. The first to fail ends the others before their next piece. */
export async function sideBySide<T, R>(
  items: readonly T[],
  jobs: number,
  isAlone: (item: T) => boolean,
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results = new Map<T, R>();
  const queue = items.filter((item) => !isAlone(item));
  const lane = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) results.set(item, await work(item));
  };
  await settled(Array.from({ length: Math.min(jobs, queue.length) }, lane), () => queue.splice(0));
  for (const item of items.filter(isAlone)) results.set(item, await work(item));
  return items.map((item) => results.get(item) as R);
}

/** All have ended before the first failure is thrown: what they made is removed by then. */
async function settled(lanes: readonly Promise<void>[], stop: () => void): Promise<void> {
  for (const lane of lanes) lane.catch(stop);
  const ends = await Promise.allSettled(lanes);
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
}
