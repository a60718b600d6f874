import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadNetwork } from "@bioengine/engine";
import { type NdArray, ndarray } from "@bioengine/ndarray";
import type { Tensor } from "@bioengine/triton";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import {
  bioimageioPackage,
  bioimageioPackageName,
  type TrainedNetwork,
} from "../src/package/bioimageiopackage";
import { writeNpy } from "../src/package/npy";
import { packageModel } from "../src/package/packagemodel";
import { writeTiff } from "../src/package/tiff";
import { readZip, zipNames } from "../src/package/zipfile";
import { writeZip } from "../src/package/zipwriter";
import { folderOf } from "./modelrepositoryfolder";
import { build } from "./program";

beforeAll(build, 240_000);

/** `[c, y, x]` uint16: bright discs on a grid, another brightness for each channel, with noise that repeats. */
function discs(channels: number, height: number, width: number): NdArray {
  const values = new Uint16Array(channels * height * width);
  for (let index = 0; index < values.length; index++) {
    const x = index % width;
    const y = Math.floor(index / width) % height;
    const channel = Math.floor(index / (width * height));
    const isInside = Math.hypot((y % 32) - 16, (x % 32) - 16) < 9;
    values[index] = (isInside ? 4000 - 900 * channel : 300) + ((index * 7919) % 131);
  }
  return ndarray(values, [channels, height, width]);
}

const bundled = (kind: TrainedNetwork["kind"]): Uint8Array =>
  readFileSync(join(__dirname, `../../engine/weights/${kind}.onnx`));

const trained = (kind: TrainedNetwork["kind"]): TrainedNetwork => ({
  ...{ kind, id: "102", onnx: bundled(kind), images: 12, iterations: 600 },
  diameter: kind === "cellpose" ? 17 : 28,
  trainedAt: new Date(Date.UTC(2026, 0, 2, 3, 4, 5)),
  testImage: discs(kind === "cellpose" ? 2 : 1, 64, 96),
});

/** A zip file on the disk, until the test ends. */
function saved(zip: Uint8Array): string {
  const path = join(folderOf({}), "a.zip");
  writeFileSync(path, zip);
  return path;
}

function npy(bytes: Buffer | undefined): NdArray {
  if (bytes === undefined) throw new Error("no array");
  const start = 10 + bytes.readUInt16LE(8);
  const [, shape] = bytes.toString("latin1", 10, start).match(/'shape': \(([\d, ]+)\)/) ?? ["", ""];
  const data = new Uint8Array(bytes.subarray(start));
  return ndarray(new Float32Array(data.buffer), shape.split(",").filter(Boolean).map(Number));
}

/** The percentiles 1 and `upper` of each channel at 0 and 1, by sorting; `[1, c, y, x]`. */
function normalised(image: NdArray, upper: number): NdArray {
  const [channels, height, width] = image.shape;
  const values = Array.from({ length: channels }, (_, channel) => {
    const plane = Float64Array.from(image.at(channel).astype("float64").data);
    const sorted = plane.slice().sort();
    const [low, high] = [1, upper].map((percent) => {
      const position = (percent / 100) * (sorted.length - 1);
      const [below, above] = [sorted[Math.floor(position)], sorted[Math.ceil(position)]];
      return below + (above - below) * (position % 1);
    });
    return [...plane].map((value) => (value - low) / (high - low));
  });
  return ndarray(Float32Array.from(values.flat()), [1, channels, height, width]);
}

function largestDifference(a: NdArray, b: NdArray): number {
  expect(a.shape).toEqual(b.shape);
  return Math.max(...Array.from(a.subtract(b).data, (value) => Math.abs(Number(value))));
}

