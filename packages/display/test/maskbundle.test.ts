import { decodeLabels, labelColors, MASK_MIME, parseMaskPayload } from "@bioengine/mime";
import { ndarray, zeros } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { linkImage, maskBundle } from "../src/index";
import { decodeImage } from "./decode";

const grid = [
  [1, 1, 0, 0, 0],
  [1, 1, 0, 2, 0],
  [0, 0, 2, 2, 2],
  [0, 0, 0, 2, 0],
  [0, 0, 0, 0, 0],
];
const mask = ndarray(Int32Array.from(grid.flat()), [5, 5]);
const image = ndarray(
  Uint16Array.from({ length: 25 }, (_, i) => i * 10),
  [5, 5],
);

function payloadOf(bundle: { data: Record<string, unknown> }) {
  return parseMaskPayload(JSON.parse(JSON.stringify(bundle.data[MASK_MIME])));
}

/** An n×n mask of squares, `size` pixels apart. */
function squares(n: number, size: number) {
  const across = Math.ceil(n / size);
  const labels = new Int32Array(n * n);
  for (let i = 0; i < labels.length; i++) {
    const [y, x] = [Math.floor(i / n), i % n];
    if (y % size >= 3 && x % size >= 3) labels[i] = 1 + Math.floor(y / size) * across + Math.floor(x / size);
  }
  return ndarray(labels, [n, n]);
}

test("maskBundle() has the viewer's payload, a picture and text, and no HTML", () => {
  const bundle = maskBundle(mask, { image: image, title: "Two" });
  expect(Object.keys(bundle.data)).toEqual([MASK_MIME, "image/png", "text/plain"]);
  expect(bundle.metadata).toEqual({
    "image/png": {
      width: 510,
      height: 510,
      alt: "Two. Mask [5, 5] int32: 2 objects (labels 1 to 2), 36% covered",
    },
  });
  const payload = payloadOf(bundle);
  expect(payload).toMatchObject({ width: 5, height: 5, count: 2, maxLabel: 2, title: "Two" });
  expect(payload.image).toMatchObject({ mimeType: "image/png", width: 5, height: 5 });
  expect(payload.digest).toBe(bundle.data["text/plain"]);
});

test.each(["uint8", "uint16", "int16", "int32", "uint32", "int64", "uint64"] as const)(
  "maskBundle() sends %s labels exactly",
  async (dtype) => {
    const payload = payloadOf(maskBundle(mask.astype(dtype)));
    expect([...(await decodeLabels(payload))]).toEqual(grid.flat());
    expect(payload.id).toBe(payloadOf(maskBundle(mask)).id);
  },
);

test("maskBundle() gives another id to other labels and to another shape", () => {
  const ids = [mask, mask.transpose(), zeros([2, 8], "int32"), zeros([8, 2], "int32")].map(
    (labels) => payloadOf(maskBundle(labels)).id,
  );
  expect(new Set(ids).size).toBe(4);
});

test("maskBundle() reads a view in its own order", async () => {
  const payload = payloadOf(maskBundle(mask.slice([1, 4], [2, 5])));
  expect([...(await decodeLabels(payload))]).toEqual([0, 2, 0, 2, 2, 2, 0, 2, 0]);
});

test("maskBundle() draws a tint inside and the contour in the label's colour", async () => {
  const flat = zeros([5, 5], "uint16");
  const decoded = await decodeImage(maskBundle(mask, { image: flat, alpha: 0.5 }).data["image/png"]);
  const colour = [...labelColors(2).slice(8, 11)];
  // Pixels are 102 wide; the pixel in the middle of the cross has no neighbour of another label but at its corners.
  expect(decoded.at(204 + 51, 306 + 51)).toEqual(colour.map((level) => Math.round(level / 2)));
  expect(decoded.at(204, 204 + 51)).toEqual(colour);
  expect(decoded.at(10, 400)).toEqual([0, 0, 0]);
});

test("maskBundle() leaves contours and tint out when asked to", async () => {
  const flat = zeros([5, 5], "uint16");
  const without = await decodeImage(
    maskBundle(mask, { image: flat, alpha: 0, contours: false }).data["image/png"],
  );
  expect(without.at(204, 204 + 51)).toEqual([0, 0, 0]);
  const tint = await decodeImage(
    maskBundle(mask, { image: flat, alpha: 1, contours: false }).data["image/png"],
  );
  expect(tint.at(204 + 51, 306 + 51)).toEqual([...labelColors(2).slice(8, 11)]);
});

