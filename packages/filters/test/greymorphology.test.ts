import { ndarray } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { ball, dilation, disk, erosion, footprintRectangle, whiteTophat } from "../src/index";

const nan = Number.NaN;
const cross = footprintRectangle([1, 3]);

test("dilation() and erosion() take no NaN where there is a number", () => {
  for (const dtype of ["float32", "float64"] as const) {
    const image = ndarray([[nan, 1, nan, nan, nan, -2]]).astype(dtype);
    expect([...dilation(image, cross).data]).toEqual([1, 1, 1, Number.NEGATIVE_INFINITY, -2, -2]);
    expect([...erosion(image, cross).data]).toEqual([1, 1, 1, Number.POSITIVE_INFINITY, -2, -2]);
  }
});

test("dilation() counts a value beyond the edge as the nearest one of the dtype", () => {
  const image = ndarray(Uint8Array.of(3, 200, 7), [1, 3]);
  expect([...dilation(image, cross, { mode: "constant", cval: 300 }).data]).toEqual([255, 200, 255]);
  expect([...dilation(image, cross, { mode: "constant", cval: -1 }).data]).toEqual([200, 200, 200]);
  expect([...erosion(image, cross, { mode: "constant", cval: 2.9 }).data]).toEqual([2, 3, 2]);
});

test("a point becomes the footprint, in any dtype, wherever it lies", () => {
  const shape = [9, 3000];
  for (const dtype of ["uint8", "int8", "uint16", "int16", "uint32", "int32", "int64", "float32"] as const) {
    for (const x of [4, 1023, 1500, 2995]) {
      const image = ndarray(new Float64Array(9 * 3000), shape).astype(dtype);
      image.set(100, 4, x);
      const found = dilation(image, disk(4));
      const patch = found.slice([0, 9], [x - 4, x + 5]);
      expect(patch.greater(0).astype("uint8").toArray()).toEqual(disk(4).toArray());
      expect(found.sum()).toBe(100 * disk(4).sum());
      expect(whiteTophat(image, disk(2)).equal(image).all()).toBe(1);
    }
  }
});

test("a point of a volume becomes the ball", () => {
  const image = ndarray(new Float64Array(7 * 9 * 500), [7, 9, 500]).astype("int16");
  image.set(-5, 3, 4, 300);
  const found = erosion(image, ball(3)).slice([0, 7], [1, 8], [297, 304]);
  expect(found.less(0).astype("uint8").toArray()).toEqual(ball(3).toArray());
});
