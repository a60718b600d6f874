import { ndarray, Table, zeros } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { describeValue } from "../src/valuedescription";

/** Filled squares of a side, in a grid, on a dark ground. */
function squares(side: number, value: number) {
  const image = zeros([120, 160], "uint16");
  for (let y = 10; y + side < 120; y += side + 12) {
    for (let x = 10; x + side < 160; x += side + 12) {
      for (let row = 0; row < side; row++) {
        for (let column = 0; column < side; column++) image.set(value, y + row, x + column);
      }
    }
  }
  return image;
}

test("describeValue() tells shape, dtype, range and diameter of an image's objects", () => {
  // A square of side 20 has the area of a disk of 22.6 px; smoothed by 1 px, it may be a pixel wider on each side.
  expect(describeValue(squares(20, 900))).toMatch(
    /^NdArray \[120, 160\] uint16, values 0 to 900, median 0, bright objects of about 2[2-4] px$/,
  );
  expect(describeValue(zeros([50, 50], "uint8"))).toBe("NdArray [50, 50] uint8, values 0 to 0, median 0");
});

test("describeValue() tells the number and the diameter of a mask's objects", () => {
  const mask = ndarray(Uint16Array.of(1, 1, 0, 2, 1, 1, 0, 0, 0, 0, 0, 7), [3, 4], { role: "labels" });
  // Areas 4, 1, 1: the median disk has an area of 1, so a diameter of 1.13.
  expect(describeValue(mask)).toBe("NdArray [3, 4] uint16, labels of 3 objects, median diameter 1 px");
  const none = ndarray(new Uint16Array(4), [2, 2], { role: "labels" });
  expect(describeValue(none)).toBe("NdArray [2, 2] uint16, labels of 0 objects");
});

test("describeValue() tells axes and pixel size where they are known", () => {
  const image = ndarray(Float32Array.of(0, 1, 2, 3), [2, 2], { spacing: [0.65, 0.65] });
  expect(describeValue(image)).toBe(
    "NdArray [2, 2] float32, axes YX, 0.65 × 0.65 µm per pixel, values 0 to 3, median 1.5",
  );
});

test.each([
  [null, "null"],
  [12, "12"],
  ["a\nb", '"a\\nb"'],
  [() => 1, "a function"],
  [[], "Array of 0"],
  [[zeros([2, 3]), 1], "Array of 2, the first: NdArray [2, 3] float64"],
  [
    { mask: zeros([2, 3], "uint16"), info: { a: 1 } },
    "Object { mask: NdArray [2, 3] uint16, info: an object }",
  ],
  [new Table({ area: [1, 2] }), "Table of 2 rows with the columns area"],
  [zeros([2, 2], "bool"), "NdArray [2, 2] bool, 0% true"],
  [zeros([0, 3]), "NdArray [0, 3] float64"],
])("describeValue(%s) is %s", (value, text) => {
  expect(describeValue(value)).toBe(text);
});

test("describeValue() is never longer than 200 characters", () => {
  for (const value of ["x".repeat(1000), { a: "x".repeat(1000) }, new Table({ ["y".repeat(300)]: [1] })]) {
    expect(describeValue(value).length).toBeLessThanOrEqual(200);
  }
});
