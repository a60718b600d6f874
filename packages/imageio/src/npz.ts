import type { NdArray } from "@bioengine/ndarray";
import { type ByteSource, checkSource, nameOf, withSource } from "./bytesource";
import type { Layer } from "./layer";
import { encodeNpy, npyLayers } from "./npy";
import { fileError } from "./openedimage";
import { encodeZip, readZip, readZipEntry, type ZipEntry } from "./zip";

const arrayName = (path: string): string => path.replace(/\.npy$/, "");

/** The archive's files that are arrays, by name. */
async function entriesOf(source: ByteSource): Promise<Map<string, ZipEntry>> {
  const entries = (await readZip(source)).filter(({ name }) => name.endsWith(".npy"));
  if (entries.reduce((sum, { packed }) => sum + packed, 0) > source.size) {
    throw new Error("its files overlap; it is damaged");
  }
  return new Map(entries.map((entry) => [arrayName(entry.name), entry]));
}

const layerOf = async (source: ByteSource, entry: ZipEntry): Promise<Layer> =>
  (await npyLayers(await readZipEntry(source, entry)))[0];

/** The only array of a file that `numpy.savez` wrote. */
export async function npzLayers(input: string | Uint8Array): Promise<Layer[]> {
  return withSource(input, async (source) => {
    const entries = await entriesOf(source);
    const names = [...entries.keys()];
    if (names.length === 0) throw new Error("it must hold an array, got none");
    if (names.length > 1) {
      const path = typeof input === "string" ? JSON.stringify(input) : "bytes";
      throw new Error(
        `it must hold one array, got ${names.join(", ")}; use (await readNpz(${path})).${names[0]}`,
      );
    }
    return Promise.all([...entries.values()].map((entry) => layerOf(source, entry)));
  });
}

/**
 * Read the arrays of a file that `numpy.savez` or `numpy.savez_compressed` wrote.
 *
 * @param source path of the file, or its bytes
 * @returns the arrays by name
 * @throws {ImageFileError} if the file is missing, damaged, or holds other things than numbers
 * @throws {TypeError} if `source` is neither a path nor bytes
 * @example
 * const { images, labels } = await readNpz("nuclei.npz");
 */
export async function readNpz(source: string | Uint8Array): Promise<Record<string, NdArray>> {
  checkSource(source, "the arrays");
  const arrays: [string, NdArray][] = [];
  try {
    await withSource(source, async (file) => {
      for (const [name, entry] of await entriesOf(file)) {
        const { shape, read } = await layerOf(file, entry);
        const start = shape.map(() => 0);
        arrays.push([name, await read(start, shape)]);
      }
    });
  } catch (cause) {
    throw fileError(nameOf(source), cause);
  }
  return Object.fromEntries(arrays);
}

/** The parts of a file as `numpy.savez_compressed` writes it. */
export const encodeNpz = (arrays: Readonly<Record<string, NdArray>>): Promise<Uint8Array[]> =>
  encodeZip(
    Object.entries(arrays).map(([name, array]) => [`${name}.npy`, Buffer.concat(encodeNpy(array))] as const),
  );
