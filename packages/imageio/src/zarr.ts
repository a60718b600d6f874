import { totalmem } from "node:os";
import { type Dimension, type DType, isDType, itemSize, NdArray, sizeOf, zeros } from "@bioengine/ndarray";
import { copyInto } from "./copyinto";
import { type Layer, squeezed } from "./layer";
import { type Multiscale, multiscaleOf } from "./multiscale";
import { reasonOf } from "./reason";
import { loadZarr, type Zarr } from "./zarrlibrary";
import { folderStore, isZarrUrl, serverStore } from "./zarrstore";

type ZarrArray = InstanceType<Zarr["Array"]>;
type Group = InstanceType<Zarr["Group"]>;

function dtypeOf(array: ZarrArray): DType {
  if (!isDType(array.dtype)) throw new Error(`its values must be numbers up to 64 bits, got ${array.dtype}`);
  return array.dtype;
}

/** What a codec says, which names neither the chunk nor what is wrong. */
function chunkError(place: readonly number[], cause: unknown): unknown {
  if (!(cause instanceof Error) || cause.name !== "CodecPipelineError") return cause;
  const reason = [cause.message, cause.cause].map((said) => reasonOf(said)).join(": ");
  return new Error(`its chunk [${place.join(", ")}] is damaged: ${reason}`, { cause });
}

/** The chunk at some place, as an array. */
async function chunkAt(array: ZarrArray, place: readonly number[], dtype: DType): Promise<NdArray> {
  const { data, shape, stride } = await array.getChunk([...place]).catch((cause) => {
    throw chunkError(place, cause);
  });
  const size = sizeOf(shape);
  const values = dtype === "bool" ? Uint8Array.from(data as Iterable<boolean>, Number) : data;
  // A short chunk would give zeros.
  if (!ArrayBuffer.isView(values) || (values as Uint8Array).length !== size) {
    throw new Error(
      `its chunk [${place.join(", ")}] must have ${size} values, got ${data.length}; it is not whole`,
    );
  }
  return new NdArray({ dtype, shape, strides: stride, buffer: values as Uint8Array });
}

/** Places of the chunks that a part touches. */
function* chunksOf(
  start: readonly number[],
  stop: readonly number[],
  chunk: readonly number[],
): Generator<number[]> {
  const first = start.map((value, axis) => Math.floor(value / chunk[axis]));
  const last = stop.map((value, axis) => Math.ceil(value / chunk[axis]));
  const place = [...first];
  for (;;) {
    yield [...place];
    let axis = place.length - 1;
    for (; axis >= 0; axis--) {
      if (++place[axis] < last[axis]) break;
      place[axis] = first[axis];
    }
    if (axis < 0) return;
  }
}

// Each of them is a file: hours of reading.
const MAX_CHUNKS = 2 ** 22;

/** Chunks that are read at the same time. */
const PARALLEL = 4;

async function readPart(
  array: ZarrArray,
  start: readonly number[],
  stop: readonly number[],
): Promise<NdArray> {
  const dtype = dtypeOf(array);
  const { chunks } = array;
  const target: NdArray = zeros(
    start.map((first, axis) => stop[axis] - first),
    dtype,
  );
  const places = chunksOf(start, stop, chunks);
  const count = chunks.reduce(
    (product, length, axis) => product * Math.ceil((stop[axis] - start[axis]) / length),
    1,
  );
  if (count > MAX_CHUNKS)
    throw new Error(`the part must have up to ${MAX_CHUNKS} chunks, got ${count}; read less of it`);
  const work = async () => {
    for (const place of places) {
      const chunk = await chunkAt(array, place, dtype);
      const origin = place.map((at, axis) => at * chunks[axis]);
      const from = start.map((first, axis) => Math.max(first, origin[axis]));
      const to = stop.map((last, axis) => Math.min(last, origin[axis] + chunks[axis]));
      const within = (offset: readonly number[]) =>
        from.map((first, axis) => [first - offset[axis], to[axis] - offset[axis]] as const);
      copyInto(target.slice(...within(start)), chunk.slice(...within(origin)));
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
  return target;
}

function layerOf(array: ZarrArray, dimensions: readonly Dimension[] | undefined): Layer {
  const { shape, chunks } = array;
  const dtype = dtypeOf(array);
  const bytes = sizeOf(chunks) * itemSize(dtype);
  const isWhole = [...shape.map((length) => length + 1), ...chunks].every(
    (n) => Number.isSafeInteger(n) && n > 0,
  );
  if (!isWhole || chunks.length !== shape.length || bytes > totalmem()) {
    throw new Error(`its chunks [${chunks.join(", ")}] of [${shape.join(", ")}] can't be read`);
  }
  return { shape, dtype, dimensions, read: (start, stop) => readPart(array, start, stop) };
}

/** The images of a Bio-Formats conversion are numbered groups; a plate has one for each field. */
async function imageGroup(zarr: Zarr, group: Group): Promise<Group> {
  const attributes = (group.attrs.ome ?? group.attrs) as Record<string, unknown>;
  if ("bioformats2raw.layout" in attributes && !("multiscales" in attributes)) {
    return zarr.open(group.resolve("0"), { kind: "group" });
  }
  return group;
}

async function imageLayers(zarr: Zarr, group: Group, { levels, isLabels }: Multiscale): Promise<Layer[]> {
  const layers: Layer[] = [];
  for (const { path, dimensions } of levels) {
    const array = await zarr.open(group.resolve(path), { kind: "array" });
    if (dimensions.length !== array.shape.length) {
      throw new Error(
        `its axes ${dimensions.map(({ name }) => name).join("")} must be those of [${array.shape.join(", ")}]`,
      );
    }
    layers.push({ ...squeezed(layerOf(array, dimensions)), role: isLabels ? "labels" : undefined });
  }
  return layers;
}

/** Whether a folder or address is in an image's group of labels; some programs mark the labels by it alone. */
const isAmongLabels = (source: string): boolean => /[\\/]labels[\\/][^\\/]+[\\/]?$/.test(source);

/**
 * The resolutions of an OME-Zarr image (NGFF 0.4 and 0.5), or a plain Zarr array (version 2 or 3).
 *
 * @param source path of the folder, or its address (http or https)
 * @param signal ends the requests to a server, also those of later parts
 * @throws {Error} if it is none of these, or can't be reached
 */
export async function zarrLayers(source: string, signal: AbortSignal | undefined): Promise<Layer[]> {
  const zarr = await loadZarr();
  const store = isZarrUrl(source) ? serverStore(zarr, source, signal) : folderStore(source);
  const node = await zarr.open(store).catch((cause) => {
    if (cause instanceof zarr.InvalidMetadataError) {
      throw new Error(`its metadata is damaged (${reasonOf(cause)})`, { cause });
    }
    if (!(cause instanceof zarr.NotFoundError)) throw cause;
    throw new Error("there is no Zarr array and no OME-Zarr image", { cause });
  });
  if (node.kind === "array") return [layerOf(node, undefined)];
  const group = await imageGroup(zarr, node);
  const multiscale = multiscaleOf(group.attrs);
  return imageLayers(zarr, group, {
    ...multiscale,
    isLabels: multiscale.isLabels || isAmongLabels(source),
  });
}
