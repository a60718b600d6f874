import { convexCount, feretDiameter } from "./convexity";
import { filledCount } from "./filled";
import { eccentricity, majorAxis, minorAxis, orientation } from "./inertia";
import { gather, standardDeviation } from "./intensity";
import { median } from "./median";
import { huMoments, type Moments, rawMoments } from "./moments";
import { perimeter } from "./perimeter";
import type { Region } from "./region";
import { solidFeretDiameter } from "./solidhull";
import { croftonPerimeter, eulerNumber } from "./windows";

/** How a property is measured. */
export interface Property {
  /** Write its numbers in C order; of one channel for a property of intensities. */
  readonly measure: (region: Region, channel: number, to: Float64Array) => void;
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
type Of<Value> = (region: Region, channel: number) => Value;

const number = (of: Of<number>, traits: Traits = {}): Property => ({
  measure: (region, channel, to) => {
    to[0] = of(region, channel);
  },
  shape: () => [],
  ...traits,
});
const array = (of: Of<ArrayLike<number>>, shape: Property["shape"], traits: Traits = {}): Property => ({
  measure: (region, channel, to) => {
    const numbers = of(region, channel);
    for (let i = 0; i < numbers.length; i++) to[i] = numbers[i];
  },
  shape,
  ...traits,
});
/** Element by element: most tables have these, and an array a region would take most of their time. */
const elements = (
  of: (region: Region, index: number) => number,
  shape: Property["shape"],
  traits: Traits = {},
): Property => ({
  measure: (region, _, to) => {
    for (let index = 0; index < to.length; index++) to[index] = of(region, index);
  },
  shape,
  ...traits,
});
const position = (of: (region: Region, axis: number) => number) =>
  elements(
    (region, axis) => of(region, axis) * region.measured.spacing[axis],
    (ndim) => [ndim],
  );
const vector = (of: Of<readonly number[]>, traits: Traits = {}) => array(of, (ndim) => [ndim], traits);
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
const area = (region: Region) => region.size * pixelSize(region);
const boxArea = (region: Region) =>
  product(region.stop.map((stop, axis) => stop - region.start[axis])) * pixelSize(region);

const intensity = { intensity: true };

/** Every property by scikit-image's name. */
export const properties: Readonly<Record<string, Property>> = {
  label: number((region) => region.label, { whole: true }),
  num_pixels: number((region) => region.size, { whole: true }),
  area: number(area),
  bbox: elements(
    (region, index) => {
      const { ndim } = region.measured.labels;
      return index < ndim ? region.startAlong(index) : region.stopAlong(index - ndim);
    },
    (ndim) => [2 * ndim],
    { whole: true },
  ),
  area_bbox: number(boxArea),
  extent: number((region) => area(region) / boxArea(region)),
  centroid: position((region, axis) => region.meanAlong(axis)),
  centroid_local: position((region, axis) => region.meanAlong(axis) - region.startAlong(axis)),
  equivalent_diameter_area: number((region) => {
    const { ndim } = region.measured.labels;
    return ((2 * ndim * area(region)) / Math.PI) ** (1 / ndim);
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
  intensity_max: number((region, channel) => gather(region, channel).max, intensity),
  intensity_mean: number((region, channel) => gather(region, channel).mean, intensity),
  intensity_median: number(median, intensity),
  intensity_min: number((region, channel) => gather(region, channel).min, intensity),
  intensity_std: number(standardDeviation, intensity),
  centroid_weighted: vector((region, channel) => {
    const { spacing } = region.measured;
    return region
      .weighted(channel)
      .local.map((value, axis) => value + region.startAlong(axis) * spacing[axis]);
  }, intensity),
  centroid_weighted_local: vector((region, channel) => region.weighted(channel).local, intensity),
  moments_weighted: moments((region, channel) => region.weighted(channel).raw, intensity),
  moments_weighted_central: moments((region, channel) => region.weighted(channel).central, intensity),
  moments_weighted_normalized: moments((region, channel) => region.weighted(channel).normalized, intensity),
  moments_weighted_hu: invariants((region, channel) => region.weighted(channel).normalized, intensity),
};
