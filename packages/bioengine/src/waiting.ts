import { progressBar } from "@bioengine/display";
import type { TransferProgress } from "@bioengine/triton";

/** Transfers below this many bytes are over before anybody wonders. */
const smallest = 8 * 2 ** 20;

/** Calls shorter than this, in ms, leave nothing in the notebook. */
const longMs = 2000;

const phases = { sending: "sending", running: "the model runs", receiving: "receiving" };

/** Something that a bar shows, and that has an end. */
interface Waiting {
  done(): void;
  failed(): void;
}

/**
 * A bar for one call, which appears if it takes long: how far its transfers and its parts are, as far as they are
 * many, and otherwise that it runs.
 *
 * @param onProgress the caller's own, called too
 */
export function transferBar(
  title: string,
  onProgress: ((progress: TransferProgress) => void) | undefined,
): Waiting & { onProgress(progress: TransferProgress): void } {
  const seconds = stopwatch();
  const bar = progressBar(title, { delayMs: longMs });
  return {
    onProgress(progress) {
      onProgress?.(progress);
      const { phase, loaded, total = 0 } = progress;
      const isRunning = phase === "running";
      const isMuch = total >= (isRunning ? 2 : smallest);
      const amount = isRunning
        ? `: part ${loaded} of ${total}`
        : ` ${megabytes(loaded)} of ${megabytes(total)} MB`;
      bar.update({
        text: isMuch ? phases[phase] + amount : phases[phase],
        fraction: isMuch ? loaded / total : undefined,
      });
    },
    done: () => bar.finish(`done in ${seconds()}`),
    failed: () => bar.finish(`failed after ${seconds()}`),
  };
}

/** A bar for a batch, which appears if it takes long. */
export function batchBar(title: string, count: number): Waiting & { update(finished: number): void } {
  const seconds = stopwatch();
  const bar = progressBar(title);
  let finished = 0;
  const update = (now: number) => {
    finished = now;
    bar.update({ text: `${finished} of ${count}`, fraction: count > 0 ? finished / count : undefined });
  };
  update(0);
  return {
    update,
    done: () => bar.finish(`${count} done in ${seconds()}`),
    failed: () => bar.finish(`failed after ${finished} of ${count} in ${seconds()}`),
  };
}

function stopwatch(): () => string {
  const start = performance.now();
  return () => `${((performance.now() - start) / 1000).toFixed(1)} s`;
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(bytes < 10e6 ? 1 : 0);
