import { type NdArray, Table } from "@bioengine/ndarray";

/**
 * Points: `[count, axis]`, such as what `peakLocalMax` gives, a list of `[y, x]`, or a table with the columns of
 * centroids.
 */
export type Points = NdArray | Table | readonly (readonly number[])[];

type Rows = (ArrayLike<number | bigint> & Iterable<number | bigint>)[];

function centroidsIn(table: Table, action: string): Rows {
  const names = table.columnNames.filter((name) => /^centroid\W?_?\d$/.test(name));
  if (names.length === 0) {
    throw new RangeError(
      `Cannot ${action}: the table must have the columns of centroids, got ${table.columnNames.join(", ")}; add "centroid" to the properties of regionpropsTable`,
    );
  }
  const frames = table.columnNames.includes("frame") ? new Set(table.values("frame")) : undefined;
  if (frames && frames.size > 1) {
    const [first] = frames;
    throw new RangeError(
      `Cannot ${action}: the points must be of one time, got ${frames.size} frames; use table.filter((row) => row.frame === ${first})`,
    );
  }
  const columns = names.map((name) => table.values(name));
  return Array.from({ length: table.rowCount }, (_, row) => columns.map((column) => Number(column[row])));
}

function rowsOf(points: NdArray, action: string): Rows {
  const { ndim, shape } = points;
  if (ndim === 2 && shape[1] <= 3) return [...points].map(({ data }) => data);
  throw new RangeError(
    `Cannot ${action}: the points must be [count, 2] or [count, 3], got shape [${shape.join(", ")}]; of a mask's objects take regionpropsTable(mask, { properties: ["label", "centroid"] })`,
  );
}

/**
 * The coordinates of points.
 *
 * @throws {TypeError} if they are no points
 * @throws {RangeError} if they have different numbers of coordinates, or one is no number
 */
export function pointsOf(points: Points, action: string): readonly Float64Array[] {
  const isArray = typeof points === "object" && points !== null && "dtype" in points;
  if (!isArray && !(points instanceof Table) && !Array.isArray(points)) {
    throw new TypeError(`Cannot ${action}: points [[y, x], …] are needed, got ${typeof points}`);
  }
  const rows: Rows =
    points instanceof Table ? centroidsIn(points, action) : isArray ? rowsOf(points, action) : [...points];
  return rows.map((row) => {
    const point = Float64Array.from(row, Number);
    if (point.length === rows[0].length && point.every(Number.isFinite)) return point;
    throw new RangeError(
      `Cannot ${action}: each point must be of ${rows[0].length} finite numbers, got [${point.join(", ")}]`,
    );
  });
}
