import { open } from "node:fs/promises";
import { totalmem } from "node:os";
import { join } from "node:path";
import { type Dimension, type DType, isDType, itemSize, NdArray, zeros } from "@bioengine/ndarray";
import { type ByteSource, useFile } from "./bytesource";
import { crc32cCodec } from "./crc32c";
import { type Layer, squeezed } from "./layer";
import { type Multiscale, multiscaleOf } from "./multiscale";
import { reasonOf } from "./reason";

// An ES module, which a CommonJS one can only load like this; it is heavy anyway.
async function load() {
  const zarr = await import("zarrita");
  const codec = { fromConfig: () => crc32cCodec, kind: crc32cCodec.kind };
  zarr.registry.set("crc32c", async () => codec);
  return zarr;
}

type Zarr = Awaited<ReturnType<typeof load>>;
type Store = Parameters<Zarr["open"]>[0];
type ZarrArray = InstanceType<Zarr["Array"]>;
type Group = InstanceType<Zarr["Group"]>;
type RangeQuery = { offset: number; length: number } | { suffixLength: number };

/** Whether an address is that of a Zarr folder on a server. */
export const isZarrUrl = (source: string): boolean => /^https?:\/\/.*\.zarr(\/|\?|$)/.test(source);

const isMetadata = (url: string) => /\/(zarr\.json|\.zarray|\.zgroup|\.zattrs|\.zmetadata)(\?|$)/.test(url);

/** What a request's range is of an answer: a server that knows no ranges gives everything. */
async function partOf(response: Response, request: Request): Promise<Response> {
  const [, from, to] = request.headers.get("range")?.match(/^bytes=(\d+)-(\d+)$/) ?? [];
  if (to === undefined) {
    if (request.method !== "HEAD" || response.headers.has("content-length")) return response;
    throw new Error(`HEAD ${request.url} must say the length, which its server doesn't`);
  }
  const bytes = new Uint8Array(await response.arrayBuffer());
  const [start, length] = [Number(from), Number(to) + 1 - Number(from)];
  const part = response.status === 206 ? bytes : bytes.subarray(start, start + length);
  if (part.length === length) return new Response(part, { status: 206 });
  throw new Error(`GET ${request.url} must give ${length} bytes from ${start} on, got ${part.length}`);
}

/** Some servers forbid what isn't there; of chunks, that is an error. */
async function fetched(request: Request, signal: AbortSignal | undefined): Promise<Response> {
  const response = await fetch(request, signal === undefined ? {} : { signal }).catch((cause) => {
    if (signal?.aborted) throw cause;
    const reason = reasonOf(cause instanceof Error ? (cause.cause ?? cause) : cause);
    throw new Error(`the server can't be reached: ${reason}`, { cause });
  });
  if (response.status === 404) return response;
  if (response.ok) return partOf(response, request);
  if (response.status === 403 && isMetadata(request.url)) return new Response(null, { status: 404 });
  throw new Error(`GET ${request.url} answers ${response.status} ${response.statusText}`);
}

/** Where a range of so many bytes begins, and how long it is. */
const rangeIn = (size: number, range: RangeQuery) =>
  "suffixLength" in range ? { offset: size - range.suffixLength, length: range.suffixLength } : range;

/** Files of a folder; undefined for those that aren't there. */
const folderStore = (folder: string): Store => {
  const part = async (key: string, read: (source: ByteSource) => Promise<Uint8Array>) => {
    const path = join(folder, key);
    try {
      return await useFile(await open(path), path, read);
    } catch (cause) {
      if (cause instanceof Error && "code" in cause && (cause.code === "ENOENT" || cause.code === "EISDIR"))
        return undefined;
      throw cause;
    }
  };
  return {
    get: (key: string) => part(key, (source) => source.read(0, source.size)),
    getRange: (key: string, range: RangeQuery) =>
      part(key, (source) => {
        const { offset, length } = rangeIn(source.size, range);
        return source.read(offset, length);
      }),
  };
};

function dtypeOf(array: ZarrArray): DType {
  if (!isDType(array.dtype)) throw new Error(`its values must be numbers up to 64 bits, got ${array.dtype}`);
  return array.dtype;
}

/** Copy a part of a chunk to where it belongs. */
function copy(target: NdArray, source: NdArray): void {
  if (source.ndim === 0) target.buffer[target.offset] = source.buffer[source.offset];
  else if (source.ndim > 1) for (let at = 0; at < source.shape[0]; at++) copy(target.at(at), source.at(at));
  else {
    const [length, from, to] = [source.shape[0], source.strides[0], target.strides[0]];
    for (let at = 0; at < length; at++) {
      target.buffer[target.offset + at * to] = source.buffer[source.offset + at * from];
    }
  }
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
  const size = shape.reduce((product, length) => product * length, 1);
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
      copy(target.slice(...within(start)), chunk.slice(...within(origin)));
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
  return target;
}

function layerOf(array: ZarrArray, dimensions: readonly Dimension[] | undefined): Layer {
  const { shape, chunks } = array;
  const dtype = dtypeOf(array);
  const bytes = chunks.reduce((product, length) => product * length, itemSize(dtype));
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

async function imageLayers(zarr: Zarr, group: Group, multiscale: Multiscale): Promise<Layer[]> {
  const layers: Layer[] = [];
  for (const { path, dimensions } of multiscale.levels) {
    const array = await zarr.open(group.resolve(path), { kind: "array" });
    if (dimensions.length !== array.shape.length) {
      throw new Error(
        `its axes ${dimensions.map(({ name }) => name).join("")} must be those of [${array.shape.join(", ")}]`,
      );
    }
    layers.push(squeezed(layerOf(array, dimensions)));
  }
  return layers;
}

/**
 * The resolutions of an OME-Zarr image (NGFF 0.4 and 0.5), or a plain Zarr array (version 2 or 3).
 *
 * @param source path of the folder, or its address (http or https)
 * @param signal ends the requests to a server, also those of later parts
 * @throws {Error} if it is none of these, or can't be reached
 */
export async function zarrLayers(source: string, signal: AbortSignal | undefined): Promise<Layer[]> {
  const zarr = await load();
  const isUrl = isZarrUrl(source);
  const store = isUrl
    ? new zarr.FetchStore(source, { fetch: (request) => fetched(request, signal) })
    : folderStore(source);
  const node = await zarr.open(store).catch((cause) => {
    if (!(cause instanceof zarr.NotFoundError)) throw cause;
    throw new Error("there is no Zarr array and no OME-Zarr image", { cause });
  });
  if (node.kind === "array") return [layerOf(node, undefined)];
  const group = await imageGroup(zarr, node);
  return imageLayers(zarr, group, multiscaleOf(group.attrs));
}
