import type { NdArray } from "@bioengine/ndarray";

/** Points: `[count, axis]`, such as what `peakLocalMax` gives, or a list of `[y, x]`. */
export type Points = NdArray | readonly (readonly number[])[];

/**
 * The coordinates of points.
 *
 * @throws {TypeError} if they are no points
 * @throws {RangeError} if they have different numbers of coordinates, or one is no number
 */
export function pointsOf(points: Points, action: string): readonly Float64Array[] {
  const isArray = typeof points === "object" && points !== null && "dtype" in points;
  if (!isArray && !Array.isArray(points)) {
    throw new TypeError(`Cannot ${action}: points [[y, x], …] are needed, got ${typeof points}`);
  }
  if (isArray && points.ndim !== 2) {
    throw new RangeError(
      `Cannot ${action}: the axes must be [count, axis], got shape [${points.shape.join(", ")}]`,
    );
  }
  const rows: (ArrayLike<number | bigint> & Iterable<number | bigint>)[] = isArray
    ? [...points].map(({ data }) => data)
    : [...points];
  return rows.map((row) => {
    const point = Float64Array.from(row, Number);
    if (point.length === rows[0].length && point.every(Number.isFinite)) return point;
    throw new RangeError(
      `Cannot ${action}: each point must be of ${rows[0].length} finite numbers, got [${point.join(", ")}]`,
    );
  });
}
