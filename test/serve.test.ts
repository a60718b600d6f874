import { copyFileSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "./laboratory";
import { finish, start } from "./program";

const bioengine = join(root, "packages/bioengine/bin/bioengine.js");

test("bioengine serve prints what it serves, and why it can't serve the rest", async () => {
  const models = mkdtempSync(join(tmpdir(), "bioengine-models-"));
  for (const name of ["good", "typo", "empty"]) mkdirSync(join(models, name, "1"), { recursive: true });
  for (const name of ["good", "typo"]) {
    copyFileSync(join(root, "packages/engine/weights/stardist.onnx"), join(models, name, "1/model.onnx"));
  }
  writeFileSync(join(models, "typo/config.pbtxt"), "max_batch_sise: 4");
  const args = ["serve", "--port", "0", "--model-repository", models];
  const server = await start(process.execPath, [bioengine, ...args], /ready at http:\S+ with (.*)\n/);
  expect(server.match[1]).toBe(
    "cellpose-predict, cellpose-python, cellpose-train, good, stardist, stardist-predict, stardist-train",
  );
  expect(server.output()).toContain("Cannot serve empty: 1/model.onnx: the file must be there, got none\n");
  expect(server.output()).toContain("got max_batch_sise; did you mean max_batch_size?\n");
  expect(await server.end()).toBe(0);
});

test.each([
  [["--port", "1e9"], "Cannot serve: --port must be a whole number from 0 to 65535, got 1e9"],
  [
    ["--model-repository", "/nowhere"],
    "Cannot serve the model repository: it must be a folder, got /nowhere",
  ],
  [["--prot", "1"], "Unknown option '--prot'\nnpx bioengine --help shows what there is"],
])("bioengine serve %j says what is wrong", async (args, words) => {
  expect(await finish(process.execPath, [bioengine, "serve", ...args])).toEqual({
    code: 1,
    output: `${words}\n`,
  });
});
