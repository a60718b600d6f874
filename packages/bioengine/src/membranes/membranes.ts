import { type Random, seededRandom } from "@bioengine/engine";
import { label } from "@bioengine/measure";
import { NdArray, ndarray } from "@bioengine/ndarray";
import { bell, between } from "./bell";
import { blur } from "./blur";
import { type CellPattern, cellPattern } from "./cellpattern";
import { noiseField } from "./noisefield";

/** An image to train on: `[y, x, 3]` float32, and its labels, `[y, x]` uint16, 0 = background. */
export type TrainingSample = readonly [image: NdArray, labels: NdArray];

/** What is drawn. */
export interface DrawMembranesOptions {
  /** Number of images, default 4. */
  count?: number;
  /** Pixels along each side, default 256. */
  size?: number;
  /** Another whole number gives other images; default 0. */
  seed?: number;
  /** Mean diameter of a cell in pixels, default 28. */
  diameter?: number;
}

// Here and in what is imported: only +, -, *, / and square roots, which give the same on every machine; not exp or sin.

/** Half of the gap between labels, in pixels. */
const halfGap = 0.6;

/** A cell at the border that shows less than this share of a mean cell has no label. */
const leastShare = 0.06;

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** From 1 at 0 down to 0 at `radius`, as a bell does. */
function bump(distance: number, radius: number): number {
  const share = distance / radius;
  return share >= 1 ? 0 : (1 - share * share) * (1 - share * share);
}

/** The cells that are missing: all whose centre is in one of a few round holes. */
function missingCells(random: Random, pattern: CellPattern, size: number, diameter: number): boolean[] {
  const holes = Array.from({ length: 2 + Math.floor(2 * random()) }, () => ({
    x: random() * size,
    y: random() * size,
    radius: between(random, 0.4, 1.5) * diameter,
  }));
  return pattern.centres.map(([x, y]) =>
    holes.some((hole) => {
      const [dx, dy] = [x - hole.x, y - hole.y];
      return dx * dx + dy * dy < hole.radius * hole.radius;
    }),
  );
}

/** The membranes without blur, 0 to about 1.6: each side has a brightness, which varies along it and fades here and there. */
function membranes(
  random: Random,
  pattern: CellPattern,
  missing: readonly boolean[],
  size: number,
): Float32Array {
  const { cells, neighbours, distances, count } = pattern;
  const [coarse, fine, gaps] = [
    noiseField(random, size, 9),
    noiseField(random, size, 3),
    noiseField(random, size, 7),
  ];
  const sides = new Map<number, number>();
  return Float32Array.from(cells, (cell, at) => {
    const other = neighbours[at];
    if (missing[cell] && missing[other]) return 0;
    const side = Math.min(cell, other) * count + Math.max(cell, other);
    const own = sides.get(side) ?? between(random, 0.6, 1.25);
    sides.set(side, own);
    const fading = clamp((gaps[at] + 0.6) / 0.35, 0.12, 1);
    return own * fading * (1 + 0.3 * coarse[at] + 0.25 * fine[at]) * bump(distances[at], 2);
  });
}

/** The insides of the cells with their grain, 0 to about 0.3, and the nuclei, whose stain shines through, up to 1.2. */
function cytoplasm(
  random: Random,
  pattern: CellPattern,
  missing: readonly boolean[],
  size: number,
  diameter: number,
): Float32Array {
  const { cells, centres } = pattern;
  const levels = centres.map(() => between(random, 0.13, 0.24));
  const shifts = centres.map(() => [bell(random), bell(random)].map((shift) => 0.05 * diameter * shift));
  const nuclei = centres.map(() => between(random, 0.3, 0.9));
  const [grain, patches] = [noiseField(random, size, 2), noiseField(random, size, 6)];
  return Float32Array.from(cells, (cell, at) => {
    if (missing[cell]) return 0.03;
    const dx = (at % size) - centres[cell][0] - shifts[cell][0];
    const dy = Math.floor(at / size) - centres[cell][1] - shifts[cell][1];
    const nucleus = nuclei[cell] * clamp(4 * bump(Math.sqrt(dx * dx + dy * dy), 0.36 * diameter), 0, 1);
    return (levels[cell] + nucleus) * (1 + 0.25 * patches[at] + 0.3 * grain[at]);
  });
}

