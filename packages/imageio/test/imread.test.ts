import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ImageFileError, imread } from "../src/index";

const fixtures = join(__dirname, "fixtures");
const values: Record<string, { dtype: string; shape: number[]; data: number[] }> = JSON.parse(
  readFileSync(join(fixtures, "values.json"), "utf8"),
);
const refused = ["zstd.tif", "float64.tif", "float16.tif", "int16.tif", "twochannels.tif"];

for (const [name, expected] of Object.entries(values).filter(([name]) => !refused.includes(name))) {
  test(`imread() reads ${name} with the values that Python reads`, async () => {
    const image = await imread(join(fixtures, name));
    expect({ dtype: image.dtype, shape: image.shape }).toEqual({
      dtype: expected.dtype,
      shape: expected.shape,
    });
    expect(Array.from(image.data as Uint16Array)).toEqual(expected.data);
  });
}

for (const name of refused) {
  test(`imread() refuses ${name}, which it can't read exactly, and says how to save it`, async () => {
    await expect(imread(join(fixtures, name))).rejects.toThrow(/Cannot read .*; save it (with|as)/);
  });
}

test("imread() reads bytes as it reads a file", async () => {
  const bytes = new Uint8Array(readFileSync(join(fixtures, "gray8.png")));
  expect((await imread(bytes)).shape).toEqual(values["gray8.png"]?.shape);
});

test("imread() names a missing file and those that are like it", async () => {
  await expect(imread(join(fixtures, "grey.png"))).rejects.toThrow(/grey\.png: there is no such file/);
  await expect(imread(join(fixtures, "gray.png"))).rejects.toThrow("gray16.png");
  await expect(imread("no/such/folder.tif")).rejects.toThrow("the folder no/such doesn't exist");
});

test("imread() refuses text, half a file, a URL and a number", async () => {
  const whole = new Uint8Array(readFileSync(join(fixtures, "gray16.png")));
  await expect(imread(new TextEncoder().encode("not an image"))).rejects.toThrow(ImageFileError);
  await expect(imread(whole.subarray(0, whole.length >> 1))).rejects.toThrow(ImageFileError);
  await expect(imread("https://example.org/cells.png")).rejects.toThrow("await fetch");
  await expect(imread(JSON.parse("7"))).rejects.toThrow("source must be a path or a Uint8Array, got number");
});
