import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fromGeoJson, label, ndarray, readRois, stack, toGeoJson, writeRois } from "bioengine";
import { expect, test } from "vitest";
import { python, root } from "./laboratory";
import { finish } from "./program";

const folder = join(root, "test/output/rois");
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

// Noise has every kind of corner, holes, and parts that touch.
const noise = (seed: number) => {
  let state = seed;
  const next = () => {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    return state / 2 ** 31;
  };
  return ndarray(
    Int32Array.from({ length: 180 }, () => (next() < 0.3 ? 1 : 0)),
    [12, 15],
  );
};
const mask = label(noise(1));
const volume = stack([mask, label(noise(2))]);

test("writeRois() writes the labels that the package roifile reads", async () => {
  await writeRois(join(folder, "rois.zip"), mask);
  await writeRois(join(folder, "stack.zip"), volume);
  const { code, output } = await finish(python, ["test/rois.py", folder], { cwd: root });
  expect(code, output).toBe(0);
  const found = JSON.parse(output.trim().split("\n").at(-1) ?? "");
  expect(found.rois).toEqual(Array.from(mask.data));
  expect(found.stack).toEqual(Array.from(volume.data));
  expect(found.names).toEqual(Array.from({ length: Number(mask.max()) }, (_, index) => String(index + 1)));
  expect(found.types).toEqual(["RECT", "TRACED"]);
});

test("readRois() gives the labels back, of a plane and of a stack", async () => {
  const plane = await readRois(join(folder, "rois.zip"), mask.shape);
  expect([plane.role, Array.from(plane.data)]).toEqual(["labels", Array.from(mask.data)]);
  expect(Array.from((await readRois(join(folder, "stack.zip"), volume.shape)).data)).toEqual(
    Array.from(volume.data),
  );
  await expect(readRois(join(folder, "stack.zip"), [1, 12, 15])).rejects.toThrow(
    "regions must be on the 1 planes of the image, got 1 z2 on plane 1",
  );
  await expect(readRois("rois.zip", [12])).rejects.toThrow('use readRois("rois.zip", image.shape)');
});

test("toGeoJson() is read back from a file", () => {
  const path = join(folder, "mask.geojson");
  writeFileSync(path, JSON.stringify(toGeoJson(mask)));
  const back = fromGeoJson(JSON.parse(readFileSync(path, "utf8")), mask.shape);
  expect(Array.from(back.data)).toEqual(Array.from(mask.data));
});
