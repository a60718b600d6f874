import { type ConvexSpans, planeHull } from "./convexity";
import { cornersOf, hullOfPoints, type Points, type Polyhedron } from "./polyhedron";
import type { Region } from "./region";
import { REGION_RUN } from "./regionruns";

/** The corners of the hull of a raster's voxel centres, in half voxels; none if these are all in one plane. */
function centreCorners(spans: ConvexSpans, depth: number): Points {
  const points: number[] = [];
  const length = spans.length / depth;
  for (let z = 0; z < depth; z++) {
    for (const [y, x] of planeHull(spans.subarray(z * length, (z + 1) * length))) points.push(2 * z, y, x);
  }
  const hull = hullOfPoints(points);
  return hull === undefined ? [] : cornersOf(hull, points);
}

function spansOf({ runs, begin, end, start, stop }: Region): ConvexSpans {
  const [[front, top, left], [back, bottom]] = [start, stop];
  const rows = bottom - top;
  const spans = new Int32Array(2 * (back - front) * rows);
  for (let at = begin; at < end; at += REGION_RUN) {
    const row = 2 * ((runs[at] - front) * rows + runs[at + 1] - top);
    if (spans[row + 1] === 0) spans[row] = runs[at + 2] - left;
    spans[row + 1] = runs[at + 3] - left;
  }
  return spans;
}

/** Set a row to its part in a polyhedron; the corners are in half voxels. */
function setRow(
  spans: ConvexSpans,
  row: number,
  z: number,
  y: number,
  { facets }: Polyhedron,
  width: number,
) {
  let first = 0;
  let final = width - 1;
  for (const facet of facets) {
    const rest = facet.offset - 2 * z * facet.z - 2 * y * facet.y;
    const step = 2 * facet.x;
    if (step > 0) final = Math.min(final, Math.floor(rest / step));
    else if (step < 0) first = Math.max(first, Math.ceil(rest / step));
    else if (rest < 0) return;
  }
  if (first > final) return;
  spans[row] = first;
  spans[row + 1] = final + 1;
}

/**
 * The voxels in the convex hull of a 3-D region, those on its surface included, each voxel taken as the octahedron of
 * its faces' middles (scikit-image's `image_convex`); as there, a region in one plane has none.
 */
export function solidSpans(region: Region): ConvexSpans {
  const { start, stop } = region;
  const [depth, rows, width] = stop.map((end, axis) => end - start[axis]);
  const spans = new Int32Array(2 * depth * rows);
  const points: number[] = [];
  const corners = centreCorners(spansOf(region), depth);
  for (let at = 0; at < corners.length; at += 3) {
    const [z, y, x] = [corners[at], corners[at + 1], corners[at + 2]];
    points.push(z - 1, y, x, z + 1, y, x, z, y - 1, x, z, y + 1, x, z, y, x - 1, z, y, x + 1);
  }
  const hull = points.length === 0 ? undefined : hullOfPoints(points);
  if (hull === undefined) return spans;
  for (let row = 0; row < depth * rows; row++) {
    setRow(spans, 2 * row, Math.floor(row / rows), row % rows, hull, width);
  }
  return spans;
}

/** Largest distance between points of the convex image's surface, in units of the spacing; NaN if it is empty. */
export function solidFeretDiameter({ hull, start, stop, measured }: Region): number {
  const corners = centreCorners(hull, stop[0] - start[0]);
  const [sz, sy, sx] = measured.spacing;
  let largest = Number.NaN;
  for (let i = 0; i < corners.length; i += 3) {
    for (let j = 0; j <= i; j += 3) {
      const z = Math.abs(corners[i] - corners[j]);
      const y = Math.abs(corners[i + 1] - corners[j + 1]);
      const x = Math.abs(corners[i + 2] - corners[j + 2]);
      // Both octahedra's corners on one axis, or on two of them.
      for (const [dz, dy, dx] of CORNERS) {
        const squared = ((z + dz) * sz) ** 2 + ((y + dy) * sy) ** 2 + ((x + dx) * sx) ** 2;
        if (!(squared <= largest)) largest = squared;
      }
    }
  }
  return Math.sqrt(largest) / 2;
}

const CORNERS = [
  [2, 0, 0],
  [0, 2, 0],
  [0, 0, 2],
  [1, 1, 0],
  [1, 0, 1],
  [0, 1, 1],
];
