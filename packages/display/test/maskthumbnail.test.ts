import { ndarray, zeros } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { maskThumbnail } from "../src/index";
import { decodeImage } from "./decode";

const noise = (shape: number[]) => {
  let state = 1;
  const length = shape.reduce((product, axis) => product * axis);
  const values = Uint16Array.from({ length }, () => {
    state = (state * 16807) % 2147483647;
    return state & 0xffff;
  });
  return ndarray(values, shape);
};

const bytesOf = ({ data }: { data: string }) => Buffer.from(data, "base64").length;

test("maskThumbnail() draws a small mask pixel by pixel", async () => {
  const mask = ndarray(Int32Array.of(0, 1, 0, 0, 0, 0), [2, 3]);
  const thumbnail = maskThumbnail(mask, zeros([2, 3], "uint8"));
  expect(thumbnail).toMatchObject({ mimeType: "image/png", width: 3, height: 2 });
  const decoded = await decodeImage(thumbnail.data);
  const isLit = (i: number) => decoded.at(Math.floor(i / 3), i % 3).some((level) => level > 0);
  const lit = [0, 1, 2, 3, 4, 5].map(isLit);
  expect(lit).toEqual([false, true, false, false, false, false]);
});

test.each([[[2048, 1500]], [[3, 700, 900]]])(
  "maskThumbnail() of noise %j keeps to 512 px and 50 kB",
  (shape) => {
    const mask = zeros(shape, "int32");
    mask.data[mask.size >> 1] = 1;
    const thumbnail = maskThumbnail(mask, noise(shape));
    expect(thumbnail.mimeType).toBe("image/jpeg");
    expect(bytesOf(thumbnail)).toBeLessThanOrEqual(50_000);
    expect(bytesOf(thumbnail)).toBeGreaterThan(20_000);
    const [height = 0, width = 0] = shape.slice(-2);
    expect(Math.max(thumbnail.width, thumbnail.height)).toBeLessThanOrEqual(512);
    expect(thumbnail.width / thumbnail.height).toBeCloseTo(width / height, 1);
  },
);

test("maskThumbnail() refuses an image of another size", () => {
  expect(() => maskThumbnail(zeros([4, 4], "int32"), zeros([5, 4], "uint8"))).toThrow(RangeError);
});
