import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { execute, imread } from "bioengine";
import { expect, test } from "vitest";
import { setUpEnvironment } from "../environment.mjs";
import { notebooks, root } from "../laboratory";
import { finish, start } from "../program";

test("pyotritonclient gets the masks that execute() gets, in any compression, and eight at once", async () => {
  const { python } = setUpEnvironment("peers", "test/bench/client/requirements.txt");
  const bioengine = join(root, "packages/bioengine/bin/bioengine.js");
  const server = await start(process.execPath, [bioengine, "serve", "--port", "0"], /ready at (http:\S+)/);
  const serverUrl = server.match[1] ?? "";
  const image = (await imread(join(notebooks, "data/img2d.tif"))).slice([0, 160], [0, 160]).astype("uint16");
  const file = join(mkdtempSync(join(tmpdir(), "bioengine-pyo-")), "image.raw");
  writeFileSync(file, Uint16Array.from(image.toArray().flat(3) as number[]));

  const expected = async (modelName: string, inputs: unknown[]) => {
    const { mask, info } = await execute({ inputs, modelName, serverUrl, decodeJson: true });
    const bytes = new Uint8Array(mask.data.buffer, mask.data.byteOffset, mask.data.byteLength);
    return { shape: mask.shape, dtype: mask.dtype, mask: crc32(bytes), count: info[0].count };
  };
  const stardist = await expected("stardist", [image, {}]);
  const cellpose = await expected("cellpose-python", [
    image.expandDims(0).astype("float32"),
    { diameter: 24 },
  ]);
  expect(stardist.count).toBeGreaterThan(8);

  const { code, output } = await finish(python, [join(__dirname, "pyo.py"), serverUrl, file]);
  expect(code, output).toBe(0);
  const lines = output
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const names = ["image", "param", "mask", "info"];
  expect(lines).toEqual([
    ...[names, stardist, stardist, stardist],
    ...[names, cellpose, cellpose, cellpose],
    Array(8).fill(stardist),
    expect.stringContaining("prob_thresh"),
  ]);
  expect(await server.end()).toBe(0);
});
