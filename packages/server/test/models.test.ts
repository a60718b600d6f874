import { type NdArray, ndarray, zeros } from "@bioengine/ndarray";
import { execute, TritonClient } from "@bioengine/triton";
import { expect, test } from "vitest";
import { models } from "../src/models";
import { serve } from "./client";

/** Bright discs of radius 6 on a dark ground. */
function discs(): NdArray<"uint16"> {
  const data = new Uint16Array(96 * 96).fill(100);
  for (const [row, column] of [
    [20, 24],
    [60, 30],
    [40, 70],
  ]) {
    for (let y = -8; y <= 8; y++) {
      for (let x = -8; x <= 8; x++) {
        const far = Math.hypot(y, x);
        if (far <= 8) data[(row + y) * 96 + column + x] = 3000 - 100 * far;
      }
    }
  }
  return ndarray(data, [96, 96]);
}

test.each([
  ["stardist", discs(), [96, 96]],
  ["cellpose-python", discs().expandDims(0).astype("float32"), [1, 96, 96]],
])("%s of the server finds discs, with the engine's own networks", async (modelName, image, shape) => {
  const { url } = await serve(models);
  const { mask, info } = await execute({ serverUrl: url, modelName, inputs: [image, {}], decodeJson: true });
  expect([mask.dtype, mask.role, mask.shape]).toEqual(["uint16", "labels", shape]);
  const plane = mask.reshape([96, 96]);
  const found = [plane.get(20, 24), plane.get(60, 30), plane.get(40, 70)];
  expect(new Set(found).size).toBe(3);
  expect(found).not.toContain(0);
  expect(plane.get(5, 90)).toBe(0);
  expect(info[0].count).toBe(3);
});

test("the models of the server are ready, and name the nearest of an unknown parameter", async () => {
  const { url } = await serve(models);
  const client = new TritonClient({ serverUrl: url });
  expect(await client.isServerReady()).toBe(true);
  expect((await client.getModelRepositoryIndex()).map(({ name }) => name)).toEqual([
    "cellpose-python",
    "stardist",
  ]);
  const inputs = [zeros([32, 32], "uint16"), { prob_tresh: 0.5 }];
  await expect(client.execute({ modelName: "stardist", inputs })).rejects.toMatchObject({
    status: 400,
    serverMessage: expect.stringMatching(/prob_tresh.*prob_thresh/),
  });
});
