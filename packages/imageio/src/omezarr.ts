import { promisify } from "node:util";
import { deflate } from "node:zlib";
import { itemSize, type NdArray, zeros } from "@bioengine/ndarray";
import { bytesOf } from "./arraybytes";
import { copyInto } from "./copyinto";
import { numpyName } from "./numpydtype";
import type { OmeAxes } from "./tiff/ome";

const deflated = promisify<Uint8Array, { level: number }, Buffer>(deflate);

/** A file of a folder: its path there, and its bytes. */
export type FolderFile = readonly [path: string, bytes: Uint8Array];

const json = (path: string, value: unknown): FolderFile => [
  path,
  new TextEncoder().encode(JSON.stringify(value, null, 2)),
];

// Pixels along Y and X: a chunk is one plane's.
const CHUNK = 512;

/** Places of the chunks along each axis, in C order. */
function placesOf(counts: readonly number[]): number[][] {
  return counts.reduce<number[][]>(
    (places, count) =>
      places.flatMap((place) => Array.from({ length: count }, (_, index) => [...place, index])),
    [[]],
  );
}

/** A Zarr array of version 2. Chunks of nothing but zeros are left out. */
async function* arrayFiles(path: string, array: NdArray): AsyncGenerator<FolderFile> {
  const { shape, dtype, ndim } = array;
  const chunks = shape.map((length, axis) => (axis < ndim - 2 ? 1 : Math.min(CHUNK, length)));
  const order = itemSize(dtype) === 1 ? "|" : "<";
  yield json(`${path}/.zarray`, {
    zarr_format: 2,
    shape,
    chunks,
    dtype: `${order}${numpyName(dtype)}`,
    compressor: { id: "zlib", level: 1 },
    fill_value: 0,
    order: "C",
    filters: null,
    dimension_separator: "/",
  });
  for (const place of placesOf(shape.map((length, axis) => Math.ceil(length / chunks[axis])))) {
    const start = place.map((index, axis) => index * chunks[axis]);
    const stop = start.map((first, axis) => Math.min(first + chunks[axis], shape[axis]));
    // A chunk at the border is as large as the others.
    const chunk: NdArray = zeros(chunks, dtype);
    copyInto(
      chunk.slice(...start.map((first, axis) => [0, stop[axis] - first] as const)),
      array.slice(...start.map((first, axis) => [first, stop[axis]] as const)),
    );
    const bytes = bytesOf(chunk);
    if (bytes.some((byte) => byte !== 0)) {
      yield [`${path}/${place.join("/")}`, await deflated(bytes, { level: 1 })];
    }
  }
}

/** The image and its smaller versions, of every other row and column: no label becomes another. */
function levelsOf(image: NdArray): NdArray[] {
  const levels = [image];
  for (let level = image; Math.max(...level.shape.slice(-2)) > CHUNK; levels.push(level)) {
    const outer = level.shape.slice(0, -2).map(() => null);
    level = level.slice(...outer, [null, null, 2], [null, null, 2]);
  }
  return levels;
}

const kinds: Record<string, string> = { T: "time", C: "channel", Z: "space", Y: "space", X: "space" };

async function* imageFiles(image: NdArray, axes: readonly string[]): AsyncGenerator<FolderFile> {
  const isKnown = image.dimensions?.map(({ spacing }) => spacing !== undefined);
  const levels = levelsOf(image);
  const datasets = levels.map(({ dimensions }, level) => {
    const step = (axis: number) => (axis < axes.length - 2 ? 1 : 2 ** level);
    const scale = axes.map((_, axis) => dimensions?.[axis].spacing ?? step(axis));
    return { path: `${level}`, coordinateTransformations: [{ type: "scale", scale }] };
  });
  const described = axes.map((name, axis) => ({
    name: name.toLowerCase(),
    type: kinds[name],
    ...(isKnown?.[axis] ? { unit: "micrometer" } : {}),
  }));
  yield json(".zgroup", { zarr_format: 2 });
  yield json(".zattrs", {
    multiscales: [{ version: "0.4", name: "image", axes: described, datasets }],
    ...(image.role === "labels" ? { "image-label": { version: "0.4" } } : {}),
  });
  for (const [level, part] of levels.entries()) yield* arrayFiles(`${level}`, part);
}

/**
 * The files of an OME-Zarr image (NGFF 0.4, Zarr 2, which all programs read), with its smaller versions. The axes come
 * in NGFF's order, t, c, z, y, x; samples are channels.
 *
 * @throws {RangeError} if there are both channels and samples
 */
export function omeZarrFiles(array: NdArray, { outer, samples }: OmeAxes): AsyncIterable<FolderFile> {
  const own = `${outer}YX${samples > 1 ? "C" : ""}`;
  if (own.indexOf("C") !== own.lastIndexOf("C")) {
    throw new RangeError("the axes must have either channels or samples, got both; write each channel");
  }
  const plain = array.ndim > own.length ? array.squeeze(array.ndim - 1) : array;
  const axes = [..."TCZYX"].filter((name) => own.includes(name));
  return imageFiles(plain.transpose(axes.map((name) => own.indexOf(name))), axes);
}
