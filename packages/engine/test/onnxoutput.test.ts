import { readFileSync } from "node:fs";
import { NdArray } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { bundledPath } from "../src/bundled";
import { cellposeStyleTensor } from "../src/cellpose/cellposemodel";
import { loadNetwork } from "../src/network";
import { withOutput } from "../src/onnxoutput";

const image = new NdArray({
  dtype: "float32",
  shape: [1, 2, 32, 48],
  buffer: Float32Array.from({ length: 2 * 32 * 48 }, (_, index) => Math.sin(index)),
});

test("withOutput() adds a tensor of the graph to what a network gives, and changes nothing else", async () => {
  const file = readFileSync(bundledPath("cellpose"));
  const plain = await loadNetwork(file);
  const more = await loadNetwork(withOutput(file, cellposeStyleTensor));
  expect(more.outputs.map(({ name }) => name)).toEqual(["flows", cellposeStyleTensor]);
  const [{ flows }, results] = await Promise.all([plain.run({ image }), more.run({ image })]);
  // Four poolings, and as many channels as the deepest level.
  expect(results[cellposeStyleTensor].shape).toEqual([1, 128, 2, 3]);
  expect(Number(results[cellposeStyleTensor].min())).toBe(0);
  expect(Number(results.flows.subtract(flows).power(2).max())).toBeLessThan(1e-8);
  await Promise.all([plain.close(), more.close()]);
});

test("withOutput() of a tensor that the graph doesn't have is refused when the network is loaded", async () => {
  const file = withOutput(readFileSync(bundledPath("cellpose")), "nowhere");
  await expect(loadNetwork(file)).rejects.toThrow("nowhere");
});
