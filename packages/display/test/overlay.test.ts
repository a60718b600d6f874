import { labelColors, PALETTE_SIZE } from "@bioengine/mime";
import { expect, test } from "vitest";
import { overlay } from "../src/mask/overlay";

const labels = Uint32Array.of(
  ...[0, 0, 0, 0, 0, 0],
  ...[0, 1, 1, 1, 2, 2],
  ...[0, 1, 1, 1, 2, 2],
  ...[0, 1, 1, 1, 2, 2],
  ...[0, 0, 0, 0, 2, 2],
);

/** C: contour, f: fill; the frame of the image is no contour. */
const drawn = `
  ......
  .CCCCC
  .CfCCf
  .CCCCf
  ....Cf`;

test("overlay() draws the contour inside of each label and along touching ones", () => {
  const black = { width: 6, height: 5, channels: 1, pixels: new Uint8Array(30) } as const;
  const { pixels } = overlay(black, labels, { alpha: 0.5, contours: true });
  const palette = labelColors(2);
  const rows = drawn.trim().split(/\s+/).join("");
  for (let i = 0; i < 30; i++) {
    const weight = { ".": 0, f: 0.5, C: 1 }[rows[i]!]!;
    const colour = palette.subarray(4 * labels[i]!, 4 * labels[i]! + 3);
    expect([...pixels.subarray(3 * i, 3 * i + 3)]).toEqual(
      [...colour].map((level) => Math.round(level * weight)),
    );
  }
});

test("overlay() leaves the background as it is and gives large labels a colour", () => {
  const picture = { width: 2, height: 1, channels: 3, pixels: Uint8Array.of(1, 2, 3, 4, 5, 6) } as const;
  const large = Uint32Array.of(0, 4294967295);
  const { pixels } = overlay(picture, large, { alpha: 1, contours: false });
  const colour = 4 * (1 + (4294967294 % PALETTE_SIZE));
  expect([...pixels]).toEqual([1, 2, 3, ...labelColors(PALETTE_SIZE).subarray(colour, colour + 3)]);
});
