import { expect, test } from "vitest";
import { arange, concatenate, type DType, full, ndarray, stack, zeros } from "../src/index";

test("ndarray() shares a typed array, and reads nested ones", () => {
  const typed = new Uint16Array([1, 2, 3, 4]);
  expect(ndarray(typed, [2, 2]).buffer).toBe(typed);
  expect(ndarray([[1, 2]], undefined, { dtype: "uint8" })).toMatchObject({ dtype: "uint8", shape: [1, 2] });
  expect(ndarray([true, false]).dtype).toBe("bool");
  expect(ndarray([1n]).dtype).toBe("int64");
  expect(ndarray(5).shape).toEqual([]);
});

test("ndarray() refuses a shape that doesn't fit, and ragged arrays", () => {
  expect(() => ndarray(new Uint8Array(5), [2, 2])).toThrow(
    "shape [2, 2] must have as many elements as the data, 5",
  );
  expect(() => ndarray([[1], [2, 3]])).toThrow("equally long");
});

test("ndarray() takes bigints beyond 2^63 as uint64, as numpy does", () => {
  const ids = ndarray([2n ** 63n, 1n]);
  expect([ids.dtype, ids.toArray()]).toEqual(["uint64", [2n ** 63n, 1n]]);
  expect(ndarray([2n ** 63n], undefined, { dtype: "float64" }).get(0)).toBe(2 ** 63);
});

// As a cell of JavaScript, or one that silences TypeScript, can write it.
test("ndarray() refuses options and elements that it would have to ignore", () => {
  const options = (given: unknown) => () => ndarray([[1, 2]], undefined, given as object);
  expect(options("uint8")).toThrow(
    new TypeError('Cannot make an array: options must be an object, got "uint8"; use { dtype: "uint8" }'),
  );
  expect(options({ dtpye: "uint8" })).toThrow("got dtpye; write { dtype: … }");
  expect(options({ role: "labels" })).toThrow("labels must be integers, got float64");
  for (const [element, kind] of [
    ["1", "string"],
    [null, "null"],
    [undefined, "undefined"],
  ]) {
    expect(() => ndarray([[1, element as number]])).toThrow(
      new TypeError(`Cannot make an array: data must be numbers, in arrays or a typed array, got ${kind}`),
    );
  }
});

test("zeros() and full() refuse what is no shape or dtype", () => {
  expect(() => zeros([2.5])).toThrow(
    new RangeError("Cannot make an array: lengths must be whole numbers, not negative, got shape [2.5]"),
  );
  expect(() => full([-1, 3], 1)).toThrow("got shape [-1, 3]");
  expect(() => zeros(5 as never)).toThrow(
    new TypeError("Cannot make an array: the shape must be a list of lengths, got 5; use [5]"),
  );
  expect(() => zeros([2], "flaot32" as DType)).toThrow("dtype must be one of bool, uint8");
});

test("concatenate() and stack() take a list of arrays, and show it", () => {
  const array = zeros([2]);
  // As a cell of JavaScript, or one that silences TypeScript, can write it.
  for (const join of [concatenate, stack]) {
    const wanted = `Cannot ${join.name}: a list of arrays is needed`;
    const advice = `use ${join.name}([first, second])`;
    expect(() => join(array as never, array as never)).toThrow(
      new TypeError(`${wanted}, got an NdArray; ${advice}`),
    );
    expect(() => join([array, [1, 2]] as never)).toThrow(new TypeError(`${wanted}, got others; ${advice}`));
    expect(() => join(undefined as never)).toThrow(new TypeError(`${wanted}, got undefined; ${advice}`));
    expect(() => join([])).toThrow(RangeError);
  }
});

test("arange(), full(), concatenate() and stack() do what numpy's do", () => {
  expect(arange(1, 2, 0.25).toArray()).toEqual([1, 1.25, 1.5, 1.75]);
  expect(full([2], 300, "uint8").toArray()).toEqual([44, 44]);
  const [a, b] = [ndarray(new Uint8Array([1, 2])), ndarray(new Int8Array([3, 4]))];
  expect(stack([a, b], 1)).toMatchObject({ dtype: "int16", shape: [2, 2] });
  expect(concatenate([a, b]).toArray()).toEqual([1, 2, 3, 4]);
});
