import { createHash } from "node:crypto";
import { label, regionprops } from "@bioengine/measure";
import { expect, test } from "vitest";
import { drawMembranes } from "../../src/membranes/membranes";

const samples = drawMembranes();

const sumOf = (drawn: ReturnType<typeof drawMembranes>): string => {
  const hash = createHash("sha256");
  for (const { data } of drawn.flat())
    hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  return hash.digest("hex");
};

test("drawMembranes() gives the same for a seed, on every machine, and other images for another", () => {
  // Recorded: a change of it changes what users get for a seed.
  const recorded = "400e158aec182c1eeda823efcd8f272795d10fad82417caec828ea671fde5fab";
  expect(sumOf(drawMembranes({ count: 2, size: 96, seed: 7 }))).toBe(recorded);
  expect(sumOf(drawMembranes({ count: 2, size: 96, seed: 8 }))).not.toBe(recorded);
  expect(sumOf(samples.slice(0, 1))).not.toBe(sumOf(samples.slice(1, 2)));
});

test("drawMembranes() gives images [y, x, 3] float32 of 0 to 255, and labels [y, x] uint16", () => {
  expect(samples).toHaveLength(4);
  for (const [image, labels] of samples) {
    expect([image.dtype, image.shape]).toEqual(["float32", [256, 256, 3]]);
    expect([labels.dtype, labels.shape, labels.role]).toEqual(["uint16", [256, 256], "labels"]);
    expect(image.min()).toBeGreaterThanOrEqual(0);
    expect(image.max()).toBeGreaterThan(200);
    expect(image.max()).toBeLessThanOrEqual(255);
    for (const channel of [1, 2]) {
      expect(
        image
          .slice(null, null, channel)
          .notEqual(image.slice(null, null, 0))
          .any(),
      ).toBe(0);
    }
  }
});

test("drawMembranes() numbers connected cells from 1 without gaps, as many as fit", () => {
  for (const [, labels] of samples) {
    const numbers = new Set(labels.data as Uint16Array);
    const count = numbers.size - 1;
    expect([...numbers].sort((a, b) => a - b)).toEqual(
      Array.from({ length: count + 1 }, (_, number) => number),
    );
    // Edges only: no cell hangs together by a corner.
    expect(label(labels, { connectivity: 1 }).max()).toBe(count);
    // 106 circles of diameter 28 have the area of the image; some cells are missing, and those at the border are cut.
    expect(count).toBeGreaterThan(85);
    expect(count).toBeLessThan(140);
  }
});

test("drawMembranes() draws cells of the diameter, whose areas vary by about 30 %", () => {
  const [[, labels]] = drawMembranes({ count: 1, size: 512, diameter: 40 }) as [(typeof samples)[0]];
  const areas = regionprops(labels)
    .filter(({ bbox }) => Math.min(...bbox) > 0 && Math.max(...bbox) < 512)
    .map(({ area }) => area);
  const mean = areas.reduce((sum, area) => sum + area, 0) / areas.length;
  const spread = Math.sqrt(areas.reduce((sum, area) => sum + (area - mean) ** 2, 0) / areas.length) / mean;
  // Without the membranes, about 1 pixel.
  const diameter = Math.sqrt((4 * mean) / Math.PI);
  expect(diameter).toBeGreaterThan(36);
  expect(diameter).toBeLessThan(42);
  expect(spread).toBeGreaterThan(0.2);
  expect(spread).toBeLessThan(0.4);
});

test("drawMembranes() draws membranes and nuclei that are brighter than the cytoplasm, and holes that are darker", () => {
  for (const [image, labels] of samples) {
    const gray = image.slice(null, null, 0);
    const sums = { membrane: [0, 0], cytoplasm: [0, 0], nucleus: [0, 0], hole: [0, 0] };
    const at = (y: number, x: number) => labels.get(y, x);
    for (let y = 9; y < 247; y++) {
      for (let x = 9; x < 247; x++) {
        const within = (r: number) => [at(y, x), at(y - r, x), at(y + r, x), at(y, x - r), at(y, x + r)];
        const around = within(3);
        const isBetween = at(y, x) === 0 && new Set(around.filter((value) => value > 0)).size > 1;
        const isInside = at(y, x) > 0 && new Set(around).size === 1;
        const isDeep = isInside && new Set(within(9)).size === 1;
        const isRim = isInside && new Set(within(5)).size > 1;
        const isHole = around.every((value) => value === 0);
        const sum = [
          { holds: isBetween, of: sums.membrane },
          { holds: isDeep, of: sums.nucleus },
          { holds: isRim, of: sums.cytoplasm },
          { holds: isHole, of: sums.hole },
        ].find(({ holds }) => holds)?.of ?? [0, 0];
        sum[0] += gray.get(y, x);
        sum[1] += 1;
      }
    }
    const mean = ([sum, count]: number[]) => sum! / count!;
    expect(mean(sums.membrane)).toBeGreaterThan(1.5 * mean(sums.cytoplasm));
    expect(mean(sums.nucleus)).toBeGreaterThan(1.5 * mean(sums.cytoplasm));
    expect(mean(sums.hole)).toBeLessThan(0.6 * mean(sums.cytoplasm));
  }
});

test("drawMembranes() refuses options out of range", () => {
  expect(() => drawMembranes({ count: 0 })).toThrow("count must be a whole number from 1 to 100, got 0");
  expect(() => drawMembranes({ size: 100.5 })).toThrow("size must be a whole number");
  expect(() => drawMembranes({ seed: 0.5 })).toThrow("seed must be a whole number");
  expect(() => drawMembranes({ size: 64, diameter: 33 })).toThrow(
    "diameter must be a number from 12 to 32, got 33",
  );
  expect(() => drawMembranes({ diameter: Number.NaN })).toThrow(RangeError);
});
