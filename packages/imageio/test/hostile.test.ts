import { createServer } from "node:http";
import { deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { imread, openImage } from "../src/index";

type Tags = Record<number, number[] | string>;

/** A little-endian TIFF of pages with these tags (numbers as 32 bits), `data` at byte 8; `next` of the last as given. */
function tiff(pages: Tags[], data: Uint8Array = new Uint8Array(), next = 0): Uint8Array {
  const chunks: Buffer[] = [Buffer.from([0x49, 0x49, 42, 0, 0, 0, 0, 0]), Buffer.from(data)];
  let length = 8 + data.length;
  let link: [chunk: Buffer, at: number] = [chunks[0], 4];
  for (const tags of pages) {
    const entries = Object.entries(tags);
    const ifd = Buffer.alloc(2 + 12 * entries.length + 4);
    const extra: Buffer[] = [];
    let free = length + ifd.length;
    link[0].writeUInt32LE(length, link[1]);
    ifd.writeUInt16LE(entries.length);
    entries.forEach(([tag, value], index) => {
      const at = 2 + 12 * index;
      const isText = typeof value === "string";
      const bytes = isText ? Buffer.from(`${value}\0`) : Buffer.from(Uint32Array.from(value).buffer);
      ifd.writeUInt16LE(Number(tag), at);
      ifd.writeUInt16LE(isText ? 2 : 4, at + 2);
      ifd.writeUInt32LE(isText ? bytes.length : value.length, at + 4);
      if (bytes.length <= 4) bytes.copy(ifd, at + 8);
      else {
        ifd.writeUInt32LE(free, at + 8);
        extra.push(bytes);
        free += bytes.length;
      }
    });
    chunks.push(ifd, ...extra);
    link = [ifd, ifd.length - 4];
    length = free;
  }
  link[0].writeUInt32LE(next, link[1]);
  return new Uint8Array(Buffer.concat(chunks));
}

/** Tags of a page of uint8 in one strip at byte 8. */
const page = (height: number, width: number, count: number, others: Tags = {}): Tags => ({
  256: [width],
  257: [height],
  258: [8],
  259: [1],
  262: [1],
  273: [8],
  277: [1],
  278: [height],
  279: [count],
  ...others,
});

const zeros = new Uint8Array(2 ** 20);

describe("imread() of a TIFF that means harm ends with what is wrong", () => {
  test("the files of these tests are read, if they are whole", async () => {
    const image = await imread(tiff([page(2, 3, 6)], Uint8Array.of(1, 2, 3, 4, 5, 6)));
    expect(image.toArray()).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
  });

  const cases: [what: string, bytes: Uint8Array, message: string | RegExp][] = [
    [
      "huge dimensions",
      tiff([page(2 ** 31 - 1, 2 ** 31 - 1, 6)], zeros.subarray(0, 6)),
      "it must have up to 2^32 values and fit the memory",
    ],
    [
      "huge dimensions of few bytes",
      tiff([page(30_000, 30_000, 6)], zeros.subarray(0, 6)),
      "bytes are announced for the ",
    ],
    ["dimensions of 0", tiff([page(0, 3, 6)], zeros.subarray(0, 6)), "its height must be from 1 to"],
    [
      "a strip outside of the file",
      tiff([page(2, 3, 6, { 273: [5000] })], zeros.subarray(0, 6)),
      "lies outside of the file",
    ],
    [
      "fewer strips than rows need",
      tiff([page(9, 3, 6, { 278: [3] })], zeros.subarray(0, 27)),
      "its 9 × 3 pixels need 3 strips, got 1",
    ],
    [
      "a loop of pages",
      tiff([page(2, 3, 6), page(2, 3, 6)], zeros.subarray(0, 6), 14),
      "its pages form a loop, page 2 leads back",
    ],
    ["pages that overlap", tiff([page(2, 3, 6)], zeros.subarray(0, 6), 16), /Cannot read/],
    [
      "a bomb of zeros",
      tiff([page(2 ** 15, 2 ** 15, 1000, { 259: [8] })], deflateSync(zeros)),
      "1073741824 bytes are announced",
    ],
    [
      "a bomb that is larger than announced",
      tiff([page(10, 10, 1100, { 259: [8] })], deflateSync(zeros)),
      "segment 0 (compression 8) is damaged: Cannot create a Buffer larger than 100 bytes",
    ],
    [
      "tiles of no size",
      tiff([page(2, 3, 6, { 322: [0], 323: [0], 324: [8], 325: [6] })], zeros.subarray(0, 6)),
      "number of rows of a segment must be from 1",
    ],
    [
      "an unknown predictor",
      tiff([page(2, 3, 6, { 317: [7] })], zeros.subarray(0, 6)),
      "its predictor 7 isn't known",
    ],
    [
      "a fax",
      tiff([page(2, 3, 6, { 258: [1], 259: [4] })], zeros.subarray(0, 6)),
      "its compression 4 (CCITT fax 4) isn't read; save it with deflate or LZW compression, e.g. with ImageMagick: magick old.tif -compress Zip new.tif",
    ],
    [
      "a million samples",
      tiff([page(2, 3, 6, { 277: [2 ** 24] })], zeros.subarray(0, 6)),
      "bytes are announced for the 6 of segment 0",
    ],
    [
      "planes that it hasn't",
      tiff([page(2, 3, 6, { 270: "ImageJ=1\nimages=900\nslices=900\n" })], zeros.subarray(0, 6)),
      "it is not whole",
    ],
    [
      "a billion planes that it hasn't",
      tiff(
        [page(2, 3, 6, { 270: "ImageJ=1\nimages=1000000000\nslices=1000000000\n" })],
        zeros.subarray(0, 6),
      ),
      "it is not whole",
    ],
    [
      "OME-XML of other sizes",
      tiff(
        [page(2, 3, 6, { 270: ome('SizeX="30" SizeY="2" SizeZ="1" SizeC="1" SizeT="1"') })],
        zeros.subarray(0, 6),
      ),
      "its OME-XML says 2 × 30 pixels, its first page 2 × 3",
    ],
    [
      "OME-XML of a billion planes",
      tiff(
        [page(2, 3, 6), page(2, 3, 6)].map((tags) => ({
          ...tags,
          270: ome('SizeX="3" SizeY="2" SizeZ="1000000000" SizeC="1" SizeT="1"'),
        })),
        zeros.subarray(0, 6),
      ),
      "announces 1000000000 planes, and it has 2 pages",
    ],
    [
      "OME-XML with entities",
      tiff(
        [page(2, 3, 6, { 270: `<!DOCTYPE OME [<!ENTITY a "b">]>${ome('SizeX="&a;"')}` })],
        zeros.subarray(0, 6),
      ),
      "its OME-XML isn't whole",
    ],
    ["no pages", Uint8Array.of(0x49, 0x49, 42, 0, 0, 0, 0, 0), "it has no page"],
  ];
  for (const [what, bytes, message] of cases) {
    test(what, async () => {
      await expect(imread(bytes)).rejects.toThrow(message);
      await expect(imread(bytes)).rejects.toThrow(`Cannot read the image of ${bytes.length} bytes: `);
    });
  }

  test("a hundred thousand pages that share one list of a million strips", async () => {
    const strips = page(2 ** 20, 1, 0, { 278: [1], 273: [8], 279: [8] });
    const bytes = tiff(
      [{ ...strips, 273: new Array(2 ** 18).fill(8), 279: new Array(2 ** 18).fill(1), 257: [2 ** 18] }],
      zeros.subarray(0, 6),
    );
    const view = Buffer.from(bytes.buffer);
    const ifd = view.readUInt32LE(4);
    const directory = view.subarray(ifd, ifd + 2 + 12 * 9 + 4);
    const copies = Array.from({ length: 100_000 }, (_, index) => {
      const copy = Buffer.from(directory);
      copy.writeUInt32LE(bytes.length + (index + 1) * directory.length, directory.length - 4);
      return copy;
    });
    copies[copies.length - 1].writeUInt32LE(0, directory.length - 4);
    view.writeUInt32LE(bytes.length, ifd + directory.length - 4);
    await expect(imread(Buffer.concat([view, ...copies]))).rejects.toThrow(
      "its parts overlap; it is damaged",
    );
  });
});

/** OME-XML of an image of uint8. */
function ome(sizes: string): string {
  return `<OME><Image><Pixels DimensionOrder="XYZCT" Type="uint8" ${sizes}><TiffData/></Pixels></Image></OME>`;
}

/** A zip archive of one deflated file, which announces another size, as often as wanted. */
function zip(name: string, bytes: Uint8Array, announced: number, times = 1): Uint8Array {
  const packed = deflateRawSync(bytes);
  const head = (signature: number, size: number) => {
    const record = Buffer.alloc(size);
    const at = signature === 0x02014b50 ? 2 : 0;
    record.writeUInt32LE(signature);
    record.writeUInt16LE(8, 8 + at);
    record.writeUInt32LE(packed.length, 18 + at);
    record.writeUInt32LE(announced, 22 + at);
    record.writeUInt16LE(name.length, 26 + at);
    return record;
  };
  const local = Buffer.concat([head(0x04034b50, 30), Buffer.from(name), packed]);
  const central = Buffer.concat([head(0x02014b50, 46), Buffer.from(name)]);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50);
  end.writeUInt32LE(central.length * times, 12);
  end.writeUInt32LE(local.length, 16);
  return new Uint8Array(Buffer.concat([local, ...new Array(times).fill(central), end]));
}

