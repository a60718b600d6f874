import { type DType, ndarray, zeros } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { toPicture } from "../src/image/image";
import { imageBundle } from "../src/index";
import { decodeImage } from "./decode";

/** 1,000 pixels of the values 0 to 999. */
const ramp = ndarray(
  Uint16Array.from({ length: 1000 }, (_, i) => i),
  [20, 50],
);

test("toPicture() stretches between the 1 and 99.8 percent quantiles", () => {
  const { pixels } = toPicture(ramp, 2048);
  // Ranks 10 and 998 of 1,000 are the values 9 and 997.
  expect([pixels[0], pixels[9], pixels[503], pixels[997], pixels[999]]).toEqual([0, 0, 128, 255, 255]);
});

test.each<DType>(["uint8", "uint16", "uint32", "int16", "int64", "float16", "float32", "float64"])(
  "toPicture() reads %s",
  (dtype) => {
    const image = ndarray([0, 40, 100, 25], [2, 2]).astype(dtype);
    expect([...toPicture(image, 2048).pixels]).toEqual([0, 102, 255, 64]);
  },
);

test("toPicture() shows bool as black and white, and one value only without contrast", () => {
  expect([...toPicture(ndarray([true, false, true, true], [2, 2]), 2048).pixels]).toEqual([255, 0, 255, 255]);
  expect([...toPicture(zeros([2, 2], "uint8"), 2048).pixels]).toEqual([0, 0, 0, 0]);
  expect([...toPicture(ndarray([7, 7, 7, 7], [2, 2]), 2048).pixels]).toEqual([128, 128, 128, 128]);
});

test("toPicture() keeps a few bright specks visible", () => {
  const image = zeros([50, 50], "uint16");
  image.set(900, 3, 4);
  expect(toPicture(image, 2048).pixels[3 * 50 + 4]).toBe(255);
});

test("toPicture() shows NaN black", () => {
  const image = ndarray([Number.NaN, 0, 10, Number.POSITIVE_INFINITY], [2, 2]);
  expect([...toPicture(image, 2048).pixels]).toEqual([0, 0, 255, 255]);
});

test("toPicture() stretches each channel of 16 bit by itself and 8-bit colour as a whole", () => {
  const values = [0, 0, 0, 80, 200, 50];
  expect([...toPicture(ndarray(Uint16Array.from(values), [1, 2, 3]), 2048).pixels]).toEqual([
    0, 0, 0, 255, 255, 255,
  ]);
  expect([...toPicture(ndarray(Uint8Array.from(values), [1, 2, 3]), 2048).pixels]).toEqual([
    0, 0, 0, 102, 255, 64,
  ]);
});

test("toPicture() shows two channels as green and magenta and leaves alpha out", () => {
  const two = ndarray(Uint16Array.of(0, 9, 5, 0), [1, 2, 2]);
  expect([...toPicture(two, 2048).pixels]).toEqual([255, 0, 255, 0, 255, 0]);
  const four = ndarray(Uint8Array.of(0, 0, 0, 9, 255, 255, 255, 9), [1, 2, 4]);
  expect([...toPicture(four, 2048).pixels]).toEqual([0, 0, 0, 255, 255, 255]);
});

test("toPicture() reads a view in its own order", () => {
  expect([...toPicture(ndarray([0, 1, 2, 3], [2, 2]).transpose(), 2048).pixels]).toEqual([0, 170, 85, 255]);
});

test("toPicture() shrinks what is larger than asked for", () => {
  const picture = toPicture(zeros([30, 60], "float32"), 20);
  expect([picture.width, picture.height]).toEqual([20, 10]);
});

test.each([
  [[512], "the image must be [y, x] or [y, x, c] with 1 to 4 channels, got [512]"],
  [[1, 64, 64], "got [1, 64, 64]: show image.at(0)"],
  [[3, 64, 64], "got [3, 64, 64]: show image.transpose([1, 2, 0]), with the channels last"],
  [[9, 64, 64], "got [9, 64, 64]: show one plane, such as image.at(0)"],
  [[2, 9, 64, 64], "got [2, 9, 64, 64]: show one plane, such as image.at(0, 0)"],
  [[0, 5], "got [0, 5], which has no pixels"],
])("imageBundle() refuses %j and says how to convert", (shape, message) => {
  expect(() => imageBundle(zeros(shape, "uint8"))).toThrow(message);
});

test.each([
  [Promise.resolve(), "got a Promise (await it)"],
  [[[1, 2]], "got a plain array (make it one with ndarray(value))"],
  [{ mask: 1 }, "got an object of class Object"],
  [undefined, "got undefined"],
])("imageBundle() refuses %o", (value, message) => {
  expect(() => imageBundle(value as never)).toThrow(message);
});

