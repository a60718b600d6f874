import { type FileHandle, open, readdir } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { ImageFileError } from "./imagefileerror";
import { reasonOf } from "./reason";

/** Bytes of which any part can be read: a file, or what is in memory already. */
export interface ByteSource {
  /** The path, or what messages call the bytes. */
  readonly name: string;
  /** Number of bytes. */
  readonly size: number;
  /**
   * Some of the bytes, all of them or an error.
   *
   * @throws {Error} if they are not all there
   */
  read(offset: number, length: number): Promise<Uint8Array>;
}

function checkRange(offset: number, length: number, size: number): void {
  if (offset < 0 || length < 0 || !(offset + length <= size)) {
    throw new Error(
      `it ends at byte ${size}, where bytes up to ${offset + length} are needed; it is not whole`,
    );
  }
}

/** Bytes in memory, shared. */
function memorySource(bytes: Uint8Array, name: string): ByteSource {
  return {
    name,
    size: bytes.length,
    read: async (offset, length) => {
      checkRange(offset, length, bytes.length);
      return bytes.subarray(offset, offset + length);
    },
  };
}

/** What a missing file was perhaps meant to be: the folder's files with a similar name. */
async function similarFiles(path: string): Promise<string> {
  const names = await readdir(dirname(path)).catch(() => undefined);
  if (names === undefined) return `the folder ${dirname(path)} doesn't exist`;
  const stem = basename(path).slice(0, 3).toLowerCase();
  const similar = names.filter((name) => name.toLowerCase().startsWith(stem)).slice(0, 5);
  return similar.length > 0 ? `the folder has ${similar.join(", ")}` : `current folder: ${process.cwd()}`;
}

/** Why a path can't be read. */
async function pathError(path: string, cause: unknown): Promise<ImageFileError> {
  const missing = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
  const reason = missing ? `there is no such file; ${await similarFiles(path)}` : reasonOf(cause);
  return new ImageFileError(`Cannot read ${path}: ${reason}`, { cause });
}

// One call of read() gives at most 2^31 - 1 bytes.
const MAX_READ = 2 ** 30;

/** Use a file that is open, and close it. */
export async function useFile<T>(
  handle: FileHandle,
  path: string,
  use: (source: ByteSource) => Promise<T>,
): Promise<T> {
  try {
    const { size } = await handle.stat();
    const read = async (offset: number, length: number) => {
      checkRange(offset, length, size);
      const bytes = new Uint8Array(length);
      for (let done = 0; done < length; ) {
        const { bytesRead } = await handle.read(
          bytes,
          done,
          Math.min(length - done, MAX_READ),
          offset + done,
        );
        if (bytesRead === 0) checkRange(offset, length, offset + done);
        done += bytesRead;
      }
      return bytes;
    };
    return await use({ name: path, size, read });
  } finally {
    await handle.close();
  }
}

/**
 * Use a file while it is open.
 *
 * @throws {ImageFileError} if it can't be opened
 */
async function withFile<T>(path: string, use: (source: ByteSource) => Promise<T>): Promise<T> {
  const handle = await open(path).catch(async (cause) => {
    throw await pathError(path, cause);
  });
  return useFile(handle, path, use);
}

/**
 * A source that gives so many bytes in all: parts that are told to lie at one place, again and again, would take
 * forever.
 */
export function rationed(source: ByteSource, limit: number): ByteSource {
  let left = limit;
  const read = (offset: number, length: number) => {
    left -= length;
    if (left < 0) throw new Error("its parts overlap; it is damaged");
    return source.read(offset, length);
  };
  return { ...source, read: async (offset, length) => read(offset, length) };
}

// What the tags of a page take, with their values.
const BLOCK = 4096;

/** A source that is read by blocks, of which the last four are kept: for many small values beside each other. */
export function buffered(source: ByteSource): ByteSource {
  const { size } = source;
  let blocks: { start: number; bytes: Uint8Array }[] = [];
  const read = async (offset: number, length: number) => {
    const isIn = ({ start, bytes }: (typeof blocks)[0]) =>
      offset >= start && offset + length <= start + bytes.length;
    const known = blocks.find(isIn);
    if (known) return known.bytes.subarray(offset - known.start, offset - known.start + length);
    if (length >= BLOCK || !(offset + length <= size)) return source.read(offset, length);
    const bytes = await source.read(offset, Math.min(BLOCK, size - offset));
    blocks = [{ start: offset, bytes }, ...blocks].slice(0, 4);
    return bytes.subarray(0, length);
  };
  return { ...source, read };
}

/** Use a file, which is open meanwhile, or bytes. */
export const withSource = <T>(
  input: string | Uint8Array,
  use: (source: ByteSource) => Promise<T>,
): Promise<T> => (typeof input === "string" ? withFile(input, use) : use(memorySource(input, nameOf(input))));

/**
 * Check what is to be read.
 *
 * @param what it is, as in "Cannot read <what>"
 * @throws {TypeError} if it is neither a path nor bytes
 */
export function checkSource(source: unknown, what: string): void {
  if (typeof source === "string" || source instanceof Uint8Array) return;
  throw new TypeError(`Cannot read ${what}: source must be a path or a Uint8Array, got ${typeof source}`);
}

/** What messages call a file or bytes. */
export const nameOf = (input: string | Uint8Array): string =>
  typeof input === "string" ? input : `the image of ${input.length} bytes`;
