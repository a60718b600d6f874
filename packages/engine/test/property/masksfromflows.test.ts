import { ndarray } from "@bioengine/ndarray";
import fc from "fast-check";
import { expect, test } from "vitest";
import { masksFromFlows } from "../../src/index";

const flow = fc.oneof(fc.float({ min: -8, max: 8, noNaN: true }), fc.constant(0), fc.float());
const image = fc
  .tuple(fc.integer({ min: 1, max: 24 }), fc.integer({ min: 1, max: 24 }))
  .chain(([height, width]) =>
    fc.record({
      shape: fc.constant([height, width]),
      flows: fc.float32Array({ minLength: 2 * height * width, maxLength: 2 * height * width }),
      some: fc.array(flow, { minLength: 1, maxLength: 40 }),
      period: fc.integer({ min: 2, max: 12 }),
      noise: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
  )
  // Noise from anywhere in float32's range among flows to the centres of squares.
  .map(({ shape: [height, width], flows, some, period, noise }) => {
    const size = height * width;
    const probability = new Float32Array(size);
    for (let pixel = 0; pixel < size; pixel++) {
      probability[pixel] = some[(7 * pixel) % some.length];
      if ((pixel * 0.618) % 1 < noise) continue;
      flows[pixel] = period / 2 - (Math.floor(pixel / width) % period);
      flows[size + pixel] = period / 2 - ((pixel % width) % period);
    }
    return { height, width, flows, probability };
  });
const options = fc.record({
  flowThreshold: fc.constantFrom(0, 0.4, 4),
  cellProbabilityThreshold: fc.constantFrom(-2, 0, 1),
  minSize: fc.constantFrom(-1, 0, 4, 15),
});

test("masksFromFlows() labels any image without gaps, and without holes' filling only what is probable", () => {
  fc.assert(
    fc.property(image, options, ({ height, width, flows, probability }, options) => {
      const mask = masksFromFlows(
        ndarray(flows, [2, height, width]),
        ndarray(probability, [height, width]),
        options,
      );
      const areas = new Map<number, number>();
      for (const label of mask.data) areas.set(label, (areas.get(label) ?? 0) + 1);
      areas.delete(0);
      expect([...areas.keys()].sort((a, b) => a - b)).toEqual([...areas.keys()].map((_, index) => index + 1));
      for (const area of areas.values()) expect(area).toBeGreaterThanOrEqual(options.minSize);
      if (options.minSize > 0) return;
      for (let pixel = 0; pixel < mask.data.length; pixel++) {
        if (mask.data[pixel] > 0)
          expect(probability[pixel]).toBeGreaterThan(options.cellProbabilityThreshold);
      }
    }),
  );
});
