import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { ImageFileError, imread } from "../src/index";
import { expected, fixtures } from "./expected";

/** Numbers from 0 to 1 that are the same each time (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A file with bits, bytes or numbers changed, parts moved, or the end cut off; most often in its first bytes. */
function mutated(bytes: Uint8Array, random: () => number): Uint8Array {
  const integer = (limit: number) => Math.floor(random() * limit);
  const copy = Uint8Array.from(bytes);
  for (let change = integer(4); change >= 0; change--) {
    const at = integer(random() < 0.6 ? Math.min(copy.length, 400) : copy.length);
    const kind = integer(6);
    if (kind === 0) copy[at] ^= 1 << integer(8);
    if (kind === 1) copy[at] = integer(256);
    if (kind === 2) copy[at] = [0, 127, 128, 255][integer(4)];
    if (kind === 3) copy.fill([0, 255][integer(2)], at, at + 4);
    if (kind === 4) copy.copyWithin(at, integer(copy.length), integer(copy.length) + 16);
    if (kind === 5) return copy.subarray(0, integer(copy.length));
  }
  return copy;
}

const names = readdirSync(fixtures).filter((name) => /\.(tif|png|jpg|webp|npy|npz|nii|nii\.gz)$/.test(name));

/** What can come back: the elements that the shape says, of any values, or an error that names the file. */
async function outcome(bytes: Uint8Array): Promise<string> {
  try {
    const { shape, data, buffer } = await imread(bytes);
    const size = shape.reduce((product, length) => product * length, 1);
    // What no memory holds, or a small file can't mean, must not come back.
    return data.length === size && buffer.byteLength < 2 ** 28 ? "image" : `${data.length} of [${shape}]`;
  } catch (error) {
    const isKnown = error instanceof ImageFileError || error instanceof RangeError;
    const isNamed = isKnown && error.message.startsWith(`Cannot read the image of ${bytes.length} bytes: `);
    return isNamed ? "error" : String(error);
  }
}

for (const seed of [1, 2, 3]) {
  test(`imread() of 700 damaged files gives an image or an error, nothing else (seed ${seed})`, async () => {
    const random = randomOf(seed);
    const counts: Record<string, number> = {};
    for (let round = 0; round < 700; round++) {
      const name = names[Math.floor(random() * names.length)];
      const found = await outcome(mutated(readFileSync(join(fixtures, name)), random));
      counts[found] = (counts[found] ?? 0) + 1;
    }
    expect(Object.keys(counts).sort()).toEqual(["error", "image"]);
    expect(counts.error).toBeGreaterThan(200);
  });
}

test("imread() of a file that is cut off anywhere gives an error, or the whole image", async () => {
  for (const name of [
    "deflated.npz",
    "five.ome.tif",
    "gray16.png",
    "lzw-tiled.tif",
    "uint16.nii",
    "uint16.npy",
    "zstd-noise.tif",
  ]) {
    const bytes = readFileSync(join(fixtures, name));
    const shape = expected[name]?.shape;
    for (let part = 0; part < 40; part++) {
      const cut = new Uint8Array(bytes.subarray(0, Math.floor((bytes.length * part) / 40)));
      const found = await imread(cut).catch((error: unknown) => error);
      if (found instanceof ImageFileError) continue;
      // What is cut off can only be what isn't needed: nothing but the same values may come back.
      expect(found, `${name}, ${part} of 40`).toMatchObject({ shape });
      const { data } = found as Awaited<ReturnType<typeof imread>>;
      expect(Buffer.from(data.buffer).equals(Buffer.from(expected[name].data, "base64"))).toBe(true);
    }
  }
});

const bytesOf = ({ data }: Awaited<ReturnType<typeof imread>>) =>
  Buffer.from(data.buffer, data.byteOffset, data.byteLength);

for (const name of ["gray16.png", "rgb8.png", "one.npz", "packed.nii.gz", "zlib-noise.tif"]) {
  test(`imread() of ${name}, whose pixels have a checksum, never gives other ones for a turned bit`, async () => {
    const bytes = readFileSync(join(fixtures, name));
    const whole = await imread(new Uint8Array(bytes));
    for (let place = 0; place < 300; place++) {
      const at = Math.floor((bytes.length * place) / 300);
      const damaged = new Uint8Array(bytes);
      damaged[at] ^= 1 << (place % 8);
      const found = await imread(damaged).catch((error: unknown) => error);
      if (found instanceof ImageFileError || found instanceof RangeError) continue;
      expect(found, `bit ${place % 8} of byte ${at}`).toMatchObject({
        shape: whole.shape,
        dtype: whole.dtype,
      });
      expect(bytesOf(found as typeof whole).equals(bytesOf(whole)), `byte ${at}`).toBe(true);
    }
  });
}

const folder = mkdtempSync(join(tmpdir(), "fuzz-"));
afterAll(() => rmSync(folder, { recursive: true }));

for (const name of readdirSync(fixtures).filter((name) => name.endsWith(".zarr"))) {
  test(`imread() of ${name} with a chunk that is cut off anywhere names the chunk`, async () => {
    const path = join(folder, name);
    cpSync(join(fixtures, name), path, { recursive: true });
    // The full resolution of an OME-Zarr.
    const array = /^v0/.test(name) ? join(path, "0") : path;
    const files = readdirSync(array, { recursive: true, encoding: "utf8" })
      .filter((file) => !/json$|\.z/.test(file))
      .map((file) => join(array, file))
      .filter((file) => statSync(file).isFile());
    for (let round = 0; round < 60; round++) {
      const file = files[round % files.length];
      const bytes = readFileSync(file);
      writeFileSync(file, bytes.subarray(0, Math.floor((bytes.length * round) / 60)));
      const message = expect.stringMatching(/^Cannot read .*\.zarr: .*(chunk \[\d.*\d\]|it is not whole)/);
      await expect(imread(path), `${file}, ${round} of 60`).rejects.toMatchObject({ message });
      writeFileSync(file, bytes);
    }
  });
}
