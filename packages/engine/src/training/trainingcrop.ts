import type { Plane } from "../plane";
import { varyIntensities } from "./intensity";
import type { Lattice } from "./lattice";
import { type Placement, placeCrop } from "./placement";
import type { CellposeSample, PreparedSample, StardistSample } from "./preparedsample";
import { type Random, uniform } from "./random";
import { starDistances } from "./stardistances";
import { placesPerPixel, warp, warpLabels } from "./warp";

/** How a crop is made. */
export interface CropOptions {
  /** Side in pixels of the network; even. */
  readonly size: number;
  /** Diameter that the sample's median object is brought to, about, in pixels of the network. */
  readonly diameter: number;
  readonly random: Random;
}

/** What one step of training sees of a sample, and what it is to learn; new arrays. */
export interface Crop {
  readonly input: Float32Array;
  readonly target: Float32Array;
  /** 1 inside the image, 0 outside. */
  readonly weight: Float32Array;
}

/** How much the scale varies, as a logarithm. */
const [CELLPOSE_SPREAD, STARDIST_SPREAD] = [0.3, 0.4];

/** Pixels around a crop in which the rays of its objects go on. */
const MARGIN = 32;

/** StarDist's predictions have a pixel for so many of the image. */
const [GRID, RAYS] = [2, 32];

function placeAtRandom(sample: PreparedSample, options: CropOptions, spread: number): Placement {
  const { size, diameter, random } = options;
  const scale = (diameter / sample.diameter) * Math.exp(uniform(random, -spread, spread));
  return placeCrop(sample, scale, size, random);
}

function inputOf(plane: Plane, placement: Placement, { size, random }: CropOptions): Float32Array {
  const lattice = { start: 0, step: 1, count: size };
  const values = warp(plane, placement, lattice, placesPerPixel(placement));
  varyIntensities(values, size, random);
  return values;
}

/** Labels of a crop by `warpLabels` as weights. */
const weightOf = (labels: Int32Array): Float32Array =>
  // Float32Array.from() takes ten times as long.
  new Float32Array(labels).map((label) => (label < 0 ? 0 : 1));

/**
 * Take a random crop for a network of cellpose's kind: scaled, turned, mirrored, and with other intensities.
 *
 * @returns `input` `[2, size, size]` (a nucleus that the sample hasn't got is 0), `target` `[3, size, size]` flow y,
 *   flow x and foreground (0 or 1), `weight` `[1, size, size]`
 */
export function cellposeCrop(sample: CellposeSample, options: CropOptions): Crop {
  const { height, width, flows } = sample;
  const area = options.size ** 2;
  const lattice: Lattice = { start: 0, step: 1, count: options.size };
  const placement = placeAtRandom(sample, options, CELLPOSE_SPREAD);
  const labels = warpLabels(sample.labels, height, width, placement, lattice);
  const input = new Float32Array(2 * area);
  for (const [channel, plane] of sample.planes.entries()) {
    input.set(inputOf(plane, placement, options), channel * area);
  }
  const [down, right] = [0, 1].map((axis) => {
    const data = flows.subarray(axis * height * width, (axis + 1) * height * width);
    return warp({ data, height, width }, placement, lattice);
  });
  const [yy, yx, xy, xx] = placement.turn;
  const target = new Float32Array(3 * area);
  for (let pixel = 0; pixel < area; pixel++) {
    if (labels[pixel] < 0) continue;
    // The way back of a turn is its transpose.
    target[pixel] = yy * down[pixel] + xy * right[pixel];
    target[area + pixel] = yx * down[pixel] + xx * right[pixel];
    target[2 * area + pixel] = +(labels[pixel] > 0);
  }
  return { input, target, weight: weightOf(labels) };
}

/**
 * Take a random crop for a network of StarDist's kind: scaled, turned, mirrored, and with other intensities.
 *
 * @returns `input` `[1, size, size]`, `target` `[33, size / 2, size / 2]` probability and 32 distances in pixels of the
 *   crop, `weight` `[1, size / 2, size / 2]`
 */
export function stardistCrop(sample: StardistSample, options: CropOptions): Crop {
  const { height, width } = sample;
  const { size } = options;
  const placement = placeAtRandom(sample, options, STARDIST_SPREAD);
  const coarse: Lattice = { start: 0, step: GRID, count: size / GRID };
  const labels = warpLabels(sample.labels, height, width, placement, coarse);
  const probability = warp({ data: sample.probability, height, width }, placement, coarse);
  const wide: Lattice = { start: -MARGIN, step: 1, count: size + 2 * MARGIN };
  const around = warpLabels(sample.labels, height, width, placement, wide);
  const inner: Lattice = { ...coarse, start: MARGIN };
  const distances = starDistances(around, wide.count, wide.count, inner, inner, RAYS);
  const target = new Float32Array((1 + RAYS) * labels.length);
  for (let pixel = 0; pixel < labels.length; pixel++) {
    if (labels[pixel] > 0) target[pixel] = probability[pixel];
  }
  target.set(distances, labels.length);
  return { input: inputOf(sample.planes[0], placement, options), target, weight: weightOf(labels) };
}
