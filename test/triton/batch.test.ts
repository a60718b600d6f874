import type { Results } from "@bioengine/triton";
import { executeBatch, type NdArray, ndarray } from "bioengine";
import { expect, test } from "vitest";
import { startTriton } from "./realtriton.mjs";
import { withTriton } from "./withtriton";

const image = (value: number): NdArray => ndarray([[[value]]], undefined, { dtype: "float32" });
const images = Array.from({ length: 24 }, (_, index) => [image(index)]);
const pixels = (results: readonly Results[]) => results.map(({ y }) => y.get(0, 0, 0));
const numbers = images.map((_, index) => index);

withTriton("executeBatch()", ["echo", "sleep"], (triton) => {
  test("executeBatch() spreads inputs over two Tritons, and each result says which one made it", async () => {
    const other = await startTriton({ models: ["echo"] });
    try {
      const serverUrl = [triton.url, other.url];
      const results = await executeBatch({ batches: images, serverUrl, modelName: "echo" });
      expect(pixels(results)).toEqual(numbers);
      expect(new Set(results.map(({ __info__ }) => __info__.serverUrl))).toEqual(new Set(serverUrl));
    } finally {
      await other.stop();
    }
  });

  test("executeBatch() gives to the other Triton what one had that ended in the middle", async () => {
    const other = await startTriton({ models: ["echo"] });
    let stopped: Promise<void> | undefined;
    const results = await executeBatch({
      batches: images,
      serverUrl: [other.url, triton.url],
      modelName: "echo",
      retries: 0,
      onBatchEnd(start) {
        if (start === 4) stopped = other.stop();
      },
    });
    await stopped;
    expect(pixels(results)).toEqual(numbers);
    expect(results.at(-1)?.__info__.serverUrl).toBe(triton.url);
  });

  test("executeBatch() passes a Triton by that doesn't have the model", async () => {
    const other = await startTriton({ models: ["echo"] });
    try {
      const results = await executeBatch({
        batches: [[[0.01]], [[0.02]], [[0.03]]],
        serverUrl: [other.url, triton.url],
        modelName: "sleep",
      });
      expect(results.map(({ __info__ }) => __info__.serverUrl)).toEqual(Array(3).fill(triton.url));
    } finally {
      await other.stop();
    }
  });
});
