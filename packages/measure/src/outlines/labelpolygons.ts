import type { NdArray } from "@bioengine/ndarray";
import { labelImage } from "../labelimage";
import { type Mask, maskOf } from "../regions/mask";
import { findRegions, type Region } from "../regions/region";
import { Scratch } from "../regions/scratch";

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
function doubleArea(ring: Ring): number {
  let sum = 0;
  for (let i = 0, before = ring.length - 1; i < ring.length; before = i++) {
    sum += ring[before][1] * ring[i][0] - ring[i][1] * ring[before][0];
  }
  return sum;
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
function trace({ cells, rows, columns }: Mask): number[][] {
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
  return lines;
}

/** Number the part of a region that a cell is in, whose cells are joined by their edges. */
function fillPart({ cells, columns }: Mask, start: number, number: number, parts: Int32Array): void {
  const open = [start];
  parts[start] = number;
  for (let cell = open.pop(); cell !== undefined; cell = open.pop()) {
    for (const next of [cell - columns, cell - 1, cell + 1, cell + columns]) {
      if (!cells[next] || parts[next] !== 0) continue;
      parts[next] = number;
      open.push(next);
    }
  }
}

function polygonsOf(region: Region): Polygon[] {
  const mask = maskOf(region);
  const [top, left] = region.start;
  const cornerOf = (number: number): Corner => [
    Math.floor(number / mask.columns) - 1 + top,
    (number % mask.columns) - 1 + left,
  ];
  const parts = new Int32Array(mask.cells.length);
  const polygons: { outline: Ring; holes: Ring[] }[] = [];
  for (const line of trace(mask)) {
    const [start] = line;
    if (parts[start] === 0) {
      polygons.push({ outline: [], holes: [] });
      fillPart(mask, start, polygons.length, parts);
    }
    const polygon = polygons[parts[start] - 1];
    for (const ring of simpleRings(line).map((corners) => corners.map(cornerOf))) {
      if (doubleArea(ring) > 0) polygon.outline = ring;
      else polygon.holes.push(ring);
    }
  }
  return polygons;
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
  const measured = { labels: image, intensities: undefined, spacing: [1, 1], scratch: new Scratch() };
  const regions = findRegions(measured, action);
  return Array.from({ length: regions.count }, (_, rank) => {
    const region = regions.region(rank);
    return { label: region.label, polygons: polygonsOf(region) };
  });
}
