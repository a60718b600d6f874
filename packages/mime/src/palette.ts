/** Chosen by scripts/choosePalette.mjs. */
const colours = (
  "eba002 6875f6 b5f8c2 b37903 63b9fe fac131 e2348d 5bf9f9 9087f6 e2ef86 ce816e 7dd9fc " +
  "8f78ba d4cf80 399e43 e989e1 c3fc2f ae53e6 19c63c fbb8eb d14ba0 80e234 d06afa 47ab4f " +
  "99fbe1 f46cbf d5e279 ba6c78 9ebdff f4430c a36fd9 4bf1b7 69aa77 b7ef09 fa8cd7 749331 " +
  "c8ca7c ce56b9 8bf4e7 89b559 ed66e5 e7e293 649c66 81cffc d8c65a ea5da9 9bdda8 9e8fe9"
).split(" ");

/**
 * Number of different label colours: label `n` and label `n + PALETTE_SIZE` look the same.
 *
 * @example
 * const row = label === 0 ? 0 : 1 + ((label - 1) % PALETTE_SIZE); // row of `labelColors(PALETTE_SIZE)`
 */
export const PALETTE_SIZE: number = colours.length;

/**
 * Colours of labels 0 to `count`, the same in every picture and viewer.
 *
 * Bright enough for black and colourful enough for grey images. Labels with near numbers, which mostly are
 * neighbours in the image, differ most, also for colour-blind eyes (OKLab distance of following labels at least
 * 0.15 in normal vision, protanopia, deuteranopia and tritanopia; Machado et al. 2009).
 *
 * @param count largest label
 * @returns a new array of `4 * (count + 1)` bytes, RGBA by label; label 0 is transparent, the others opaque
 * @throws {RangeError} if `count` is not an integer from 0 to 2^24
 * @example
 * const [red, green, blue] = labelColors(3).subarray(4 * label);
 */
export function labelColors(count: number): Uint8Array {
  if (!Number.isInteger(count) || count < 0 || count > 2 ** 24) {
    throw new RangeError(
      `Cannot make label colours: count must be an integer from 0 to 16777216, got ${count}`,
    );
  }
  const rgba = new Uint8Array(4 * (count + 1));
  const first = rgba.subarray(4, 4 * (PALETTE_SIZE + 1));
  for (let i = 0; 4 * i < first.length; i++) {
    const rgb = Number.parseInt(colours[i]!, 16);
    first.set([rgb >> 16, (rgb >> 8) & 255, rgb & 255, 255], 4 * i);
  }
  for (let start = 4 * (PALETTE_SIZE + 1); start < rgba.length; start += first.length) {
    rgba.set(first.subarray(0, rgba.length - start), start);
  }
  return rgba;
}

/**
 * Colours of a comparison's outcomes, RGB: those of Okabe and Ito, which colour-blind eyes tell apart.
 *
 * @example
 * const [red, green, blue] = MATCH_COLORS.missed;
 */
export const MATCH_COLORS: Readonly<
  Record<"matched" | "extra" | "missed" | "merged" | "split", readonly [number, number, number]>
> = {
  matched: [0, 158, 115],
  extra: [230, 159, 0],
  missed: [204, 121, 167],
  merged: [240, 228, 66],
  split: [86, 180, 233],
};
