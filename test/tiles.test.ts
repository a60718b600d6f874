import { join } from "node:path";
import { segmentCellpose, segmentStardist } from "@bioengine/engine";
import { concatenate, execute, imread, matching, type NdArray } from "bioengine";
import { beforeAll, expect, test } from "vitest";
import { notebooks } from "./laboratory";

/** 1024 × 1024 pixels of nuclei. */
let image: NdArray<"float32">;
beforeAll(async () => {
  const nuclei = await imread(join(notebooks, "data", "img2d.tif"));
  const turned = nuclei.transpose();
  image = concatenate([concatenate([nuclei, turned], 1), concatenate([turned, nuclei], 1)], 0).astype(
    "float32",
  );
});

const whole = { tileSide: 4096 };
const cut = { tileSide: 400 };

test.each([{ diameter: 24 }, { diameter: 40 }, { diameter: 14 }])(
  "segmentCellpose() finds the same objects in tiles as at once, with %o",
  async (parameters) => {
    const [expected, found] = await Promise.all(
      [whole, cut].map((options) => segmentCellpose(image.expandDims(0), parameters, options)),
    );
    const { f1, truePositives } = matching(expected.mask.at(0), found.mask.at(0), { threshold: 0.95 });
    expect(truePositives).toBeGreaterThan(100);
    // What a tile shows ends 64 pixels of the network around it: a flow on the brink may tip over.
    expect(f1).toBeGreaterThan(0.99);
  },
);

test.each([{ scale: 1 }, { scale: 1.3 }])(
  "segmentStardist() finds the same objects in tiles as at once, with %o",
  async (parameters) => {
    const [expected, found] = await Promise.all(
      [whole, cut].map((options) => segmentStardist(image, parameters, options)),
    );
    const { f1, truePositives } = matching(expected.mask, found.mask, { threshold: 0.95 });
    expect(truePositives).toBeGreaterThan(100);
    expect(f1).toBeGreaterThan(0.99);
  },
);

test("segmentCellpose() estimates the diameter from tiles, tells its progress, and stops between them", async () => {
  const done: number[] = [];
  const controller = new AbortController();
  const onProgress = (count: number, total: number) => {
    done.push(count / total);
    if (count === 3) controller.abort(new Error("enough"));
  };
  const options = { ...cut, onProgress, signal: controller.signal };
  await expect(segmentCellpose(image.expandDims(0), {}, options)).rejects.toThrow("enough");
  expect(done.length).toBe(4);
  expect(done[0]).toBe(0);
});

test("execute() tells how many parts of a large image the embedded engine has done, and ends them when aborted", async () => {
  const large = concatenate([concatenate([image, image], 1), concatenate([image, image], 1)], 0);
  const inputs = [large.astype("uint16"), { scale: 1 }];
  const controller = new AbortController();
  const seen: number[] = [];
  const onProgress = ({ phase, loaded, total }: { phase: string; loaded: number; total?: number }) => {
    if (phase !== "running" || total === undefined) return;
    expect(total).toBe(4);
    seen.push(loaded);
    if (loaded === 2) controller.abort(new Error("enough"));
  };
  const options = { inputs, modelName: "stardist", onProgress, signal: controller.signal };
  await expect(execute(options)).rejects.toThrow("enough");
  expect(seen.length).toBeGreaterThan(0);
  expect(seen.at(-1)).toBe(2);
  // The engine is free again: what was left of the image isn't computed.
  const { mask } = await execute({
    inputs: [image.slice([0, 64], [0, 64]).astype("uint16"), {}],
    modelName: "stardist",
  });
  expect(mask.shape).toEqual([64, 64]);
});
