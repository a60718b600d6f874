/**
 * Milliseconds of a call: `wall` by the clock, and `processor` of all of this process's threads, which other programs
 * on the machine hardly change.
 */
export function timesOf(work) {
  const before = process.cpuUsage();
  const started = performance.now();
  work();
  const wall = performance.now() - started;
  const { user, system } = process.cpuUsage(before);
  return { wall, processor: (user + system) / 1000 };
}
