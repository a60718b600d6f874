import { ndarray, zeros } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import type { TensorSpec } from "../src/config";
import { InputError } from "../src/error";
import { type Inputs, prepareInputs } from "../src/input";

const spec = (name: string, datatype: TensorSpec["datatype"], shape: number[], optional = false) => ({
  name,
  datatype,
  shape,
  optional,
});
const cellpose = [spec("image", "FP32", [-1, -1, -1]), spec("param", "BYTES", [1], true)];
const stardist = [spec("image", "UINT16", [-1, -1]), spec("param", "BYTES", [1])];

const prepare = (inputs: Inputs, specs: TensorSpec[]) => prepareInputs(inputs, specs, "execute m");
const one = (value: unknown, datatype: TensorSpec["datatype"], shape: number[]) =>
  prepare([value], [spec("x", datatype, shape)])[0];
const text = (bytes: unknown) => Buffer.from(bytes as Uint8Array).toString();

test("prepareInputs() names inputs by position or takes them by name", () => {
  const image = zeros([2, 2], "uint16");
  for (const inputs of [[image, { a: 1 }], { param: { a: 1 }, image }]) {
    const [first, second] = prepare(inputs, stardist);
    expect(first).toEqual({ name: "image", datatype: "UINT16", shape: [2, 2], data: image.data });
    expect([second.name, second.shape, text(second.data[0])]).toEqual(["param", [1], '{"a":1}']);
  }
});

test("prepareInputs() shares memory with contiguous arrays", () => {
  const image = zeros([3, 2, 2], "uint16");
  expect(prepare([image.at(1), {}], stardist)[0].data).toEqual(image.at(1).data);
  const { data } = prepare([image.at(1), {}], stardist)[0];
  expect("buffer" in data && data.buffer).toBe(image.buffer.buffer);
});

test("prepareInputs() gives plain numbers the model's dtype", () => {
  expect(one([[1, 2]], "FP32", [-1, -1]).data).toEqual(Float32Array.of(1, 2));
  expect(one([[true, false]], "BOOL", [-1, -1]).data).toEqual(Uint8Array.of(1, 0));
  expect(one([2n ** 64n - 1n, 3], "UINT64", [-1]).data).toEqual(BigUint64Array.of(2n ** 64n - 1n, 3n));
  expect(one(7, "INT8", [1])).toMatchObject({ shape: [1], data: Int8Array.of(7) });
  expect(one(7, "FP16", [])).toMatchObject({ shape: [], data: Float32Array.of(7) });
  expect(one([], "FP32", [-1])).toMatchObject({ shape: [0], data: new Float32Array() });
});

test("prepareInputs() gives a typed array the model's shape where that is clear", () => {
  expect(one(new Float32Array(6), "FP32", [-1, 3]).shape).toEqual([2, 3]);
  expect(() => one(new Float32Array(6), "FP32", [-1, -1])).toThrow("; write ndarray(x, [height, width])");
  expect(() => one(new Float32Array(6), "FP32", [-1, 4])).toThrow("a typed array of 6");
  expect(() => one(new Uint8Array(6), "FP32", [-1])).toThrow('; write x.astype("float32")');
});

test("prepareInputs() stacks arrays in an array", () => {
  const channel = zeros([4, 5], "float32");
  expect(prepare([[channel, channel]], cellpose)[0].shape).toEqual([2, 4, 5]);
});

test("prepareInputs() makes bytes of text, bytes and parameters", () => {
  expect(text(one("é", "BYTES", [1]).data[0])).toBe("é");
  expect(one(Uint8Array.of(0, 255), "BYTES", [1])).toMatchObject({
    shape: [1],
    data: [Uint8Array.of(0, 255)],
  });
  expect(one(["a", "b"], "BYTES", [-1]).shape).toEqual([2]);
  expect(one([["a"], ["b"]], "BYTES", [-1, 1]).shape).toEqual([2, 1]);
  expect(one({ a: null, b: [1], c: undefined }, "BYTES", [1, 1])).toMatchObject({ shape: [1, 1] });
  expect(one([], "BYTES", [-1])).toMatchObject({ shape: [0], data: [] });
});

