import { join } from "node:path";
import { segmentCellpose, segmentStardist } from "@bioengine/engine";
import { concatenate, imread, matching, type NdArray } from "bioengine";
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

test.each([{ diameter: 24 }, { diameter: 40 }, { diameter: 12 }])(
  "segmentCellpose() finds the same objects in tiles as at once, with %o",
  async (parameters) => {
    const [expected, found] = await Promise.all(
      [whole, cut].map((options) => segmentCellpose(image.expandDims(0), parameters, options)),
    );
    const { f1, truePositives } = matching(expected.mask.at(0), found.mask.at(0), { threshold: 0.95 });
    expect(truePositives).toBeGreaterThan(100);
    expect(f1).toBeGreaterThan(0.995);
  },
);

test.each([{ scale: 1 }, { scale: 1.7 }])(
  "segmentStardist() finds the same objects in tiles as at once, with %o",
  async (parameters) => {
    const [expected, found] = await Promise.all(
      [whole, cut].map((options) => segmentStardist(image, parameters, options)),
    );
    const { f1, truePositives } = matching(expected.mask, found.mask, { threshold: 0.95 });
    expect(truePositives).toBeGreaterThan(100);
    expect(f1).toBeGreaterThan(0.995);
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
