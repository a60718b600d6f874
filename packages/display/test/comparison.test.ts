import { label } from "@bioengine/measure";
import { decodeLabels, MASK_MIME, MATCH_COLORS, parseMaskPayload } from "@bioengine/mime";
import { ndarray } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { maskBundle } from "../src/index";
import { decodeImage } from "./decode";

const drawn = (lines: string[]) => {
  const labels = lines.flatMap((line) => [...line].map((sign) => (sign === "." ? 0 : Number(sign))));
  return ndarray(Int32Array.from(labels), [lines.length, lines[0]!.length]);
};

// 1 matches 9; 2 is over 1 and 2; 3 and 4 are parts of 3; 5 is nothing's; nothing is over 4.
const mask = drawn(["11.2222.", "11.2222.", "........", "33445...", "33445...", "........"]);
const truth = drawn(["99.1122.", "99.1122.", "........", "3333....", "3333..44", "......44"]);

const bundle = maskBundle(mask, { compare: truth });
const payload = parseMaskPayload(JSON.parse(JSON.stringify(bundle.data[MASK_MIME])));

test("maskBundle() tells what matches another mask, and what is wrong", async () => {
  expect(payload.comparison).toMatchObject({
    maxLabel: 9,
    mask: { extra: [5], merged: [2], split: [3, 4] },
    expected: { missed: [4], merged: [1, 2], split: [3] },
  });
  const { comparison } = payload;
  expect([...(await decodeLabels({ ...payload, maxLabel: 9, labels: comparison!.labels }))]).toEqual([
    ...truth.data,
  ]);
  // By IoU three match: 1 with 9, one half of 2 and one of 3.
  expect(bundle.data["text/plain"]).toContain(
    "Compared: 1 matched, 1 extra, 1 missed, 1 merged, 1 split; F1 at IoU 0.5: 0.6, from 3 matched pairs, 2 of them merged or split",
  );
});

test("maskBundle() draws the outcomes, the other mask as outlines", async () => {
  const picture = await decodeImage(maskBundle(mask, { compare: truth, alpha: 1 }).data["image/png"]);
  const scale = picture.width / 8;
  const at = (y: number, x: number) =>
    picture.at(Math.floor((y + 0.5) * scale), Math.floor((x + 0.5) * scale));
  expect(at(0, 0)).toEqual([...MATCH_COLORS.matched]);
  expect(at(0, 4)).toEqual([...MATCH_COLORS.merged]);
  expect(at(4, 1)).toEqual([...MATCH_COLORS.split]);
  expect(at(3, 4)).toEqual([...MATCH_COLORS.extra]);
  expect(at(4, 6)).toEqual([0, 0, 0]);
  expect(picture.at(4 * scale, Math.floor(6.5 * scale))).toEqual([...MATCH_COLORS.missed]);
  // The legend is below, on white.
  const below = 6 * scale;
  expect(picture.at(below + 12, 12)).toEqual([...MATCH_COLORS.matched]);
  expect(picture.at(below + 3, 3)).toEqual([255, 255, 255]);
});

test("maskBundle() refuses to compare masks of two shapes, and what is no mask", () => {
  expect(() => maskBundle(mask, { compare: drawn(["12"]) })).toThrow(
    "Cannot compare masks: both must have one shape, got [6, 8] and [1, 2]",
  );
  expect(() => maskBundle(mask, { compare: 5 } as never)).toThrow("must be an NdArray");
});

test("maskBundle() refuses to compare a mask with an image, and says how to show it below", () => {
  const discs = label(
    ndarray(Float64Array.from({ length: 900 }, (_, i) => Number(i % 30 < 12)))
      .reshape([30, 30])
      .greater(0),
  );
  // Brighter to the right and down, with noise, dark or bright outside.
  const noisy = (background: number) =>
    Uint16Array.from({ length: 900 }, (_, i) =>
      i % 30 < 12 ? 100 + ((i * i * 31 + i * 17) % 12) : background * (1 + (i % 7)),
    );
  for (const background of [0, 3]) {
    const image = ndarray(noisy(background), [30, 30]);
    expect(() => maskBundle(discs, { compare: image })).toThrow(
      "Cannot compare masks: compare must be labels, got uint16 that looks like an image; show the image below the mask with imshow(mask, { image: image })",
    );
    expect(() => maskBundle(discs, { image })).not.toThrow();
    expect(() => maskBundle(discs, { compare: image.withMetadata({ role: "labels" }) })).not.toThrow();
    expect(() => maskBundle(discs, { compare: image.divide(7) })).toThrow(
      "must be labels, got float64; show the image",
    );
  }
  expect(() => maskBundle(discs, { compare: discs.astype("float32") })).toThrow(
    'got float32; use imshow(mask, { compare: truth.astype("uint16") })',
  );
  // Many thin or small objects are labels all the same.
  const points = ndarray(
    Uint16Array.from({ length: 900 }, (_, i) => (i % 3 === 0 ? 1 + i / 3 : 0)),
    [30, 30],
  );
  expect(() => maskBundle(discs, { compare: points })).not.toThrow();
});
