import { type NdArray, ndarray, zeros } from "@bioengine/ndarray";
import { describe, expect, test } from "vitest";
import { prepareAnnotatedImage } from "../../src/training/annotatedimage";
import { prepareCellposeSample, prepareStardistSample } from "../../src/training/preparedsample";

const [height, width] = [5, 6];

/** Three channels that differ after stretching, too; their mean is exact. */
const channels = [0, 1, 2].map((channel): NdArray => {
  const values = Float32Array.from(
    { length: height * width },
    (_, pixel) => 3 * (((pixel + channel) * 7) % (11 + channel)),
  );
  return ndarray(values, [height, width]);
});
const image = ndarray(
  Float32Array.from(
    { length: 3 * height * width },
    (_, index) => channels[index % 3].data[Math.floor(index / 3)] as number,
  ),
  [height, width, 3],
);
const mean = ndarray(
  Float32Array.from(
    { length: height * width },
    (_, pixel) => channels.reduce((sum, { data }) => sum + Number(data[pixel]), 0) / 3,
  ),
  [height, width],
);
const numbers = Int32Array.from({ length: height * width }, (_, pixel) =>
  pixel % width < 2 ? 40 : pixel % width > 3 ? 7 : 0,
);
const labels = ndarray(numbers, [height, width]).astype("uint16");

const prepare = (
  kind: "cellpose" | "stardist",
  given: { image?: NdArray; labels?: NdArray } = {},
  chosen: readonly [number, number] = [1, 2],
) => prepareAnnotatedImage(kind, { image, labels, ...given }, chosen, "plate 1").sample;

test("prepareAnnotatedImage() takes cytoplasm and nucleus by number, 0 as the mean of all or as none", () => {
  const cases: [readonly [number, number], NdArray[]][] = [
    [
      [1, 2],
      [channels[0], channels[1]],
    ],
    [
      [3, 1],
      [channels[2], channels[0]],
    ],
    [[2, 0], [channels[1]]],
    [
      [0, 3],
      [mean, channels[2]],
    ],
    [[0, 0], [mean]],
  ];
  for (const [chosen, planes] of cases) {
    expect(prepare("cellpose", {}, chosen)).toEqual(prepareCellposeSample(planes, numbers, "plate 1"));
  }
});

test("prepareAnnotatedImage() takes the mean of all channels for StarDist, whatever the numbers", () => {
  const expected = prepareStardistSample(mean, numbers, "plate 1");
  for (const chosen of [
    [1, 2],
    [0, 0],
    [9, 9],
  ] as const)
    expect(prepare("stardist", {}, chosen)).toEqual(expected);
});

test("prepareAnnotatedImage() says which network the sample is for", () => {
  expect(prepareAnnotatedImage("stardist", { image, labels }, [1, 2], "plate 1").kind).toBe("stardist");
  expect(prepareAnnotatedImage("cellpose", { image, labels }, [1, 2], "plate 1").kind).toBe("cellpose");
});

for (const kind of ["cellpose", "stardist"] as const) {
  describe(kind, () => {
    test("prepareAnnotatedImage() takes any dtype, an axis of one label, and views", () => {
      const expected = prepare(kind);
      expect(expected.objects).toBe(2);
      for (const dtype of ["uint8", "uint16", "int64", "float64"] as const) {
        expect(prepare(kind, { image: image.astype(dtype), labels: labels.astype(dtype) })).toEqual(expected);
      }
      expect(prepare(kind, { labels: labels.expandDims(2) })).toEqual(expected);
      const turned = image.transpose([1, 0, 2]).copy().transpose([1, 0, 2]);
      expect(prepare(kind, { image: turned, labels: labels.transpose().copy().transpose() })).toEqual(
        expected,
      );
    });

    test("prepareAnnotatedImage() leaves image and labels alone", () => {
      const [before, numbered] = [image.copy(), labels.copy()];
      prepare(kind);
      expect([image.data, labels.data]).toEqual([before.data, numbered.data]);
    });

    test("prepareAnnotatedImage() names the axes and both shapes where they don't fit", () => {
      const cases: [NdArray, NdArray, string][] = [
        [image, zeros([height, width + 1], "int32"), "[5, 6, 3] and [5, 7]"],
        [image, zeros([width, height], "int32"), "[5, 6, 3] and [6, 5]"],
        [image, zeros([height, width, 2], "int32"), "[5, 6, 3] and [5, 6, 2]"],
        [image, zeros([height], "int32"), "[5, 6, 3] and [5]"],
        [mean, labels, "[5, 6] and [5, 6]"],
        [image.expandDims(0), labels, "[1, 5, 6, 3] and [5, 6]"],
      ];
      for (const [wrong, wrongLabels, got] of cases) {
        expect(() => prepare(kind, { image: wrong, labels: wrongLabels })).toThrow(
          new RangeError(
            `Cannot train plate 1: the image must have axes [y, x, c] and the labels the same y and x, got ${got}`,
          ),
        );
      }
    });

    test("prepareAnnotatedImage() refuses labels without objects", () => {
      expect(() => prepare(kind, { labels: zeros([height, width], "uint16") })).toThrow(
        new RangeError("Cannot train plate 1: labels must have objects, got none"),
      );
    });

    test("prepareAnnotatedImage() refuses an image without pixels or finite values", () => {
      expect(() => prepare(kind, { image: zeros([height, width, 0], "float32") })).toThrow(
        new RangeError("Cannot train plate 1: the image must have pixels, got shape [5, 6, 0]"),
      );
      const nothing = ndarray(new Float32Array(3 * height * width).fill(Number.NaN), [height, width, 3]);
      expect(() => prepare(kind, { image: nothing })).toThrow(
        new RangeError(
          "Cannot train plate 1: the image must have finite values, got NaN only; look where it was made",
        ),
      );
    });

    test("prepareAnnotatedImage() reads a constant image as 0", () => {
      const constant = ndarray(new Float32Array(3 * height * width).fill(7), [height, width, 3]);
      for (const plane of prepare(kind, { image: constant }).planes) {
        expect(plane.data).toEqual(new Float32Array(height * width));
      }
    });

    test("prepareAnnotatedImage() reads what isn't finite as 0, and the rest by its own percentiles", () => {
      const holed = image.copy();
      for (const channel of [0, 1, 2]) {
        holed.set(Number.NaN, 0, 0, channel);
        holed.set(Number.POSITIVE_INFINITY, 4, 5, channel);
      }
      for (const { data } of prepare(kind, { image: holed }).planes) {
        expect([data[0], data[height * width - 1]]).toEqual([0, 0]);
        expect(data.every(Number.isFinite)).toBe(true);
        expect(Math.max(...data)).toBeGreaterThan(0.9);
        expect(Math.max(...data)).toBeLessThan(1.1);
      }
    });
  });
}

test("prepareAnnotatedImage() names the channels that a cellpose image hasn't got", () => {
  for (const chosen of [
    [4, 0],
    [1, 4],
  ] as const) {
    expect(() => prepare("cellpose", {}, chosen)).toThrow(
      new RangeError(
        `Cannot train plate 1: channels must be within the image's 3, got [${chosen.join(", ")}]`,
      ),
    );
  }
});
