import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ndarray } from "@bioengine/ndarray";
import { describe, expect, test } from "vitest";
import { bundledPath, loadNetwork } from "../../src/index";
import { randomWeights, weightsOf, withWeights } from "../../src/training/onnxweights";
import { haveSameBits } from "./samebits";

/** A convolution: `[outputs, inputs, side, side]` weights, then a bias for each output. */
type Layer = readonly [outputs: number, inputs: number, side: number];

const widths = [16, 32, 64, 96, 128];

/** The U-Net of `training/network.py`, in the order of its file. */
function layersOf(inputs: number, outputs: number, isHalf: boolean): Layer[] {
  const down = widths.flatMap((width, level): Layer[] => [
    [width, level === 0 ? inputs : widths[level - 1], 3],
    [width, width, 3],
  ]);
  const steps = isHalf ? [1, 2, 3] : [0, 1, 2, 3];
  const narrow = steps.map((level): Layer => [widths[level], widths[level + 1], 1]);
  const up = steps.flatMap((level): Layer[] => Array(2).fill([widths[level], widths[level], 3]));
  const features: Layer[] = isHalf ? [[64, 32, 3]] : [];
  return [...down, ...narrow, ...up, ...features, [outputs, isHalf ? 64 : 16, 1]];
}

const notOnnx = new RangeError("Cannot read the weights: the file must be ONNX, got another");

const sizeOf = ([outputs, inputs, side]: Layer) => outputs * inputs * side * side;

const networks = {
  cellpose: { inputs: 2, outputs: 3, layers: layersOf(2, 3, false) },
  stardist: { inputs: 1, outputs: 33, layers: layersOf(1, 33, true) },
};

for (const name of ["cellpose", "stardist"] as const) {
  describe(name, () => {
    const file = new Uint8Array(readFileSync(bundledPath(name)));
    const { inputs, outputs, layers } = networks[name];
    const count = layers.reduce((sum, layer) => sum + sizeOf(layer) + layer[0], 0);

    test("withWeights() writes what weightsOf() read to where it was", () => {
      const weights = weightsOf(file);
      expect(weights.length).toBe(count);
      expect(haveSameBits(withWeights(file, weights), file)).toBe(true);
    });

    test("weightsOf() gives a copy, and withWeights() leaves the file alone", () => {
      const before = file.slice();
      const weights = weightsOf(file).fill(1);
      const changed = withWeights(file, weights);
      expect(haveSameBits(file, before)).toBe(true);
      expect(haveSameBits(changed, before)).toBe(false);
      expect(haveSameBits(weightsOf(changed), weights)).toBe(true);
      // As a view of other memory.
      const view = new Float32Array(count + 2).fill(1).subarray(1, -1);
      expect(haveSameBits(withWeights(file, view), changed)).toBe(true);
    });

    test("withWeights() makes a network that ONNX Runtime runs with these weights", async () => {
      // Where all else is 0, the output is the last layer's bias: the last of the weights.
      const weights = new Float32Array(count).fill(0.75, count - outputs);
      const network = await loadNetwork(withWeights(file, weights), { threads: 1 });
      const image = ndarray(new Float32Array(inputs * 32 * 48).fill(0.3), [1, inputs, 32, 48]);
      const results = await network.run({ image });
      await network.close();
      const ranges = Object.entries(results).map(([key, value]) => [key, value.min(), value.max()]);
      // The file's own logistic function and its unit of ten pixels.
      const sigmoid = expect.closeTo(1 / (1 + Math.exp(-0.75)), 6);
      expect(ranges).toEqual(
        name === "cellpose"
          ? [["flows", 0.75, 0.75]]
          : [
              ["probability", sigmoid, sigmoid],
              ["distances", 7.5, 7.5],
            ],
      );
    });

    test("withWeights() names how many weights there must be", () => {
      for (const length of [0, count - 1, count + 1]) {
        expect(() => withWeights(file, new Float32Array(length))).toThrow(
          new RangeError(
            `Cannot change the weights: they must be as many as the network has, ${count}, got ${length}`,
          ),
        );
      }
    });

    test("weightsOf() and withWeights() refuse a file that was cut off", () => {
      const weights = weightsOf(file);
      for (const length of [0, 1, 2, 30, 1000, file.length >> 1, file.length - 1]) {
        const cut = file.subarray(0, length);
        expect(() => weightsOf(cut)).toThrow(notOnnx);
        expect(() => withWeights(cut, weights)).toThrow(notOnnx);
      }
    });

    test("randomWeights() are normal with He's deviation for each layer, and biases 0", () => {
      const weights = randomWeights(file, 3);
      expect(weights.length).toBe(count);
      let position = 0;
      const take = (length: number) => {
        position += length;
        return weights.subarray(position - length, position);
      };
      for (const layer of layers) {
        const [outputs, inputs, side] = layer;
        const values = take(sizeOf(layer));
        const he = Math.sqrt(2 / (inputs * side * side));
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        const deviation = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
        // Five standard errors of a mean, and of a deviation.
        expect(Math.abs(mean)).toBeLessThan((5 * he) / Math.sqrt(values.length));
        expect(Math.abs(deviation - he)).toBeLessThan((5 * he) / Math.sqrt(2 * values.length));
        expect(haveSameBits(take(outputs), new Float32Array(outputs))).toBe(true);
      }
    });

    test("randomWeights() are the same for the same seed, and others for another", () => {
      const weights = randomWeights(file, 3);
      expect(haveSameBits(randomWeights(file, 3), weights)).toBe(true);
      expect(haveSameBits(randomWeights(file, 4), weights)).toBe(false);
    });
  });
}

test("weightsOf() reads initializers of float32 in their order, and nothing else", () => {
  const fixture = (name: string) => new Uint8Array(readFileSync(join(__dirname, "../fixtures", name)));
  expect(weightsOf(fixture("identity-1.onnx"))).toEqual(new Float32Array());
  // A 5 × 5 kernel and the scales of a resize.
  expect(weightsOf(fixture("twice.onnx")).subarray(25)).toEqual(Float32Array.of(1, 1, 2, 2));
});

/** A protobuf field of bytes. */
const field = (number: number, bytes: readonly number[]) => [number * 8 + 2, bytes.length, ...bytes];

/** An ONNX file with one initializer of one float32, which is stored in this field. */
const fileOf = (stored: readonly number[]) => Uint8Array.from(field(7, field(5, [8, 1, 16, 1, ...stored])));

test("weightsOf() refuses weights that are not where it looks, instead of leaving them out", () => {
  expect(weightsOf(fileOf(field(9, [0, 0, 128, 63])))).toEqual(Float32Array.of(1));
  const requirement = "Cannot read the weights: they must be raw float32 numbers in the file, got others";
  // As float_data, elsewhere, and too few bytes.
  for (const stored of [field(4, [0, 0, 128, 63]), [112, 1], field(9, [0, 0, 128])]) {
    expect(() => weightsOf(fileOf(stored))).toThrow(new RangeError(requirement));
  }
});

test("weightsOf() refuses bytes that are no ONNX file", () => {
  const texts = ["", "hello", "{}", "PK\x03\x04", "\x89PNG\r\n\x1a\n", "\x00", "%PDF-1.7"];
  const files = texts.map((text) => Uint8Array.from(text, (letter) => letter.charCodeAt(0)));
  // A fixed field that ends behind the file; a number without an end.
  const broken = [Uint8Array.of(9, 1), Uint8Array.of(13, 1), new Uint8Array(20).fill(255)];
  for (const file of [...files, ...broken]) expect(() => weightsOf(file)).toThrow(notOnnx);
});
