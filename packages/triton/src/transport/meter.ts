import type { TransferProgress } from "../calloptions";

const step = 2 ** 20;

/**
 * Counts the bytes of one phase of a transfer, and tells about each MiB, the beginning and the end.
 *
 * @returns what to call with the number of further bytes
 */
export function meter(
  phase: "sending" | "receiving",
  total: number | undefined,
  onProgress: ((progress: TransferProgress) => void) | undefined,
): (count: number) => void {
  let loaded = 0;
  let told = -1;
  const tell = () => {
    told = loaded;
    onProgress?.({ phase, loaded, total });
  };
  tell();
  return (count) => {
    loaded += count;
    if (loaded - told >= step || (loaded === total && told !== loaded)) tell();
  };
}
