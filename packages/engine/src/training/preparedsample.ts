import type { NdArray } from "@bioengine/ndarray";
import { readRegion, stretched } from "../channel";
import { extentsOf } from "../extent";
import type { Plane } from "../plane";
import { flowTargets } from "./flowtargets";
import { objectProbability } from "./objectprobability";
import { sequentialLabels } from "./sequentiallabels";

/** An annotated image, ready to be cropped: computed once per sample, never modified. */
export interface PreparedSample {
  readonly height: number;
  readonly width: number;
  /** Percentiles stretched to 0 .. 1, finite. */
  readonly planes: readonly Plane[];
  /** `[y, x]` 1 .. objects, 0 = background. */
  readonly labels: Int32Array;
  /** How many objects there are; at least one. */
  readonly objects: number;
  /** Pixels: the median over the objects of the diameter of a circle with their area. */
  readonly diameter: number;
  /** `[object, (y, x)]` middle of each object's box. */
  readonly middles: Float32Array;
}

/** A sample for a network of cellpose's kind: its planes are cytoplasm and nucleus, or cytoplasm alone. */
export interface CellposeSample extends PreparedSample {
  /** `[2, y, x]` unit vectors, as `flowTargets` makes them. */
  readonly flows: Float32Array;
}

/** A sample for a network of StarDist's kind: it has one plane. */
export interface StardistSample extends PreparedSample {
  /** `[y, x]`, as `objectProbability` makes it. */
  readonly probability: Float32Array;
}

function medianDiameter(areas: Int32Array): number {
  const sorted = Float64Array.from(areas, (area) => Math.sqrt((4 * area) / Math.PI)).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** What both networks need. */
function prepare(
  planes: readonly NdArray[],
  labels: Int32Array,
  name: string,
  upper: number,
): PreparedSample {
  const [height, width] = planes[0].shape;
  const { labels: sequential, count } = sequentialLabels(labels);
  if (count === 0) throw new RangeError(`Cannot train ${name}: labels must have objects, got none`);
  const { top, left, bottom, right, area } = extentsOf(sequential, height, width, count);
  const middles = new Float32Array(2 * count);
  for (let label = 1; label <= count; label++) {
    middles[2 * label - 2] = (top[label] + bottom[label] - 1) / 2;
    middles[2 * label - 1] = (left[label] + right[label] - 1) / 2;
  }
  const whole = { top: 0, left: 0, bottom: height, right: width };
  return {
    height,
    width,
    planes: planes.map((plane) => readRegion(stretched(plane, upper), whole)),
    labels: sequential,
    objects: count,
    diameter: medianDiameter(area.subarray(1)),
    middles,
  };
}

/**
 * Make an annotated image ready for a network of cellpose's kind.
 *
 * @param planes cytoplasm `[y, x]`, and nucleus `[y, x]` if there is one; any dtype and range, normalised as in
 *   `segmentCellpose`; not modified
 * @param labels `[y, x]` int32 of the same shape, values below 1 are background; numbers may have gaps; not modified
 * @param name of the sample, for messages
 * @throws {RangeError} if the labels have no objects
 */
export function prepareCellposeSample(
  planes: readonly NdArray[],
  labels: Int32Array,
  name: string,
): CellposeSample {
  const sample = prepare(planes, labels, name, 99);
  return { ...sample, flows: flowTargets(sample.labels, sample.height, sample.width) };
}

/**
 * Make an annotated image ready for a network of StarDist's kind.
 *
 * @param plane `[y, x]`, any dtype and range, normalised as in `segmentStardist`; not modified
 * @param labels `[y, x]` int32 of the same shape, values below 1 are background; numbers may have gaps; not modified
 * @param name of the sample, for messages
 * @throws {RangeError} if the labels have no objects
 */
export function prepareStardistSample(plane: NdArray, labels: Int32Array, name: string): StardistSample {
  const sample = prepare([plane], labels, name, 99.8);
  return { ...sample, probability: objectProbability(sample.labels, sample.width) };
}