test.each<[string, Inputs, TensorSpec[], string]>([
  [
    "a missing axis and another dtype",
    [zeros([2, 2], "uint16")],
    cellpose,
    '; write image.expandDims(0).astype("float32")',
  ],
  ["two missing axes", [zeros([2], "float32")], cellpose, "; write image.expandDims(0).expandDims(0)"],
  [
    "another dtype",
    [zeros([1, 2, 2], "uint8")],
    cellpose,
    'must be float32 with 3 axes, got uint8 [1, 2, 2]; write image.astype("float32")',
  ],
  ["an axis too many", [zeros([3, 2, 2], "uint16"), {}], stardist, "; write image.at(0)"],
  [
    "an axis of colours",
    [zeros([8, 8, 3], "uint8"), {}],
    stardist,
    '; write image.mean(-1).astype("uint16")',
  ],
  ["a channel axis of one", [zeros([2, 2, 1], "uint16"), {}], stardist, "; write image.squeeze(-1)"],
  [
    "an image of 0 to 1",
    [ndarray([[0, 0.5]]), {}],
    stardist,
    '; write image.multiply(65535).astype("uint16")',
  ],
  ["an image of floats above 1", [ndarray([[0, 900.5]]), {}], stardist, '; write image.astype("uint16")'],
  [
    "a missing input",
    [zeros([2, 2], "uint16")],
    stardist,
    "input param is missing; the model takes image (uint16, [-1, -1]), param",
  ],
  ["an undefined input", { image: undefined, param: {} }, stardist, "input image is missing"],
  [
    "too many inputs",
    [1, 2, 3],
    cellpose,
    "inputs must be at most 2, got 3; the model takes image (float32, [-1, -1, -1]), param (text, bytes or an object of parameters, [1], optional)",
  ],
  ["an unknown name", { img: 1 }, cellpose, "the model has no input img; it takes image"],
  ["an object for an image", [{ a: 1 }], cellpose, "got an object"],
  ["text for an image", ["nuclei.tif"], cellpose, 'got text "nuclei.tif"'],
  [
    "an array for parameters",
    [zeros([2, 2], "uint16"), zeros([1])],
    stardist,
    "must be text, bytes or an object of parameters of shape [1], got float64 [1]",
  ],
  ["a number for parameters", [zeros([2, 2], "uint16"), 30], stardist, "got 30"],
  [
    "NaN among parameters",
    [zeros([2, 2], "uint16"), { diameter: Number.NaN }],
    stardist,
    "got { diameter: NaN }",
  ],
  ["a bigint among parameters", [zeros([2, 2], "uint16"), { seed: 5n }], stardist, "; write seed: 5"],
  [
    "an array among parameters",
    [zeros([2, 2], "uint16"), { image: zeros([1]) }],
    stardist,
    "give it as an input of its own",
  ],
  ["two texts for one", [zeros([2, 2], "uint16"), ["a", "b"]], stardist, "got shape [2]"],
  ["a fraction for an integer", [[[1.5]], {}], stardist, "got 1.5"],
  ["a number that is too large", [[[70000]], {}], stardist, "got 70000"],
  ["a negative number", [[[-1]], {}], stardist, "got -1"],
  ["rows of unequal length", [[[1, 2], [3]], {}], stardist, "got arrays of unequal length"],
])("prepareInputs() refuses %s", (_, inputs, specs, message) => {
  expect(() => prepare(inputs, specs)).toThrow(InputError);
  expect(() => prepare(inputs, specs)).toThrow(message);
});

test("prepareInputs() refuses an array in place of the list of inputs", () => {
  const inputs = zeros([2, 2], "uint16") as unknown;
  expect(() => prepare(inputs as Inputs, stardist)).toThrow(
    "got uint16 [2, 2]; write inputs: [image, param]",
  );
});

test("prepareInputs() takes Maps: of inputs by name, and of parameters", () => {
  const image = zeros([2, 2], "uint16");
  const parameters = new Map<string, unknown>([["tile", new Map([["size", 256]])]]);
  const inputs = new Map<string, unknown>([
    ["param", parameters],
    ["image", image],
  ]);
  const [first, second] = prepare(inputs, stardist);
  expect(first.data).toEqual(image.data);
  expect(text(second.data[0])).toBe('{"tile":{"size":256}}');
  expect(() => prepare(new Map([["picture", image]]), stardist)).toThrow("the model has no input picture");
});

test("prepareInputs() refuses parameters that JSON would silently lose", () => {
  const image = zeros([2, 2], "uint16");
  const refused = (param: unknown) => expect(() => prepare([image, param], stardist));
  refused({ channels: new Set([1]) }).toThrow("got { channels: a Set }");
  refused(new Set([1])).toThrow("got a Set");
  refused({ channels: Int32Array.of(1) }).toThrow(
    "got { channels: Int32Array }; give it as an input of its own",
  );
});
