/** A row before another one whose pixels are neighbours of its pixels. */
export interface EarlierRow {
  /** Steps from a row to it along the planes and the rows. */
  readonly z: number;
  readonly y: number;
  /** How far its neighbours may be along x: 0 or 1. */
  readonly reach: number;
}

/**
 * The neighbouring rows that come earlier in C order.
 *
 * @param connectivity how many axes neighbours may differ in
 */
export function earlierRows(ndim: number, connectivity: number): EarlierRow[] {
  const steps =
    ndim === 3
      ? [
          [-1, -1],
          [-1, 0],
          [-1, 1],
          [0, -1],
        ]
      : [[0, -1]];
  return steps.flatMap(([z, y]) => {
    const axes = Math.abs(z) + Math.abs(y);
    return axes <= connectivity ? [{ z, y, reach: axes < connectivity ? 1 : 0 }] : [];
  });
}
