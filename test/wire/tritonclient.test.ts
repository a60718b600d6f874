import { join } from "node:path";
import { execute, imread } from "bioengine";
import { afterAll, beforeAll, expect, test } from "vitest";
import { notebooks, python, root } from "../laboratory";
import { finish, type Running, start } from "../program";

let server: Running;
let answers: Record<string, unknown>[];

beforeAll(async () => {
  const bioengine = join(root, "packages/bioengine/bin/bioengine.js");
  server = await start(process.execPath, [bioengine, "serve", "--port", "0"], /ready at http:\/\/(\S+)/);
  const image = join(notebooks, "data/img2d.tif");
  const { code, output } = await finish(python, [join(__dirname, "infer.py"), server.match[1] ?? "", image]);
  expect(code, output).toBe(0);
  answers = output
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
});

afterAll(async () => {
  expect(await server.end()).toBe(0);
});

test("tritonclient finds both models on bioengine serve", () => {
  expect(answers[0]?.models).toEqual(expect.arrayContaining(["cellpose-python", "stardist"]));
});

for (const [index, modelName] of ["stardist", "cellpose-python"].entries()) {
  test(`tritonclient gets the mask of ${modelName} that execute() gets, in binary and in JSON`, async () => {
    const image = (await imread(join(notebooks, "data/img2d.tif"))).slice([0, 160], [0, 160]);
    const inputs =
      modelName === "stardist" ? [image, {}] : [image.expandDims(0).astype("float32"), { diameter: 24 }];
    const { mask } = await execute({ inputs, modelName, serverUrl: `http://${server.match[1]}` });
    expect(mask.max()).toBeGreaterThan(8);
    for (const answer of [answers[1 + index], answers[3 + index]]) {
      expect(answer).toMatchObject({
        model: modelName,
        dtype: "uint16",
        shape: mask.shape,
        objects: mask.max(),
        foreground: mask.greater(0).sum(),
        id: "tritonclient",
      });
    }
  });
}

test("tritonclient sees which parameter is wrong", () => {
  expect(answers[5]?.status).toMatch(/^[45]\d\d$/);
  expect(answers[5]?.message).toContain("prob_thresh");
});
