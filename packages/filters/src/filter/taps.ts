/** Weights along a line: pixels at two distances from each one, which may be the same, whose sum counts with a weight. */
export interface Tap {
  readonly first: number;
  readonly second: number;
  readonly weight: number;
}

/** Each pixel itself. */
export const itself: readonly Tap[] = [{ first: 0, second: 0, weight: 0.5 }];

/** The difference of each pixel's neighbours, the next one less the one before. */
export const slope: readonly Tap[] = [
  { first: 1, second: 1, weight: 0.5 },
  { first: -1, second: -1, weight: -0.5 },
];

/** Symmetric weights, given from the middle to the right end. */
export const symmetric = (half: ArrayLike<number>): readonly Tap[] =>
  Array.from(half, (weight, x) => ({ first: -x, second: x, weight: x === 0 ? weight / 2 : weight }));

/** The weights times a number. */
export const scaled = (taps: readonly Tap[], scale: number): readonly Tap[] =>
  taps.map((tap) => ({ ...tap, weight: tap.weight * scale }));

/** How far they reach. */
export const reachOf = (taps: readonly Tap[]): number =>
  Math.max(...taps.map(({ second }) => Math.abs(second)));

/** What they make of a line of ones. */
export const totalOf = (taps: readonly Tap[]): number =>
  taps.reduce((sum, { weight }) => sum + 2 * weight, 0);
