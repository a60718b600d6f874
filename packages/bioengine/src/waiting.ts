import { type ProgressBar, progressBar } from "@bioengine/display";
import type { TransferProgress } from "@bioengine/triton";

/** Transfers below this many bytes are over before anybody wonders. */
const smallest = 8 * 2 ** 20;

const phases = { sending: "sending", running: "the model runs", receiving: "receiving" };

/**
 * A bar for one call, which appears if much is sent or received, and it takes long.
 *
 * @param onProgress the caller's own, called too
 */
export function transferBar(
  title: string,
  onProgress: ((progress: TransferProgress) => void) | undefined,
): { onProgress(progress: TransferProgress): void; finish(outcome: string): void } {
  let bar: ProgressBar | undefined;
  return {
    onProgress(progress) {
      onProgress?.(progress);
      const { phase, loaded, total = 0 } = progress;
      if (total >= smallest) bar ??= progressBar(title);
      const amount = total > 0 ? ` ${megabytes(loaded)} of ${megabytes(total)} MB` : "";
      bar?.update({ text: `${phases[phase]}${amount}`, fraction: total > 0 ? loaded / total : undefined });
    },
    finish: (outcome) => bar?.finish(outcome),
  };
}

/** A bar for a batch, which appears if it takes long. */
export function batchBar(
  title: string,
  count: number,
): { update(done: number): void; finish(outcome: string): void } {
  const bar = progressBar(title);
  const update = (done: number) =>
    bar.update({ text: `${done} of ${count}`, fraction: count > 0 ? done / count : undefined });
  update(0);
  return { update, finish: (outcome) => bar.finish(outcome) };
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(bytes < 10e6 ? 1 : 0);
