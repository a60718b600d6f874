import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { NdArray } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { ImageFileError, imread } from "../src/index";
import { expected, fixtures } from "./expected";

const bytesOf = ({ data }: NdArray) => Buffer.from(data.buffer, data.byteOffset, data.byteLength);

/** JPEG decoders round differently. */
const isLossy = (name: string) => /jpe?g/.test(name) && !name.startsWith("gray");

for (const [name, { dtype, shape, axes, spacing, data }] of Object.entries(expected)) {
  test(`imread() reads ${name} with the values that Python reads`, async () => {
    const image = await imread(join(fixtures, name));
    expect({ dtype: image.dtype, shape: image.shape }).toEqual({ dtype, shape });
    const values = Buffer.from(data, "base64");
    if (isLossy(name)) {
      const differences = bytesOf(image).map((value, at) => Math.abs(value - values[at]));
      expect(Math.max(...differences)).toBeLessThanOrEqual(4);
    } else expect(bytesOf(image).equals(values)).toBe(true);
    if (axes) expect(image.axes).toBe(axes);
    if (spacing) expect(image.spacing?.map((step) => Number(step.toPrecision(9)))).toEqual(spacing);
    else expect(image.spacing).toBeUndefined();
  });
}

test("imread() names the axes of an image that is no TIFF", async () => {
  expect((await imread(join(fixtures, "rgb8.png"))).axes).toBe("YXS");
  expect((await imread(join(fixtures, "gray16.png"))).axes).toBe("YX");
});

test("imread() reads bytes as it reads a file", async () => {
  for (const name of ["gray8.png", "five.ome.tif"]) {
    const image = await imread(new Uint8Array(readFileSync(join(fixtures, name))));
    expect(bytesOf(image).equals(Buffer.from(expected[name].data, "base64"))).toBe(true);
  }
});

test("imread() refuses what it can't read exactly, and says how to save it", async () => {
  await expect(imread(join(fixtures, "complex.tif"))).rejects.toThrow(
    /Cannot read .*complex\.tif: its complex numbers of 64 bits .*; save it as/,
  );
  await expect(imread(join(fixtures, "jpeg2000.tif"))).rejects.toThrow(
    "(JPEG 2000) isn't read; save it with deflate",
  );
});

test("imread() names a missing file and those that are like it", async () => {
  await expect(imread(join(fixtures, "grey.png"))).rejects.toThrow(/grey\.png: there is no such file/);
  await expect(imread(join(fixtures, "gray.png"))).rejects.toThrow("gray16.png");
  await expect(imread("no/such/folder.tif")).rejects.toThrow("the folder no/such doesn't exist");
});

test("imread() refuses text, half a file, a URL, a number, and a level or an option that isn't there", async () => {
  const whole = new Uint8Array(readFileSync(join(fixtures, "gray16.png")));
  await expect(imread(new TextEncoder().encode("not an image"))).rejects.toThrow(ImageFileError);
  await expect(imread(new Uint8Array())).rejects.toThrow("Cannot read the image of 0 bytes: it is empty");
  await expect(imread(whole.subarray(0, whole.length >> 1))).rejects.toThrow(
    "its PNG data is damaged or not whole (",
  );
  await expect(imread(Uint8Array.of(1, 2, 3, 250))).rejects.toThrow(
    "it must be a whole TIFF, PNG, JPEG, WebP, GIF, NPY, NPZ, NIfTI or OME-Zarr image (",
  );
  await expect(imread("https://example.org/cells.png")).rejects.toThrow("await fetch");
  await expect(imread(JSON.parse("7"))).rejects.toThrow("source must be a path or a Uint8Array, got number");
  await expect(imread(whole, JSON.parse('{ "channel": 1 }'))).rejects.toThrow(
    "among level, page, role, axes, spacing, signal, got channel",
  );
  await expect(imread(whole, { level: 1 })).rejects.toThrow("level must be from 0 to 0, got 1");
});