const npy = (dict: string, data: Uint8Array = new Uint8Array()) =>
  new Uint8Array(
    Buffer.concat([Buffer.from(`\x93NUMPY\x01\x00\x76\x00${dict.padEnd(117)}\n`, "latin1"), data]),
  );

describe("imread() of other files that mean harm ends with what is wrong", () => {
  const cases: [what: string, bytes: Uint8Array, message: string][] = [
    ["a zip bomb", zip("a.npy", zeros, 2 ** 31), "a.npy announces 2147483648 bytes in"],
    [
      "a zip bomb that hides its size",
      zip("a.npy", zeros, 100),
      "Cannot create a Buffer larger than 100 bytes",
    ],
    ["a zip whose files lie at one place", zip("a.npy", zeros, zeros.length, 3), "its files overlap"],
    [
      "a numpy array of huge shape",
      npy("{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999, 99999999999), }"),
      "it is not whole",
    ],
    [
      "a numpy array of objects",
      npy("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }"),
      "got objects (|O)",
    ],
    ["a numpy header of code", npy("__import__('os')"), "its header must have descr"],
    ["a gzip bomb of nothing", new Uint8Array(gzipSync(zeros)), "it must be a whole TIFF, PNG"],
    [
      "half a gzip file",
      new Uint8Array(gzipSync(npy("{}")).subarray(0, 20)),
      "its gzip data is damaged or not whole",
    ],
  ];
  for (const [what, bytes, message] of cases) {
    test(what, async () => {
      await expect(imread(bytes)).rejects.toThrow(message);
    });
  }

  test("a PNG of huge dimensions", async () => {
    const head = "89504e470d0a1a0a0000000d49484452";
    const png = Buffer.concat([
      Buffer.from(head, "hex"),
      Buffer.from([0x7f, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff, 16, 0, 0, 0, 0, 0, 0, 0, 0]),
    ]);
    await expect(imread(new Uint8Array(png))).rejects.toThrow("Cannot read the image of 33 bytes: ");
  });
});

test("openImage() of a Zarr array of a thousand million chunks reads none of them", async () => {
  let count = 0;
  const metadata = {
    zarr_format: 2,
    shape: [65_536, 65_536],
    chunks: [1, 1],
    dtype: "|u1",
    compressor: null,
    fill_value: 0,
    order: "C",
    filters: null,
  };
  const server = createServer((request, response) => {
    count++;
    if (request.url?.endsWith("/.zarray")) response.end(JSON.stringify(metadata));
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  try {
    const image = await openImage(`http://127.0.0.1:${port}/many.zarr`);
    expect((await image.read([0, 2], [0, 2])).toArray()).toEqual([
      [0, 0],
      [0, 0],
    ]);
    const before = count;
    await expect(image.read()).rejects.toThrow("the part must have up to 4194304 chunks, got 4294967296");
    expect(count).toBe(before);
  } finally {
    server.close();
  }
});
