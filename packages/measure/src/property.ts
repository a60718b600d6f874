import { convexSpans, countPixels, feretDiameter } from "./convexity";
import { filledCount } from "./filled";
import { axisLengths, eigenvalues, inertiaTensor, inertiaTensor3d, orientation } from "./inertia";
import { statistics, valuesOf } from "./intensity";
import { centralMoments, huMoments, normalizedMoments, rawMoments } from "./moments";
import { croftonPerimeter, eulerNumber, perimeter } from "./perimeter";
import type { Region } from "./region";

/** The value of a property: a number, or an array that becomes several columns. */
export type PropertyValue = number | readonly number[] | readonly (readonly number[])[];

/** How a property is measured. */
export interface Property {
  readonly measure: (get: Getter) => PropertyValue;
  /** Whole numbers, int32 in a table. */
  readonly integer?: boolean;
  /** Not defined in 3-D. */
  readonly planar?: boolean;
  /** Needs an intensity image, and is measured for each of its channels. */
  readonly channel?: (get: Getter, channel: number) => PropertyValue;
}

/** A region and the properties of it that are already measured. */
export interface Getter {
  readonly region: Region;
  readonly value: (name: string) => PropertyValue;
  readonly number: (name: string) => number;
}

const product = (values: readonly number[]): number => values.reduce((result, value) => result * value, 1);
const grid = (moments: Float64Array): number[][] =>
  [0, 4, 8, 12].map((row) => Array.from(moments.subarray(row, row + 4)));
const flat = (value: PropertyValue): number[] => [value].flat(2);

function isotropic(region: Region, name: string): number {
  const [first, ...rest] = region.measured.spacing;
  if (rest.some((length) => length !== first)) {
    throw new RangeError(
      `Cannot measure ${name}: the spacing must be equal along all axes, got [${region.measured.spacing.join(", ")}]`,
    );
  }
  return first;
}

function mean(region: Region): number[] {
  const { ndim, height, width } = region.measured.labels;
  const sums = [0, 0, 0];
  for (const pixel of region.pixels) {
    const row = Math.floor(pixel / width);
    const z = Math.floor(row / height);
    sums[0] += z;
    sums[1] += row - z * height;
    sums[2] += pixel - row * width;
  }
  return sums
    .slice(3 - ndim)
    .map((sum, axis) => (sum / region.pixels.length) * region.measured.spacing[axis]);
}

const pixelArea = (region: Region) => product(region.measured.spacing);
const sides = (region: Region) => region.stop.map((stop, axis) => stop - region.start[axis]);
const raw = (get: Getter) => Float64Array.from(flat(get.value("moments")));
const central = (get: Getter) => Float64Array.from(flat(get.value("moments_central")));
const weight = (region: Region, channel: number) => {
  const { data, channels } = region.measured.intensities ?? { data: [], channels: 1 };
  return (pixel: number) => data[pixel * channels + channel];
};

function weightedCentre({ region }: Getter, channel: number): number[] {
  const { ndim, height, width } = region.measured.labels;
  const weightOf = weight(region, channel);
  const sums = [0, 0, 0];
  let total = 0;
  for (const pixel of region.pixels) {
    const row = Math.floor(pixel / width);
    const z = Math.floor(row / height);
    const value = weightOf(pixel);
    total += value;
    sums[0] += value * z;
    sums[1] += value * (row - z * height);
    sums[2] += value * (pixel - row * width);
  }
  return sums.slice(3 - ndim).map((sum, axis) => (sum / total) * region.measured.spacing[axis]);
}

const local = (region: Region, position: readonly number[]) =>
  position.map((value, axis) => value - region.start[axis] * region.measured.spacing[axis]);

const perChannel = (channel: NonNullable<Property["channel"]>, planar = false): Property => ({
  measure: () => Number.NaN,
  channel,
  planar,
});

