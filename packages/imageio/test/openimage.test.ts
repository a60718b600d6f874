import { createReadStream, existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { cp, open, readdir, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { type NdArray, ndarray } from "@bioengine/ndarray";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { imread, openImage } from "../src/index";
import { expected, fixtures } from "./expected";

const folder = mkdtempSync(join(tmpdir(), "openimage-"));
const pyramid: { shape: number[]; data: string }[] = JSON.parse(
  readFileSync(join(fixtures, "pyramids.json"), "utf8"),
);

/** An array of uint16 that Python has noted. */
function noted({ shape, data }: { shape: number[]; data: string }): NdArray {
  const bytes = Buffer.from(data, "base64");
  const values = new Uint16Array(bytes.length / 2);
  new Uint8Array(values.buffer).set(bytes);
  return ndarray(values, shape);
}

afterAll(() => rm(folder, { recursive: true }));

describe("openImage() gives the levels of a pyramid", () => {
  test("of OME-TIFF, with a spacing each", async () => {
    const image = await openImage(join(fixtures, "pyramid.ome.tif"));
    expect(image.levels.map(({ shape }) => shape)).toEqual(pyramid.map(({ shape }) => shape));
    expect([image.axes, image.dtype]).toEqual(["CYX", "uint16"]);
    expect(image.levels.map(({ spacing }) => spacing)).toEqual([
      [0.25, 0.5],
      [0.5, 1],
      [(0.25 * 70) / 18, (0.5 * 90) / 23],
    ]);
    for (const [number, level] of image.levels.entries()) {
      expect((await level.read()).toArray()).toEqual(noted(pyramid[number]).toArray());
    }
  });

  test("shows what it is, and the smaller versions", async () => {
    const path = join(fixtures, "pyramid.ome.tif");
    const [whole, ...smaller] = pyramid.map(({ shape }) => `[${shape.join(", ")}]`);
    expect(inspect(await openImage(path))).toBe(
      [
        `${path}: ${whole} uint16, axes CYX, spacing [0.25, 0.5] µm; read(…) reads a part of it`,
        `levels, after itself: ${smaller.join(", ")}`,
      ].join("\n"),
    );
    const plain = await openImage(join(fixtures, "gray16.png"));
    expect(inspect(plain)).toMatch(/gray16\.png: \[\d+, \d+] uint16, axes YX; read\(…\) reads a part of it$/);
  });

  test("of pages that are marked as reduced", async () => {
    const image = await openImage(join(fixtures, "pyramid.tif"));
    expect(image.levels.map(({ shape }) => shape)).toEqual(pyramid.map(({ shape }) => shape.slice(1)));
    for (const [number, level] of image.levels.entries()) {
      expect((await level.read()).toArray()).toEqual(noted(pyramid[number]).at(0).toArray());
    }
    expect((await imread(join(fixtures, "pyramid.tif"), { level: 2 })).shape).toEqual([18, 23]);
    await expect(imread(join(fixtures, "pyramid.tif"), { level: 3 })).rejects.toThrow(
      "level must be from 0 to 2, got 3",
    );
  });

  test("of a whole slide, whose levels aren't marked", async () => {
    const image = await openImage(join(fixtures, "aperio.tif"));
    expect(image.levels.map(({ shape }) => shape)).toEqual(pyramid.map(({ shape }) => shape.slice(1)));
    expect(image.spacing).toEqual([0.499, 0.499]);
    for (const [number, level] of image.levels.entries()) {
      expect((await level.read()).toArray()).toEqual(noted(pyramid[number]).at(0).toArray());
    }
  });

  test("of OME-Zarr", async () => {
    for (const name of ["v04.zarr", "v05.zarr"]) {
      const image = await openImage(join(fixtures, name));
      const full = noted(expected[name]);
      expect(image.levels.map(({ spacing }) => spacing)).toEqual([
        [0.5, 0.25, 0.125],
        [0.5, 0.5, 0.25],
      ]);
      const small = await imread(join(fixtures, name), { level: 1 });
      expect(small.toArray()).toEqual(full.slice(null, null, [0, 20, 2], [0, 22, 2]).toArray());
    }
  });
});

describe("read() gives what slice() gives of the whole image", () => {
  const names = [
    "uint16.npy",
    "uint16-fortran-bigendian.npy",
    "stack.tif",
    "strips.tif",
    "tiled.tif",
    "planar-tiled.tif",
  ];
  const others = [
    "rgb8.png",
    "rgbstack.tif",
    "imagej-onepage.tif",
    "five.ome.tif",
    "v05.zarr",
    "int16.nii",
    "second.nii",
  ];
  for (const name of [
    ...names,
    ...others,
    "scaled.nii",
    "lzw-long.tif",
    "sparse.tif",
    "plain-sharded.zarr",
    "packed.nii.gz",
  ]) {
    test(name, async () => {
      const path = join(fixtures, name);
      const image = await openImage(path);
      const whole = await imread(path);
      const { shape } = image;
      expect([image.shape, image.dtype, image.axes]).toEqual([whole.shape, whole.dtype, whole.axes]);
      const parts = [
        shape.map((length) => [1, length - 1] as const),
        shape.map((length) => [length >> 1, (length >> 1) + 1] as const),
        shape.map((length, axis) => (axis % 2 === 0 ? length - 1 : null)),
        shape.map((_, axis) => (axis === shape.length - 1 ? ([-3, undefined] as const) : null)),
        shape.map((_, axis) => (axis === shape.length - 2 ? ([null, 2] as const) : 0)),
        [[5, 2]] as const,
      ];
      for (const part of parts) {
        const found = await image.read(...part);
        const wanted = whole.slice(...part);
        expect(found.shape, JSON.stringify(part)).toEqual(wanted.shape);
        expect(found.toArray(), JSON.stringify(part)).toEqual(wanted.toArray());
        expect([found.axes, found.spacing]).toEqual([wanted.axes, wanted.spacing]);
      }
    });
  }

  test("ranges that don't fit are refused", async () => {
    const image = await openImage(join(fixtures, "stack.tif"));
    await expect(image.read(4)).rejects.toThrow("index 0 must be a whole number from -4 to 3, got 4");
    await expect(image.read(0, 0, 0, 0)).rejects.toThrow("there are 3 axes, got 4 ranges");
    await expect(image.read([0.5, 2])).rejects.toThrow(
      "a range must be a whole number or [start, stop], got [0.5,2]",
    );
  });
});

/** A file of zeros that takes no place on the disk, with some bytes in it. */
async function sparseFile(
  path: string,
  size: number,
  parts: [offset: number, bytes: Uint8Array][],
): Promise<void> {
  const file = await open(path, "w");
  await file.truncate(size);
  for (const [offset, bytes] of parts) await file.write(bytes, 0, bytes.length, offset);
  await file.close();
}

/** A BigTIFF page of uint8 with little-endian tags of 64 bits; the values lie in the tags or behind them. */
function bigTiff(tags: [tag: number, values: number[]][], rest: number): Uint8Array {
  const lists = tags.filter(([, values]) => values.length > 1);
  const bytes = Buffer.alloc(rest + lists.reduce((sum, [, values]) => sum + 8 * values.length, 0));
  bytes.set([0x49, 0x49, 43, 0, 8, 0, 0, 0, 16]);
  bytes.writeBigUInt64LE(BigInt(tags.length), 16);
  let free = rest;
  tags.forEach(([tag, values], index) => {
    const at = 24 + 20 * index;
    bytes.writeUInt16LE(tag, at);
    bytes.writeUInt16LE(16, at + 2);
    bytes.writeBigUInt64LE(BigInt(values.length), at + 4);
    const start = values.length > 1 ? free : at + 12;
    if (values.length > 1) bytes.writeBigUInt64LE(BigInt(free), at + 12);
    for (const [position, value] of values.entries())
      bytes.writeBigUInt64LE(BigInt(value), start + 8 * position);
    if (values.length > 1) free += 8 * values.length;
  });
  return bytes;
}

describe("openImage() reads a part of a file of many gigabytes", () => {
  const side = 2 ** 17;
  const size = side * side + 2 ** 22;
  const common: [number, number[]][] = [
    [256, [side]],
    [257, [side]],
    [258, [8]],
    [259, [1]],
    [262, [1]],
    [277, [1]],
  ];
  const value = Uint8Array.of(1, 2, 3);

  /** Read near the end, and see that the memory is that of the part. */
  async function check(path: string, y: number, x: number): Promise<void> {
    const image = await openImage(path);
    expect(image.shape).toEqual([side, side]);
    const before = process.memoryUsage().arrayBuffers;
    const part = await image.read([y - 1, y + 1], [x - 2, x + 4]);
    expect(part.toArray()).toEqual([
      [0, 0, 0, 0, 0, 0],
      [0, 0, 1, 2, 3, 0],
    ]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 26);
    await expect(imread(path)).rejects.toThrow("read a part: (await openImage(");
  }

  test("of one strip", async () => {
    const path = join(folder, "strip.tif");
    const start = 2 ** 20;
    const tags: [number, number[]][] = [...common, [273, [start]], [278, [side]], [279, [side * side]]];
    const [y, x] = [side - 10, 777];
    await sparseFile(path, size, [
      [0, bigTiff(tags, 512)],
      [start + y * side + x, value],
    ]);
    await check(path, y, x);
  });

  test("of tiles", async () => {
    const path = join(folder, "tiles.tif");
    const edge = 1024;
    const across = side / edge;
    const start = 2 ** 20;
    const offsets = Array.from({ length: across * across }, (_, tile) => start + tile * edge * edge);
    const tags: [number, number[]][] = [
      ...common,
      [322, [edge]],
      [323, [edge]],
      [324, offsets],
      [325, offsets.map(() => edge * edge)],
    ];
    // Over the border of two tiles.
    const [y, x] = [side - 10, 5 * edge - 1];
    const row = Math.floor(y / edge) * across;
    const at = (tile: number, column: number) =>
      start + (row + tile) * edge * edge + (y % edge) * edge + column;
    await sparseFile(path, size, [
      [0, bigTiff(tags, 512)],
      [at(4, edge - 1), value.subarray(0, 1)],
      [at(5, 0), value.subarray(1)],
    ]);
    await check(path, y, x);
  });

  test("of numpy", async () => {
    const path = join(folder, "large.npy");
    const dict = `{'descr': '|u1', 'fortran_order': False, 'shape': (${side}, ${side}), }`;
    const header = Buffer.from(`\x93NUMPY\x01\x00\x76\x00${dict.padEnd(117)}\n`, "latin1");
    const [y, x] = [side - 10, 777];
    await sparseFile(path, 128 + side * side, [
      [0, header],
      [128 + y * side + x, value],
    ]);
    await check(path, y, x);
  });
});

describe("openImage() of OME-Zarr on a server", () => {
  const asked: string[] = [];
  /** Bytes of the answers. */
  const sent: number[] = [];
  const sendPart = (request: IncomingMessage, response: ServerResponse, path: string) => {
    const file = join(fixtures, path.replace(/^\/(ranges|whole)/, ""));
    const stored = existsSync(file) ? readFileSync(file) : undefined;
    if (stored === undefined) return response.writeHead(404).end();
    const [, from, to] = request.headers.range?.match(/bytes=(\d+)-(\d+)/) ?? [];
    const isPart = to !== undefined && path.startsWith("/ranges");
    const body = isPart ? stored.subarray(Number(from), Number(to) + 1) : stored;
    sent.push(request.method === "HEAD" ? 0 : body.length);
    response.writeHead(isPart ? 206 : 200, { "content-length": body.length });
    return response.end(request.method === "HEAD" ? undefined : body);
  };
  let server: Server;
  let url: string;
  beforeAll(async () => {
    server = createServer((request, response) => {
      const path = new URL(request.url ?? "", "http://localhost").pathname;
      asked.push(path);
      if (path.includes("forbidden")) response.writeHead(403).end();
      else if (path.includes("sharded")) sendPart(request, response, path);
      else
        createReadStream(join(fixtures, path))
          .on("error", () => response.writeHead(404).end())
          .pipe(response);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());

  for (const name of ["v04.zarr", "v05.zarr"]) {
    test(`reads ${name}, and only the chunks that a part touches`, async () => {
      const whole = await imread(join(fixtures, name));
      const image = await openImage(`${url}/${name}`);
      asked.length = 0;
      const part = await image.read(1, 0, [17, 20], [0, 5]);
      expect(part.toArray()).toEqual(whole.slice(1, 0, [17, 20], [0, 5]).toArray());
      expect(asked).toEqual([`/${name}/0/${name === "v05.zarr" ? "c/" : ""}0/1/0/1/0`]);
      expect((await imread(`${url}/${name}`, { level: 1 })).shape).toEqual([2, 3, 10, 11]);
    });
  }

  for (const folder of ["ranges", "whole"]) {
    test(`reads of shards only the chunks that a part touches (${folder})`, async () => {
      const name = "plain-sharded.zarr";
      const whole = await imread(join(fixtures, name));
      const image = await openImage(`${url}/${folder}/${name}`);
      sent.length = 0;
      const part = await image.read([1, 3], [2, 9]);
      expect(part.toArray()).toEqual(whole.slice([1, 3], [2, 9]).toArray());
      await image.read([4, 6], [2, 9]);
      if (folder === "whole") return;
      // The index of a shard of 2 × 2 chunks, 16 bytes each and a checksum; then a chunk of 40 values a call.
      const index = 4 * 16 + 4;
      const stored = readFileSync(join(fixtures, name, "c/0/0"));
      const chunk = (number: number) =>
        Number(stored.readBigUInt64LE(stored.length - index + 16 * number + 8));
      expect(sent).toEqual([0, index, chunk(0), chunk(2)]);
      expect((await imread(`${url}/ranges/${name}`)).toArray()).toEqual(whole.toArray());
    });
  }

  test("ends with its signal", async () => {
    const controller = new AbortController();
    const image = await openImage(`${url}/v05.zarr`, { signal: controller.signal });
    controller.abort();
    await expect(image.read(0)).rejects.toThrow(expect.objectContaining({ name: "AbortError" }));
    await expect(imread(`${url}/v05.zarr`, { signal: controller.signal })).rejects.toThrow(
      expect.objectContaining({ name: "AbortError" }),
    );
  });

  test("names the address that can't be read", async () => {
    await expect(imread(`${url}/none.zarr`)).rejects.toThrow(
      `Cannot read ${url}/none.zarr: there is no Zarr array and no OME-Zarr image`,
    );
    await expect(imread(`${url}/forbidden.zarr`)).rejects.toThrow(`Cannot read ${url}/forbidden.zarr: `);
    await expect(imread("http://127.0.0.1:1/x.zarr")).rejects.toThrow(
      "Cannot read http://127.0.0.1:1/x.zarr: ",
    );
  });
});

describe("openImage() of a Zarr folder that is damaged", () => {
  const copied = async (name: string) => {
    const path = join(folder, `${name}-${Math.random()}.zarr`);
    await cp(join(fixtures, "plain-none.zarr"), path, { recursive: true });
    return path;
  };

  test("names metadata that are no JSON", async () => {
    const folder = mkdtempSync(join(tmpdir(), "damaged-"));
    writeFileSync(join(folder, "zarr.json"), "{ shape");
    await expect(openImage(folder)).rejects.toThrow("its metadata is damaged (Failed to decode JSON)");
  });

  test("names the chunk that is cut off: no zeros instead", async () => {
    const path = await copied("short");
    const chunks = (await readdir(join(path, "c/0"))).map((name) => join(path, "c/0", name));
    await writeFile(chunks[0], readFileSync(chunks[0]).subarray(0, 7));
    await expect(imread(path)).rejects.toThrow(/Cannot read .*chunk \[0, \d\] must have 40 values, got 7/);
  });

  test("names the shard whose index is damaged, by its checksum", async () => {
    const path = join(folder, "shard.zarr");
    await cp(join(fixtures, "plain-sharded.zarr"), path, { recursive: true });
    const shard = join(path, "c/0/0");
    const bytes = readFileSync(shard);
    bytes[bytes.length - 60] ^= 1;
    await writeFile(shard, bytes);
    await expect(imread(path)).rejects.toThrow(`Cannot read ${path}: `);
    await expect(imread(path)).rejects.toThrow(/its chunk \[0, \d\] is damaged: .*checksum/);
  });

  test("gives the fill value for a chunk that is left out, as zarr does", async () => {
    const path = await copied("sparse");
    await rm(join(path, "c/0"), { recursive: true });
    expect((await imread(path)).slice([0, 4]).max()).toBe(0);
  });

  test("names what its metadata lacks", async () => {
    const path = await copied("text");
    writeFileSync(join(path, "zarr.json"), "{");
    await expect(imread(path)).rejects.toThrow(`Cannot read ${path}: `);
    await expect(imread(folder)).rejects.toThrow(`Cannot read ${folder}: a folder must be a Zarr array`);
    writeFileSync(
      join(path, "zarr.json"),
      '{"zarr_format":3,"node_type":"group","attributes":{"ome":{"plate":{}}}}',
    );
    await expect(imread(path)).rejects.toThrow("name one of its fields, e.g. plate.zarr/A/1/0");
  });
});