for (const [kind, upper, outputs] of [
  ["cellpose", 99, ["flows"]],
  ["stardist", 99.8, ["probability", "distances"]],
] as const) {
  test(`bioimageioPackage() has what a ${kind} network computes for the normalised image`, async () => {
    const path = saved(await bioimageioPackage(trained(kind)));
    const image = npy(readZip(path, "test_input.npy"));
    expect(largestDifference(image, trained(kind).testImage.expandDims(0))).toBe(0);
    const network = await loadNetwork(bundled(kind));
    const results = await network.run({ image: normalised(trained(kind).testImage, upper) });
    for (const output of outputs) {
      const written = npy(readZip(path, `test_output_${output}.npy`));
      // Percentiles in float32 or float64, and the description's epsilon; distances are up to some 30 pixels.
      expect(largestDifference(written, results[output])).toBeLessThan(1e-4);
    }
    await network.close();
  });

  test(`packageModel() runs the package of a ${kind} network, at the test's size and at others`, async () => {
    const path = saved(await bioimageioPackage(trained(kind)));
    const model = packageModel("trained", { zip: path }, "rdf.yaml");
    const run = await model.load();
    onTestFinished(() => run.close?.());
    const answer = async (image: NdArray): Promise<readonly Tensor[]> => {
      const { data, shape } = image.astype("float32").copy();
      const inputs = new Map([["image", { name: "image", datatype: "FP32", shape, data } as const]]);
      return run({ id: undefined, inputs, signal: new AbortController().signal });
    };
    const results = await answer(npy(readZip(path, "test_input.npy")));
    expect(results.map(({ name }) => name)).toEqual(outputs);
    for (const { name, shape, data } of results) {
      const expected = npy(readZip(path, `test_output_${name}.npy`));
      expect([shape, data]).toEqual([expected.shape, expected.data]);
    }
    const odd = discs(kind === "cellpose" ? 2 : 1, 50, 38).expandDims(0);
    const [{ shape }] = await answer(odd);
    expect(shape.slice(2)).toEqual(kind === "cellpose" ? [50, 38] : [25, 19]);
  });
}

test("bioimageioPackage() gives the same bytes again, and a description of the training", async () => {
  const zip = await bioimageioPackage(trained("cellpose"));
  expect(Buffer.compare(zip, await bioimageioPackage(trained("cellpose")))).toBe(0);
  const path = saved(zip);
  expect(zipNames(path)).toEqual([
    ...["rdf.yaml", "README.md", "weights.onnx", "test_input.npy", "sample_input.tif"],
    ...["test_output_flows.npy", "sample_output_flows.tif"],
  ]);
  expect(parse(readZip(path, "rdf.yaml")?.toString() ?? "")).toMatchObject({
    name: "Cellpose network 102",
    timestamp: "2026-01-02T03:04:05.000Z",
    config: { bioengine: { kind: "cellpose", diameter: 17, images: 12, iterations: 600 } },
  });
  expect(readZip(path, "README.md")?.toString()).toMatch("with 12 images and 600 iterations");
  expect(bioimageioPackageName(trained("cellpose"))).toBe("cellpose-bioimageio-102.zip");
});

test("bioimageioPackage() refuses a network of the other kind", async () => {
  await expect(bioimageioPackage({ ...trained("stardist"), onnx: bundled("cellpose") })).rejects.toThrow(
    "the network must have the 2 outputs of the description, got 1",
  );
});

test("writeZip() writes what readZip() reads, names in UTF-8 and empty files too", () => {
  const files = new Map([
    ["a.txt", Buffer.from("cells")],
    ["µ/zürich.bin", Buffer.alloc(70_000, 7)],
    ["none", Buffer.alloc(0)],
  ]);
  const path = saved(writeZip(files));
  expect(zipNames(path)).toEqual([...files.keys()]);
  for (const [name, bytes] of files) expect(readZip(path, name)).toEqual(bytes);
});

test("writeNpy() writes the bytes that numpy.save writes", () => {
  const view = ndarray(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3]).transpose();
  // np.save(file, np.arange(1, 7, dtype="float32").reshape(2, 3).T.copy())
  const header = "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), }";
  const numbers = Buffer.from(Float32Array.of(1, 4, 2, 5, 3, 6).buffer);
  const expected = Buffer.concat([
    Buffer.from("\x93NUMPY\x01\x00\x76\x00", "latin1"),
    Buffer.from(`${header.padEnd(117)}\n`),
    numbers,
  ]);
  expect(Buffer.from(writeNpy(view))).toEqual(expected);
});

test("writeTiff() writes a page for each channel", () => {
  const bytes = Buffer.from(writeTiff(ndarray(Float32Array.of(1, 2, 3, 4, 5, 6), [3, 1, 2])));
  expect(bytes.toString("latin1", 0, 4)).toBe("II*\0");
  const pages: number[][] = [];
  for (let page = bytes.readUInt32LE(4); page > 0; page = bytes.readUInt32LE(page + 2 + 120)) {
    const fields = new Map(
      Array.from({ length: bytes.readUInt16LE(page) }, (_, index) => {
        const position = page + 2 + 12 * index;
        return [bytes.readUInt16LE(position), bytes.readUInt32LE(position + 8)];
      }),
    );
    expect([fields.get(256), fields.get(257), fields.get(279)]).toEqual([2, 1, 8]);
    const start = fields.get(273) ?? 0;
    pages.push([bytes.readFloatLE(start), bytes.readFloatLE(start + 4)]);
  }
  expect(pages).toEqual([
    [1, 2],
    [3, 4],
    [5, 6],
  ]);
});