/** The numbered cells, without the membranes between them. */
function labelsOf(
  pattern: CellPattern,
  missing: readonly boolean[],
  size: number,
  diameter: number,
): NdArray {
  const { cells, distances } = pattern;
  const inside = Int32Array.from(cells, (cell, at) =>
    missing[cell] || distances[at] < halfGap ? 0 : cell + 1,
  );
  const parts = Uint32Array.from(label(ndarray(inside, [size, size]), { connectivity: 1 }).data, Number);
  const areas = new Uint32Array(size * size);
  for (const part of parts) areas[part]++;
  const leastArea = leastShare * diameter * diameter;
  const numbers = new Map([[0, 0]]);
  let count = 0;
  const buffer = Uint16Array.from(parts, (part) => {
    const number = numbers.get(part) ?? (areas[part] < leastArea ? 0 : ++count);
    numbers.set(part, number);
    return number;
  });
  return new NdArray({ dtype: "uint16", shape: [size, size], buffer, role: "labels" });
}

function drawSample(random: Random, size: number, diameter: number): TrainingSample {
  const pattern = cellPattern(random, size, diameter);
  const missing = missingCells(random, pattern, size, diameter);
  const sharp = membranes(random, pattern, missing, size);
  const inside = cytoplasm(random, pattern, missing, size, diameter);
  const light = noiseField(random, size, size / 2);
  const image = blur(
    sharp.map((value, at) => value + inside[at]),
    size,
    1,
  );
  const haze = blur(image, size, 5);
  const pixels = new Float32Array(3 * size * size);
  for (let at = 0; at < size * size; at++) {
    const photons = (190 * image[at] + 38 * haze[at]) * (1 + 0.3 * light[at]) + 4;
    const value = clamp(Math.round(photons + bell(random) * Math.sqrt(1.1 * photons + 2)), 0, 255);
    pixels.fill(value, 3 * at, 3 * at + 3);
  }
  return [ndarray(pixels, [size, size, 3]), labelsOf(pattern, missing, size, diameter)];
}

function check(name: string, value: number, low: number, high: number, isWhole: boolean): void {
  if (!(value >= low && value <= high) || (isWhole && !Number.isInteger(value))) {
    const kind = isWhole ? "whole number" : "number";
    throw new RangeError(
      `Cannot draw membranes: ${name} must be a ${kind} from ${low} to ${high}, got ${value}`,
    );
  }
}

/**
 * Draw images of an epithelium whose membranes are stained and whose nuclei shine through, with the labels of its cells.
 * They are drawn, not measured: good for trying out a training, not for judging a model.
 *
 * The same options give the same values on every machine.
 *
 * @param options.count number of images, 1 to 100, default 4
 * @param options.size pixels along each side, 64 to 2048, default 256
 * @param options.seed a whole number: another one gives other images; default 0
 * @param options.diameter mean diameter of a cell in pixels, 12 up to half of `size`, default 28; areas vary by 30 %
 * @returns pairs of an image, `[y, x, 3]` float32, 0 to 255, the same gray in all three channels, and its labels,
 *   `[y, x]` uint16, 0 = background and membranes, one connected object for each of 1 to the number of cells
 * @throws {RangeError} if an option is out of its range
 * @example
 * const [[image, labels]] = drawMembranes({ count: 1, diameter: 40 });
 */
export function drawMembranes(options: DrawMembranesOptions = {}): TrainingSample[] {
  const { count = 4, size = 256, seed = 0, diameter = 28 } = options;
  check("count", count, 1, 100, true);
  check("size", size, 64, 2048, true);
  check("seed", seed, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, true);
  check("diameter", diameter, 12, size / 2, false);
  return Array.from({ length: count }, (_, index) =>
    drawSample(seededRandom(Math.imul(seed, 1_000_003) + index), size, diameter),
  );
}
