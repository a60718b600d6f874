import { nearestName } from "@bioengine/ndarray";
import { type Property, properties } from "./property";
import { type RegionImage, regionImages } from "./regionimages";

/** scikit-image's former names that it still accepts, by today's. */
const formerNames: Readonly<Record<string, readonly string[]>> = {
  label: ["Label"],
  area: ["Area"],
  bbox: ["BoundingBox"],
  area_bbox: ["bbox_area", "BoundingBoxArea"],
  extent: ["Extent"],
  centroid: ["Centroid"],
  centroid_local: ["local_centroid", "LocalCentroid"],
  equivalent_diameter_area: ["equivalent_diameter", "EquivDiameter"],
  area_convex: ["convex_area", "ConvexArea"],
  solidity: ["Solidity"],
  area_filled: ["filled_area", "FilledArea"],
  euler_number: ["EulerNumber"],
  feret_diameter_max: ["FeretDiameter", "FeretDiameterMax"],
  perimeter: ["Perimeter"],
  perimeter_crofton: ["CroftonPerimeter"],
  inertia_tensor: ["InertiaTensor"],
  inertia_tensor_eigvals: ["InertiaTensorEigvals"],
  axis_major_length: ["major_axis_length", "MajorAxisLength"],
  axis_minor_length: ["minor_axis_length", "MinorAxisLength"],
  eccentricity: ["Eccentricity"],
  orientation: ["Orientation"],
  moments: ["Moments"],
  moments_central: ["CentralMoments"],
  moments_normalized: ["NormalizedMoments"],
  moments_hu: ["HuMoments"],
  intensity_max: ["max_intensity", "MaxIntensity"],
  intensity_mean: ["mean_intensity", "MeanIntensity"],
  intensity_min: ["min_intensity", "MinIntensity"],
  intensity_std: ["std_intensity"],
  centroid_weighted: ["weighted_centroid", "WeightedCentroid"],
  centroid_weighted_local: ["weighted_local_centroid", "WeightedLocalCentroid"],
  moments_weighted: ["weighted_moments", "WeightedMoments"],
  moments_weighted_central: ["weighted_moments_central", "WeightedCentralMoments"],
  moments_weighted_normalized: ["weighted_moments_normalized", "WeightedNormalizedMoments"],
  moments_weighted_hu: ["weighted_moments_hu", "WeightedHuMoments"],
};

/** Properties by every name that is accepted. */
export const propertiesByName: ReadonlyMap<string, Property> = new Map(
  Object.entries(properties).flatMap(([name, property]) =>
    [name, ...(formerNames[name] ?? [])].map((spelling) => [spelling, property] as const),
  ),
);

/** scikit-image's former names of what is no number. */
const formerImageNames: Readonly<Record<string, readonly string[]>> = {
  image: ["Image"],
  image_convex: ["convex_image", "ConvexImage"],
  image_filled: ["filled_image", "FilledImage"],
  image_intensity: ["intensity_image", "IntensityImage"],
  coords: ["Coordinates"],
  slice: ["Slice"],
};

/** Images and lists of regions by every name that is accepted. */
export const imagesByName: ReadonlyMap<string, RegionImage> = new Map(
  Object.entries(regionImages).flatMap(([name, image]) =>
    [name, ...(formerImageNames[name] ?? [])].map((spelling) => [spelling, image] as const),
  ),
);

/** What properties are called elsewhere; of volumes, `area` is the volume. */
const foreignNames = new Map([
  ["volume", "area"],
  ["size", "area"],
  ["diameter", "equivalent_diameter_area"],
  ["feret_diameter", "feret_diameter_max"],
  ["mean", "intensity_mean"],
  ["median", "intensity_median"],
  ["min", "intensity_min"],
  ["max", "intensity_max"],
  ["std", "intensity_std"],
]);

/** Whether a name is one of scikit-image's. */
export const isPropertyName = (name: string): boolean => propertiesByName.has(name) || imagesByName.has(name);

/**
 * The property of a name, today's or a former one.
 *
 * @throws {RangeError} if there is none; the message names the nearest
 */
export function propertyOf(name: string): Property {
  const property = propertiesByName.get(name);
  if (property) return property;
  if (imagesByName.has(name)) {
    throw new RangeError(
      `Cannot measure ${name}: a column must be of numbers, got an image or a list; use regionprops(mask).map((region) => region.${name})`,
    );
  }
  const names = Object.keys(properties);
  const meant = foreignNames.get(name.toLowerCase()) ?? nearestName(name, [...propertiesByName.keys()]);
  const advice = meant === undefined ? "" : `; did you mean ${meant}?`;
  throw new RangeError(`Cannot measure ${name}: it must be one of ${names.join(", ")}${advice}`);
}
