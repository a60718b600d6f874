import { join } from "node:path";
import { execute, type NdArray, ndarray } from "bioengine";
import { expect, test } from "vitest";
import { python } from "../laboratory";
import { finish } from "../program";
import { withTriton } from "./withtriton";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const bytesOf = ({ data }: NdArray): string =>
  hex(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));

const arrays: Record<string, NdArray> = {
  "id-bool": ndarray([[true, false, true]]),
  "id-uint8": ndarray(Uint8Array.of(0, 128, 255), [3, 1]),
  "id-int16": ndarray(Int16Array.of(-32768, -1, 32767), [1, 3]),
  "id-uint64": ndarray(BigUint64Array.of(0n, 2n ** 64n - 1n), [1, 2]),
  "id-int64": ndarray(BigInt64Array.of(-(2n ** 63n), 2n ** 53n + 1n), [2, 1]),
  "id-fp32": ndarray(Float32Array.of(Number.NaN, -0, Number.NEGATIVE_INFINITY, 1e-45), [2, 2]),
  "id-fp64": ndarray(Float64Array.of(Number.NaN, -0, Number.POSITIVE_INFINITY, 5e-324), [2, 2]),
};

const strings = [[255, 0, 128], [], [97, 0], [0], [0xc2, 0xb5]].map((bytes) => Uint8Array.from(bytes));

withTriton("tritonclient for Python", [...Object.keys(arrays), "identity-bytes"], (triton) => {
  const answersOfPeer = async (cases: object[]): Promise<unknown[]> => {
    const address = new URL(triton.url).host;
    const { code, output } = await finish(python, [
      ...[join(__dirname, "infer.py"), address],
      JSON.stringify(cases),
    ]);
    expect(code, output).toBe(0);
    return output
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
  };

  test("execute() gets the bytes that tritonclient gets, of all kinds of numbers", async () => {
    const cases = Object.entries(arrays).map(([model, array]) => ({
      ...{ model, input: "x", output: "y" },
      ...{ dtype: array.dtype, shape: array.shape, elements: bytesOf(array) },
    }));
    const own = await Promise.all(
      Object.entries(arrays).map(async ([modelName, array]) => {
        const { y } = await execute({ inputs: [array], serverUrl: triton.url, modelName });
        return { dtype: y.dtype, shape: y.shape, elements: bytesOf(y) };
      }),
    );
    expect(own).toEqual(await answersOfPeer(cases));
  });

  test("execute() gets the byte strings that tritonclient gets", async () => {
    const elements = strings.map(hex);
    const shape = [strings.length];
    const peer = await answersOfPeer([{ model: "identity-bytes", input: "s", output: "o", shape, elements }]);
    const { o } = await execute({ inputs: [strings], serverUrl: triton.url, modelName: "identity-bytes" });
    expect([{ dtype: "object", shape, elements: o.map(hex) }]).toEqual(peer);
  });
});
