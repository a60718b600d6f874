import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { type DType, type NdArray, ndarray, zeros } from "@bioengine/ndarray";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readBioimageioModel } from "../src/bioimageio/bioimageio";
import { pad } from "../src/bioimageio/padding";
import { process } from "../src/bioimageio/processing";
import { runBioimageio } from "../src/bioimageio/runbioimageio";
import { loadNetwork, type Network } from "../src/network";

// Descriptions, images, and what bioimageio.core makes of them: see fixtures/bioimage.py.

const fixtures = join(__dirname, "fixtures");

interface Packed {
  readonly dtype: DType;
  readonly shape: number[];
  readonly data: string;
}

interface Case {
  readonly title: string;
  readonly rdf: Record<string, unknown>;
  readonly input: Packed;
  readonly output: Packed;
}

const cases: readonly Case[] = JSON.parse(
  gunzipSync(readFileSync(join(fixtures, "bioimage.json.gz"))).toString(),
);

function unpack({ dtype, shape, data }: Packed): NdArray {
  const bytes = new Uint8Array(Buffer.from(data, "base64"));
  return dtype === "float32"
    ? ndarray(new Float32Array(bytes.buffer), shape)
    : ndarray(bytes, shape, { dtype });
}

const named = (title: string): Case => {
  const found = cases.find((one) => one.title === title);
  if (!found) throw new Error(`no case ${title}`);
  return found;
};

function largestDifference(a: NdArray, b: NdArray): number {
  expect(a.shape).toEqual(b.shape);
  const [x, y] = [a.data, b.data];
  return x.reduce((worst: number, value, i) => {
    const scale = Math.max(1, Math.abs(Number(y[i])));
    return Math.max(worst, Math.abs(Number(value) - Number(y[i])) / scale);
  }, 0);
}

async function run(rdf: unknown, image: NdArray): Promise<NdArray> {
  const model = readBioimageioModel(rdf);
  const network = await loadNetwork(join(fixtures, model.weights));
  const [output] = await runBioimageio("test", model, network, [image]);
  await network.close();
  return output;
}

test.each(cases)(
  "runBioimageio() makes of $title what bioimageio.core does",
  async ({ rdf, input, output }) => {
    const found = await run(rdf, unpack(input));
    // Both compute in float32, and sum in another order.
    expect(largestDifference(found, unpack(output))).toBeLessThan(2e-5);
  },
);

test("runBioimageio() pads an image of any size for the network, and crops what it adds", async () => {
  const { rdf } = named("halo");
  const [height, width] = [37, 29];
  const image = ndarray(
    Float32Array.from({ length: height * width }, (_, i) => (i * 7919) % 251),
    [1, 1, height, width],
  );
  const found = await run(rdf, image);
  expect(found.shape).toEqual([1, 2, height, width]);
  // A convolution of 5 × 5 sees no more than 2 pixels: of the inside, a larger image says the same.
  const larger = await run(
    rdf,
    pad(
      image,
      [
        [0, 0],
        [0, 0],
        [11, 5],
        [3, 8],
      ],
      "symmetric",
    ),
  );
  expect(
    largestDifference(found, larger.slice(null, null, [11, 11 + height], [3, 3 + width]).copy()),
  ).toBeLessThan(1e-5);
});

test("runBioimageio() pads a small image for a network of one size, and refuses a larger", async () => {
  const rdf = structuredClone(named("conv").rdf) as { inputs: { axes: { size?: unknown }[] }[] };
  for (const axis of rdf.inputs[0].axes.slice(2)) axis.size = 32;
  expect((await run(rdf, zeros([1, 1, 20, 32], "float32"))).shape).toEqual([1, 2, 20, 32]);
  await expect(run(rdf, zeros([1, 1, 33, 32], "float32"))).rejects.toThrow(
    "Cannot run test: image must have at most 32 elements along y, got shape [1, 1, 33, 32]",
  );
});

test("runBioimageio() refuses other axes and channels", async () => {
  const { rdf } = named("standardize y x");
  await expect(run(rdf, zeros([24, 32], "float32"))).rejects.toThrow(
    "Cannot run test: image must have axes [batch, channel, y, x], got shape [24, 32]",
  );
  await expect(run(rdf, zeros([1, 2, 24, 32], "float32"))).rejects.toThrow(
    "Cannot run test: image must have 3 elements along channel, got shape [1, 2, 24, 32]",
  );
});

test("process() matches the mean and deviation of another tensor", () => {
  const array = ndarray(Float32Array.of(1, 2, 3, 4), [4]);
  const other = ndarray(Float32Array.of(10, 30), [2]);
  const step = { kind: "match", axes: undefined, epsilon: 0, reference: "raw" } as const;
  const matched = process({ array, axes: ["x"] }, [step], new Map([["raw", { array: other, axes: ["x"] }]]));
  // Mean 20 and deviation 10, by hand: ±1.5 and ±0.5 of the deviation √1.25.
  const unit = 10 / Math.sqrt(1.25);
  expect(matched.toArray().map((x) => Number(x).toFixed(4))).toEqual(
    [20 - 1.5 * unit, 20 - 0.5 * unit, 20 + 0.5 * unit, 20 + 1.5 * unit].map((x) => x.toFixed(4)),
  );
});

test("process() adds the epsilon of the description to the deviation", () => {
  const array = ndarray(Float32Array.of(0, 4), [2]);
  const step = { kind: "standardize", axes: undefined, epsilon: 2 } as const;
  expect(process({ array, axes: ["x"] }, [step]).toArray()).toEqual([-0.5, 0.5]);
});

