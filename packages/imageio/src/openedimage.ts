import { totalmem } from "node:os";
import { type DType, itemSize, NdArray, sizeOf, zeros } from "@bioengine/ndarray";
import { ImageFileError } from "./imagefileerror";
import { type Layer, withoutAxes } from "./layer";
import { reasonOf } from "./reason";

/** One axis of a part: an index (drops the axis), `[start, stop]`, or null for the whole axis. */
export type ReadRange = number | readonly [start?: number | null, stop?: number | null] | null;

/** One resolution of an image that is in a file; nothing of it is in memory. */
export interface ImageLevel {
  readonly shape: readonly number[];
  readonly dtype: DType;
  /** A letter for each axis; see `NdArray.axes`. */
  readonly axes: string | undefined;
  /** Pixel size in µm along those of Z, Y and X that are there; see `NdArray.spacing`. */
  readonly spacing: readonly number[] | undefined;
  /**
   * Read a part: only the tiles, strips or chunks that it touches are read.
   *
   * @param ranges one for each axis, the rest is read whole: a number (drops the axis), `[start, stop]` (negative ones
   *   count from the end, out of range is cut, as in Python), or null for the whole axis
   * @returns a new array
   * @throws {RangeError} if there are too many ranges, an index is out of range, or the part is larger than the memory
   * @throws {ImageFileError} if the file can't be read there
   */
  read(...ranges: ReadRange[]): Promise<NdArray>;
}

/** An image that is in a file, at its full resolution, with its smaller versions. */
export interface OpenedImage extends ImageLevel {
  /** All resolutions, the full one first. */
  readonly levels: readonly ImageLevel[];
  /** The channels' names in their order, if the file (OME-TIFF) has one for each, e.g. `["DAPI", "GFP"]`. */
  readonly channels: readonly string[] | undefined;
}

interface Part {
  readonly start: number[];
  readonly stop: number[];
  /** Axes that are dropped, of which one index is read. */
  readonly dropped: number[];
}

function partOf(name: string, shape: readonly number[], ranges: readonly ReadRange[]): Part {
  if (ranges.length > shape.length) {
    throw new RangeError(`Cannot read ${name}: there are ${shape.length} axes, got ${ranges.length} ranges`);
  }
  const part: Part = { start: [], stop: [], dropped: [] };
  for (const [axis, length] of shape.entries()) {
    const range = ranges[axis] ?? [];
    const bounds = typeof range === "number" ? [range, range + 1] : range;
    if (bounds.length > 2 || bounds.some((bound) => bound != null && !Number.isInteger(bound))) {
      throw new RangeError(
        `Cannot read ${name}: a range must be a whole number or [start, stop], got ${JSON.stringify(range)}`,
      );
    }
    const place = (bound: number) => Math.min(Math.max(bound < 0 ? bound + length : bound, 0), length);
    if (typeof range === "number") {
      const index = range < 0 ? range + length : range;
      if (index < 0 || index >= length) {
        throw new RangeError(
          `Cannot read ${name}: index ${axis} must be a whole number from ${-length} to ${length - 1}, got ${range}`,
        );
      }
      part.start.push(index);
      part.stop.push(index + 1);
      part.dropped.push(axis);
    } else {
      part.start.push(place(bounds[0] ?? 0));
      part.stop.push(Math.max(place(bounds[1] ?? length), part.start[axis]));
    }
  }
  return part;
}

// As many elements as a typed array holds.
const MAX_ELEMENTS = 2 ** 32;

function checkSize(name: string, lengths: readonly number[], dtype: DType): void {
  const elements = sizeOf(lengths);
  const bytes = elements * itemSize(dtype);
  if (elements <= MAX_ELEMENTS && bytes <= totalmem()) return;
  const [memory, size] = [totalmem(), bytes].map((count) => (count / 2 ** 30).toFixed(1));
  throw new RangeError(
    `Cannot read ${name}: it must have up to 2^32 values and fit the memory of ${memory} GB, got [${lengths.join(", ")}] of ${dtype}, ${size} GB; read a part: (await openImage("${name}")).read([0, 512], …)`,
  );
}

/** What a reader says of a file, as an error that names it. */
export function fileError(name: string, cause: unknown): Error {
  if (cause instanceof ImageFileError) return cause;
  if (cause instanceof Error && cause.name === "AbortError") return cause;
  const reason = reasonOf(cause).replace(/^Cannot read CSV: /, "");
  return new ImageFileError(`Cannot read ${name}: ${reason}`, { cause });
}

function levelOf(name: string, layer: Layer): ImageLevel {
  const { shape, dtype, dimensions } = layer;
  const role = /^u?int/.test(dtype) ? layer.role : undefined;
  const known = new NdArray({ dtype: "bool", shape: [], buffer: new Uint8Array(1), dimensions });
  const read = async (...ranges: ReadRange[]): Promise<NdArray> => {
    const { start, stop, dropped } = partOf(name, shape, ranges);
    const lengths = start.map((first, axis) => stop[axis] - first);
    checkSize(name, lengths, dtype);
    try {
      const isEmpty = lengths.includes(0);
      const { buffer, strides, offset }: NdArray = isEmpty
        ? zeros(lengths, dtype)
        : await layer.read(start, stop);
      const array = new NdArray({ dtype, shape: lengths, buffer, strides, offset, dimensions, role });
      return withoutAxes(array, dropped);
    } catch (cause) {
      throw fileError(name, cause);
    }
  };
  return { shape, dtype, axes: known.axes, spacing: known.spacing, read };
}

/** An image over the layers of a file, of which there is at least one. */
export function openedImage(name: string, layers: readonly Layer[]): OpenedImage {
  const levels = layers.map((layer) => levelOf(name, layer));
  const image = { ...levels[0], levels, channels: layers[0].channels };
  return Object.defineProperty(image, Symbol.for("nodejs.util.inspect.custom"), {
    value: () => textOf(name, image),
  });
}

/** What a notebook shows of an opened image. */
function textOf(name: string, { shape, dtype, axes, spacing, levels, channels }: OpenedImage): string {
  const facts = [
    `${name}: [${shape.join(", ")}] ${dtype}`,
    ...(axes === undefined ? [] : [`axes ${axes}`]),
    ...(spacing === undefined ? [] : [`spacing [${spacing.join(", ")}] µm`]),
    ...(channels === undefined ? [] : [`channels ${channels.join(", ")}`]),
  ];
  const smaller = levels.slice(1).map((level) => `[${level.shape.join(", ")}]`);
  return [
    `${facts.join(", ")}; read(…) reads a part of it`,
    ...(smaller.length === 0 ? [] : [`levels, after itself: ${smaller.join(", ")}`]),
  ].join("\n");
}
