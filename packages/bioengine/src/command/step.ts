/**
 * Run a step of a command and say so: its title, the seconds that have passed (ticking in a terminal), and
 * "done" at the end.
 *
 * @param title what is being done, without a full stop
 * @param work the step; what it throws is rethrown
 * @returns what `work` returns
 * @example
 * await step("Copying the sample images", async () => copySamples("data"));
 */
export async function step<T>(title: string, work: () => T | Promise<T>): Promise<T> {
  const started = Date.now();
  const seconds = () => `${((Date.now() - started) / 1000).toFixed(0)} s`;
  const { stdout } = process;
  stdout.write(stdout.isTTY ? `${title} …` : `${title} …\n`);
  const timer = stdout.isTTY
    ? setInterval(() => stdout.write(`\r${title} … ${seconds()} `), 1000)
    : undefined;
  let result: T;
  try {
    result = await work();
  } finally {
    clearInterval(timer);
    if (stdout.isTTY) stdout.write("\r");
  }
  console.log(`${title}: done in ${seconds()} `);
  return result;
}
