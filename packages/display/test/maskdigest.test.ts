import { ndarray, zeros } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { linkImage, maskBundle, maskText } from "../src/index";

/** Digest of a mask with rectangles `[label, y, x, height, width]`. */
function digest(size: number, rectangles: number[][], title?: string): string {
  const mask = zeros([size, size], "int32");
  for (const [label = 0, y0 = 0, x0 = 0, height = 0, width = 0] of rectangles) {
    for (let y = y0; y < y0 + height; y++) for (let x = x0; x < x0 + width; x++) mask.set(label, y, x);
  }
  return String(maskBundle(mask, title === undefined ? {} : { title }).data["text/plain"]);
}

test("the digest of a mask has count, coverage, areas and edge", () => {
  const rectangles = [
    [1, 10, 10, 4, 4],
    [2, 30, 30, 5, 4],
    [3, 60, 0, 10, 10],
    [4, 80, 50, 5, 5],
    [5, 50, 50, 6, 5],
  ];
  expect(digest(100, rectangles, "Nuclei")).toBe(
    "Nuclei\n" +
      "Mask [100, 100] int32: 5 objects (labels 1 to 5), 1.9% covered\n" +
      "Area in px: min 16, 25% 20, median 25, 75% 30, max 100; median diameter 5.642 px\n" +
      "Touching the edge: 1 of 5 (20%)",
  );
});

test("the digest of a mask is in µm where the size of a pixel is known", () => {
  // 12 pixels of 0.5 µm × 2 µm are 12 µm², as a disk of 2 √(12 / π) = 3.909 µm.
  const labels = zeros([20, 20], "uint16");
  for (let y = 5; y < 8; y++) for (let x = 5; x < 9; x++) labels.set(1, y, x);
  const told = (spacing: [number, number]) =>
    String(maskBundle(labels, { spacing }).data["text/plain"]).split("\n")[1];
  const text = "Area in µm²: min 12, 25% 12, median 12, 75% 12, max 12; median diameter 3.909 µm (3.909 px)";
  expect(told([0.5, 2])).toBe(text);
  // Half of the length, a quarter of the area.
  expect(told([0.5, 0.5])).toMatch(/µm²: min 3, .* median diameter 1.954 µm \(3.909 px\)$/);
  expect(maskText(labels)).toContain("Area in px: min 12");
  expect(maskText(labels.withMetadata({ axes: "YX", spacing: [0.5, 2] }))).toContain(text);
  linkImage(labels, zeros([20, 20], "uint16").withMetadata({ spacing: [0.5, 2] }));
  expect(maskText(labels)).toContain(text);
});

test("the digest of a mask says which labels are missing", () => {
  expect(digest(20, [[7, 5, 5, 3, 4]])).toContain("1 object (labels up to 7, not consecutive)");
});

const row = (labels: number, side: number, gap: number) =>
  Array.from({ length: labels }, (_, i) => [
    i + 1,
    5 + gap * Math.floor(i / 5),
    5 + gap * (i % 5),
    side,
    side,
  ]);

test.each([
  ["nothing was found", 20, []],
  ["label 1 covers 64% of the image; it may be the background", 10, [[1, 1, 1, 8, 8]]],
  [
    "hardly any background is left",
    10,
    [
      [1, 0, 0, 5, 10],
      [2, 5, 0, 5, 10],
    ],
  ],
  [
    "more than a third of the objects touch the edge",
    30,
    [
      [1, 0, 0, 4, 4],
      [2, 0, 9, 4, 4],
      [3, 9, 9, 4, 4],
    ],
  ],
  ["10 objects are smaller than 10 px", 40, row(10, 2, 6)],
  ["label 11 (1000 px) is over 20 times the median", 100, [...row(10, 5, 8), [11, 70, 10, 20, 50]]],
])("the digest of a mask warns: %s", (warning, size, rectangles) => {
  expect(digest(size, rectangles)).toContain(`Warning: ${warning}`);
});

test("the digest of a good mask has no warning and any digest is short", () => {
  expect(digest(60, row(10, 5, 9))).not.toContain("Warning");
  const labels = Uint32Array.from({ length: 10_000 }, (_, i) => (i * 2654435761) >>> 0);
  const text = String(maskBundle(ndarray(labels, [100, 100]), { title: "x".repeat(500) }).data["text/plain"]);
  expect(text.length).toBeLessThan(1200);
});

/** Two planes of 20 x 20: label 1 of 12 and 20 pixels, label 2 of 4 pixels in the second alone. */
function twoPlanes() {
  const labels = zeros([2, 20, 20], "uint16");
  const draw = (label: number, z: number, height: number, width: number, at: number) => {
    for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) labels.set(label, z, at + y, at + x);
  };
  draw(1, 0, 3, 4, 2);
  draw(1, 1, 4, 5, 2);
  draw(2, 1, 2, 2, 12);
  return labels;
}

test("the digest of a film is of the objects in each frame", () => {
  const film = twoPlanes().withMetadata({ axes: "TYX", spacing: [0.5, 0.5] });
  // 12, 20 and 4 pixels of 0.25 µm².
  expect(maskText(film)).toBe(
    "Mask [2, 20, 20] uint16: 3 objects in 2 frames (labels 1 to 2), 4.5% covered\n" +
      "Area in one frame in µm²: min 1, 25% 2, median 3, 75% 4, max 5; median diameter 1.954 µm (3.909 px)\n" +
      "Touching the edge: 0 of 3 (0%)\n" +
      "Warning: 1 object is smaller than 10 px; the diameter or the minimum size may be too small",
  );
  expect(maskText(twoPlanes().withMetadata({ axes: "TYX" }))).toContain(
    "Area in one frame in px: min 4, 25% 8,",
  );
});

test("the digest of a volume is in µm³ where the size of a voxel is known", () => {
  // 32 and 4 voxels of 2 µm x 0.5 µm x 0.5 µm.
  const volume = twoPlanes().withMetadata({ axes: "ZYX", spacing: [2, 0.5, 0.5] });
  expect(maskText(volume)).toContain("2 planes\nVolume in µm³: min 2, 25% 5.5, median 9, 75% 12.5, max 16\n");
  expect(maskText(twoPlanes())).toContain("2 planes\nPixels in all planes: min 4, ");
});
