import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundledPath, loadNetwork, weightsOf } from "@bioengine/engine";
import { zeros } from "@bioengine/ndarray";
import { expect, onTestFinished, test } from "vitest";
import { setUpEnvironment } from "../environment.mjs";
import { root } from "../laboratory";
import { finish, start } from "../program";

test("pyotritonclient trains, ends with its last sample again, which is not learnt twice, and predicts", async () => {
  const { python } = setUpEnvironment("peers", "test/bench/client/requirements.txt");
  const place = mkdtempSync(join(tmpdir(), "bioengine-training-"));
  onTestFinished(() => rmSync(place, { recursive: true, force: true }));
  const [models, saved] = ["models", "saved"].map((name) => join(place, name));
  for (const folder of [models, saved]) mkdirSync(folder);
  const program = [join(root, "packages/server/dist/main.js"), "--port", "0", "--model-repository", models];
  const server = await start(process.execPath, program, /ready at (http:\S+)/);

  const { code, output } = await finish(python, [
    join(__dirname, "pyotrain.py"),
    server.match[1] ?? "",
    saved,
  ]);
  expect(code, output).toBe(0);
  const lines = output
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const after = (iterations: number, images: number, id: number) => ({
    ...{ iterations, images, model_files: [`cellpose-${id}.onnx`] },
  });
  expect(lines).toEqual([
    ...[after(2, 1, 102), after(4, 2, 102), after(6, 3, 102), after(6, 3, 102)],
    ...[after(2, 1, 103), after(4, 2, 103), after(6, 3, 103)],
    ...Array(3).fill(["uint16", [96, 96], 9]),
  ]);

  expect(readdirSync(saved)).toEqual(["cellpose-102.onnx"]);
  const file = readFileSync(join(saved, "cellpose-102.onnx"));
  const bundled = weightsOf(readFileSync(bundledPath("cellpose")));
  const changed = weightsOf(file).filter((weight, index) => weight !== bundled[index]).length;
  expect(changed).toBeGreaterThan(0.8 * bundled.length);
  const network = await loadNetwork(file);
  const { flows } = await network.run({ image: zeros([1, 2, 64, 64], "float32") });
  expect(flows.shape).toEqual([1, 3, 64, 64]);
  await network.close();
  expect(await server.end()).toBe(0);
});
