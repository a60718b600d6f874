import { expect, test } from "vitest";
import { type NdArray, ndarray, Table, zeros } from "../src/index";

// Untyped, as in a cell: TypeScript there lets brackets pass.
// biome-ignore lint/suspicious/noExplicitAny: see above
const untyped = (value: NdArray | Table): any => value;

test("NdArray refuses brackets, and says what to write", () => {
  const image = untyped(zeros([2, 3, 4]));
  expect(() => image[1]).toThrow(
    new TypeError(
      "Cannot index an array with brackets: use at(1) for the part, get(1, 0, 0) for a number or set(value, 1, 0, 0), got [1]",
    ),
  );
  expect(() => image[-1]).toThrow("use at(-1)");
  expect(() => {
    image[0] = 1;
  }).toThrow("set(value, 0, 0, 0), got [0]");
  expect(Object.keys(image)).not.toContain("0");
});

test("NdArray has no other names than its own, none of them by way of the guard", async () => {
  const image = untyped(ndarray([1, 2]));
  expect(image.nowhere).toBeUndefined();
  expect(await image).toBe(image);
  expect(Object.hasOwn(image, "shape")).toBe(true);
  image.note = "kept";
  expect(image.note).toBe("kept");
  expect(image).toBeInstanceOf(Object);
});

test("Table refuses the brackets of columns and rows", () => {
  const table = untyped(new Table({ "centroid-0": [1, 2] }));
  expect(() => table["centroid-0"]).toThrow(
    new TypeError('Cannot index a table with brackets: use column("centroid-0"), got ["centroid-0"]'),
  );
  expect(() => table[0]).toThrow("use row(0), got [0]");
  expect(table.area).toBeUndefined();
});

test("NdArray is no number, but for one of no axes, and a short text", () => {
  const image = ndarray(Uint8Array.of(1, 2, 3, 4), [2, 2]);
  expect(() => -image).toThrow("use its methods, such as multiply(-1), got NdArray [2, 2] uint8");
  expect(() => Math.sqrt(untyped(image))).toThrow(TypeError);
  expect(`${image}`).toBe("NdArray [2, 2] uint8");
  expect(untyped(image.at(1, 0)) + 1).toBe(4);
  expect(`${image.at(1, 0)}`).toBe("3");
});
