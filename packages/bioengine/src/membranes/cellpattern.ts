import type { Random } from "@bioengine/engine";
import { bell, between } from "./bell";
import { noiseField } from "./noisefield";

/** Polygons that fill a square, as cells of an epithelium do. */
export interface CellPattern {
  /** Number of cells, with those that only touch the square. */
  readonly count: number;
  /** The centre of each cell, as x and y. */
  readonly centres: readonly (readonly [x: number, y: number])[];
  /** For each pixel its cell, from 0. */
  readonly cells: Int32Array;
  /** For each pixel the cell across the nearest side. */
  readonly neighbours: Int32Array;
  /** For each pixel how far that side is, in pixels. */
  readonly distances: Float32Array;
}

interface Site {
  x: number;
  y: number;
  /** What the cell has before others in squared distances: large cells have much. */
  readonly weight: number;
}

/** Sites on a lattice of triangles, each moved at random. */
function scatter(random: Random, size: number, spacing: number): Site[] {
  const sites: Site[] = [];
  const rowHeight = (spacing * Math.sqrt(3)) / 2;
  const margin = 3 * spacing;
  for (let row = 0, y = -margin; y < size + margin; row++, y += rowHeight) {
    for (let x = -margin + (row % 2) * (spacing / 2); x < size + margin; x += spacing) {
      const [dx, dy] = [between(random, -0.42, 0.42), between(random, -0.42, 0.42)];
      const weight = 0.07 * bell(random) * spacing * spacing;
      sites.push({ x: x + dx * spacing, y: y + dy * spacing, weight });
    }
  }
  return sites;
}

/** The sites near a point, by squares of one spacing. */
function neighbourhood(sites: readonly Site[], spacing: number): (x: number, y: number) => readonly number[] {
  const key = (column: number, row: number) => row * 2 ** 20 + column;
  const squares = new Map<number, number[]>();
  const [column, row] = [(x: number) => Math.floor(x / spacing), (y: number) => Math.floor(y / spacing)];
  for (const [index, { x, y }] of sites.entries()) {
    const at = key(column(x), row(y));
    const square = squares.get(at);
    if (square === undefined) squares.set(at, [index]);
    else square.push(index);
  }
  const around = new Map<number, number[]>();
  return (x, y) => {
    const [u, v] = [column(x), row(y)];
    const at = key(u, v);
    const known = around.get(at);
    if (known !== undefined) return known;
    const near: number[] = [];
    for (let dv = -2; dv <= 2; dv++)
      for (let du = -2; du <= 2; du++) near.push(...(squares.get(key(u + du, v + dv)) ?? []));
    around.set(at, near);
    return near;
  };
}

const power = ({ x, y, weight }: Site, px: number, py: number): number =>
  (x - px) * (x - px) + (y - py) * (y - py) - weight;

function nearest(sites: readonly Site[], near: readonly number[], x: number, y: number): number {
  let best = near[0];
  let least = Number.POSITIVE_INFINITY;
  for (const index of near) {
    const value = power(sites[index], x, y);
    if (value < least) [best, least] = [index, value];
  }
  return best;
}

/** Move each site half of the way to the middle of its cell (a step of Lloyd's, 1982): slivers go. */
function relax(sites: Site[], size: number, spacing: number): void {
  const near = neighbourhood(sites, spacing);
  const sums = sites.map(() => ({ x: 0, y: 0, count: 0 }));
  const margin = 2 * spacing;
  const step = spacing / 10;
  for (let y = -margin; y < size + margin; y += step) {
    for (let x = -margin; x < size + margin; x += step) {
      const sum = sums[nearest(sites, near(x, y), x, y)];
      sum.x += x;
      sum.y += y;
      sum.count++;
    }
  }
  for (const [index, { x, y, count }] of sums.entries()) {
    const site = sites[index];
    if (count === 0) continue;
    site.x += 0.5 * (x / count - site.x);
    site.y += 0.5 * (y / count - site.y);
  }
}

/**
 * Fill a square with cells: a power diagram (Aurenhammer, 1987) of scattered sites, whose sides are slightly bent.
 *
 * @param size pixels along each side
 * @param diameter of a circle with a cell's mean area, in pixels
 */
export function cellPattern(random: Random, size: number, diameter: number): CellPattern {
  const spacing = diameter * Math.sqrt(Math.PI / (2 * Math.sqrt(3)));
  const sites = scatter(random, size, spacing);
  relax(sites, size, spacing);
  const near = neighbourhood(sites, spacing);
  const [bendX, bendY] = [
    noiseField(random, size, 0.35 * diameter),
    noiseField(random, size, 0.35 * diameter),
  ];
  const cells = new Int32Array(size * size);
  const neighbours = new Int32Array(size * size);
  const distances = new Float32Array(size * size).fill(Number.POSITIVE_INFINITY);
  for (let at = 0; at < cells.length; at++) {
    const x = (at % size) + 0.045 * diameter * bendX[at];
    const y = Math.floor(at / size) + 0.045 * diameter * bendY[at];
    const around = near(x, y);
    const cell = nearest(sites, around, x, y);
    const own = power(sites[cell], x, y);
    cells[at] = cell;
    for (const other of around) {
      if (other === cell) continue;
      const [dx, dy] = [sites[other].x - sites[cell].x, sites[other].y - sites[cell].y];
      const distance = (power(sites[other], x, y) - own) / (2 * Math.sqrt(dx * dx + dy * dy));
      if (distance < distances[at]) [distances[at], neighbours[at]] = [distance, other];
    }
  }
  return {
    count: sites.length,
    centres: sites.map(({ x, y }) => [x, y] as const),
    cells,
    neighbours,
    distances,
  };
}
