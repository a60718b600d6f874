import { ndarray, zeros } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { segmentCellpose, segmentStardist } from "../src/index";

/** Bright discs of 10 px radius on a grid, with a little noise that repeats. */
const discs = (height: number, width: number) => {
  const values = new Float32Array(height * width);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const radius = Math.hypot((y % 32) - 16, (x % 32) - 16);
      values[y * width + x] = (radius < 10 ? 200 : 20) + ((x * 7919 + y * 104729) % 13);
    }
  }
  return ndarray(values, [height, width]);
};

for (const [name, parameters] of [
  ["with the diameter", { diameter: 20 }],
  ["without it", {}],
] as const) {
  test(`segmentCellpose() finds every disc ${name}`, async () => {
    const { mask, info } = await segmentCellpose(discs(96, 130).expandDims(0), parameters);
    expect(mask).toMatchObject({ dtype: "uint16", shape: [1, 96, 130], role: "labels" });
    expect(mask.max()).toBe(12);
    expect(info.count).toBe(12);
    expect(Math.abs(Number(info.diameter) - 20)).toBeLessThan(3);
  });
}

test("segmentCellpose() reads the channels that are asked for", async () => {
  const image = zeros([2, 96, 96], "float32");
  const bright = discs(96, 96);
  for (let i = 0; i < bright.size; i++) image.buffer[bright.size + i] = bright.buffer[i];
  expect((await segmentCellpose(image, { channels: [2, 0], diameter: 20 })).info.count).toBe(9);
  expect((await segmentCellpose(image, { channels: [1, 0], diameter: 20 })).info.count).toBe(0);
  await expect(segmentCellpose(image, { channels: [3, 0] })).rejects.toThrow(
    "within the image's 2, got [3,0]",
  );
});

test("segmentStardist() finds every disc, in any dtype", async () => {
  for (const dtype of ["float32", "uint16"] as const) {
    const { mask } = await segmentStardist(discs(96, 130).astype(dtype));
    expect(mask).toMatchObject({ dtype: "uint16", shape: [96, 130], role: "labels" });
    expect(mask.max()).toBe(12);
  }
});

test("images of one value and of one pixel give empty masks", async () => {
  for (const image of [zeros([33, 17], "float32"), zeros([1, 1], "float32")]) {
    expect((await segmentStardist(image)).info.count).toBe(0);
    expect((await segmentCellpose(image.expandDims(0))).info.count).toBe(0);
  }
});

test("wrong axes and parameters are named, with the correction", async () => {
  const image = zeros([16, 16], "float32");
  await expect(segmentCellpose(image)).rejects.toThrow("use image.expandDims(0)");
  await expect(segmentStardist(image.expandDims(0))).rejects.toThrow("image.at(0)");
  await expect(segmentCellpose(zeros([16, 16, 3], "float32"))).rejects.toThrow(
    "must have axes [c, y, x], got shape [16, 16, 3]; use image.transpose([2, 0, 1])",
  );
  await expect(segmentStardist(zeros([0, 16], "uint16"))).rejects.toThrow(
    "must have pixels, got shape [0, 16]",
  );
  const notANumber = image.divide(0);
  for (const answer of [segmentStardist(notANumber), segmentCellpose(notANumber.expandDims(0))]) {
    await expect(answer).rejects.toThrow("the image must have finite values, got NaN only");
  }
  await expect(segmentStardist(image, { prob_tresh: 0.5 })).rejects.toThrow("did you mean prob_thresh?");
  await expect(segmentStardist(image, { prob_thresh: 2 })).rejects.toThrow("a number from 0 to 1, got 2");
  await expect(segmentCellpose(image.expandDims(0), { diameter: "30" })).rejects.toThrow('got "30"');
  await expect(segmentCellpose(image.expandDims(0), "30")).rejects.toThrow("must be an object");
});

test("segmentCellpose() says which network answers to a model_type", async () => {
  const image = discs(96, 96).expandDims(0);
  const { info } = await segmentCellpose(image, { model_type: "cyto", diameter: 20 });
  expect(info).toMatchObject({ count: 9, model_type: "nuclei" });
  expect(info.warning).toBe("the embedded engine has one network, trained on nuclei; model_type cyto ran it");
  expect((await segmentCellpose(image, { model_type: "nuclei", diameter: 20 })).info).not.toHaveProperty(
    "warning",
  );
  await expect(segmentCellpose(image, { model_type: "cyto4" })).rejects.toThrow(
    'model_type must be among nuclei, cyto, cyto2, cyto3, got "cyto4"',
  );
});
