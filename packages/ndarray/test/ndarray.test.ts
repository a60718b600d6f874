import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { concatenate, type DType, full, NdArray, ndarray, stack, zeros } from "../src/index";
import { promote } from "../src/promotion";

const numpy = JSON.parse(readFileSync(join(__dirname, "fixtures/numpy.json"), "utf8"));
const values = ndarray(Float64Array.from(numpy.values), [3, 4, 5]);
const strings = (array: NdArray) => Array.from(array.data as ArrayLike<number | bigint>, String);

describe("casting and promotion", () => {
  test("promote() follows numpy's table", () => {
    for (const [a, row] of Object.entries<Record<string, string>>(numpy.promotion)) {
      for (const [b, expected] of Object.entries(row)) {
        expect(promote(a as DType, b as DType), `${a} with ${b}`).toBe(expected);
      }
    }
  });

  test("astype() rounds to float16 as numpy does", () => {
    expect(Array.from(ndarray(numpy.floats).astype("float16").data)).toEqual(
      numpy.float16.map((x: number) => x ?? Number.POSITIVE_INFINITY),
    );
  });

  test("astype() rounds to bfloat16: 7 bits of fraction, halves to even", () => {
    const rounded = ndarray([1, 1.00390625, 1.01171875, 3.15, 3.4e38, 3.395e38, 1e-40])
      .astype("bfloat16")
      .toArray();
    expect(rounded).toEqual([
      1,
      1,
      1.015625,
      3.15625,
      Infinity,
      Math.fround(3.3895313892515355e38),
      2 ** -133,
    ]);
  });

  test("astype() keeps the low bits of integers that are out of range", () => {
    const integers = ndarray(BigInt64Array.from(numpy.integers as number[], BigInt));
    for (const [dtype, expected] of Object.entries<string[]>(numpy.integerCasts)) {
      const cast = strings(integers.astype(dtype as DType));
      expect(cast, dtype).toEqual(expected.map((text) => ({ True: "1", False: "0" })[text] ?? text));
    }
  });

  test("astype() drops fractions, and makes NaN and infinities 0", () => {
    const floats = ndarray([1.9, -1.9, 300.5, Number.NaN, Infinity]);
    expect(floats.astype("int8").toArray()).toEqual([1, -1, 44, 0, 0]);
    expect(floats.astype("int64").toArray()).toEqual([1n, -1n, 300n, 0n, 0n]);
    expect(floats.astype("bool").toArray()).toEqual([true, true, true, true, true]);
  });

  test("astype() names the dtypes for a wrong one", () => {
    expect(() => values.astype("float31" as DType)).toThrow("dtype must be one of bool, uint8");
  });

  test("a plain number is weak: it keeps the array's dtype when it is whole, and must fit", () => {
    const bytes = ndarray(new Uint8Array([250, 3, 0]));
    expect(bytes.add(10)).toMatchObject({ dtype: "uint8" });
    expect(strings(bytes.add(10))).toEqual(numpy.wrap.add);
    expect(strings(bytes.subtract(4))).toEqual(numpy.wrap.subtract);
    expect(strings(bytes.multiply(3))).toEqual(numpy.wrap.multiply);
    expect(bytes.multiply(0.5).toArray()).toEqual([125, 1.5, 0]);
    expect(bytes.divide(2)).toMatchObject({ dtype: "float64" });
    expect(() => bytes.add(300)).toThrow(
      'the number must fit uint8, got 300; convert first: .astype("float64")',
    );
  });

  test("a plain number takes the dtype of the floats that it meets, as numpy's does", () => {
    for (const dtype of ["float16", "float32"] as const) {
      const floats = values.flatten().slice([0, 20]).astype(dtype);
      expect(Array.from(floats.multiply(0.001).data), dtype).toEqual(numpy.weak[dtype]);
      const tenths = full([1], 0.1, dtype);
      const { equal, greater, lessEqual } = tenths;
      const found = [equal, greater, lessEqual].map((compare) => compare.call(tenths, 0.1).toArray());
      expect(found, dtype).toEqual([[true], [false], [true]]);
    }
    expect(full([1], 2, "uint8").greater(1.5).toArray()).toEqual([true]);
  });

  test("integer powers wrap, and take no negative exponent", () => {
    // numpy: np.array([3, 7], "uint32") ** 40 and np.array([-3], "int32") ** 41.
    expect(
      ndarray(new Uint32Array([3, 7]))
        .power(40)
        .toArray(),
    ).toEqual([689956897, 4152848833]);
    expect(
      ndarray(new Int32Array([-3]))
        .power(41)
        .toArray(),
    ).toEqual([-2069870691]);
    // Python: pow(3, 1_000_000_001, 2**32), and pow(3, 2_000_000_001, 2**64) as a signed number.
    expect(full([1], 3, "uint32").power(1_000_000_001).toArray()).toEqual([2351536131]);
    expect(full([1], 3, "int64").power(2_000_000_001).toArray()).toEqual([4731315788824391683n]);
    expect(() => ndarray(new Int32Array([2])).power(-1)).toThrow('convert first: .astype("float64")');
  });

  test("a division by any number gives floats", () => {
    const bytes = ndarray(new Uint8Array([250, 3]));
    expect(bytes.divide(1000).toArray()).toEqual([0.25, 0.003]);
    expect(bytes.divide(-1).toArray()).toEqual([-250, -3]);
  });

  test("logicalAnd() and logicalOr() take NaN as true, as any() does", () => {
    const array = ndarray([Number.NaN, 0]);
    expect(array.logicalAnd(ndarray([1, 1])).toArray()).toEqual([true, false]);
    expect(array.logicalOr(ndarray([0, 0])).toArray()).toEqual([true, false]);
  });

  test("64-bit integers stay exact", () => {
    const big = ndarray(new BigUint64Array([2n ** 63n + 1n, 5n]));
    expect(big.add(1).toArray()).toEqual([2n ** 63n + 2n, 6n]);
    expect(big.greater(5).toArray()).toEqual([true, false]);
    expect(() => big.max()).toThrow("within 2^53");
  });
});

