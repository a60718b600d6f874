import { type NdArray, ndarray, stack, zeros } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { linkDiameter, maskBundle, maskText } from "../src/index";

/** A mask of one object, rows 2 to 5 and columns 3 to 6 of 12 × 12. */
const mask = zeros([12, 12], "uint16");
for (let y = 2; y < 6; y++) for (let x = 3; x < 7; x++) mask.set(1, y, x);

/** An image of one value in the object and another outside. */
const imageOf = (inside: number, outside: number): NdArray =>
  mask
    .greater(0)
    .astype("float32")
    .multiply(inside - outside)
    .add(outside);

const digest = (image: NdArray): string => String(maskBundle(mask, { image }).data["text/plain"]);

test("the digest of a mask over its image has the intensities in the objects and outside", () => {
  const text = digest(imageOf(90, 20));
  expect(text).toContain("\nMedian intensity: 90 in the objects, 20 outside");
  expect(text).not.toContain("brighter");
  // Dark objects are seen as well.
  expect(digest(imageOf(20, 90))).not.toContain("brighter");
});

test("the digest of a mask has the mean of the middle two of an even number of intensities", () => {
  // Python's statistics.median of the 16 pixels in the object and of the other 128.
  const ramp = ndarray(
    Uint16Array.from({ length: 144 }, (_, i) => i),
    [12, 12],
  );
  expect(digest(ramp)).toContain("\nMedian intensity: 46.5 in the objects, 79.5 outside");
});

test("the digest of a mask warns of objects that are not seen in the image", () => {
  const warning = "Warning: the objects are hardly brighter or darker than what is around them";
  expect(digest(imageOf(5, 5))).toContain(warning);
  const bright = imageOf(50, 48).copy();
  for (let x = 0; x < 12; x++) bright.set(1000, 0, x);
  expect(digest(bright)).toContain(warning);
});

test("the digest of a mask has the intensities of each channel, and warns only if all are faint", () => {
  const text = digest(stack([imageOf(5, 5), imageOf(90, 20)], 2));
  expect(text).toContain(
    "Median intensity: channel 0 5 in the objects, 5 outside; channel 1 90 in the objects, 20 outside",
  );
  expect(text).not.toContain("brighter");
});

test("the digest of a mask of nothing has no intensities", () => {
  const empty = zeros([12, 12], "uint16");
  expect(String(maskBundle(empty, { image: imageOf(1, 0) }).data["text/plain"])).not.toContain("intensity");
});

test("the digest of a mask warns of a diameter that was far off, and says the right one", () => {
  // 16 pixels: a disk of 4.51 px.
  const found = mask.copy();
  linkDiameter(found, 30);
  expect(maskText(found)).toContain(
    "Warning: the model was told a diameter of 30 px, but the objects have 5 px: try { diameter: 5 }, or leave it out",
  );
  linkDiameter(found, 8);
  expect(maskText(found)).not.toContain("diameter of");
});

test("maskText() is the text that maskBundle() has, and at most 1,200 characters", () => {
  expect(maskText(mask)).toBe(maskBundle(mask).data["text/plain"]);
  const worst = ndarray(
    Int32Array.from({ length: 10_000 }, (_, i) => i + 1),
    [1, 100, 100],
    { role: "labels" },
  );
  linkDiameter(worst, 1e9);
  expect(maskText(worst)).toContain("Warning");
  expect(maskText(worst).length).toBeLessThanOrEqual(1200);
});
