import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { execute, TritonClient } from "@bioengine/triton";
import { type NdArray, ndarray, zeros } from "bioengine";
import { afterAll, beforeAll, expect, test } from "vitest";
import { setUpEnvironment } from "../environment.mjs";
import { finish, type Running, start } from "../program";

// Networks with random weights that cellpose and StarDist saved, and what they computed themselves with PyTorch and
// TensorFlow (packages/engine/convert/fixtures/make.py), against the converted networks on the server.

const root = join(__dirname, "../..");
const converters = join(root, "packages/engine/convert");
const fixtures = join(converters, "fixtures");

interface Packed {
  readonly shape: readonly number[];
  /** Little-endian float32 in base64. */
  readonly data: string;
}

function arrays(name: string): Record<string, NdArray>[] {
  const text = gunzipSync(readFileSync(join(fixtures, `${name}.json.gz`))).toString();
  const cases = JSON.parse(text) as readonly Record<string, Packed>[];
  return cases.map((one) =>
    Object.fromEntries(
      Object.entries(one).map(([key, { shape, data }]) => {
        const bytes = new Uint8Array(Buffer.from(data, "base64"));
        return [key, ndarray(new Float32Array(bytes.buffer), shape)];
      }),
    ),
  );
}

let place: string;
let python: string;
let server: Running;
let serverUrl: string;

const convert = (script: string, args: readonly string[]) =>
  finish(python, [join(converters, script), ...args], { env: { PYTHONDONTWRITEBYTECODE: "1" } });

beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), "bioengine-convert-"));
  ({ python } = setUpEnvironment("convert", "packages/engine/convert/requirements.txt"));
  const repository = join(place, "models");
  mkdirSync(repository);
  for (const [script, ...args] of [
    ["convert_cellpose.py", join(fixtures, "cellpose.pth"), repository, "--name", "cyto9"],
    ["convert_stardist.py", join(fixtures, "stardist"), repository],
    ["convert_stardist.py", join(fixtures, "stardist-plain"), repository, "--name", "plain"],
  ]) {
    const { code, output } = await convert(script, args);
    expect(code, output).toBe(0);
  }
  // The same networks by plain tensors: without what declares their kind.
  for (const name of ["cyto9", "stardist", "plain"]) {
    cpSync(join(repository, name), join(repository, `${name}-tensors`), { recursive: true });
    writeFileSync(join(repository, `${name}-tensors/config.pbtxt`), 'backend: "onnxruntime"');
  }
  const bin = join(root, "packages/bioengine/bin/bioengine.js");
  const command = [bin, "serve", "--port", "0", "--model-repository", repository];
  server = await start(process.execPath, command, /ready at (http:\S+)/);
  serverUrl = server.match[1];
});

afterAll(async () => {
  await server?.end();
  rmSync(place, { recursive: true, force: true });
});

function largestDifference(a: NdArray, b: NdArray): number {
  expect(a.shape).toEqual(b.shape);
  return a.data.reduce(
    (worst: number, value, i) => Math.max(worst, Math.abs(Number(value) - Number(b.data[i]))),
    0,
  );
}

test.each([
  ["cyto9", "cellpose", ["flows"]],
  ["stardist", "stardist", ["probability", "distances"]],
  ["plain", "stardist-plain", ["probability", "distances"]],
])("the converted %s computes what its original does, at two sizes", async (modelName, fixture, outputs) => {
  for (const { image, ...expected } of arrays(fixture)) {
    const results = await execute({ serverUrl, modelName: `${modelName}-tensors`, inputs: [image] });
    // Only the order of sums differs.
    for (const name of outputs) expect(largestDifference(results[name], expected[name])).toBeLessThan(1e-4);
  }
});

test("the converted networks segment with the post-processing of their kind", async () => {
  const image = arrays("stardist")[0].image.at(0, 0);
  const cell = { serverUrl, modelName: "cyto9", decodeJson: true };
  const { mask, info } = await execute({ ...cell, inputs: [image.expandDims(0), { diameter: 17 }] });
  expect([mask.shape, mask.dtype, info[0]]).toMatchObject([[1, 32, 48], "uint16", { model_type: "cyto9" }]);
  const star = { serverUrl, modelName: "stardist", decodeJson: true };
  const found = await execute({ ...star, inputs: [zeros([32, 48], "uint16"), {}] });
  expect([found.mask.shape, found.info[0]]).toMatchObject([[32, 48], { model_type: "stardist" }]);
  const config = await new TritonClient({ serverUrl }).getModelConfig("stardist");
  expect((config as { parameters?: object }).parameters).toEqual({
    bioengine: { string_value: "stardist" },
    grid: { string_value: "2" },
    step: { string_value: "8" },
    prob_thresh: { string_value: "0.48" },
    nms_thresh: { string_value: "0.3" },
  });
});

test("cellpose-python runs the converted weights by their name as model_type", async () => {
  const image = arrays("stardist")[0].image.at(0);
  const { info } = await execute({
    ...{ serverUrl, modelName: "cellpose-python", decodeJson: true },
    inputs: [image, { model_type: "cyto9", diameter: 17 }],
  });
  expect(info[0]).toMatchObject({ model_type: "cyto9" });
});

test("the converters say what they can't convert", async () => {
  const other = join(place, "other");
  cpSync(join(fixtures, "stardist"), other, { recursive: true });
  const config = JSON.parse(readFileSync(join(other, "config.json"), "utf8"));
  for (const [change, reason] of [
    [{ n_channel_in: 3 }, "the model must take images of 1 channel, got 3"],
    [{ n_dim: 3 }, "the model must be StarDist's 2D, got 3D"],
    [{ grid: [2, 4] }, "the grid must be the same along y and x, got [2, 4]"],
    [{ unet_n_depth: 3 }, "the weights must have a layer u_down_level_2_no_0, got "],
  ] as const) {
    writeFileSync(join(other, "config.json"), JSON.stringify({ ...config, ...change }));
    const { code, output } = await convert("convert_stardist.py", [other, place]);
    expect([code, output]).toEqual([1, expect.stringContaining(`Cannot convert: ${reason}`)]);
  }
  writeFileSync(join(place, "weights"), "no weights");
  const { output } = await convert("convert_cellpose.py", [join(place, "weights"), place]);
  expect(output).toMatch(
    /Cannot convert: .* must be in PyTorch's zip format, got another; install torch to read it/,
  );
});