describe("views", () => {
  test("at(), slice(), transpose(), expandDims() and squeeze() share memory", () => {
    const array = zeros([2, 3], "int32");
    array.at(1).set(7, 0);
    array.slice(null, [1, 2]).set(8, 0, 0);
    array.transpose().set(9, 2, 1);
    array.expandDims(0).squeeze(0).set(5, 0, 0);
    expect(array.toArray()).toEqual([
      [5, 8, 0],
      [7, 0, 9],
    ]);
  });

  test("slice() and transpose() select what numpy selects", () => {
    expect(strings(values.slice([1], [null, null, -2], [-4, -1]))).toEqual(numpy.slice);
    expect(strings(values.transpose([2, 0, 1]))).toEqual(numpy.transpose);
  });

  test("slice() with a number drops the axis, and cuts what is out of range", () => {
    expect(values.slice(null, -1).shape).toEqual([3, 5]);
    expect(values.slice([2, 99], [99, 100]).shape).toEqual([1, 0, 5]);
    expect(() => values.slice(3, null)).toThrow(
      "Cannot slice: index 0 must be a whole number from -3 to 2, got 3",
    );
    expect(() => values.slice(0, 2)).toThrow(
      "Cannot slice: a range must be [start, stop], got 0, 2; for a part write slice([0, 2]), for one element or plane at(0, 2)",
    );
  });

  test("data shares memory exactly when the elements lie in C order", () => {
    expect(values.data).toBe(values.buffer);
    expect((values.at(1).data as Float64Array).buffer).toBe((values.buffer as Float64Array).buffer);
    expect(values.transpose().data).not.toBe(values.buffer);
  });

  test("the role of labels stays with views and integer casts, and goes with arithmetic", () => {
    const mask = ndarray(new Uint16Array(8), [2, 2, 2], { role: "labels" });
    expect(
      [mask.at(0), mask.slice([0, 1]), mask.copy(), mask.astype("int32")].map((array) => array.role),
    ).toEqual(Array(4).fill("labels"));
    expect([mask.add(1), mask.astype("float32"), mask.greater(0)].map((array) => array.role)).toEqual(
      Array(3).fill(undefined),
    );
  });

  test("get() and at() name the range of a wrong index", () => {
    expect(() => values.at(5)).toThrow("Cannot index: index 0 must be a whole number from -3 to 2, got 5");
    expect(() => values.get(0, 0)).toThrow("3 indices are needed, got 2");
    expect(+values.at(0, 0, 1)).toBe(values.get(0, 0, 1));
  });
});

