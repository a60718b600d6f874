import { NdArray, zeros } from "@bioengine/ndarray";
import { execute, getConfig } from "@bioengine/triton";
import { expect, test, vi } from "vitest";
import { type Segment, segmentationModel } from "../src/segmentationmodel";
import { ask, json, serve } from "./client";

async function served(segment: Segment): Promise<string> {
  const model = segmentationModel({
    name: "threshold",
    image: { datatype: "UINT16", shape: [-1, -1] },
    trialShape: [4, 4],
    load: async () => segment,
  });
  return (await serve([model])).url;
}

const threshold: Segment = async (image, parameters) => {
  if (image.size === 0) throw new RangeError("Cannot run threshold: the image must have pixels, got none");
  const level = (parameters as { level?: number }).level ?? 1;
  const mask = image.greaterEqual(level).astype("uint16");
  return { mask: new NdArray({ ...mask, role: "labels" }), info: { count: mask.sum(), level } };
};

test("segmentationModel() makes mask and info of image and param", async () => {
  const serverUrl = await served(threshold);
  const image = new NdArray({ dtype: "uint16", shape: [2, 2], buffer: Uint16Array.of(0, 5, 9, 5) });
  const call = { serverUrl, modelName: "threshold", decodeJson: true };
  const { mask, info } = await execute({ ...call, inputs: [image, { level: 6 }] });
  expect([mask.dtype, mask.role, mask.toArray()]).toEqual([
    "uint16",
    "labels",
    [
      [0, 0],
      [1, 0],
    ],
  ]);
  expect(info).toEqual([{ count: 1, level: 6 }]);
  expect((await execute({ ...call, inputs: [image] })).info).toEqual([{ count: 3, level: 1 }]);
  const { input } = await getConfig({ serverUrl, modelName: "threshold" });
  expect(input.map(({ name, data_type, dims, optional }) => [name, data_type, dims, optional])).toEqual([
    ["image", "TYPE_UINT16", [-1, -1], false],
    ["param", "TYPE_STRING", [1], true],
  ]);
});

test("segmentationModel() refuses what the engine refuses, in its words", async () => {
  const serverUrl = await served(threshold);
  await expect(
    execute({ serverUrl, modelName: "threshold", inputs: [zeros([0, 4], "uint16"), {}] }),
  ).rejects.toMatchObject({
    status: 400,
    serverMessage: "Cannot run threshold: the image must have pixels, got none",
  });
});

test("segmentationModel() refuses parameters that are no JSON", async () => {
  const serverUrl = await served(threshold);
  const inputs = (text: string) => [
    { name: "image", shape: [1, 1], datatype: "UINT16", data: [1] },
    { name: "param", shape: [1], datatype: "BYTES", data: [text] },
  ];
  for (const [text, got] of [
    ["{level: 5}", "{level: 5}"],
    ["", "nothing"],
  ]) {
    const { status, body } = await ask(`${serverUrl}/v2/models/threshold/infer`, {
      method: "POST",
      body: json({ inputs: inputs(text) }),
    });
    expect([status, JSON.parse(body.toString()).error]).toEqual([
      400,
      `Cannot run threshold: param must be a JSON object, got ${got}`,
    ]);
  }
});

test("segmentationModel() answers 500 if the engine itself fails", async () => {
  vi.spyOn(console, "error").mockImplementationOnce(() => {});
  let calls = 0;
  const serverUrl = await served(async (image, parameters) => {
    if (calls++ > 0) throw new TypeError("Cannot read properties of undefined");
    return threshold(image, parameters);
  });
  await expect(
    execute({ serverUrl, modelName: "threshold", inputs: [zeros([2, 2], "uint16")] }),
  ).rejects.toMatchObject({ status: 500 });
});
