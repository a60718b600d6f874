/** A task that failed, and where. */
export class TaskError extends Error {
  constructor(
    readonly index: number,
    cause: unknown,
  ) {
    super("", { cause });
  }
}

/** Tasks, and the places that can do them. */
export interface Schedule<T> {
  readonly count: number;
  /** Different from each other. */
  readonly places: readonly string[];
  /** How many tasks a place does at once. */
  readonly perPlace: number;
  /** Do a task at a place. */
  run(index: number, place: string): Promise<T>;
  /** Whether an error is the place's fault: it then gets no further tasks, and another one does this task. */
  blames(error: unknown): boolean;
  onDone(index: number, value: T): void;
  /** Called before giving up, to end the tasks that still run. */
  abort(): void;
}

/**
 * Do numbered tasks in order, as many at once as the places can. What a failing place had is done by the others.
 *
 * @throws {TaskError} if a task fails by its own fault, or no place is left; then nothing runs any more
 */
export async function runSchedule<T>(schedule: Schedule<T>): Promise<void> {
  const { count, places, perPlace } = schedule;
  const waiting = Array.from({ length: count }, (_, index) => index);
  const free = Array.from({ length: perPlace }, () => places).flat();
  const failed = new Map<string, unknown>();
  const running = new Set<Promise<void>>();
  const start = async (index: number, place: string) => {
    try {
      schedule.onDone(index, await schedule.run(index, place));
      free.push(place);
    } catch (error) {
      if (!schedule.blames(error)) throw new TaskError(index, error);
      failed.set(place, error);
      waiting.unshift(index);
      if (failed.size === places.length) throw new TaskError(index, error);
    }
  };
  try {
    while (waiting.length + running.size > 0) {
      while (waiting.length > 0 && free.length > 0) {
        const place = String(free.shift());
        if (failed.has(place)) continue;
        const task: Promise<void> = start(Number(waiting.shift()), place).finally(() => running.delete(task));
        running.add(task);
      }
      await Promise.race(running);
    }
  } catch (error) {
    schedule.abort();
    await Promise.allSettled(running);
    throw error;
  }
}
