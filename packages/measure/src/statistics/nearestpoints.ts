import { checkOptions, NdArray } from "@bioengine/ndarray";
import { type Points, pointsOf } from "./points";

/** Which points are looked for, from where. */
export interface NearestPointsOptions {
  /** Where to look from. Default: from each point at the others. */
  from?: Points;
  /** How many. Default 1. */
  count?: number;
}

/** The nearest points. */
export interface NearestPoints {
  /** `[from, count]` float64, ascending; infinite where there are fewer points. */
  readonly distances: NdArray<"float64">;
  /** `[from, count]` int32: which points these are, from 0; -1 where there are fewer. */
  readonly indices: NdArray<"int32">;
}

const action = "find nearest points";

/** The point in the middle along an axis, and what is before and after it. */
interface Node {
  readonly index: number;
  readonly axis: number;
  readonly before: Node | undefined;
  readonly after: Node | undefined;
}

/** A k-d tree (Bentley 1975); the axes take turns. */
function treeOf(
  points: readonly Float64Array[],
  indices: readonly number[],
  depth: number,
): Node | undefined {
  if (indices.length === 0) return undefined;
  const axis = depth % points[0].length;
  const sorted = [...indices].sort((i, j) => points[i][axis] - points[j][axis]);
  const middle = sorted.length >> 1;
  return {
    index: sorted[middle],
    axis,
    before: treeOf(points, sorted.slice(0, middle), depth + 1),
    after: treeOf(points, sorted.slice(middle + 1), depth + 1),
  };
}

interface Found {
  readonly index: number;
  readonly square: number;
}

/** The nearest points to one, ascending; of equally far ones the first. */
function search(
  root: Node | undefined,
  points: readonly Float64Array[],
  from: Float64Array,
  count: number,
  isOther: (index: number) => boolean,
): Found[] {
  const found: Found[] = [];
  const visit = (node: Node | undefined): void => {
    if (node === undefined) return;
    const point = points[node.index];
    if (isOther(node.index)) {
      const square = point.reduce((sum, value, axis) => sum + (value - from[axis]) ** 2, 0);
      let place = found.length;
      while (place > 0 && isBefore({ index: node.index, square }, found[place - 1])) place--;
      found.splice(place, 0, { index: node.index, square });
      if (found.length > count) found.pop();
    }
    const side = from[node.axis] - point[node.axis];
    visit(side < 0 ? node.before : node.after);
    if (found.length < count || side * side <= found[found.length - 1].square) {
      visit(side < 0 ? node.after : node.before);
    }
  };
  visit(root);
  return found;
}

const isBefore = (a: Found, b: Found): boolean =>
  a.square < b.square || (a.square === b.square && a.index < b.index);

/**
 * Find the nearest points of each point, or of other places, by a k-d tree (`scipy.spatial.cKDTree.query`).
 *
 * @param points `[count, axis]`, a list of `[y, x]` or `[z, y, x]`, or a table with the columns of centroids; distances
 *   are in its unit
 * @param options.from where to look from; default: from each point at the others
 * @param options.count how many, default 1
 * @throws {TypeError} if they are no points
 * @throws {RangeError} if the numbers of coordinates differ, or the count is out of range
 * @example
 * table.withColumn("nearest", nearestPoints(table).distances.flatten());
 */
export function nearestPoints(points: Points, options: NearestPointsOptions = {}): NearestPoints {
  checkOptions(
    { name: "nearestPoints", action, options: ["count", "from"], aliases: { k: "count" } },
    options,
  );
  const { from, count = 1 } = options;
  if (!Number.isInteger(count) || count < 1) {
    throw new RangeError(`Cannot ${action}: count must be a whole number from 1, got ${count}`);
  }
  const list = pointsOf(points, action);
  const places = from === undefined ? list : pointsOf(from, action);
  if (list.length > 0 && places.length > 0 && list[0].length !== places[0].length) {
    throw new RangeError(
      `Cannot ${action}: points and places must have as many coordinates, got ${list[0].length} and ${places[0].length}`,
    );
  }
  const root = treeOf(list, [...list.keys()], 0);
  const distances = new Float64Array(places.length * count).fill(Number.POSITIVE_INFINITY);
  const indices = new Int32Array(places.length * count).fill(-1);
  places.forEach((place, row) => {
    const isOther = (index: number) => from !== undefined || index !== row;
    search(root, list, place, count, isOther).forEach(({ index, square }, column) => {
      distances[row * count + column] = Math.sqrt(square);
      indices[row * count + column] = index;
    });
  });
  const shape = [places.length, count];
  return {
    distances: new NdArray({ dtype: "float64", shape, buffer: distances }),
    indices: new NdArray({ dtype: "int32", shape, buffer: indices }),
  };
}
