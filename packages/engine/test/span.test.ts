import { expect, test } from "vitest";
import { fromNetwork, spanOf, toNetwork } from "../src/span";

const plane = (height: number, width: number) => ({
  data: Float32Array.from({ length: height * width }, (_, pixel) => ((pixel * 7919) % 101) + pixel / 50),
  height,
  width,
});

/** Rows and columns of a plane from given starts on. */
function part(
  { data, width }: { data: Float32Array; width: number },
  top: number,
  left: number,
  h: number,
  w: number,
) {
  const result = new Float32Array(h * w);
  for (let y = 0; y < h; y++)
    result.set(data.subarray((top + y) * width + left, (top + y) * width + left + w), y * w);
  return { data: result, height: h, width: w };
}

const largestDifference = (a: Float32Array, b: Float32Array): number =>
  a.reduce(
    (largest, value, index) => Math.max(largest, Math.abs(value - b[index])),
    Math.abs(a.length - b.length),
  );

test("toNetwork() doubles as bilinear interpolation by hand", () => {
  const row = { data: Float32Array.of(0, 4, 8, 0), height: 1, width: 4 };
  const columns = spanOf(4, 0, 4, 2, 1);
  const same = { length: 1, scaledLength: 1, start: 0, stop: 1, scaledStart: 0, scaledStop: 1 };
  expect(Array.from(toNetwork(row, same, columns).data)).toEqual([0, 1, 3, 5, 7, 6, 2, 0]);
});

test.each([0.2, 0.31, 0.708, 1, 1.7])(
  "toNetwork() of a part is the part of the whole, at scale %d",
  (scale) => {
    const [height, width] = [400, 333];
    const image = plane(height, width);
    const whole = toNetwork(image, spanOf(height, 0, height, scale, 16), spanOf(width, 0, width, scale, 16));
    const rows = spanOf(height, 96, 400, scale, 16);
    const columns = spanOf(width, 48, 288, scale, 16);
    const found = toNetwork(part(image, 96, 48, 304, 240), rows, columns);
    const expected = part(whole, rows.scaledStart, columns.scaledStart, found.height, found.width);
    // The outermost pixels would need neighbours that the part hasn't got.
    const inner = (of: typeof found) => part(of, 1, 1, of.height - 1, of.width - 2).data;
    expect(largestDifference(inner(found), inner(expected))).toBeLessThan(1e-3);
  },
);

test("fromNetwork() brings a slope back to where it was", () => {
  const [height, width] = [100, 80];
  const slope = {
    data: Float32Array.from({ length: height * width }, (_, p) => Math.floor(p / width) + 2 * (p % width)),
    height,
    width,
  };
  const [rows, columns] = [spanOf(height, 0, height, 0.6, 16), spanOf(width, 0, width, 0.6, 16)];
  const { data } = fromNetwork(toNetwork(slope, rows, columns), rows, columns);
  const inner = (of: { data: Float32Array; width: number }) => part(of, 2, 2, height - 4, width - 4).data;
  expect(largestDifference(inner({ data, width }), inner(slope))).toBeLessThan(1e-2);
});
