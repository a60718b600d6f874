import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execute, imread, imshow, ndarray, regionpropsTable, segment, zeros } from "bioengine";
import { expect, test } from "vitest";

// What a user reads after a slip: the messages must hold the corrected line or the next step.

const image = zeros([64, 64], "uint16");

const messageOf = async (work: () => unknown): Promise<string> => {
  try {
    await work();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error("Nothing was thrown");
};

test("execute() shows the conversion for an image of the wrong dtype", async () => {
  const inputs = [image.expandDims(0), { diameter: 30 }];
  const message = await messageOf(() => execute({ inputs, modelName: "cellpose-python" }));
  expect(message).toMatch(/^Cannot .*float32.*got uint16/);
  expect(message).toContain('astype("float32")');
});

test("execute() shows the missing axis of a 2-D image for cellpose-python", async () => {
  const inputs = [image.astype("float32"), { diameter: 30 }];
  const message = await messageOf(() => execute({ inputs, modelName: "cellpose-python" }));
  expect(message).toMatch(/^Cannot /);
  expect(message).toContain("expandDims(0)");
});

test("execute() lists the models there are when one is unknown", async () => {
  const message = await messageOf(() => execute({ inputs: [image, {}], modelName: "celpose-python" }));
  expect(message).toContain("celpose-python");
  expect(message).toMatch(/it serves .*"cellpose-python", .*"stardist"/);
  expect(message).toMatch(/; did you mean "cellpose-python"\?$/);
});

test("execute() says what to do when the server can't be reached", async () => {
  const message = await messageOf(() =>
    execute({ inputs: [image, {}], modelName: "stardist", serverUrl: "http://127.0.0.1:9" }),
  );
  expect(message).toContain("http://127.0.0.1:9");
  expect(message).toMatch(/serverUrl|bioengine serve/);
});

test("execute() names the right spelling of a snake_case option", async () => {
  const options = JSON.parse('{"inputs": [], "model_name": "stardist"}');
  expect(await messageOf(() => execute(options))).toContain("modelName");
});

test("execute() says which backend a serviceId belongs to", async () => {
  const options = JSON.parse('{"inputs": [], "modelName": "stardist", "serviceId": "a/b"}');
  expect(await messageOf(() => execute(options))).toContain('serviceId needs backend: "hypha"');
});

test("execute() names the nearest parameter for an unknown one", async () => {
  const message = await messageOf(() =>
    execute({ inputs: [image, { prob_tresh: 0.4 }], modelName: "stardist" }),
  );
  expect(message).toContain("prob_thresh");
});

test("segment() names the models that there are, the one that was meant, and one that gives no mask", async () => {
  const tried = (modelName: string) => messageOf(() => segment(image, { modelName }));
  expect(await tried("unet")).toMatch(
    /'unet' is not found; it serves .*"cellpose-python".*"stardist-train"$/,
  );
  for (const modelName of ["star-dist", "stradist", "StarDist"])
    expect(await tried(modelName)).toMatch(/did you mean "stardist"\?$/);
  expect(await tried("cellpose-train")).toMatch(
    /cellpose-python, stardist or a model that was trained from one of them, got cellpose-train; call other models with execute$/,
  );
});

test("imread() names the file that isn't there, and the one that can't be read", async () => {
  expect(await messageOf(() => imread("no/such.tif"))).toContain("no/such.tif");
  const broken = join(mkdtempSync(join(tmpdir(), "bioengine-")), "broken.tif");
  writeFileSync(broken, "not an image");
  expect(await messageOf(() => imread(broken))).toContain("broken.tif");
});

test("imshow() tells which part to show of a mask with more axes than it leafs through", async () => {
  const mask = ndarray(new Uint16Array(2 * 64 * 64), [2, 1, 64, 64], { role: "labels" });
  expect(await messageOf(() => imshow(mask, { image: image }))).toContain("at(0, 0)");
});

test("regionpropsTable() names the nearest property, and the conversion for a float mask", async () => {
  expect(await messageOf(() => regionpropsTable(image, { properties: ["aera"] }))).toContain("area");
  expect(await messageOf(() => regionpropsTable(image.astype("float32")))).toContain("astype(");
});
