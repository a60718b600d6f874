import type { NdArray } from "@bioengine/ndarray";
import { labelImage } from "./labelimage";
import { maskOf } from "./mask";
import { findRegions, type Region } from "./region";

/** A corner of pixels, `[y, x]`; the pixel in row 0 and column 0 has the corners [0, 0] to [1, 1]. */
export type Corner = readonly [y: number, x: number];

/** A closed line through corners; the last is joined to the first. */
export type Ring = readonly Corner[];

/** An outline, and those of the holes in it. */
export interface Polygon {
  readonly outline: Ring;
  readonly holes: readonly Ring[];
}

/** What a label covers. */
export interface LabelPolygons {
  readonly label: number;
  /** One for each part whose pixels are joined by their edges. */
  readonly polygons: readonly Polygon[];
}

// Right, down, left, up: turning right is the next.
const stepY = [0, 1, 0, -1];
const stepX = [1, 0, -1, 0];

/** Twice the area in a ring: above 0 if it runs to the right along the top. */
export function doubleArea(ring: Ring): number {
  let sum = 0;
  for (let i = 0, before = ring.length - 1; i < ring.length; before = i++) {
    sum += ring[before][1] * ring[i][0] - ring[i][1] * ring[before][0];
  }
  return sum;
}

/** Whether a point is inside a ring; it must not be on it. */
export function isInside(y: number, x: number, ring: Ring): boolean {
  let inside = false;
  for (let i = 0, before = ring.length - 1; i < ring.length; before = i++) {
    const [[y0, x0], [y1, x1]] = [ring[before], ring[i]];
    if (y0 > y !== y1 > y && x < x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)) inside = !inside;
  }
  return inside;
}

/** Part a line that comes to a corner again into rings that don't: a hole may touch the outline. */
function simpleRings(corners: readonly number[]): number[][] {
  const rings: number[][] = [];
  const path: number[] = [];
  const places = new Map<number, number>();
  for (const corner of corners) {
    const place = places.get(corner);
    if (place !== undefined) {
      for (const passed of path.slice(place)) places.delete(passed);
      rings.push(path.splice(place));
    }
    places.set(corner, path.length);
    path.push(corner);
  }
  rings.push(path);
  return rings.map((ring) =>
    ring.filter((corner, i) => {
      // Corners in the middle of a side say nothing.
      const [before, after] = [ring.at(i - 1)!, ring[(i + 1) % ring.length]];
      return corner - before !== after - corner;
    }),
  );
}

/** The lines around a region, which is on their right hand, through all corners on their way. */
function trace(region: Region): { lines: number[][]; width: number } {
  const { cells, rows, columns } = maskOf(region);
  const lines: number[][] = [];
  // Upper sides that a line has passed.
  const passed = new Uint8Array(cells.length);
  for (let cell = columns; cell < rows * columns; cell++) {
    if (!cells[cell] || cells[cell - columns] || passed[cell]) continue;
    const line: number[] = [];
    // A corner has the number of the cell to its lower right.
    let [corner, direction] = [cell, 0];
    do {
      line.push(corner);
      if (direction === 0) passed[corner] = 1;
      corner += stepY[direction] * columns + stepX[direction];
      // The cells around the corner, ahead on the right and on the left.
      const around = [corner, corner - 1, corner - columns - 1, corner - columns];
      if (!cells[around[direction]]) direction = (direction + 1) % 4;
      else if (cells[around[(direction + 3) % 4]]) direction = (direction + 3) % 4;
    } while (corner !== cell || direction !== 0);
    lines.push(line);
  }
  return { lines, width: columns };
}

function polygonsOf(region: Region): Polygon[] {
  const { lines, width } = trace(region);
  const [top, left] = region.start;
  const rings = lines
    .flatMap(simpleRings)
    .map((ring) =>
      ring.map((corner): Corner => [Math.floor(corner / width) - 1 + top, (corner % width) - 1 + left]),
    );
  const polygons = rings
    .filter((ring) => doubleArea(ring) > 0)
    .map((outline) => ({ outline, holes: [] as Ring[], area: doubleArea(outline) }));
  for (const hole of rings) {
    if (doubleArea(hole) > 0) continue;
    // The pixel outside the hole at its first side: the region is on its right hand.
    const [[y0, x0], [y1, x1]] = hole;
    const [y, x] = [
      y0 + (Math.sign(y1 - y0) + Math.sign(x1 - x0)) / 2,
      x0 + (Math.sign(x1 - x0) - Math.sign(y1 - y0)) / 2,
    ];
    const around = polygons.filter(({ outline }) => polygons.length === 1 || isInside(y, x, outline));
    around.reduce((inner, other) => (other.area < inner.area ? other : inner)).holes.push(hole);
  }
  return polygons.map(({ outline, holes }) => ({ outline, holes }));
}

/**
 * Outline each label along the edges of its pixels (GDAL's `polygonize`, rasterio's `shapes`), with its holes. Parts
 * that only touch at a corner are polygons of their own, so that all polygons are valid.
 *
 * @param labels `[y, x]` integers, 0 = background; not modified
 * @returns one a label, ascending; outlines run to the right along the top, holes against it
 * @throws {TypeError} if the labels are no integers
 * @throws {RangeError} if the axes are others
 * @example
 * labelPolygons(mask)[0].polygons[0].outline;
 */
export function labelPolygons(labels: NdArray): LabelPolygons[] {
  const action = "outline labels";
  const image = labelImage(labels, action);
  if (image.ndim !== 2) {
    throw new RangeError(
      `Cannot ${action}: the axes must be [y, x], got shape [${labels.shape.join(", ")}]; take a plane: mask.at(0)`,
    );
  }
  return findRegions({ labels: image, intensities: undefined, spacing: [1, 1] }, action).map((region) => ({
    label: region.label,
    polygons: polygonsOf(region),
  }));
}