/** Every property by scikit-image's name. */
export const properties: Readonly<Record<string, Property>> = {
  label: { measure: ({ region }) => region.label, integer: true },
  num_pixels: { measure: ({ region }) => region.pixels.length, integer: true },
  area: { measure: ({ region }) => region.pixels.length * pixelArea(region) },
  bbox: { measure: ({ region }) => [...region.start, ...region.stop], integer: true },
  area_bbox: { measure: ({ region }) => product(sides(region)) * pixelArea(region) },
  extent: { measure: ({ number }) => number("area") / number("area_bbox") },
  centroid: { measure: ({ region }) => mean(region) },
  centroid_local: { measure: ({ region, value }) => local(region, flat(value("centroid"))) },
  equivalent_diameter_area: {
    measure: ({ region, number }) => {
      const { ndim } = region.measured.labels;
      return ((2 * ndim * number("area")) / Math.PI) ** (1 / ndim);
    },
  },
  area_convex: {
    measure: ({ region }) => countPixels(convexSpans(region)) * pixelArea(region),
    planar: true,
  },
  solidity: { measure: ({ number }) => number("area") / number("area_convex"), planar: true },
  area_filled: { measure: ({ region }) => filledCount(region) * pixelArea(region), planar: true },
  euler_number: { measure: ({ region }) => eulerNumber(region), planar: true, integer: true },
  feret_diameter_max: { measure: ({ region }) => feretDiameter(region), planar: true },
  perimeter: { measure: ({ region }) => perimeter(region) * isotropic(region, "perimeter"), planar: true },
  perimeter_crofton: {
    measure: ({ region }) => croftonPerimeter(region) * isotropic(region, "perimeter_crofton"),
    planar: true,
  },
  moments: { measure: ({ region }) => grid(rawMoments(region)), planar: true },
  moments_central: { measure: (get) => grid(centralMoments(get.region, raw(get))), planar: true },
  moments_normalized: {
    measure: (get) => grid(normalizedMoments(central(get), get.region.measured.spacing)),
    planar: true,
  },
  moments_hu: {
    measure: (get) => huMoments(Float64Array.from(flat(get.value("moments_normalized")))),
    planar: true,
  },
  inertia_tensor: {
    measure: (get) =>
      get.region.measured.labels.ndim === 2 ? inertiaTensor(central(get)) : inertiaTensor3d(get.region),
  },
  inertia_tensor_eigvals: { measure: (get) => eigenvalues(get.value("inertia_tensor") as number[][]) },
  axis_major_length: { measure: (get) => axisLengths(flat(get.value("inertia_tensor_eigvals"))).major },
  axis_minor_length: { measure: (get) => axisLengths(flat(get.value("inertia_tensor_eigvals"))).minor },
  eccentricity: {
    measure: (get) => {
      const [larger, smaller] = flat(get.value("inertia_tensor_eigvals"));
      return larger === 0 ? 0 : Math.sqrt(1 - smaller / larger);
    },
    planar: true,
  },
  orientation: { measure: (get) => orientation(get.value("inertia_tensor") as number[][]), planar: true },
  ...Object.fromEntries(
    Object.entries(statistics).map(([name, statistic]) => [
      name,
      perChannel(({ region }, channel) => statistic(valuesOf(region, channel))),
    ]),
  ),
  centroid_weighted: perChannel(weightedCentre),
  centroid_weighted_local: perChannel((get, channel) => local(get.region, weightedCentre(get, channel))),
  moments_weighted: perChannel(
    ({ region }, channel) => grid(rawMoments(region, weight(region, channel))),
    true,
  ),
  moments_weighted_central: perChannel(({ region }, channel) => {
    const weightOf = weight(region, channel);
    return grid(centralMoments(region, rawMoments(region, weightOf), weightOf));
  }, true),
};

/** scikit-image's former names; a table keeps the spelling that was asked for. */
const formerNames: Readonly<Record<string, string>> = {
  bbox_area: "area_bbox",
  convex_area: "area_convex",
  equivalent_diameter: "equivalent_diameter_area",
  filled_area: "area_filled",
  local_centroid: "centroid_local",
  major_axis_length: "axis_major_length",
  max_intensity: "intensity_max",
  mean_intensity: "intensity_mean",
  min_intensity: "intensity_min",
  minor_axis_length: "axis_minor_length",
  std_intensity: "intensity_std",
  weighted_centroid: "centroid_weighted",
};

const shared = (a: string, b: string) => {
  const pairs = (word: string) => new Set(Array.from(word, (_, index) => word.slice(index, index + 2)));
  const [x, y] = [pairs(a), pairs(b)];
  return [...x].filter((pair) => y.has(pair)).length / (x.size + y.size);
};

/**
 * The property of a name, today's or a former one.
 *
 * @throws {RangeError} if there is none; the message names the nearest
 */
export function propertyOf(name: string): { readonly name: string; readonly property: Property } {
  const today = Object.hasOwn(formerNames, name) ? formerNames[name] : name;
  const property = Object.hasOwn(properties, today) ? properties[today] : undefined;
  if (property === undefined) {
    const [nearest] = Object.keys(properties).sort((a, b) => shared(b, name) - shared(a, name));
    throw new RangeError(
      `Cannot measure ${name}: properties must be among ${Object.keys(properties).join(", ")}; did you mean ${nearest}?`,
    );
  }
  return { name: today, property };
}
