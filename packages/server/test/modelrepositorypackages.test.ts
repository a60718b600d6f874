import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type NdArray, ndarray, zeros } from "@bioengine/ndarray";
import { execute, TritonClient } from "@bioengine/triton";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { readZip, zipNames } from "../src/package/zipfile";
import { folderOf } from "./modelrepositoryfolder";
import { build, main, start } from "./program";

// Packages that bioimageio.spec packed, with what bioimageio.core made of their test images: see
// packages/engine/test/fixtures/bioimage.py.

beforeAll(build, 240_000);

const packages = ["bioimage-0.4", "bioimage-0.5"];
const pathOf = (name: string) => join(__dirname, `fixtures/${name}.zip`);

/** numpy's format: a line of Python, then float32 in C order. */
function npy(bytes: Buffer | undefined): NdArray {
  if (bytes === undefined) throw new Error("no array");
  const length = bytes.readUInt16LE(8);
  const [, shape] = bytes.toString("latin1", 10, 10 + length).match(/'shape': \(([\d, ]+)\)/) ?? ["", ""];
  const data = new Uint8Array(bytes.subarray(10 + length));
  return ndarray(new Float32Array(data.buffer), shape.split(",").filter(Boolean).map(Number));
}

const array = (name: string, file: string) => npy(readZip(pathOf(name), file));

function extract(name: string, folder: string): void {
  for (const file of zipNames(pathOf(name))) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), readZip(pathOf(name), file) ?? "");
  }
}

async function serve(prepare: (folder: string) => void): Promise<{ url: string; client: TritonClient }> {
  const folder = folderOf({});
  prepare(folder);
  const { url } = await start("ipc", [main, "--model-repository", folder]);
  return { url, client: new TritonClient({ serverUrl: url }) };
}

function expectClose(found: NdArray, expected: NdArray): void {
  expect(found.shape).toEqual(expected.shape);
  const difference = found.subtract(expected).data.map(Math.abs as (x: never) => never);
  // Sums in another order.
  expect(Math.max(...Array.from(difference, Number))).toBeLessThan(1e-4);
}

test("startServer() serves bioimage.io packages, as zip files and as folders, as bioimageio.core runs them", async () => {
  const { url, client } = await serve((folder) => {
    for (const name of packages) {
      copyFileSync(pathOf(name), join(folder, `${name}.zip`));
      extract(name, join(folder, `folder-${name}`));
    }
  });
  for (const name of packages.flatMap((name) => [name, `folder-${name}`])) {
    const source = name.replace("folder-", "");
    const { mask } = await execute({ serverUrl: url, modelName: name, inputs: [array(source, "in.npy")] });
    expectClose(mask, array(source, "out.npy"));
  }
  expect(await client.getModelMetadata("bioimage-0.5")).toMatchObject({
    platform: "bioengine",
    inputs: [{ name: "image", datatype: "FP32", shape: [-1, 1, -1, -1] }],
    outputs: [{ name: "mask", datatype: "FP32", shape: [-1, -1, -1, -1] }],
  });
});

test("startServer() takes an image of any size for a package, and refuses other axes in its words", async () => {
  const { url } = await serve((folder) => copyFileSync(pathOf("bioimage-0.5"), join(folder, "a.zip")));
  const call = { serverUrl: url, modelName: "a" };
  const { mask } = await execute({ ...call, inputs: [zeros([1, 1, 61, 43], "float32")] });
  expect(mask.shape).toEqual([1, 2, 61, 43]);
  await expect(execute({ ...call, inputs: [zeros([1, 1, 0, 43], "float32")] })).rejects.toMatchObject({
    status: 400,
    serverMessage: "Cannot run a: image must have axes [batch, channel, y, x], got shape [1, 1, 0, 43]",
  });
});

test("startServer() loads and unloads packages like other models", async () => {
  let place = "";
  const { url, client } = await serve((folder) => {
    place = folder;
  });
  copyFileSync(pathOf("bioimage-0.4"), join(place, "late.zip"));
  await client.loadModel("late");
  const inputs = [array("bioimage-0.4", "in.npy")];
  expectClose(
    (await execute({ serverUrl: url, modelName: "late", inputs })).mask,
    array("bioimage-0.4", "out.npy"),
  );
  await client.unloadModel("late");
  await expect(execute({ serverUrl: url, modelName: "late", inputs })).rejects.toThrow(
    "has no available versions",
  );
});