describe("arithmetic and reductions", () => {
  test("operations broadcast", () => {
    const difference = values.subtract(values.slice(null, [0, 1]));
    expect(Array.from(difference.data as Float64Array)).toEqual(numpy.broadcast);
    expect(() => values.add(zeros([2]))).toThrow(
      "the shapes must be equal or broadcast, got [3, 4, 5] and [2]",
    );
  });

  test("reductions agree with numpy, over everything, an axis and two axes", () => {
    for (const [name, expected] of Object.entries<Record<string, number | number[]>>(numpy.reductions)) {
      const reduce = (axis?: number | number[]): unknown => {
        const method = values[name as "sum"];
        return axis === undefined ? method.call(values) : Array.from(method.call(values, axis).data);
      };
      expect(reduce(), name).toBeCloseTo(expected.all as number, 9);
      for (const axis of [0, 1, 2, [0, 2]]) {
        const wanted = (expected[String(axis)] as number[]).map((value) => expect.closeTo(value, 9));
        expect(reduce(axis), `${name} ${axis}`).toEqual(wanted);
      }
    }
  });

  test("percentile() interpolates as numpy does", () => {
    for (const [q, expected] of Object.entries<number[]>(numpy.percentile)) {
      const wanted = expected.map((value) => expect.closeTo(value, 9));
      expect(Array.from(values.percentile(Number(q), 1).data)).toEqual(wanted);
    }
    expect(() => values.percentile(101)).toThrow("q must be from 0 to 100, got 101");
  });

  test("min(), max(), argmax() and percentile() pass NaN on, and need elements", () => {
    const array = ndarray([1, Number.NaN, 3]);
    expect([array.min(), array.max(), array.percentile(50)]).toEqual([NaN, NaN, NaN]);
    expect(array.argmax()).toBe(1);
    expect(() => zeros([0]).max()).toThrow("Cannot take the max: the array must have elements, got none");
  });
});

test("reshape() and transpose() take a list, and operations an array or a number", () => {
  const array = ndarray(new Uint8Array(6), [2, 3]);
  expect(() => array.reshape(3 as never)).toThrow(
    new TypeError("Cannot reshape: a list is needed, got 3; use reshape([3, …])"),
  );
  expect(() => array.transpose(1 as never)).toThrow("use transpose([1, …])");
  for (const [other, got] of [
    ["2", "string"],
    [undefined, "undefined"],
    [[2], "a list; use ndarray([…])"],
    [2n, "bigint; use 2"],
  ]) {
    expect(() => array.add(other as never)).toThrow(
      new TypeError(`Cannot add: an array or a number is needed, got ${got}`),
    );
    expect(() => array.greater(other as never)).toThrow("Cannot greater: an array or a number is needed");
  }
});

test("an NdArray iterates over its first axis", () => {
  expect([...values].map((plane) => plane.shape)).toEqual([
    [4, 5],
    [4, 5],
    [4, 5],
  ]);
  expect(values.at(0)).toBeInstanceOf(NdArray);
});

test("projections keep the dtype, and any() and all() give bools, as numpy's do", () => {
  const stack = ndarray(Uint16Array.of(1, 9, 3, 4, 5, 6, 7, 2), [2, 2, 2], { role: "labels", axes: "ZYX" });
  const projection = stack.max(0);
  expect([projection.dtype, projection.role, projection.axes]).toEqual(["uint16", "labels", "YX"]);
  expect(projection.toArray()).toEqual([
    [5, 9],
    [7, 4],
  ]);
  expect(stack.min([1, 2]).data).toEqual(Uint16Array.of(1, 2));
  expect(stack.greater(4).any(0).toArray()).toEqual([
    [true, true],
    [true, false],
  ]);
  expect(stack.greater(1).all(0).dtype).toBe("bool");
  expect(stack.argmax(0).data).toEqual(Int32Array.of(1, 0, 1, 0));
  expect([stack.mean(0), stack.sum(0), stack.std(0)].map(({ dtype, role }) => [dtype, role])).toEqual(
    new Array(3).fill(["float64", undefined]),
  );
  expect(ndarray(Float32Array.of(1, Number.NaN, 3, 4), [2, 2]).max(0).data).toEqual(
    Float32Array.of(3, Number.NaN),
  );
  const big = ndarray(BigInt64Array.of(1n, -5n, 2n, 4n), [2, 2]);
  expect(big.min(0).data).toEqual(BigInt64Array.of(1n, -5n));
  expect(() => big.multiply(2 ** 52).sum(1)).toThrow("2^53");
});