test("maskBundle() shows the image it was linked to, in any order of axes", () => {
  for (const linked of [
    image,
    image.expandDims(0),
    image.expandDims(2),
    ndarray(Array(75).fill(1), [3, 5, 5]),
  ]) {
    const labels = mask.copy();
    linkImage(labels.expandDims(0), linked);
    expect(payloadOf(maskBundle(labels.expandDims(0).at(0))).image).toBeDefined();
    expect(payloadOf(maskBundle(labels.copy())).image).toBeUndefined();
  }
});

test("maskBundle() leaves a linked image out that has another size", () => {
  const labels = mask.copy();
  linkImage(labels, zeros([7, 5], "uint8"));
  expect(payloadOf(maskBundle(labels)).image).toBeUndefined();
});

test("maskBundle() passes the size of a pixel on, and of a larger one when the labels are many", () => {
  expect(payloadOf(maskBundle(mask, { spacing: [0.5, 0.65] }))).toMatchObject({
    spacing: [0.5, 0.65],
    unit: "µm",
  });
  expect(payloadOf(maskBundle(mask)).spacing).toBeUndefined();
  let state = 1;
  const noise = Uint16Array.from({ length: 1600 * 1200 }, () => {
    state = (state * 48271) % 2147483647;
    return state & 0xffff;
  });
  const bundle = maskBundle(ndarray(noise, [1200, 1600]), { spacing: [1, 1] });
  expect(payloadOf(bundle)).toMatchObject({ width: 800, height: 600, spacing: [2, 2] });
  expect(JSON.stringify(bundle).length).toBeLessThan(5_000_000);
  expect(bundle.data["text/plain"]).toContain("[1200, 1600]");
});

test("maskBundle() takes the size of a pixel from the mask, or else from the image", () => {
  const sized = (spacing: number[]) => ndarray(new Uint8Array(25), [5, 5], { axes: "YX", spacing });
  const spacingOf = (labels: typeof mask, under: typeof mask) =>
    payloadOf(maskBundle(labels, { image: under })).spacing;
  expect(spacingOf(sized([2, 3]), sized([4, 5]))).toEqual([2, 3]);
  expect(spacingOf(mask, sized([4, 5]))).toEqual([4, 5]);
  expect(spacingOf(mask, image)).toBeUndefined();
  expect(payloadOf(maskBundle(sized([2, 3]), { spacing: [1, 1] })).spacing).toEqual([1, 1]);
});

test("maskBundle() sends large images as JPEG of at most 2048 pixels and a picture of at most 1024", async () => {
  const labels = squares(2500, 50);
  const bundle = maskBundle(labels, { image: labels.astype("float32") });
  const payload = payloadOf(bundle);
  expect(payload.image).toMatchObject({ mimeType: "image/jpeg", width: 2048, height: 2048 });
  expect(payload).toMatchObject({ width: 2500, height: 2500, count: 2500 });
  const [viewer, picture] = [
    await decodeImage(payload.image?.data),
    await decodeImage(bundle.data["image/png"]),
  ];
  expect([viewer.width, picture.width]).toEqual([2048, 1024]);
});

/** Three planes: the mask, nothing, and the mask with other labels. */
const stack = ndarray(
  Int32Array.from([...grid.flat(), ...Array<number>(25).fill(0), ...grid.flat().map((label) => label * 2)]),
  [3, 5, 5],
);

test("maskBundle() sends a stack plane after plane, with its image", async () => {
  const under = ndarray(
    Uint8Array.from({ length: 75 }, (_, i) => 3 * i),
    [3, 5, 5],
  );
  const bundle = maskBundle(stack, { image: under });
  const payload = payloadOf(bundle);
  expect(payload).toMatchObject({
    width: 5,
    height: 5,
    stack: { axis: "z", planes: 3 },
    count: 3,
    maxLabel: 4,
  });
  expect([...(await decodeLabels(payload))]).toEqual([...stack.data]);
  expect(payload.image).toMatchObject({ width: 5, height: 15 });
  const picture = await decodeImage(payload.image?.data);
  // Stretched from the 1 to the 99.8 percent quantile, close to the smallest and the largest value.
  expect(picture.at(0, 0)[0]).toBe(0);
  expect(Math.abs((picture.at(7, 2)[0] ?? 0) - 127)).toBeLessThan(3);
  expect(picture.at(14, 4)[0]).toBe(255);
  expect(bundle.data["text/plain"]).toContain("Mask [3, 5, 5] int32: 3 objects");
  expect(bundle.data["text/plain"]).toContain("3 planes\nPixels in all planes: min 4");
  // The middle plane has no labels.
  expect((await decodeImage(bundle.data["image/png"])).height).toBe(510);
});