test("startServer() takes no plain file of the repository for a model", async () => {
  const { client } = await serve((folder) => {
    copyFileSync(pathOf("bioimage-0.5"), join(folder, "a.zip"));
    writeFileSync(join(folder, "README.md"), "Our models");
  });
  const index = (await client.getModelRepositoryIndex()) as { name: string; state: string }[];
  expect(index.map(({ name }) => name)).not.toContain("README.md");
  expect(index.filter(({ name }) => name.startsWith("a"))).toEqual([
    { name: "a", version: "1", state: "READY" },
  ]);
  expect(await client.isServerReady()).toBe(true);
});

test("startServer() says what is wrong with a package", async () => {
  const edit = (folder: string, change: (rdf: string) => string) => {
    extract("bioimage-0.5", folder);
    writeFileSync(join(folder, "rdf.yaml"), change(readFileSync(join(folder, "rdf.yaml"), "utf8")));
  };
  const { url, client } = await serve((folder) => {
    edit(join(folder, "custom"), (rdf) => rdf.replace("id: scale_linear", "id: custom"));
    edit(join(folder, "yaml"), (rdf) => rdf.replace("inputs:", "inputs: ["));
    edit(join(folder, "bombs"), () => {
      const lines = Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i},`.repeat(9)}]`);
      return ["a0: &a0 [x, x]", ...lines].join("\n");
    });
    edit(join(folder, "weights"), (rdf) => rdf.replace("source: conv.onnx", "source: none.onnx"));
    edit(join(folder, "outside"), (rdf) => rdf.replace("source: conv.onnx", "source: ../weights/conv.onnx"));
    edit(join(folder, "hash"), (rdf) => rdf.replace("sha256: 43b1", "sha256: 0000"));
    writeFileSync(join(folder, "other.zip"), "no zip file");
  });
  const reasonOf = async (name: string) => {
    await client.isModelReady(name);
    const index = (await client.getModelRepositoryIndex()) as {
      name: string;
      state?: string;
      reason?: string;
    }[];
    const entry = index.find((one) => one.name === name);
    expect(entry?.state).toBe("UNAVAILABLE");
    return entry?.reason;
  };
  expect(await reasonOf("custom")).toMatch(
    /^rdf.yaml: inputs\[0\].preprocessing\[1\].id must be one of binarize, .*, got "custom"$/,
  );
  expect(await reasonOf("yaml")).toMatch(/^rdf.yaml: .* at line \d+, column \d+/s);
  expect(await reasonOf("bombs")).toMatch(/^rdf.yaml: Excessive alias count/);
  expect(await reasonOf("weights")).toBe("none.onnx must lie in the package, got none");
  expect(await reasonOf("outside")).toBe("a file of the package must lie in it, got ../weights/conv.onnx");
  expect(await reasonOf("hash")).toMatch(
    /^conv.onnx must have the sha256 of the description, 0000.*, got 43b1/,
  );
  expect(await reasonOf("other")).toBe("the zip file must have a directory");
  const inputs = [zeros([1, 1, 40, 40], "float32")];
  await expect(execute({ serverUrl: url, modelName: "hash", inputs })).rejects.toThrow(
    "must have the sha256",
  );
});

test("readZip() reads a zip file, or says what is wrong with it, whatever it holds", () => {
  const path = join(folderOf({}), "a.zip");
  const whole = readFileSync(pathOf("bioimage-0.5"));
  const broken = fc
    .tuple(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 4 }), fc.nat(whole.length))
    .map(([changes, length]) => {
      const copy = Buffer.from(whole);
      for (const [position, byte] of changes) copy[position] = byte;
      return copy.subarray(0, length < 200 ? whole.length : length);
    });
  fc.assert(
    fc.property(fc.oneof(broken, fc.uint8Array()), (bytes) => {
      writeFileSync(path, bytes);
      try {
        for (const name of zipNames(path)) readZip(path, name);
      } catch (error) {
        expect(String(error)).toMatch(/^RangeError: the zip file must /);
      }
    }),
    { numRuns: 500 },
  );
});
