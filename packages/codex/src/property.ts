/** The measurements that people choose from: scikit-image's names, without its moments and tensors. */
export const properties: readonly string[] = [
  ...["label", "area", "num_pixels", "centroid", "bbox", "equivalent_diameter_area"],
  ...["eccentricity", "solidity", "extent", "orientation", "axis_major_length", "axis_minor_length"],
  ...["perimeter", "feret_diameter_max", "area_filled", "area_convex", "euler_number"],
  ...["intensity_mean", "intensity_median", "intensity_min", "intensity_max", "intensity_std"],
];
