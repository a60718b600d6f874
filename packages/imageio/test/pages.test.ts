import { join } from "node:path";
import { inspect } from "node:util";
import { expect, test } from "vitest";
import { imread, openImage } from "../src/index";

const fixture = (name: string) => join(import.meta.dirname, "fixtures", "pages", name);

/** What makepages.py writes into a page. */
const page = (number: number, height: number, width: number): number[][] =>
  Array.from({ length: height }, (_, y) => Array.from({ length: width }, (_, x) => 50 * number + 10 * y + x));

test("imread() refuses pages that are no stack, and says how to read one", async () => {
  await expect(imread(fixture("sizes.tif"))).rejects.toThrow(
    "its 3 pages must be alike to be a stack, got 4 × 5 uint8, 3 × 6 uint8; read one with { page: 0 }",
  );
  await expect(imread(fixture("dtypes.tif"))).rejects.toThrow("got 4 × 5 uint8, 4 × 5 uint16; read one");
});

test("imread() reads one page of a TIFF file by itself", async () => {
  const image = await imread(fixture("sizes.tif"), { page: 1 });
  expect([image.axes, image.toArray()]).toEqual(["YX", page(1, 3, 6)]);
  expect((await imread(fixture("sizes.tif"), { page: 2 })).toArray()).toEqual(page(2, 4, 5));
  const second = await openImage(fixture("dtypes.tif"), { page: 1 });
  expect([second.dtype, (await second.read([1, 3])).toArray()]).toEqual([
    "uint16",
    page(1, 4, 5).slice(1, 3),
  ]);
  // Of a stack too, whose description is of all its pages.
  const stack = join(import.meta.dirname, "fixtures", "stack.tif");
  expect((await imread(stack, { page: 2 })).toArray()).toEqual((await imread(stack)).at(2).toArray());
});

test("imread() reads a slide in tiles without the picture of its label, which is a page", async () => {
  expect((await imread(fixture("slide.tif"))).toArray()).toEqual(page(0, 32, 48));
  expect((await imread(fixture("slide.tif"), { page: 1 })).shape).toEqual([3, 6]);
});

test("imread() refuses a page that isn't there, and pages of other formats", async () => {
  await expect(imread(fixture("sizes.tif"), { page: 3 })).rejects.toThrow("page must be from 0 to 2, got 3");
  await expect(imread(fixture("sizes.tif"), { page: 0.5 })).rejects.toThrow("got 0.5");
  const png = join(import.meta.dirname, "fixtures", "gray16.png");
  await expect(imread(png, { page: 0 })).rejects.toThrow("only TIFF has pages, got page 0; leave it out");
});

test("openImage() has the names of an OME-TIFF's channels", async () => {
  const image = await openImage(fixture("named.ome.tif"));
  expect([image.axes, image.channels]).toEqual(["CYX", ["DAPI", "GFP & more"]]);
  expect((await image.read(image.channels?.indexOf("GFP & more") ?? 0)).toArray()).toEqual(page(1, 4, 5));
  expect(inspect(image)).toContain("axes CYX, channels DAPI, GFP & more;");
  expect((await openImage(fixture("unnamed.ome.tif"))).channels).toBeUndefined();
  expect((await openImage(fixture("sizes.tif"), { page: 0 })).channels).toBeUndefined();
});
