import { type Roi, readRoiZip, writeRoiZip } from "@bioengine/imageio";
import { labelPolygons, paintRings } from "@bioengine/measure";
import { NdArray } from "@bioengine/ndarray";

/** The outlines of a plane's labels, named after them. */
function roisOf(plane: NdArray, z?: number): Roi[] {
  return labelPolygons(plane).map(({ label, polygons }) => ({
    name: z === undefined ? String(label) : `${label} z${z + 1}`,
    rings: polygons.flatMap(({ outline, holes }) => [outline, ...holes]),
    plane: z,
  }));
}

/**
 * Write the labels of a mask as regions of interest for ImageJ's and Fiji's ROI Manager, along the edges of the pixels:
 * traced regions, or composite ones where a label has holes or parts. They are named after the labels.
 *
 * @param path ending in .zip; a file that exists is replaced
 * @param mask `[y, x]` or, plane by plane, `[z, y, x]` integers, 0 = background; not modified
 * @throws {TypeError} if the mask is not of integers
 * @throws {RangeError} if the name ends otherwise, the axes are others, or a label is beyond pixel 32767
 * @throws {ImageFileError} if the file can't be written
 * @example
 * await writeRois("rois.zip", mask);
 */
export async function writeRois(path: string, mask: NdArray): Promise<void> {
  const rois = mask?.ndim === 3 ? [...mask].flatMap((plane, z) => roisOf(plane, z)) : roisOf(mask);
  await writeRoiZip(path, rois);
}

/** The labels that all names tell, as `writeRois` names them; undefined if they don't. */
function labelsIn(rois: readonly Roi[]): number[] | undefined {
  const labels = rois.map(({ name }) => Number(/^(\d+)( z\d+)?$/.exec(name)?.[1]));
  return labels.every((label) => label > 0 && label < 2 ** 31) ? labels : undefined;
}

/**
 * Read regions of interest that were drawn in ImageJ or Fiji as labels: the pixels whose middle is inside.
 *
 * @param path a .zip of the ROI Manager, or a .roi
 * @param shape of the image: `[height, width]`, or `[depth, height, width]`, where a region is on the plane that it says,
 *   or on all if it says none
 * @returns labels of that shape, int32, role "labels": the regions' names if those are numbers, else 1, 2, … in their
 *   order; where they overlap, the later one
 * @throws {RangeError} if the shape is none, or a region is on a plane that isn't there
 * @throws {ImageFileError} if the file can't be read, or has lines or points
 * @example
 * const truth = await readRois("RoiSet.zip", image.shape);
 */
export async function readRois(path: string, shape: readonly number[]): Promise<NdArray<"int32">> {
  const isShape = (shape?.length === 2 || shape?.length === 3) && shape.every((length) => length > 0);
  if (!isShape) {
    throw new RangeError(
      `Cannot read ${path}: the image's shape [height, width] is needed, got ${JSON.stringify(shape)}; use readRois("${path}", image.shape)`,
    );
  }
  const rois = await readRoiZip(path);
  const labels = labelsIn(rois);
  const [depth, height, width] = shape.length === 3 ? shape : [1, ...shape];
  const buffer = new Int32Array(depth * height * width);
  rois.forEach(({ name, rings, plane }, index) => {
    if (shape.length === 3 && plane !== undefined && plane >= depth) {
      throw new RangeError(
        `Cannot read ${path}: regions must be on the ${depth} planes of the image, got ${name} on plane ${plane}`,
      );
    }
    for (let z = 0; z < depth; z++) {
      if (shape.length === 3 && plane !== undefined && plane !== z) continue;
      const target = buffer.subarray(z * height * width, (z + 1) * height * width);
      paintRings(rings, labels?.[index] ?? index + 1, target, width);
    }
  });
  return new NdArray({ dtype: "int32", shape: [...shape], buffer, role: "labels" });
}
