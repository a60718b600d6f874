import { convexCount, feretDiameter } from "./convexity";
import { filledCount } from "./filled";
import { eccentricity, majorAxis, minorAxis, orientation } from "./inertia";
import { gather, median, standardDeviation } from "./intensity";
import { huMoments, type Moments, normalizedMoments, rawMoments } from "./moments";
import { perimeter } from "./perimeter";
import type { Region } from "./region";
import { croftonPerimeter, eulerNumber } from "./windows";

/** A number, or the numbers of an array in C order. */
export type Numbers = number | ArrayLike<number>;

/** How a property is measured. */
export interface Property {
  /** Its numbers; of one channel for a property of intensities. */
  readonly measure: (region: Region, channel: number) => Numbers;
  /** Its shape for labels of 2 or 3 axes, without the axis of channels; [] is a number. */
  readonly shape: (ndim: number) => readonly number[];
  /** Whole numbers, int32 in a table. */
  readonly whole?: boolean;
  /** Measured for 2-D labels only. */
  readonly planar?: boolean;
  /** The spacing it needs: equal along all axes, or 1. */
  readonly spacing?: "equal" | "unit";
  /** Needs an intensity image, and is measured on each of its channels. */
  readonly intensity?: boolean;
}

type Traits = Omit<Property, "measure" | "shape">;
type Measure = Property["measure"];

const number = (measure: Measure, traits: Traits = {}): Property => ({ measure, shape: () => [], ...traits });
const vector = (measure: Measure, traits: Traits = {}): Property => ({
  measure,
  shape: (ndim) => [ndim],
  ...traits,
});
const moments = (measure: Measure, traits: Traits = {}): Property => ({
  measure,
  shape: (ndim) => new Array(ndim).fill(4),
  ...traits,
});
const invariants = (
  measure: (region: Region, channel: number) => Moments,
  traits: Traits = {},
): Property => ({
  measure: (region, channel) => huMoments(normalized(measure(region, channel), region)),
  shape: () => [7],
  planar: true,
  spacing: "unit",
  ...traits,
});

const product = (values: readonly number[]) => values.reduce((result, value) => result * value, 1);
const normalized = (central: Moments, { measured }: Region) => normalizedMoments(central, measured.spacing);
const pixelSize = ({ measured }: Region) => product(measured.spacing);
const area = (region: Region) => region.size * pixelSize(region);
const boxArea = (region: Region) =>
  product(region.stop.map((stop, axis) => stop - region.start[axis])) * pixelSize(region);
const scaled = (position: readonly number[], { measured }: Region) =>
  position.map((value, axis) => value * measured.spacing[axis]);

const intensity = { intensity: true };

/** Every property by scikit-image's name. */
export const properties: Readonly<Record<string, Property>> = {
  label: number((region) => region.label, { whole: true }),
  num_pixels: number((region) => region.size, { whole: true }),
  area: number(area),
  bbox: {
    measure: ({ start, stop }) => [...start, ...stop],
    shape: (ndim) => [2 * ndim],
    whole: true,
  },
  area_bbox: number(boxArea),
  extent: number((region) => area(region) / boxArea(region)),
  centroid: vector((region) => scaled(region.mean, region)),
  centroid_local: vector((region) =>
    scaled(
      region.mean.map((mean, axis) => mean - region.start[axis]),
      region,
    ),
  ),
  equivalent_diameter_area: number((region) => {
    const { ndim } = region.measured.labels;
    return ((2 * ndim * area(region)) / Math.PI) ** (1 / ndim);
  }),
  area_convex: number((region) => convexCount(region) * pixelSize(region), { planar: true }),
  solidity: number((region) => region.size / convexCount(region), { planar: true }),
  area_filled: number((region) => filledCount(region) * pixelSize(region)),
  euler_number: number(eulerNumber, { whole: true }),
  feret_diameter_max: number(feretDiameter, { planar: true }),
  perimeter: number((region) => perimeter(region) * region.measured.spacing[0], {
    planar: true,
    spacing: "equal",
  }),
  perimeter_crofton: number((region) => croftonPerimeter(region) * region.measured.spacing[0], {
    planar: true,
    spacing: "equal",
  }),
  inertia_tensor: {
    measure: (region) => region.inertia.flat(),
    shape: (ndim) => [ndim, ndim],
  },
  inertia_tensor_eigvals: vector((region) => region.eigenvalues),
  axis_major_length: number((region) => majorAxis(region.eigenvalues)),
  axis_minor_length: number((region) => minorAxis(region.eigenvalues)),
  eccentricity: number((region) => eccentricity(region.eigenvalues), { planar: true }),
  orientation: number((region) => orientation(region.inertia), { planar: true }),
  moments: moments(rawMoments),
  moments_central: moments((region) => region.central),
  moments_normalized: moments((region) => normalized(region.central, region)),
  moments_hu: invariants((region) => region.central),
  intensity_max: number((region, channel) => region.statistics(channel).max, intensity),
  intensity_mean: number((region, channel) => region.statistics(channel).mean, intensity),
  intensity_median: number((region, channel) => median(gather(region, channel)), intensity),
  intensity_min: number((region, channel) => region.statistics(channel).min, intensity),
  intensity_std: number(
    (region, channel) => standardDeviation(gather(region, channel), region.statistics(channel).mean),
    intensity,
  ),
  centroid_weighted: vector((region, channel) => {
    const start = scaled(region.start, region);
    return region.weighted(channel).local.map((value, axis) => value + start[axis]);
  }, intensity),
  centroid_weighted_local: vector((region, channel) => region.weighted(channel).local, intensity),
  moments_weighted: moments((region, channel) => region.weighted(channel).raw, intensity),
  moments_weighted_central: moments((region, channel) => region.weighted(channel).central, intensity),
  moments_weighted_normalized: moments(
    (region, channel) => normalized(region.weighted(channel).central, region),
    intensity,
  ),
  moments_weighted_hu: invariants((region, channel) => region.weighted(channel).central, intensity),
};
