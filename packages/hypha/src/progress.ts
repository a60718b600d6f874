import type { TransferOptions } from "@bioengine/triton";

type OnProgress = TransferOptions["onProgress"];

/** Answers that carry no arrays are smaller than this, in bytes. */
const smallest = 2 ** 14;

/**
 * One progress of a request that takes many calls: the first sends the inputs, the last gets the outputs, and those
 * between only ask.
 */
export function requestProgress(onProgress: OnProgress): { first: OnProgress; later: OnProgress } {
  if (!onProgress) return { first: undefined, later: undefined };
  const later: OnProgress = (progress) => {
    const { phase, loaded, total } = progress;
    if (phase === "receiving" && (total ?? loaded) >= smallest) onProgress(progress);
  };
  return {
    first: (progress) => (progress.phase === "receiving" ? later(progress) : onProgress(progress)),
    later,
  };
}