test("process() takes the statistics of what the step before gave", () => {
  const array = ndarray(Float32Array.of(0, 10, 20), [3]);
  const steps = [
    { kind: "linear", gain: { values: 100, axis: undefined }, offset: { values: 5, axis: undefined } },
    { kind: "range", axes: undefined, percents: [0, 100], epsilon: 0, reference: undefined },
  ] as const;
  expect(process({ array, axes: ["x"] }, steps).toArray()).toEqual([0, 0.5, 1]);
});

test("pad() adds what numpy.pad adds", () => {
  const row = ndarray(Int32Array.of(1, 2, 3), [3]);
  const padded = (mode: Parameters<typeof pad>[2]) => pad(row, [[4, 5]], mode).toArray();
  // numpy.pad([1, 2, 3], (4, 5), mode)
  expect(padded("symmetric")).toEqual([3, 3, 2, 1, 1, 2, 3, 3, 2, 1, 1, 2]);
  expect(padded("reflect")).toEqual([1, 2, 3, 2, 1, 2, 3, 2, 1, 2, 3, 2]);
  expect(padded("edge")).toEqual([1, 1, 1, 1, 1, 2, 3, 3, 3, 3, 3, 3]);
  expect(padded({ constant: 7 })).toEqual([7, 7, 7, 7, 1, 2, 3, 7, 7, 7, 7, 7]);
});

/** A copy of a document with another value at a path. */
function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  const copy: object = Array.isArray(value) ? [...value] : { ...Object(value) };
  return Object.assign(copy, { [key]: replaced(Object(value)[key], rest, by) });
}

test("readBioimageioModel() says what it can't follow, and where", () => {
  const steps =
    "one of binarize, clip, ensure_dtype, fixed_zero_mean_unit_variance, scale_linear, scale_mean_variance, scale_range, sigmoid, softmax, zero_mean_unit_variance";
  for (const [title, path, by, message] of [
    [
      "nothing",
      "inputs.0.preprocessing",
      [{ id: "custom" }],
      `inputs[0].preprocessing[0].id must be ${steps}, got "custom"`,
    ],
    [
      "older fixed",
      "outputs.0.postprocessing",
      [{ name: "per_pixel" }],
      `outputs[0].postprocessing[0].name must be ${steps}, got "per_pixel"`,
    ],
    ["nothing", "format_version", "0.3.6", 'format_version must be 0.4 or 0.5, got "0.3.6"'],
    ["nothing", "type", "dataset", 'type must be model, got "dataset"'],
    ["nothing", "weights", { torchscript: {} }, "weights must be there in ONNX, got torchscript"],
    [
      "nothing",
      "weights.onnx.source",
      "https://a.b/c.onnx",
      'weights.onnx.source must be a file of the package; download the whole package, got "https://a.b/c.onnx"',
    ],
    ["nothing", "inputs.0.axes.2.size", "big", 'inputs[0].axes[2].size must be an object, got "big"'],
    [
      "nothing",
      "inputs.0.axes.2.type",
      "angle",
      'inputs[0].axes[2].type must be one of batch, channel, index, time, space, got "angle"',
    ],
    ["older range", "inputs.0.axes", "bcyq", 'inputs[0].axes must be letters of bitczyx, got "bcyq"'],
    [
      "older range",
      "outputs.0.shape.offset",
      [0],
      "outputs[0].shape.offset must be a list of more than 2, got [0]",
    ],
    [
      "older range",
      "outputs.0.shape.scale",
      [],
      "outputs[0].shape.scale must be a list of more than 0, got []",
    ],
    ["nothing", "inputs.0.optional", true, "inputs[0].optional must be false, got true"],
    [
      "older range",
      "run_mode",
      { name: "deepimagej" },
      'run_mode must be left out, for a model that runs by itself, got {"name":"deepimagej"}',
    ],
  ] as const) {
    expect(() => readBioimageioModel(replaced(named(title).rdf, path.split("."), by))).toThrow(message);
  }
});

test("readBioimageioModel() reads anything or says what it must be", () => {
  const rdfs = cases.map(({ rdf }) => rdf);
  const paths = (value: unknown): string[][] =>
    typeof value !== "object" || value === null
      ? [[]]
      : [[], ...Object.entries(value).flatMap(([key, inner]) => paths(inner).map((path) => [key, ...path]))];
  const edited = fc
    .constantFrom(...rdfs)
    .chain((rdf) => fc.tuple(fc.constant(rdf), fc.constantFrom(...paths(rdf)), fc.anything()))
    .map(([rdf, path, by]) => replaced(rdf, path, by));
  fc.assert(
    fc.property(edited, (rdf) => {
      try {
        readBioimageioModel(rdf);
      } catch (error) {
        expect(error).toBeInstanceOf(TypeError);
        expect(String(error)).toMatch(/ must be /);
      }
    }),
    { numRuns: 2000 },
  );
});

test("runBioimageio() says so if the network was made for another size", async () => {
  const { rdf, input } = named("nothing");
  const spec = { name: "image", dtype: "float32", shape: [1, 1, 64, 64] } as const;
  const network: Network = {
    inputs: [spec],
    outputs: [spec],
    run: async (inputs) => ({ ...inputs }),
    close: async () => {},
  };
  await expect(runBioimageio("test", readBioimageioModel(rdf), network, [unpack(input)])).rejects.toThrow(
    "Cannot run test: image must have 64 elements along y, which the network was made for, got 24",
  );
});
