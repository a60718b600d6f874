import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Roi, readRoiZip, writeRoiZip } from "../src/index";
import expected from "./fixtures/rois.json";

const fixture = (name: string) => join(__dirname, "fixtures", name);
const folder = mkdtempSync(join(tmpdir(), "roizip-"));

test("readRoiZip() reads polygons, rectangles, composites, positions and names as the package roifile", async () => {
  const rois = await readRoiZip(fixture("rois.zip"));
  expect(rois.map(({ name, plane }) => [name, plane])).toEqual(
    expected.map(({ name, position }) => [name, position === 0 ? undefined : position - 1]),
  );
  for (const [index, { name, paths }] of expected.entries()) {
    if (name === "oval") continue;
    // roifile closes rectangles and composites.
    const open = paths.map((path) =>
      path.length > 3 && path[0].join() === path.at(-1)?.join() ? path.slice(0, -1) : path,
    );
    const { rings } = rois[index];
    const sorted = (ring: readonly (readonly number[])[]) => ring.map((place) => place.join()).sort();
    expect(rings.map(sorted), name).toEqual(open.map(sorted));
  }
});

test("readRoiZip() gives an oval as corners on its ellipse", async () => {
  const oval = (await readRoiZip(fixture("rois.zip"))).find(({ name }) => name === "oval");
  for (const [y, x] of oval?.rings[0] ?? [])
    expect(((y - 3) / 3) ** 2 + ((x - 5) / 5) ** 2).toBeCloseTo(1, 12);
  expect(oval?.rings[0]).toHaveLength(360);
});

test("writeRoiZip() writes what readRoiZip() reads", async () => {
  const rois: Roi[] = [
    {
      name: "1",
      rings: [
        [
          [3, 2],
          [4, 10],
          [12, 7],
        ],
      ],
      plane: undefined,
    },
    {
      name: "β z3",
      rings: [
        [
          [0, 0],
          [0, 9],
          [9, 9],
          [9, 0],
        ],
        [
          [2, 2],
          [5, 2],
          [5, 5],
        ],
      ],
      plane: 2,
    },
  ];
  await writeRoiZip(join(folder, "made", "rois.zip"), rois);
  expect(await readRoiZip(join(folder, "made", "rois.zip"))).toEqual(rois);
});

test("writeRoiZip() keeps fractions of pixels, of one ring too", async () => {
  const path = join(folder, "fractions.zip");
  const rois = await readRoiZip(fixture("rois.zip"));
  await writeRoiZip(path, rois);
  const back = await readRoiZip(path);
  for (const [index, { name, rings, plane }] of rois.entries()) {
    // As float32.
    const single = rings.map((ring) => ring.map((place) => place.map(Math.fround)));
    expect(back[index]).toEqual({ name, rings: single, plane });
  }
  // A middle of a pixel, as of `findContours`.
  const line: Roi = {
    name: "line",
    plane: undefined,
    rings: [
      [
        [-0.5, 1],
        [1, 2.5],
        [2.5, 1],
      ],
    ],
  };
  await writeRoiZip(path, [line]);
  expect(await readRoiZip(path)).toEqual([line]);
});

test("readRoiZip() says which region is no area, and which file is none", async () => {
  await expect(readRoiZip(fixture("line.roi"))).rejects.toThrow(/line\.roi: it must be an area, got a line$/);
  await expect(readRoiZip(fixture("gray8.png"))).rejects.toThrow("gray8.png: it is no region of ImageJ");
  await expect(readRoiZip(join(folder, "none.zip"))).rejects.toThrow("there is no such file");
  const [cut] = [readFileSync(fixture("line.roi")).subarray(0, 50)];
  await expect(readRoiZip(cut)).rejects.toThrow("it is no region of ImageJ");
  const bytes = Buffer.from(readFileSync(fixture("line.roi")));
  bytes.writeUInt8(0, 6);
  bytes.writeUInt16BE(60000, 16);
  await expect(readRoiZip(bytes)).rejects.toThrow("it is not whole");
});

test("writeRoiZip() refuses other names and places that ImageJ can't tell", async () => {
  await expect(writeRoiZip(join(folder, "a.roi"), [])).rejects.toThrow("the name must end in .zip");
  await expect(writeRoiZip([] as never, "a.zip" as never)).rejects.toThrow(
    'Cannot write: the path comes first, got object; use writeRoiZip("rois.zip", rois)',
  );
  await expect(writeRoiZip("a.zip", undefined as never)).rejects.toThrow("a list of regions is needed");
  await expect(readRoiZip(undefined as never)).rejects.toThrow(
    "Cannot read the regions: source must be a path or a Uint8Array, got undefined",
  );
  const far: Roi = {
    name: "9",
    rings: [
      [
        [0, 0],
        [0, 40000],
        [1, 0],
      ],
    ],
    plane: undefined,
  };
  await expect(writeRoiZip(join(folder, "a.zip"), [far])).rejects.toThrow(
    "places must be up to 32767, got [1, 40000] in 9",
  );
});
