import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { crc32, inflateRawSync } from "node:zlib";

/** A file in a zip file. */
interface Entry {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
  readonly offset: number;
}

function requireThat(holds: boolean, requirement: string): void {
  if (!holds) throw new RangeError(`the zip file must ${requirement}`);
}

/** Bytes at a place of a file. @throws {RangeError} if it has no such place */
function bytesAt(file: number, position: number, length: number): Buffer {
  requireThat(position >= 0 && length >= 0 && position + length <= fstatSync(file).size, "be whole");
  const bytes = Buffer.alloc(length);
  for (let done = 0; done < length; ) {
    const count = readSync(file, bytes, done, length - done, position + done);
    requireThat(count > 0, "be whole");
    done += count;
  }
  return bytes;
}

// https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3: the directory stands before this, at the end.
const endSize = 22;

function directory(file: number): Entry[] {
  const { size } = fstatSync(file);
  const tail = bytesAt(file, Math.max(0, size - endSize - 65535), Math.min(size, endSize + 65535));
  const end = tail.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  requireThat(end >= 0 && end + endSize <= tail.length, "have a directory");
  const [count, length, start] = [
    tail.readUInt16LE(end + 10),
    tail.readUInt32LE(end + 12),
    tail.readUInt32LE(end + 16),
  ];
  requireThat(start !== 0xffffffff, "be smaller than 4 GiB");
  const bytes = bytesAt(file, start, length);
  const entries: Entry[] = [];
  let position = 0;
  for (let index = 0; index < count; index++) {
    requireThat(
      position + 46 <= bytes.length && bytes.readUInt32LE(position) === 0x02014b50,
      "have a whole directory",
    );
    const nameLength = bytes.readUInt16LE(position + 28);
    entries.push({
      name: bytes.toString("utf8", position + 46, position + 46 + nameLength),
      method: bytes.readUInt16LE(position + 10),
      crc: bytes.readUInt32LE(position + 16),
      packedSize: bytes.readUInt32LE(position + 20),
      size: bytes.readUInt32LE(position + 24),
      offset: bytes.readUInt32LE(position + 42),
    });
    position += 46 + nameLength + bytes.readUInt16LE(position + 30) + bytes.readUInt16LE(position + 32);
  }
  return entries;
}

function withFile<T>(path: string, use: (file: number) => T): T {
  const file = openSync(path, "r");
  try {
    return use(file);
  } finally {
    closeSync(file);
  }
}

/** Names of the files in a zip file. @throws {RangeError} if it is broken */
export function zipNames(path: string): string[] {
  return withFile(path, (file) => directory(file).map(({ name }) => name));
}

/**
 * A file in a zip file; undefined if there is none of that name.
 *
 * @throws {RangeError} if the zip file is broken, or the file in it encrypted or compressed in a rare way
 */
export function readZip(path: string, name: string): Buffer | undefined {
  return withFile(path, (file) => {
    const entry = directory(file).find((one) => one.name === name);
    if (entry === undefined) return undefined;
    const header = bytesAt(file, entry.offset, 30);
    requireThat(header.readUInt32LE(0) === 0x04034b50, `have ${name} where its directory says`);
    requireThat((header.readUInt16LE(6) & 1) === 0, `have ${name} without a password`);
    const start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
    const bytes = unpacked(bytesAt(file, start, entry.packedSize), entry);
    requireThat(bytes.length === entry.size && crc32(bytes) === entry.crc, `have ${name} undamaged`);
    return bytes;
  });
}

function unpacked(packed: Buffer, { name, method, size }: Entry): Buffer {
  if (method === 0) return packed;
  requireThat(method === 8, `have ${name} stored or deflated`);
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, size) });
  } catch (cause) {
    throw new RangeError(`the zip file must have ${name} undamaged`, { cause });
  }
}
