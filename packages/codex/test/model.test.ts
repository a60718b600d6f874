import { expect, test } from "vitest";
import { codexInstructions, describeServed, models, recipes } from "../src/index";

const denoise = {
  name: "denoise",
  max_batch_size: 4,
  input: [
    { name: "image", data_type: "TYPE_FP32", dims: [-1, -1] },
    { name: "strength", data_type: "TYPE_UINT8", dims: [1], optional: true },
  ],
  output: [{ name: "clean", data_type: "TYPE_FP32", dims: [-1, -1] }],
};

test("describeServed() tells dtype and axes of a model that is not known", () => {
  expect(describeServed(denoise)).toEqual({
    name: "denoise",
    inputs: ["image: float32 [batch, any, any]", "strength: uint8 [batch, 1], may be left out"],
    outputs: ["clean: float32 [batch, any, any]"],
  });
});

test("describeServed() knows the engine's models", () => {
  expect(describeServed({ name: "stardist", input: [], output: [] })).toBe(models[1]);
});

test("codexInstructions() of a server have its models, and no cell of a model that it lacks", () => {
  const served = [describeServed({ name: "stardist", input: [], output: [] }), describeServed(denoise)];
  const text = codexInstructions({ serverUrl: "http://127.0.0.1:8000", models: served });
  expect(text).toContain('2. "denoise":\n   - input 1, image: float32 [batch, any, any]');
  expect(text).toContain('modelName: "stardist"');
  expect(text).not.toContain("await train(");
  expect(text).not.toContain("cellpose-python");
});

test("recipes() of a server with a trainer train there", () => {
  const served = ["stardist", "cellpose-train"].map((name) =>
    describeServed({ name, input: [], output: [] }),
  );
  const text = codexInstructions({ serverUrl: "http://127.0.0.1:8000", models: served });
  expect(recipes({ models: served }).map(({ title }) => title)).toContain("Train on your own images");
  expect(text).toContain('For `train` there is "cellpose-train".');
  expect(text).not.toContain('2. "cellpose-train"');
});
