import { ndarray } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { label } from "../src/index";
import { random } from "./random";

/** Steps to the neighbours of a pixel. */
function stepsOf(connectivity: number): number[][] {
  const along = [-1, 0, 1];
  return along
    .flatMap((z) => along.flatMap((y) => along.map((x) => [z, y, x])))
    .filter((step) => step.filter((length) => length !== 0).length <= connectivity);
}

/** Regions filled pixel by pixel from their first one. */
function flooded(
  values: readonly number[],
  [depth, height, width]: number[],
  connectivity: number,
): number[] {
  const labels = values.map(() => 0);
  let count = 0;
  for (let first = 0; first < values.length; first++) {
    if (values[first] === 0 || labels[first] > 0) continue;
    labels[first] = ++count;
    const open = [first];
    for (let pixel = open.pop(); pixel !== undefined; pixel = open.pop()) {
      const [z, y, x] = [
        Math.floor(pixel / (height * width)),
        Math.floor(pixel / width) % height,
        pixel % width,
      ];
      for (const [dz, dy, dx] of stepsOf(connectivity)) {
        const inside =
          z + dz >= 0 && z + dz < depth && y + dy >= 0 && y + dy < height && x + dx >= 0 && x + dx < width;
        const other = pixel + (dz * height + dy) * width + dx;
        if (!inside || values[other] !== values[first] || labels[other] > 0) continue;
        labels[other] = count;
        open.push(other);
      }
    }
  }
  return labels;
}

test.each([
  [[1, 40, 60], 2],
  [[1, 40, 60], 3],
  [[1, 30, 200], 8],
  [[1, 1, 90], 3],
  [[1, 90, 1], 3],
  [[6, 12, 20], 2],
  [[6, 12, 20], 4],
])("label() finds in %o pixels of %i values what flooding finds", (shape, count) => {
  const next = random(count);
  for (const stay of [0, 0.4, 0.8, 0.97]) {
    let value = 0;
    const values = Array.from({ length: shape[0] * shape[1] * shape[2] }, () => {
      if (next() >= stay) value = Math.floor(next() * count);
      return value;
    });
    const own = shape[0] === 1 ? shape.slice(1) : shape;
    for (let connectivity = 1; connectivity <= own.length; connectivity++) {
      const found = label(ndarray(values, own, { dtype: "uint8" }), { connectivity });
      expect([...found.data], `connectivity ${connectivity}`).toEqual(flooded(values, shape, connectivity));
    }
  }
});

test("label() numbers the pixels of a large chequerboard one by one, and over corners as one", () => {
  const side = 1201;
  const board = Uint8Array.from({ length: side * side }, (_, pixel) => 1 - (pixel % 2));
  const image = ndarray(board, [side, side], { dtype: "uint8" });
  const edges = label(image, { connectivity: 1 });
  expect(edges.data.every((number, pixel) => number === (pixel % 2 ? 0 : pixel / 2 + 1))).toBe(true);
  expect(label(image).data.every((number, pixel) => number === board[pixel])).toBe(true);
});

test("label() follows columns through rows that are longer than what is drawn at a time", () => {
  const [height, width] = [3, 100_001];
  const columns = Int32Array.from({ length: height * width }, (_, pixel) => (pixel % width) % 3);
  const image = ndarray(columns, [height, width], { dtype: "int32" });
  const expected = (x: number) => (x % 3 === 0 ? 0 : 2 * Math.floor(x / 3) + (x % 3));
  expect(label(image).data.every((number, pixel) => number === expected(pixel % width))).toBe(true);
});

test("label() leaves what it gave before alone, and begins anew for every image", () => {
  const first = label(ndarray([1, 0, 1], [1, 3], { dtype: "uint8" }));
  const second = label(ndarray([1, 1, 1], [1, 3], { dtype: "uint8" }));
  expect([[...first.data], [...second.data]]).toEqual([
    [1, 0, 2],
    [1, 1, 1],
  ]);
  expect(label(ndarray([], [3, 0], { dtype: "int32" })).size).toBe(0);
});
