import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadMixedNetwork } from "@bioengine/engine";
import { dtypeOf } from "@bioengine/triton";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readOnnxHeader } from "../src/config/onnxheader";
import { folderOf } from "./modelrepositoryfolder";
import { identity, onnxFile } from "./onnxfile";

const tensorTypes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13];
const axis = fc.oneof(fc.integer({ min: 1, max: 300 }), fc.constantFrom("n", "height"));
const shape = fc.array(axis, { maxLength: 4 });

test("readOnnxHeader() reads the inputs and outputs that ONNX Runtime reads", async () => {
  const path = join(folderOf({}), "model.onnx");
  const inputs = fc
    .array(fc.tuple(fc.constantFrom(...tensorTypes), shape), { minLength: 1, maxLength: 3 })
    .map((all) => all.map(([type, shape], index) => ({ name: `x${index}`, type, shape })));
  await fc.assert(
    fc.asyncProperty(inputs, fc.constantFrom(0, 70_000), async (inputs, padding) => {
      writeFileSync(path, identity(inputs, padding));
      const network = await loadMixedNetwork(path);
      const header = readOnnxHeader(path);
      for (const side of ["inputs", "outputs"] as const) {
        const dtypes = header[side].map(({ name, datatype, shape }) => ({
          ...{ name, dtype: datatype === "BYTES" ? "string" : dtypeOf(datatype), shape },
        }));
        expect(dtypes).toEqual(network[side]);
      }
      await network.close();
    }),
    { numRuns: 30 },
  );
});

test("readOnnxHeader() leaves out weights that old files list among the inputs", () => {
  const x = { name: "x", type: 1, shape: [1] };
  const file = onnxFile({
    inputs: [x],
    outputs: [{ ...x, name: "y" }],
    nodes: [{ type: "Mul", inputs: ["x", "w"], outputs: ["y"] }],
    weights: ["w"],
  });
  const path = join(folderOf({ "model.onnx": file }), "model.onnx");
  expect(readOnnxHeader(path).inputs).toEqual([{ name: "x", datatype: "FP32", shape: [1] }]);
});

test("readOnnxHeader() says what is wrong with a file, whatever it holds", () => {
  const path = join(folderOf({}), "model.onnx");
  const whole = identity([{ name: "x", type: 1, shape: ["n", 3] }]);
  const changed = fc
    .tuple(fc.nat(whole.length - 1), fc.nat(255), fc.nat(whole.length))
    .map(([position, byte, length]) => {
      const copy = Buffer.from(whole);
      copy[position] = byte;
      return copy.subarray(0, length);
    });
  fc.assert(
    fc.property(fc.oneof(changed, fc.uint8Array({ maxLength: 200 })), (bytes) => {
      writeFileSync(path, bytes);
      try {
        readOnnxHeader(path);
      } catch (error) {
        expect(String(error)).toMatch(
          /^(RangeError: (the file|a name) must |TypeError: .* must be a tensor)/s,
        );
      }
    }),
    { numRuns: 500 },
  );
});
