import { expect, test } from "vitest";
import { encodePng } from "../src/image/png";
import { decodeImage } from "./decode";

test.each([
  [1, 1],
  [3, 2],
  [257, 131],
])("encodePng() writes %i×%i pixels that Skia reads back", async (width, height) => {
  for (const channels of [1, 3] as const) {
    const pixels = Uint8Array.from(
      { length: width * height * channels },
      (_, i) => (i * 37 + (i >> 3)) & 255,
    );
    const decoded = await decodeImage(
      Buffer.from(encodePng({ width, height, channels, pixels })).toString("base64"),
    );
    expect([decoded.width, decoded.height]).toEqual([width, height]);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const at = (y * width + x) * channels;
        const expected = channels === 3 ? [...pixels.subarray(at, at + 3)] : Array(3).fill(pixels[at]);
        expect(decoded.at(y, x)).toEqual(expected);
      }
    }
  }
});
