import { readFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DType, dtypes, ndarray, zeros } from "@bioengine/ndarray";
import { describe, expect, test } from "vitest";
import { imread, imwrite, readNpz, writeNpz } from "../src/index";
import { fixtures } from "./expected";

const arrays = JSON.parse(readFileSync(join(fixtures, "arrays.json"), "utf8"));
const folder = mkdtemp(join(tmpdir(), "npz-"));

describe("readNpz()", () => {
  for (const name of ["stored.npz", "deflated.npz"]) {
    test(`reads the arrays of ${name} by name`, async () => {
      const found = await readNpz(join(fixtures, name));
      expect(Object.keys(found)).toEqual(["images", "labels"]);
      expect(found.images.dtype).toBe("uint16");
      expect(found.images.toArray()).toEqual(arrays.images);
      expect(found.labels.dtype).toBe("int64");
      expect(found.labels.astype("float64").toArray()).toEqual(arrays.labels);
    });
  }

  test("names what is damaged", async () => {
    const bytes = new Uint8Array(readFileSync(join(fixtures, "stored.npz")));
    const damaged = bytes.slice();
    damaged[200] ^= 1;
    await expect(readNpz(damaged)).rejects.toThrow("images.npy is damaged");
    await expect(readNpz(bytes.subarray(0, 300))).rejects.toThrow("it is not whole");
    await expect(readNpz(new Uint8Array())).rejects.toThrow("Cannot read the image of 0 bytes");
    await expect(readNpz("no.npz")).rejects.toThrow("there is no such file");
  });
});

test("imread() of several arrays names them, and the call that gives one", async () => {
  const path = join(fixtures, "stored.npz");
  await expect(imread(path)).rejects.toThrow(`got images, labels; use (await readNpz("${path}")).images`);
});

test("imread() refuses numpy's dtypes that are no numbers", async () => {
  await expect(imread(join(fixtures, "complex.npy"))).rejects.toThrow("got complex numbers (<c8)");
  await expect(imread(join(fixtures, "text.npy"))).rejects.toThrow("got text (<U2)");
  await expect(imread(join(fixtures, "records.npy"))).rejects.toThrow("got a structured dtype");
});

test("imread() refuses an array that is cut off", async () => {
  const bytes = new Uint8Array(readFileSync(join(fixtures, "uint16.npy")));
  await expect(imread(bytes.subarray(0, -1))).rejects.toThrow(
    `it has ${bytes.length - 1} bytes where [2, 3, 4] of uint16 needs ${bytes.length}; it is not whole`,
  );
});

describe("imwrite() writes an array byte by byte as numpy does", () => {
  for (const dtype of dtypes.filter((dtype) => dtype !== "bfloat16")) {
    test(dtype, async () => {
      const original = join(fixtures, `${dtype}.npy`);
      const path = join(await folder, `${dtype}.npy`);
      await imwrite(path, await imread(original));
      expect(readFileSync(path).equals(readFileSync(original))).toBe(true);
    });
  }
});

test("writeNpz() keeps every dtype, views and shapes", async () => {
  const path = join(await folder, "all.npz");
  const whole = Object.fromEntries(
    dtypes
      .filter((dtype) => dtype !== "bfloat16")
      .map((dtype) => [
        dtype,
        ndarray(
          [
            [0, 1, -2.5],
            [3, 4, 5],
          ],
          undefined,
          { dtype: dtype as DType },
        ).transpose(),
      ]),
  );
  await writeNpz(path, { ...whole, none: zeros([0, 2]) });
  const found = await readNpz(path);
  expect(Object.keys(found)).toEqual([...Object.keys(whole), "none"]);
  for (const [name, array] of Object.entries(whole)) {
    expect(found[name].dtype).toBe(name);
    expect(found[name].toArray()).toEqual(array.toArray());
  }
  expect(found.none.shape).toEqual([0, 2]);
});

test("writeNpz() and imwrite() refuse other names, and bfloat16", async () => {
  await expect(writeNpz("x.npy", {})).rejects.toThrow("must end in .npz, got .npy");
  await expect(writeNpz("x.npz", { a: zeros([1], "bfloat16") })).rejects.toThrow(
    'use array.astype("float32")',
  );
  await expect(imwrite("x.npy", zeros([1], "bfloat16"))).rejects.toThrow('use array.astype("float32")');
});

test("readNpz() wants a path or bytes", async () => {
  await expect(readNpz(undefined as never)).rejects.toThrow(
    new TypeError("Cannot read the arrays: source must be a path or a Uint8Array, got undefined"),
  );
});