test("imageBundle() has a picture and says what is in it", async () => {
  const { data, metadata } = imageBundle(ramp, { title: "A ramp" });
  expect(data["text/plain"]).toBe(
    "A ramp\nImage [20, 50] uint16\n" +
      "min 0, max 999, mean 499.5; percentiles: 1% 9, 25% 249, 50% 499, 75% 749, 99.8% 997",
  );
  const decoded = await decodeImage(data["image/png"]);
  expect(metadata["image/png"]).toEqual({ width: 500, height: 200, alt: "A ramp. Image [20, 50] uint16" });
  expect([decoded.width, decoded.height]).toEqual([500, 200]);
  expect(decoded.at(199, 499)).toEqual([255, 255, 255]);
});

test.each([
  [ndarray([Number.NaN, 1, 2, 3], [2, 2]), "Warning: 1 pixel NaN or infinite, shown black"],
  [ndarray([Number.NaN, Number.NaN], [1, 2]), "Warning: no value is a finite number"],
  [ndarray([4, 4, 4, 4], [2, 2]), "Warning: all values are 4"],
  [
    ndarray(Uint16Array.of(4095, 4095, 1, 2), [2, 2]),
    "Warning: 50% of the pixels are at 4095, probably saturated",
  ],
])("imageBundle() warns: %#", (image, warning) => {
  expect(imageBundle(image).data["text/plain"]).toContain(warning);
});

test("imageBundle() describes each channel", () => {
  const text = imageBundle(ndarray(Uint8Array.of(1, 2, 3, 4, 5, 6), [1, 2, 3])).data["text/plain"];
  expect(text).toContain("Channel 2: min 3, max 6, mean 4.5");
});

test("imageBundle() keeps a noisy picture within its budget", async () => {
  let state = 1;
  const noise = Uint8Array.from({ length: 1024 * 1024 * 3 }, () => {
    state = (state * 48271) % 2147483647;
    return state & 255;
  });
  const { data, metadata } = imageBundle(ndarray(noise, [1024, 1024, 3]));
  expect(String(data["image/png"]).length).toBeLessThan(1_700_000);
  const decoded = await decodeImage(data["image/png"]);
  expect(metadata["image/png"]).toMatchObject({ width: decoded.width, height: decoded.height });
});

test("imageBundle() refuses options that it does not have", () => {
  expect(() => imageBundle(ramp, { titel: "x" } as never)).toThrow("write { title: … }");
  expect(() => imageBundle(ramp, { title: 5 } as never)).toThrow("title must be a string, got 5");
});

const twoCells = [
  [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  [0, 1, 1, 1, 1, 1, 0, 2, 2, 2, 2, 2],
  [0, 1, 1, 1, 1, 1, 0, 2, 2, 2, 2, 2],
  [0, 1, 1, 1, 1, 1, 0, 2, 2, 2, 2, 2],
];

test("imageBundle() says how to show what looks like labels as a mask", () => {
  const mask = ndarray(twoCells).astype("uint16");
  const { data } = imageBundle(mask);
  const advice = 'the labels of 2 objects: read them as such with imread(path, { role: "labels" })';
  expect(data["text/plain"]).toContain(advice);
  expect(data["text/html"]).toContain(advice.replaceAll('"', "&quot;"));
  expect(data["text/html"]).toContain(`src="data:image/png;base64,${data["image/png"]}"`);
});

test.each<[string, (value: number) => number, DType]>([
  ["a binary image", (value) => Math.min(value, 1), "uint8"],
  ["a gap between values", (value) => value * 100, "uint16"],
  ["floating point", (value) => value, "float32"],
  ["a value below 0", (value) => value - 1, "int16"],
])("imageBundle() takes %s for no labels", (_, change, dtype) => {
  const { data } = imageBundle(ndarray(twoCells.map((row) => row.map(change))).astype(dtype));
  expect(Object.keys(data)).toEqual(["image/png", "text/plain"]);
});

test("imageBundle() takes values that change from pixel to pixel for no labels", () => {
  expect(imageBundle(ramp).data).not.toHaveProperty("text/html");
});

test("imageBundle() takes a dim image on black for no labels", () => {
  const dim = zeros([40, 40], "uint8");
  for (let i = 0; i < 200; i++) dim.set((i * 7) % 5, 10 + Math.floor(i / 20), 10 + (i % 20));
  expect(imageBundle(dim).data).not.toHaveProperty("text/html");
});