describe("axes and spacing", () => {
  const volume = ndarray(new Uint16Array(2 * 3 * 4 * 5), [2, 3, 4, 5], {
    axes: "CZYX",
    spacing: [0.5, 0.2, 0.1],
  });
  const of = ({ axes, spacing }: NdArray) => [axes, spacing];

  test("views keep those of the axes that they keep", () => {
    expect(of(volume)).toEqual(["CZYX", [0.5, 0.2, 0.1]]);
    expect(of(volume.at(0))).toEqual(["ZYX", [0.5, 0.2, 0.1]]);
    expect(of(volume.at(0, 2))).toEqual(["YX", [0.2, 0.1]]);
    expect(of(volume.slice(null, 1, [0, 4, 2], [null, null, -1]))).toEqual(["CYX", [0.4, 0.1]]);
    expect(of(volume.transpose([3, 0, 2, 1]))).toEqual(["XCYZ", [0.1, 0.2, 0.5]]);
    expect(of(volume.expandDims(1).slice([0, 1]).squeeze(0))).toEqual(["QZYX", [0.5, 0.2, 0.1]]);
    expect([...volume.at(0)].map(of)[1]).toEqual(["YX", [0.2, 0.1]]);
  });

  test("copies, casts and operations of one shape keep them", () => {
    expect(of(volume.transpose().copy())).toEqual(["XYZC", [0.1, 0.2, 0.5]]);
    expect(of(volume.astype("float32"))).toEqual(of(volume));
    expect(of(volume.add(1))).toEqual(of(volume));
    expect(of(zeros([5]).add(volume))).toEqual(of(volume));
    expect(of(volume.greater(0))).toEqual(of(volume));
    expect(of(volume.max(1) as NdArray)).toEqual(["CYX", [0.2, 0.1]]);
    expect(of(concatenate([volume, volume], 1))).toEqual(of(volume));
    expect(of(stack([volume.at(0, 0), volume.at(0, 1)]))).toEqual(["QYX", [0.2, 0.1]]);
  });

  test("what changes the axes drops them", () => {
    expect(of(volume.reshape([6, 20]))).toEqual([undefined, undefined]);
    expect(of(volume.at(0, 0, 0).add(zeros([2, 5])))).toEqual([undefined, undefined]);
    expect(of(concatenate([volume, zeros([2, 3, 4, 5])]))).toEqual([undefined, undefined]);
  });

  test("spacing is given only if that of all spatial axes is known, and by itself names the axes", () => {
    const dimensions = [{ name: "Z" }, { name: "Y", spacing: 2 }, { name: "X", spacing: 3 }];
    const stackOfUnknownDepth = new NdArray({
      dtype: "uint8",
      shape: [1, 1, 1],
      buffer: new Uint8Array(1),
      dimensions,
    });
    expect(of(stackOfUnknownDepth)).toEqual(["ZYX", undefined]);
    expect(of(stackOfUnknownDepth.at(0))).toEqual(["YX", [2, 3]]);
    expect(of(ndarray([[1, 2]], undefined, { spacing: [2, 3] }))).toEqual(["YX", [2, 3]]);
  });

  test("withMetadata() gives a view another pixel size, axes or role, and keeps the rest", () => {
    const stack = ndarray(new Uint8Array(24), [2, 3, 4], { axes: "IYX", spacing: [2, 3] });
    const described = stack.withMetadata({ role: "labels" });
    expect([described.role, ...of(described)]).toEqual(["labels", "IYX", [2, 3]]);
    expect(described.buffer).toBe(stack.buffer);
    expect(of(stack.withMetadata({ spacing: 0.5 }))).toEqual(["IYX", [0.5, 0.5]]);
    expect(of(stack.withMetadata({ axes: "TYX" }))).toEqual(["TYX", [2, 3]]);
    // Planes of which nobody said what they are, and a size for them.
    expect(of(stack.withMetadata({ spacing: [4, 1, 1] }))).toEqual(["ZYX", [4, 1, 1]]);
    expect(of(stack.transpose().withMetadata({ axes: "XYZ", spacing: [1, 1, 4] }))).toEqual([
      "XYZ",
      [1, 1, 4],
    ]);
    expect(of(described.at(0).withMetadata({ spacing: [7, 8] }))).toEqual(["YX", [7, 8]]);
    const plain = ndarray(new Uint8Array(24), [2, 3, 4]);
    expect(of(plain.withMetadata({ spacing: 0.5 }))).toEqual(["ZYX", [0.5, 0.5, 0.5]]);
    expect(() => plain.withMetadata({ spacing: [1, 1] })).toThrow(
      'spacing must be a number above 0 for each of ZYX, got [1, 1]; if the last one is colours, name the axes too: { axes: "YXS" }',
    );
    expect(() => plain.astype("float32").withMetadata({ role: "labels" })).toThrow(
      'labels must be integers, got float32; use array.astype("int32")',
    );
    expect(() => plain.withMetadata({ role: "mask" as "labels" })).toThrow('must be "labels", got "mask"');
    expect(() => plain.withMetadata({ pixelSize: 1 } as object)).toThrow(
      "role, axes, spacing, got pixelSize",
    );
    expect(() => plain.withMetadata({ spacing: "0.5" as unknown as number })).toThrow('got "0.5"');
  });

  test("ndarray() refuses axes and spacing that don't fit the shape", () => {
    const make = (options: object) => () => ndarray(new Uint8Array(6), [2, 3], options);
    expect(make({ axes: "ZYX" })).toThrow('capital letter for each of the 2 axes, such as "YX", got "ZYX"');
    expect(make({ axes: "XX" })).toThrow('such as "YX"');
    expect(make({ axes: "YX", spacing: [1] })).toThrow("a number above 0 for each of YX, got [1]");
    expect(make({ axes: "YX", spacing: [1, 0] })).toThrow("got [1, 0]");
    expect(make({ axes: "TC", spacing: [1] })).toThrow("for each of no axes");
  });
});
