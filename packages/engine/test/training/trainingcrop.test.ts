import { type NdArray, ndarray } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { labelsFromStarDist } from "../../src/index";
import { flowTargets } from "../../src/training/flowtargets";
import { prepareCellposeSample, prepareStardistSample } from "../../src/training/preparedsample";
import { seededRandom } from "../../src/training/random";
import { type Crop, cellposeCrop, stardistCrop } from "../../src/training/trainingcrop";

/** Labels drawn by a rule, and an image that is bright where they are. */
function drawn(height: number, width: number, labelAt: (y: number, x: number) => number) {
  const labels = Int32Array.from({ length: height * width }, (_, pixel) =>
    labelAt(Math.floor(pixel / width), pixel % width),
  );
  const image: NdArray = ndarray(
    Float32Array.from(labels, (label) => (label > 0 ? 200 : 50)),
    [height, width],
  );
  return { labels, image };
}

/** A pear, which no turn or mirror maps to itself. */
const pear = drawn(200, 260, (y, x) => {
  const isBelly = ((y - 90) / 14) ** 2 + ((x - 130) / 18) ** 2 < 1;
  return isBelly || ((y - 84) / 6) ** 2 + ((x - 152) / 12) ** 2 < 1 ? 5 : 0;
});

function* crops(make: (counter: number) => Crop, count: number): Generator<Crop> {
  for (let counter = 0; counter < count; counter++) yield make(counter);
}

const sumOf = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0);

/** Whether a mask doesn't reach the border of a square. */
function isWhole(mask: Float32Array, side: number): boolean {
  return mask.every((value, pixel) => {
    const [y, x] = [Math.floor(pixel / side), pixel % side];
    return value === 0 || (y > 1 && x > 1 && y < side - 2 && x < side - 2);
  });
}

test("cellposeCrop() turns flow vectors with the image", () => {
  const sample = prepareCellposeSample([pear.image], pear.labels, "pear");
  const size = 96;
  const area = size * size;
  const angles: number[] = [];
  for (const { target } of crops(
    (counter) => cellposeCrop(sample, { size, diameter: 17, random: seededRandom(3, counter) }),
    24,
  )) {
    const mask = target.subarray(2 * area);
    if (sumOf(mask) < 100 || !isWhole(mask, size)) continue;
    const expected = flowTargets(Int32Array.from(mask), size, size);
    for (let pixel = 0; pixel < area; pixel++) {
      const length = Math.hypot(target[pixel], target[area + pixel]);
      // Near the middle and the rim, interpolation mixes opposite vectors, or vectors and background.
      if (length < 0.9 || mask[pixel] === 0) continue;
      const cosine = expected[pixel] * target[pixel] + expected[area + pixel] * target[area + pixel];
      angles.push(Math.acos(Math.min(1, cosine / length)));
    }
  }
  expect(angles.length).toBeGreaterThan(2000);
  // Degrees; pixels at half the resolution make another outline and another middle.
  const mean = (angles.reduce((sum, angle) => sum + angle, 0) / angles.length) * (180 / Math.PI);
  expect(mean).toBeLessThan(6);
});

test("cellposeCrop() shows where the foreground is, as bright in the input, with the objects brought to their size", () => {
  const sample = prepareCellposeSample([pear.image], pear.labels, "pear");
  const size = 96;
  const area = size * size;
  let seen = 0;
  for (const { input, target } of crops(
    (counter) => cellposeCrop(sample, { size, diameter: 17, random: seededRandom(4, counter) }),
    24,
  )) {
    const mask = target.subarray(2 * area);
    if (sumOf(mask) < 100 || !isWhole(mask, size)) continue;
    seen++;
    const diameter = Math.sqrt((4 * sumOf(mask)) / Math.PI);
    // The scale varies by a factor of exp(0.3); the rest is for whole pixels.
    expect(diameter).toBeGreaterThan(17 * Math.exp(-0.33));
    expect(diameter).toBeLessThan(17 * Math.exp(0.33));
    const [low, high] = [0, 1].map((foreground) => {
      const values = input.subarray(0, area).filter((_, pixel) => mask[pixel] === foreground);
      return sumOf(values) / values.length;
    });
    const middle = (low + high) / 2;
    expect(high - low).toBeGreaterThan(0.5);
    const wrong = mask.filter((foreground, pixel) => input[pixel] > middle !== foreground > 0).length;
    // A rim of at most half a pixel, and noise of up to 0.06.
    expect(wrong).toBeLessThan(0.1 * sumOf(mask));
    expect(sumOf(input.subarray(area))).toBe(0);
  }
  expect(seen).toBeGreaterThan(8);
});

test("cellposeCrop() takes a nucleus as the second channel, with intensities of its own", () => {
  const nucleus = drawn(200, 260, (y, x) => +(Math.hypot(y - 90, x - 130) < 6));
  const sample = prepareCellposeSample([pear.image, nucleus.image], pear.labels, "pear");
  const { input } = cellposeCrop(sample, { size: 64, diameter: 17, random: seededRandom(1, 0) });
  expect(input.length).toBe(2 * 64 * 64);
  expect(new Set(input.subarray(64 * 64)).size).toBeGreaterThan(10);
});

