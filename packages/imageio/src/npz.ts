import type { NdArray } from "@bioengine/ndarray";
import { nameOf, withSource } from "./bytesource";
import type { Layer } from "./layer";
import { encodeNpy, npyLayers } from "./npy";
import { fileError } from "./openedimage";
import { encodeZip, readZip, readZipEntry } from "./zip";

const arrayName = (path: string): string => path.replace(/\.npy$/, "");

async function layersByName(input: string | Uint8Array): Promise<Map<string, Layer>> {
  return withSource(input, async (source) => {
    const layers = new Map<string, Layer>();
    for (const entry of await readZip(source)) {
      if (!entry.name.endsWith(".npy")) continue;
      const [layer] = await npyLayers(await readZipEntry(source, entry));
      layers.set(arrayName(entry.name), layer);
    }
    return layers;
  });
}

/** The only array of a file that `numpy.savez` wrote. */
export async function npzLayers(input: string | Uint8Array): Promise<Layer[]> {
  const layers = await layersByName(input);
  if (layers.size !== 1) {
    const names = [...layers.keys()].join(", ") || "none";
    throw new Error(
      `it must hold one array, got ${names}; use (await readNpz("${nameOf(input)}")).${names.split(",")[0]}`,
    );
  }
  return [...layers.values()];
}

/**
 * Read the arrays of a file that `numpy.savez` or `numpy.savez_compressed` wrote.
 *
 * @param source path of the file, or its bytes
 * @returns the arrays by name
 * @throws {ImageFileError} if the file is missing, damaged, or holds other things than numbers
 * @example
 * const { images, labels } = await readNpz("nuclei.npz");
 */
export async function readNpz(source: string | Uint8Array): Promise<Record<string, NdArray>> {
  const arrays: [string, NdArray][] = [];
  try {
    for (const [name, { shape, read }] of await layersByName(source)) {
      arrays.push([
        name,
        await read(
          shape.map(() => 0),
          shape,
        ),
      ]);
    }
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
