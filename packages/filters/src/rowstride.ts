/** Bytes of rows that kernels compute at a time at most: up to the next multiple, they read and overwrite rows. */
export const STEP_BYTES = 64;

/**
 * Values from row to row, of which each has room for so many.
 *
 * @param size bytes of a value
 */
export function strideOf(count: number, size: number): number {
  const steps = Math.ceil((count * size) / STEP_BYTES) + 1;
  // Odd, as caches have few places for rows that are multiples of powers of 2 apart.
  return ((steps + ((steps + 1) % 2)) * STEP_BYTES) / size;
}
