import type { NdArray } from "@bioengine/ndarray";
import type { RegionSlice } from "./regionimages";

// biome-ignore lint/suspicious/noExplicitAny: a number; with channels an array of one for each, which the types can't know
type PerChannel = any;
// biome-ignore lint/suspicious/noExplicitAny: arrays as deep as the labels have axes, which the types can't know
type Moments = any;

/**
 * The measurements of one region by scikit-image's names, each measured when it is read. Positions are `[y, x]` or
 * `[z, y, x]`; lengths and areas are in units of the spacing, by default pixels.
 */
export interface RegionProperties {
  /** Value of the region's pixels in the label image. */
  readonly label: number;
  /** Number of pixels, whatever the spacing. */
  readonly num_pixels: number;
  /** Number of pixels times the size of a pixel; a volume in 3-D. */
  readonly area: number;
  /** First position along each axis, then the positions after the last, in pixels. */
  readonly bbox: readonly number[];
  /** Area of the bounding box. */
  readonly area_bbox: number;
  /** Area over that of the bounding box, 0 to 1. */
  readonly extent: number;
  /** Mean position. */
  readonly centroid: readonly number[];
  /** Mean position from the corner of the bounding box. */
  readonly centroid_local: readonly number[];
  /** Diameter of a circle, or sphere, of the same area. */
  readonly equivalent_diameter_area: number;
  /** Area of the convex hull's pixels; in 3-D 0 for a region in one plane. */
  readonly area_convex: number;
  /** Area over that of the convex hull, 0 to 1; in 3-D infinite for a region in one plane. */
  readonly solidity: number;
  /** Area with the holes filled. */
  readonly area_filled: number;
  /** Pieces minus holes (plus cavities in 3-D), pixels joined over corners. */
  readonly euler_number: number;
  /** Largest distance between two points of the convex hull's outline; in 3-D NaN for a region in one plane. */
  readonly feret_diameter_max: number;
  /** Length of the line through the centres of the border pixels, holes included; 2-D, equal spacing. */
  readonly perimeter: number;
  /** Perimeter by Crofton's formula with four directions; 2-D, equal spacing. */
  readonly perimeter_crofton: number;
  /** Matrix of the second moments, of rotation about the mean position. */
  readonly inertia_tensor: readonly (readonly number[])[];
  /** Its eigenvalues, descending. */
  readonly inertia_tensor_eigvals: readonly number[];
  /** Longest axis of the ellipse, or ellipsoid, with the same second moments. */
  readonly axis_major_length: number;
  /** Shortest axis of that ellipse. */
  readonly axis_minor_length: number;
  /** Eccentricity of that ellipse, 0 (circle) to 1 (line); 2-D. */
  readonly eccentricity: number;
  /** Angle from the row axis to the longest axis, -π/2 to π/2; 2-D. */
  readonly orientation: number;
  /** Σ y^p x^q from the corner of the bounding box, `[p][q]` with orders 0 to 3. */
  readonly moments: Moments;
  /** The same about the mean position. */
  readonly moments_central: Moments;
  /** Central moments that don't depend on scale; NaN below order 2. */
  readonly moments_normalized: Moments;
  /** Hu's seven moments, which don't depend on rotation either; 2-D, spacing 1. */
  readonly moments_hu: readonly number[];
  /** Largest value of the image. */
  readonly intensity_max: PerChannel;
  /** Mean value of the image. */
  readonly intensity_mean: PerChannel;
  /** Median value of the image. */
  readonly intensity_median: PerChannel;
  /** Least value of the image. */
  readonly intensity_min: PerChannel;
  /** Standard deviation of the image's values, of the whole population. */
  readonly intensity_std: PerChannel;
  /** Mean position weighted by the image; with channels one more index. */
  readonly centroid_weighted: readonly PerChannel[];
  /** Weighted mean position from the corner of the bounding box. */
  readonly centroid_weighted_local: readonly PerChannel[];
  /** Moments weighted by the image; with channels one more index. */
  readonly moments_weighted: Moments;
  /** The same about the weighted mean position. */
  readonly moments_weighted_central: Moments;
  /** Weighted central moments that don't depend on scale; NaN below order 2. */
  readonly moments_weighted_normalized: Moments;
  /** Hu's seven moments, weighted; 2-D, spacing 1. */
  readonly moments_weighted_hu: readonly PerChannel[];
  /** The region as a mask of its bounding box. */
  readonly image: NdArray<"bool">;
  /** The same with its holes filled. */
  readonly image_filled: NdArray<"bool">;
  /** The region's convex hull in its bounding box. */
  readonly image_convex: NdArray<"bool">;
  /** The intensity image's bounding box, 0 outside of the region (NaN where the image isn't finite). */
  readonly image_intensity: NdArray;
  /** Positions of the region's pixels in C order, int32 `[pixels, axes]`. */
  readonly coords: NdArray<"int32">;
  /** The same times the spacing, float64. */
  readonly coords_scaled: NdArray<"float64">;
  /** First and last position, not included, along each axis: `image.slice(...region.slice)`. */
  readonly slice: RegionSlice;
  /** @deprecated `area_bbox` */
  readonly bbox_area: number;
  /** @deprecated `area_convex` */
  readonly convex_area: number;
  /** @deprecated `equivalent_diameter_area` */
  readonly equivalent_diameter: number;
  /** @deprecated `area_filled` */
  readonly filled_area: number;
  /** @deprecated `centroid_local` */
  readonly local_centroid: readonly number[];
  /** @deprecated `axis_major_length` */
  readonly major_axis_length: number;
  /** @deprecated `axis_minor_length` */
  readonly minor_axis_length: number;
  /** @deprecated `intensity_max` */
  readonly max_intensity: PerChannel;
  /** @deprecated `intensity_mean` */
  readonly mean_intensity: PerChannel;
  /** @deprecated `intensity_min` */
  readonly min_intensity: PerChannel;
  /** @deprecated `intensity_std` */
  readonly std_intensity: PerChannel;
  /** @deprecated `image_convex` */
  readonly convex_image: NdArray<"bool">;
  /** @deprecated `image_filled` */
  readonly filled_image: NdArray<"bool">;
  /** @deprecated `image_intensity` */
  readonly intensity_image: NdArray;
  /** @deprecated `centroid_weighted` */
  readonly weighted_centroid: readonly PerChannel[];
}
