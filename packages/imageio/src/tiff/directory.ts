import type { ByteSource } from "../bytesource";
import { viewOf } from "../dataview";

/** How a file's numbers are stored. */
interface Container {
  readonly littleEndian: boolean;
  /** BigTIFF: offsets of 64 bits. */
  readonly big: boolean;
}

interface Entry {
  readonly type: number;
  readonly count: number;
  /** Where the values lie in the file. */
  readonly offset: number;
}

/** The tags of one page, their values still in the file. */
export interface Directory extends Container {
  readonly entries: ReadonlyMap<number, Entry>;
  /** Where the next directory lies; 0 if there is none. */
  readonly next: number;
}

// TIFF 6.0, section 2, and BigTIFF: bytes of a value by its type's number.
const typeSizes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8];

// As many values as the strips of the largest images have.
const MAX_NUMBERS = 2 ** 24;
const MAX_TEXT = 2 ** 28;

/** A 64-bit offset as a number; one beyond 2^53 lies outside of any file. */
const uint64 = (view: DataView, at: number, littleEndian: boolean) =>
  Number(view.getBigUint64(at, littleEndian));

/** Whether a file's first bytes are those of TIFF or BigTIFF. */
export const isTiff = (head: Uint8Array): boolean =>
  /^(II[*+]\0|MM\0[*+])/.test(String.fromCharCode(...head.subarray(0, 4)));

/**
 * Read one directory.
 *
 * @throws {Error} if it is not whole, or an entry's type is unknown
 */
export async function readDirectory(
  source: ByteSource,
  { littleEndian, big }: Container,
  offset: number,
): Promise<Directory> {
  const [countSize, entrySize, linkSize] = big ? [8, 20, 8] : [2, 12, 4];
  const head = viewOf(await source.read(offset, countSize));
  const count = big ? uint64(head, 0, littleEndian) : head.getUint16(0, littleEndian);
  const view = viewOf(await source.read(offset + countSize, count * entrySize + linkSize));
  const at = (position: number) =>
    big ? uint64(view, position, littleEndian) : view.getUint32(position, littleEndian);
  const entries = new Map<number, Entry>();
  for (let start = 0; start < count * entrySize; start += entrySize) {
    const tag = view.getUint16(start, littleEndian);
    const type = view.getUint16(start + 2, littleEndian);
    const values = at(start + 4);
    const inline = start + entrySize - linkSize;
    const fits = values * (typeSizes[type] ?? 0) <= linkSize;
    entries.set(tag, { type, count: values, offset: fits ? offset + countSize + inline : at(inline) });
  }
  return { littleEndian, big, entries, next: at(count * entrySize) };
}

/**
 * Read the directories of all pages, in order.
 *
 * @throws {Error} if one is not whole, or they form a loop
 */
export async function readDirectories(source: ByteSource): Promise<Directory[]> {
  const head = viewOf(await source.read(0, 8));
  const littleEndian = head.getUint8(0) === 0x49;
  const big = head.getUint16(2, littleEndian) === 43;
  const container = { littleEndian, big };
  let offset = big
    ? uint64(viewOf(await source.read(8, 8)), 0, littleEndian)
    : head.getUint32(4, littleEndian);
  const seen = new Set<number>();
  const directories: Directory[] = [];
  while (offset !== 0) {
    if (seen.has(offset))
      throw new Error(`its pages form a loop, page ${directories.length} leads back to an earlier one`);
    seen.add(offset);
    const directory = await readDirectory(source, container, offset);
    directories.push(directory);
    offset = directory.next;
  }
  if (directories.length === 0) throw new Error("it has no page");
  return directories;
}

async function valuesOf(
  source: ByteSource,
  { entries }: Directory,
  tag: number,
  limit: number,
): Promise<(Entry & { view: DataView }) | undefined> {
  const entry = entries.get(tag);
  if (entry === undefined) return undefined;
  const size = typeSizes[entry.type] ?? 0;
  if (size === 0) throw new Error(`its tag ${tag} has the unknown type ${entry.type}`);
  if (entry.count > limit) throw new Error(`its tag ${tag} announces ${entry.count} values`);
  return { ...entry, view: viewOf(await source.read(entry.offset, entry.count * size)) };
}

/** The values of a tag of whole numbers, or of fractions (as quotients); undefined if the page hasn't it. */
export async function tagNumbers(
  source: ByteSource,
  directory: Directory,
  tag: number,
): Promise<number[] | undefined> {
  const found = await valuesOf(source, directory, tag, MAX_NUMBERS);
  if (found === undefined) return undefined;
  const { type, count, view } = found;
  const little = directory.littleEndian;
  const readers: Record<number, (index: number) => number> = {
    1: (index) => view.getUint8(index),
    3: (index) => view.getUint16(2 * index, little),
    4: (index) => view.getUint32(4 * index, little),
    5: (index) => view.getUint32(8 * index, little) / view.getUint32(8 * index + 4, little),
    13: (index) => view.getUint32(4 * index, little),
    16: (index) => uint64(view, 8 * index, little),
    18: (index) => uint64(view, 8 * index, little),
  };
  const reader = readers[type];
  if (reader === undefined) throw new Error(`its tag ${tag} has type ${type}, which is not of whole numbers`);
  return Array.from({ length: count }, (_, index) => reader(index));
}

/** The bytes of a tag; undefined if the page hasn't it. */
export async function tagBytes(
  source: ByteSource,
  directory: Directory,
  tag: number,
): Promise<Uint8Array | undefined> {
  const found = await valuesOf(source, directory, tag, MAX_TEXT);
  return found && new Uint8Array(found.view.buffer, found.view.byteOffset, found.view.byteLength);
}

/** The text of a tag, up to its final zero; "" if the page hasn't it. */
export async function tagText(source: ByteSource, directory: Directory, tag: number): Promise<string> {
  const bytes = (await tagBytes(source, directory, tag)) ?? new Uint8Array();
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}