test("maskBundle() knows time by its axis, and one plane for a plane", () => {
  const times = ndarray(stack.data, [3, 5, 5], { axes: "TYX" });
  expect(payloadOf(maskBundle(times)).stack).toEqual({ axis: "t", planes: 3 });
  const plane = payloadOf(maskBundle(mask.expandDims(0), { image: image }));
  expect(plane.stack).toBeUndefined();
  expect(plane.id).toBe(payloadOf(maskBundle(mask)).id);
});

test("maskBundle() keeps a large stack within the budget, planes apart", async () => {
  const planes = 20;
  const large = ndarray(
    Int32Array.from({ length: planes * 600 * 800 }, (_, i) =>
      i % 800 > 400 ? 1 + Math.floor(i / 480_000) : 0,
    ),
    [planes, 600, 800],
  );
  const bundle = maskBundle(large, { image: large });
  const payload = payloadOf(bundle);
  expect(JSON.stringify(bundle).length).toBeLessThan(5_000_000);
  const { width = 0, height = 0 } = payload.image ?? {};
  expect(height % planes).toBe(0);
  expect(width * height).toBeLessThan(2048 ** 2 * 1.01);
  const labels = await decodeLabels(payload);
  const size = payload.width * payload.height;
  expect(labels[size - 1]).toBe(1);
  expect(labels[size + payload.width - 1]).toBe(2);
  expect(labels[labels.length - 1]).toBe(20);
});

test("maskBundle() refuses an image of another number of planes", () => {
  expect(() => maskBundle(stack, { image: zeros([2, 5, 5], "uint8") })).toThrow(
    "as many planes, got 3 of the mask and 2 of the image",
  );
  expect(() => maskBundle(stack, { image: image })).toThrow("must be [z, y, x] or [z, y, x, c]");
});

test("maskBundle() shows no labels at all", async () => {
  const payload = payloadOf(maskBundle(zeros([3, 3], "int32")));
  expect(payload).toMatchObject({ count: 0, maxLabel: 0 });
});

test.each([
  [{ image: zeros([5, 6], "uint8") }, "same height and width, got mask [5, 5] and image [5, 6]"],
  [{ image: zeros([1, 5, 5], "uint8") }, "got [1, 5, 5]: show image.at(0)"],
  [{ image: zeros([3, 5, 5], "uint8") }, "show image.transpose([1, 2, 0])"],
  [{ image: Promise.resolve() }, "got a Promise (await it)"],
  [{ alpha: 2 }, "alpha must be from 0 to 1, got 2"],
  [{ alpha: "x" }, "alpha must be from 0 to 1, got x"],
  [{ title: 1 }, "title must be a string, got 1"],
  [{ contours: 1 }, "contours must be true or false, got 1"],
  [{ spacing: 0.5 }, "spacing must be two positive numbers such as [0.65, 0.65], got 0.5"],
  [{ spacing: [1, 0] }, "got [1,0]"],
  [{ intensity_image: image }, "got intensity_image; write { image: … }"],
  [{ contour: true }, "got contour; write { contours: … }"],
  [
    { opacity: 1 },
    "options must be among image, title, alpha, contours, compare, colorBy, spacing, got opacity",
  ],
  [5, "options must be an object such as { image: … }, got 5"],
])("maskBundle() refuses options: %#", (options, message) => {
  expect(() => maskBundle(mask, options as never)).toThrow(message);
});

test("maskBundle() points at a turned image", () => {
  expect(() => maskBundle(zeros([4, 6], "int32"), { image: zeros([6, 4], "uint8") })).toThrow(
    "mask.transpose()",
  );
});

test.each([
  [zeros([1, 1, 5, 5], "uint16"), "[y, x] or [z, y, x], got [1, 1, 5, 5]: show mask.at(0, 0)"],
  [zeros([2, 1, 5, 5], "uint16"), "show mask.at(0, 0)"],
  [zeros([5], "int32"), "the mask must be [y, x] or [z, y, x], got [5]"],
  [zeros([0, 5], "int32"), "got [0, 5]"],
  [mask.astype("float32"), 'labels must be integers, got float32: show mask.astype("uint16")'],
  [mask.astype("bool"), "labels must be integers, got bool: show label(mask)"],
  [ndarray([0, 0, 0, 0, 0, -3], [3, 1, 2]).astype("int32"), "got -3 at [2, 0, 1]"],
  [mask.multiply(-1), "labels must be from 0 to 4294967295, got -1 at [0, 0]"],
  [Promise.resolve(mask), "got a Promise (await it)"],
])("maskBundle() refuses a mask: %#", (labels, message) => {
  expect(() => maskBundle(labels as never)).toThrow(message);
});
