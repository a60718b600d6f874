import { totalmem } from "node:os";
import { promisify } from "node:util";
import { crc32, deflateRaw, inflateRaw } from "node:zlib";
import type { ByteSource } from "./bytesource";
import { viewOf } from "./dataview";

const inflated = promisify<Uint8Array, { maxOutputLength: number }, Buffer>(inflateRaw);
const deflated = promisify<Uint8Array, { level: number }, Buffer>(deflateRaw);

/** A file in a zip archive. */
export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

// APPNOTE.TXT of PKWARE: signatures and sizes of the records.
const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const END64 = 0x06064b50;
const LOCATOR64 = 0x07064b50;
const [LOCAL_SIZE, CENTRAL_SIZE, END_SIZE, END64_SIZE, LOCATOR64_SIZE] = [30, 46, 22, 56, 20];
const UNKNOWN = 0xffffffff;

const uint64 = (view: DataView, at: number) => Number(view.getBigUint64(at, true));

/** Whether a file's first bytes are those of a zip archive. */
export const isZip = (head: Uint8Array): boolean =>
  head.length >= 4 && [LOCAL, END].includes(viewOf(head).getUint32(0, true));

/** Where the central directory lies. */
async function directoryOf(source: ByteSource): Promise<{ offset: number; size: number }> {
  const length = Math.min(source.size, END_SIZE + 0xffff);
  const tail = viewOf(await source.read(source.size - length, length));
  let at = length - END_SIZE;
  while (at >= 0 && tail.getUint32(at, true) !== END) at--;
  if (at < 0) throw new Error("it has no directory; it is not whole");
  const found = { size: tail.getUint32(at + 12, true), offset: tail.getUint32(at + 16, true) };
  const locator = at - LOCATOR64_SIZE;
  if (locator < 0 || tail.getUint32(locator, true) !== LOCATOR64) return found;
  const end = viewOf(await source.read(uint64(tail, locator + 8), END64_SIZE));
  if (end.getUint32(0, true) !== END64) throw new Error("its directory is damaged");
  return { size: uint64(end, 40), offset: uint64(end, 48) };
}

/** Sizes of 64 bits, which an extra field has for each that doesn't fit. */
function wide(view: DataView, start: number, end: number, values: readonly number[]): number[] {
  const found = [...values];
  for (let at = start; at + 4 <= end; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue;
    let next = at + 4;
    for (const [index, value] of values.entries()) {
      if (value !== UNKNOWN || next + 8 > end) continue;
      found[index] = uint64(view, next);
      next += 8;
    }
  }
  return found;
}

/**
 * The files in a zip archive.
 *
 * @throws {Error} if it is not whole
 */
export async function readZip(source: ByteSource): Promise<ZipEntry[]> {
  const { offset, size } = await directoryOf(source);
  const bytes = await source.read(offset, size);
  const view = viewOf(bytes);
  const entries: ZipEntry[] = [];
  for (let at = 0; at + CENTRAL_SIZE <= size; ) {
    if (view.getUint32(at, true) !== CENTRAL) throw new Error("its directory is damaged");
    const name = at + CENTRAL_SIZE;
    const extra = name + view.getUint16(at + 28, true);
    const comment = extra + view.getUint16(at + 30, true);
    const next = comment + view.getUint16(at + 32, true);
    if (next > size) throw new Error("its directory is damaged");
    const sizes = [24, 20, 42].map((field) => view.getUint32(at + field, true));
    const [whole, packed, place] = wide(view, extra, comment, sizes);
    entries.push({
      name: new TextDecoder().decode(bytes.subarray(name, extra)),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packed,
      size: whole,
      offset: place,
    });
    at = next;
  }
  return entries;
}

/**
 * The bytes of a file in a zip archive.
 *
 * @throws {Error} if it is damaged, or announces more than it can hold
 */
export async function readZipEntry(source: ByteSource, entry: ZipEntry): Promise<Uint8Array> {
  const { name, method, packed, size } = entry;
  if (method !== 0 && method !== 8)
    throw new Error(`${name} must be stored or deflated, got method ${method}`);
  // Deflate gives at most 1032 bytes for one.
  if (size > totalmem() || size > (method === 0 ? packed : packed * 1040)) {
    throw new Error(`${name} announces ${size} bytes in ${packed}`);
  }
  const head = viewOf(await source.read(entry.offset, LOCAL_SIZE));
  if (head.getUint32(0, true) !== LOCAL) throw new Error(`${name} isn't where the directory says`);
  const start = entry.offset + LOCAL_SIZE + head.getUint16(26, true) + head.getUint16(28, true);
  const stored = await source.read(start, packed);
  const bytes = method === 0 || size === 0 ? stored : await inflated(stored, { maxOutputLength: size });
  if (bytes.length !== size || crc32(bytes) !== entry.crc) throw new Error(`${name} is damaged`);
  return bytes;
}

/** A number of a record, and how many bytes it has. */
type Field = readonly [size: 2 | 4, value: number];

const record = (signature: number, fields: readonly Field[]): Buffer => {
  const bytes = Buffer.alloc(4 + fields.reduce((sum, [size]) => sum + size, 0));
  let at = bytes.writeUInt32LE(signature, 0);
  for (const [size, value] of fields) at = bytes.writeUIntLE(value, at, size);
  return bytes;
};

/**
 * Pack files to a zip archive.
 *
 * @returns its parts, in order
 * @throws {RangeError} if a file, or all of them, have 4 GB or more
 */
export async function encodeZip(
  files: readonly (readonly [name: string, bytes: Uint8Array])[],
): Promise<Uint8Array[]> {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const [name, bytes] of files) {
    const packed = await deflated(bytes, { level: 1 });
    if (bytes.length >= UNKNOWN || offset + packed.length >= UNKNOWN) {
      throw new RangeError(`an archive must be smaller than 4 GB, got ${bytes.length} bytes of ${name}`);
    }
    const path = new TextEncoder().encode(name);
    // Version 2.0, names in UTF-8, deflated, 1980-01-01.
    const common: Field[] = [
      [2, 20],
      [2, 0x800],
      [2, 8],
      [2, 0],
      [2, 0x21],
      [4, crc32(bytes)],
      [4, packed.length],
      [4, bytes.length],
      [2, path.length],
      [2, 0],
    ];
    const local = [record(LOCAL, common), path, packed];
    const last: Field[] = [
      [2, 0],
      [2, 0],
      [2, 0],
      [4, 0],
      [4, offset],
    ];
    directory.push(record(CENTRAL, [[2, 20], ...common, ...last]), path);
    parts.push(...local);
    offset += local.reduce((sum, part) => sum + part.length, 0);
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const count = files.length;
  const end = record(END, [
    [2, 0],
    [2, 0],
    [2, count],
    [2, count],
    [4, size],
    [4, offset],
    [2, 0],
  ]);
  return [...parts, ...directory, end];
}