test("stardistCrop() gives distances that draw the object where the input shows it", () => {
  const sample = prepareStardistSample(pear.image, pear.labels, "pear");
  const size = 96;
  const [side, area] = [size / 2, (size / 2) ** 2];
  let seen = 0;
  for (const { input, target } of crops(
    (counter) => stardistCrop(sample, { size, diameter: 24, random: seededRandom(5, counter) }),
    24,
  )) {
    const probability = target.subarray(0, area);
    if (sumOf(probability) < 20 || !isWhole(probability, side)) continue;
    seen++;
    const distances = ndarray(target.slice(area), [32, side, side]).transpose([1, 2, 0]).copy();
    const labels = labelsFromStarDist(ndarray(probability.slice(), [side, side]), distances);
    expect(labels.max()).toBe(1);
    const sorted = input.slice().sort();
    const middle = (sorted[Math.floor(size * size * 0.02)] + sorted[Math.floor(size * size * 0.98)]) / 2;
    let [both, either] = [0, 0];
    for (let pixel = 0; pixel < size * size; pixel++) {
      const [isDrawn, isBright] = [labels.data[pixel] > 0, input[pixel] > middle];
      if (isDrawn && isBright) both++;
      if (isDrawn || isBright) either++;
    }
    // The pear's waist isn't star-convex from everywhere, and blur shifts its outline.
    expect(both / either).toBeGreaterThan(0.8);
  }
  expect(seen).toBeGreaterThan(8);
});

test("stardistCrop() measures objects beyond the crop's edges", () => {
  const square = drawn(300, 300, (y, x) => +(y >= 100 && y < 200 && x >= 100 && x < 200));
  const sample = prepareStardistSample(square.image, square.labels, "square");
  let longest = 0;
  for (const { target } of crops(
    (counter) => stardistCrop(sample, { size: 32, diameter: 50, random: seededRandom(6, counter) }),
    10,
  )) {
    // Ray 24 of 32 points up; the first row of its distances would be 0.5 if the crop were all.
    longest = Math.max(longest, ...target.subarray(25 * 256, 25 * 256 + 16));
  }
  expect(longest).toBeGreaterThan(5);
});

const small = drawn(20, 30, (y, x) => +(Math.hypot(y - 10, x - 14) < 6));

test("cellposeCrop() and stardistCrop() mirror a small image, and weigh and teach nothing outside it", () => {
  const cellpose = prepareCellposeSample([small.image], small.labels, "small");
  const stardist = prepareStardistSample(small.image, small.labels, "small");
  for (let counter = 0; counter < 10; counter++) {
    const options = { size: 64, diameter: 12 };
    for (const [crop, share] of [
      [cellposeCrop(cellpose, { ...options, random: seededRandom(8, counter) }), 1],
      [stardistCrop(stardist, { ...options, random: seededRandom(9, counter) }), 4],
    ] as const) {
      const { input, target, weight } = crop;
      const area = share * sumOf(weight);
      expect(area).toBeGreaterThan(20 * 30 * Math.exp(-0.9));
      expect(area).toBeLessThan(20 * 30 * Math.exp(0.9));
      const outside = target.filter((_, index) => weight[index % weight.length] === 0);
      expect(outside.length).toBeGreaterThan(0);
      expect(outside.every((value) => value === 0)).toBe(true);
      expect(input.every(Number.isFinite) && target.every(Number.isFinite)).toBe(true);
      // The first row is outside; its values are the mirrored image's, not one constant.
      expect(new Set(input.subarray(0, 64)).size).toBeGreaterThan(1);
    }
  }
});

test("cellposeCrop() and stardistCrop() of one seed are the same, of another differ", () => {
  const cellpose = prepareCellposeSample([pear.image], pear.labels, "pear");
  const stardist = prepareStardistSample(pear.image, pear.labels, "pear");
  const options = { size: 64, diameter: 20 };
  for (const make of [
    (seed: number) => cellposeCrop(cellpose, { ...options, random: seededRandom(seed, 4, 2) }),
    (seed: number) => stardistCrop(stardist, { ...options, random: seededRandom(seed, 4, 2) }),
  ]) {
    expect(make(1)).toEqual(make(1));
    expect(make(1).input).not.toEqual(make(2).input);
  }
});

test("cellposeCrop() shows an object at least every second time, wherever it lies", () => {
  const corner = drawn(600, 700, (y, x) => +(y < 10 && x > 688));
  const sample = prepareCellposeSample([corner.image], corner.labels, "corner");
  let shown = 0;
  for (const { target } of crops(
    (counter) => cellposeCrop(sample, { size: 64, diameter: 10, random: seededRandom(10, counter) }),
    100,
  )) {
    if (target.subarray(2 * 64 * 64).includes(1)) shown++;
  }
  // Half of a hundred, less two deviations; about one in a hundred others shows it too.
  expect(shown).toBeGreaterThanOrEqual(40);
  expect(shown).toBeLessThan(70);
});

test("cellposeCrop() and stardistCrop() of a constant image are finite", () => {
  const image = ndarray(new Float32Array(20 * 30).fill(7), [20, 30]);
  const options = { size: 32, diameter: 17 };
  for (let counter = 0; counter < 10; counter++) {
    const random = seededRandom(11, counter);
    const crop = cellposeCrop(prepareCellposeSample([image], small.labels, "flat"), { ...options, random });
    expect(crop.input.every(Number.isFinite)).toBe(true);
    const star = stardistCrop(prepareStardistSample(image, small.labels, "flat"), { ...options, random });
    expect(star.input.every(Number.isFinite)).toBe(true);
  }
});
