import { execute, NdArray, ndarray, zeros } from "bioengine";
import { expect, test } from "vitest";
import { withTriton } from "./withtriton";

const bits = ({ data }: NdArray): string =>
  Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("hex");

const floats = [Number.NaN, -0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1.5];

/** Two rows of whatever the type can hold at its edges, for the models `id-…`. */
const cases: Record<string, NdArray> = {
  bool: ndarray([
    [true, false],
    [false, true],
  ]),
  uint8: ndarray(Uint8Array.of(0, 1, 254, 255), [2, 2]),
  uint16: ndarray(Uint16Array.of(0, 1, 256, 65535), [2, 2]),
  uint32: ndarray(Uint32Array.of(0, 1, 2 ** 31, 2 ** 32 - 1), [2, 2]),
  uint64: ndarray(BigUint64Array.of(0n, 2n ** 53n + 1n, 2n ** 63n, 2n ** 64n - 1n), [2, 2]),
  int8: ndarray(Int8Array.of(-128, -1, 0, 127), [2, 2]),
  int16: ndarray(Int16Array.of(-32768, -1, 0, 32767), [2, 2]),
  int32: ndarray(Int32Array.of(-(2 ** 31), -1, 0, 2 ** 31 - 1), [2, 2]),
  int64: ndarray(BigInt64Array.of(-(2n ** 63n), -(2n ** 53n) - 1n, -1n, 2n ** 63n - 1n), [2, 2]),
  float16: ndarray([...floats, 65504, 2 ** -24], [2, 4], { dtype: "float16" }),
  float32: ndarray(Float32Array.of(...floats, 1e-45, 3.4028234663852886e38), [2, 4]),
  float64: ndarray(Float64Array.of(...floats, Number.MIN_VALUE, Number.MAX_VALUE), [2, 4]),
};

const modelOf = (dtype: string): string => `id-${dtype.replace("float", "fp")}`;

withTriton("datatypes", [...Object.keys(cases).map(modelOf), "pass-bf16", "echo", "id-vector"], (triton) => {
  for (const [dtype, array] of Object.entries(cases)) {
    test(`execute() sends and gets ${dtype} to the last bit`, async () => {
      const { y } = await execute({ inputs: [array], serverUrl: triton.url, modelName: modelOf(dtype) });
      expect(y).toBeInstanceOf(NdArray);
      expect(y.dtype).toBe(dtype);
      expect(y.shape).toEqual(array.shape);
      expect(bits(y)).toBe(bits(array));
    });

    test(`execute() sends and gets ${dtype} of no elements`, async () => {
      const empty = zeros([0, 3], array.dtype);
      const { y } = await execute({ inputs: [empty], serverUrl: triton.url, modelName: modelOf(dtype) });
      expect([y.dtype, y.shape, y.size]).toEqual([dtype, [0, 3], 0]);
    });
  }

  test("execute() sends and gets bfloat16 to the last bit", async () => {
    const array = ndarray([...floats, 2 ** 127, 2 ** -126], [2, 4], { dtype: "bfloat16" });
    const { x } = await execute({ inputs: [array], serverUrl: triton.url, modelName: "pass-bf16" });
    expect([x.dtype, x.shape]).toEqual(["bfloat16", [2, 4]]);
    expect(bits(x)).toBe(bits(array));
  });

  test("execute() sends a transposed, cut and reversed view as the elements that it shows", async () => {
    const values = Float32Array.from({ length: 24 }, (_, index) => index);
    const view = ndarray(values, [2, 3, 4]).transpose([2, 0, 1]).slice([1, 4], [], [null, null, -1]);
    const { y } = await execute({ inputs: [view], serverUrl: triton.url, modelName: "echo" });
    expect(y.shape).toEqual([3, 2, 3]);
    expect(y.toArray()).toEqual(view.toArray());
  });

  test("execute() takes nested arrays of numbers, and inputs by name", async () => {
    const nested = [
      [1, 2],
      [3, 4],
    ];
    const byName = await execute({ inputs: { x: nested }, serverUrl: triton.url, modelName: "id-int32" });
    expect(byName.y.toArray()).toEqual(nested);
    const vector = await execute({ inputs: [[0.5, -1]], serverUrl: triton.url, modelName: "id-vector" });
    expect(vector.y.toArray()).toEqual([0.5, -1]);
  });

  test("execute() gives outputs that outlive later calls and may be written to", async () => {
    const call = (value: number) =>
      execute({ inputs: [[[[value]]]], serverUrl: triton.url, modelName: "echo" });
    const first = await call(1);
    const second = await call(2);
    first.y.set(5, 0, 0, 0);
    expect([first.y.get(0, 0, 0), second.y.get(0, 0, 0)]).toEqual([5, 2]);
  });
});
