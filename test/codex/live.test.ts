import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { imread, liveInstructions } from "bioengine";
import { afterAll, beforeAll, expect, test } from "vitest";
import { identity } from "../../packages/server/test/onnxfile";
import { notebooks, root } from "../laboratory";
import { finish, type Running, start } from "../program";

const bioengine = join(root, "packages/bioengine/bin/bioengine.js");

let server: Running;
let serverUrl: string;
beforeAll(async () => {
  const models = mkdtempSync(join(tmpdir(), "bioengine-models-"));
  mkdirSync(join(models, "same/1"), { recursive: true });
  writeFileSync(join(models, "same/1/model.onnx"), identity([{ name: "x", type: 1, shape: ["n", 3] }]));
  const args = [bioengine, "serve", "--port", "0", "--model-repository", models];
  server = await start(process.execPath, args, /ready at (http:\S+)/);
  serverUrl = server.match[1] ?? "";
});
afterAll(() => server?.end());

test("liveInstructions() have the server's own models after the known ones, and the notebook's data", async () => {
  const image = await imread(join(notebooks, "data/img2d.tif"));
  const text = await liveInstructions({ serverUrl, variables: { image } });
  expect(text).toMatch(/^1\. "cellpose-python" segments .*\n {3}- input 1, image: /m);
  expect(text).toMatch(/^\d\. "same":\n {3}- input 1, x: float32 \[batch, 3\]\n/m);
  expect(text).toContain('For `train` there are "cellpose-train" and "stardist-train".');
  expect(text).toContain(`  serverUrl: "${serverUrl}",\n  modelName: "stardist",`);
  expect(text).toMatch(/\n- `image`: NdArray \[512, 512\] uint16, axes YX, values 0 to 235.*\n$/);
});

test("bioengine instructions --server-url prints the models of that server", async () => {
  const { code, output } = await finish(process.execPath, [
    bioengine,
    "instructions",
    "--server-url",
    serverUrl,
  ]);
  expect(output).toContain('"same":');
  expect(code).toBe(0);
});

test("bioengine instructions of a server that does not answer say so, and print those of BioEngine's models", async () => {
  const url = "http://127.0.0.1:1";
  const { code, output } = await finish(process.execPath, [bioengine, "instructions", "--server-url", url]);
  expect(output).toContain(`no server answers at ${url}`);
  expect(output).toContain(`  serverUrl: "${url}",\n  modelName: "stardist",`);
  expect(code).toBe(0);
});

test("bioengine instructions print the instructions as they are in the repository", async () => {
  const { output } = await finish(process.execPath, [bioengine, "instructions"]);
  expect(output).toMatch(/^## Instructions for code generation with bioengine\n/);
});
