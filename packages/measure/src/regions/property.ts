import { convexCount, feretDiameter } from "./convexity";
import { eulerNumber } from "./eulernumber";
import { filledCount } from "./filled";
import { eccentricity, majorAxis, minorAxis, orientation } from "./inertia";
import { median } from "./median";
import { huMoments, type Moments, rawMoments } from "./moments";
import { croftonPerimeter, perimeter } from "./perimeter";
import type { Region } from "./region";
import { meanOf, type RegionSums, sizeOf, startOf, stopOf } from "./regionsums";
import { solidFeretDiameter } from "./solidhull";

/** A number of the region of a rank, from what one pass over the image gives; there is a spacing for each axis. */
type OfSums = (sums: RegionSums, rank: number, index: number, spacing: readonly number[]) => number;

/** How a property is measured. */
export interface Property {
  /** Its numbers in C order, of one channel for a property of intensities; one may come alone. */
  readonly of: Of<number | ArrayLike<number>>;
  /** Its numbers one by one, where sums over the image are enough: a column of them needs no regions. */
  readonly ofSums?: OfSums;
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

type Traits = Omit<Property, "of" | "ofSums" | "shape">;
type Of<Value> = (region: Region, channel: number) => Value;

const number = (of: Of<number>, traits: Traits = {}): Property => ({ of, shape: () => [], ...traits });
const array = (of: Of<ArrayLike<number>>, shape: Property["shape"], traits: Traits = {}): Property => ({
  of,
  shape,
  ...traits,
});
const summed = (ofSums: OfSums, shape: Property["shape"] = () => [], traits: Traits = {}): Property => ({
  of: ({ sums, rank, measured: { labels, spacing } }) =>
    Array.from({ length: product(shape(labels.ndim)) }, (_, index) => ofSums(sums, rank, index, spacing)),
  ofSums,
  shape,
  ...traits,
});
const vector = (of: Of<readonly number[]>, traits: Traits = {}) => array(of, onePerAxis, traits);
const moments = (of: Of<Moments>, traits: Traits = {}) =>
  array(of, (ndim) => new Array(ndim).fill(4), traits);
const invariants = (of: Of<Moments>, traits: Traits = {}) =>
  array(
    (region, channel) => huMoments(of(region, channel)),
    () => [7],
    {
      planar: true,
      spacing: "unit",
      ...traits,
    },
  );

const product = (values: readonly number[]) => values.reduce((result, value) => result * value, 1);
const pixelSize = ({ measured }: Region) => product(measured.spacing);
const area: OfSums = (sums, rank, _, spacing) => sizeOf(sums, rank) * product(spacing);
const boxArea: OfSums = (sums, rank, _, spacing) =>
  product(
    spacing.map((_, index) => {
      const axis = axisOf(index, spacing);
      return stopOf(sums, rank, axis) - startOf(sums, rank, axis);
    }),
  ) * product(spacing);
/** The axis, 0 = planes, of an index of a position. */
const axisOf = (index: number, spacing: readonly number[]) => 3 - spacing.length + index;
const onePerAxis: Property["shape"] = (ndim) => [ndim];

const intensity = { intensity: true };

/** Every property by scikit-image's name. */
export const properties: Readonly<Record<string, Property>> = {
  label: summed((sums, rank) => sums.labels[rank], undefined, { whole: true }),
  num_pixels: summed(sizeOf, undefined, { whole: true }),
  area: summed(area),
  bbox: summed(
    (sums, rank, index, spacing) => {
      const { length } = spacing;
      return index < length
        ? startOf(sums, rank, axisOf(index, spacing))
        : stopOf(sums, rank, axisOf(index - length, spacing));
    },
    (ndim) => [2 * ndim],
    { whole: true },
  ),
  area_bbox: summed(boxArea),
  extent: summed((...of) => area(...of) / boxArea(...of)),
  centroid: summed(
    (sums, rank, index, spacing) => meanOf(sums, rank, axisOf(index, spacing)) * spacing[index],
    onePerAxis,
  ),
  centroid_local: summed((sums, rank, index, spacing) => {
    const axis = axisOf(index, spacing);
    return (meanOf(sums, rank, axis) - startOf(sums, rank, axis)) * spacing[index];
  }, onePerAxis),
  equivalent_diameter_area: summed((sums, rank, index, spacing) => {
    const { length } = spacing;
    return ((2 * length * area(sums, rank, index, spacing)) / Math.PI) ** (1 / length);
  }),
  area_convex: number((region) => convexCount(region) * pixelSize(region)),
  solidity: number((region) => region.size / convexCount(region)),
  area_filled: number((region) => filledCount(region) * pixelSize(region)),
  euler_number: number(eulerNumber, { whole: true }),
  feret_diameter_max: number((region) =>
    region.measured.labels.ndim === 2 ? feretDiameter(region) : solidFeretDiameter(region),
  ),
  perimeter: number((region) => perimeter(region) * region.measured.spacing[0], {
    planar: true,
    spacing: "equal",
  }),
  perimeter_crofton: number((region) => croftonPerimeter(region) * region.measured.spacing[0], {
    planar: true,
    spacing: "equal",
  }),
  inertia_tensor: array(
    ({ inertia: [first, second, third = []] }) => [...first, ...second, ...third],
    (ndim) => [ndim, ndim],
  ),
  inertia_tensor_eigvals: vector((region) => region.eigenvalues),
  axis_major_length: number((region) => majorAxis(region.eigenvalues)),
  axis_minor_length: number((region) => minorAxis(region.eigenvalues)),
  eccentricity: number((region) => eccentricity(region.eigenvalues), { planar: true }),
  orientation: number((region) => orientation(region.inertia), { planar: true }),
  moments: moments(rawMoments),
  moments_central: moments((region) => region.central),
  moments_normalized: moments((region) => region.normalized),
  moments_hu: invariants((region) => region.normalized),
  intensity_max: number((region, channel) => region.intensities(channel).max, intensity),
  intensity_mean: number((region, channel) => region.intensities(channel).mean, intensity),
  intensity_median: number(median, intensity),
  intensity_min: number((region, channel) => region.intensities(channel).min, intensity),
  intensity_std: number((region, channel) => region.intensities(channel).deviation, intensity),
  centroid_weighted: vector((region, channel) => {
    const { spacing } = region.measured;
    return region.weighted(channel).local.map((value, axis) => value + region.start[axis] * spacing[axis]);
  }, intensity),
  centroid_weighted_local: vector((region, channel) => region.weighted(channel).local, intensity),
  moments_weighted: moments((region, channel) => region.weighted(channel).raw, intensity),
  moments_weighted_central: moments((region, channel) => region.weighted(channel).central, intensity),
  moments_weighted_normalized: moments((region, channel) => region.weighted(channel).normalized, intensity),
  moments_weighted_hu: invariants((region, channel) => region.weighted(channel).normalized, intensity),
};
