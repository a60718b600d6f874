import { deflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { imread } from "../src/index";
import { type Entry, encodeDirectory } from "../src/tiff/entry";

/** A file of two pages of uint8, whose strips of one row lie at its begin. */
function file(big: boolean): Uint8Array {
  const rows = [
    [1, 2, 3],
    [4, 5, 6],
    [7, 8, 9],
    [10, 11, 12],
  ].map((row) => deflateSync(Uint8Array.from(row)));
  const header = Buffer.alloc(big ? 16 : 8);
  const offsets = rows.map((_, row) =>
    rows.slice(0, row).reduce((sum, { length }) => sum + length, header.length),
  );
  let length = offsets[3] + rows[3].length;
  const place = length + (length % 2);
  header.set([0x49, 0x49, big ? 43 : 42]);
  if (big) header.set([8], 4);
  header.writeUInt32LE(place, big ? 8 : 4);
  const parts: Uint8Array[] = [header, ...rows, new Uint8Array(length % 2)];
  length = place;
  for (const first of [0, 2]) {
    const strips = [first, first + 1];
    const entries: Entry[] = [
      { tag: 256, type: "long", values: [3] },
      { tag: 257, type: "long", values: [2] },
      { tag: 258, type: "short", values: [8] },
      { tag: 259, type: "short", values: [8] },
      { tag: 270, type: "ascii", values: [...Buffer.from('{"shape": [2, 2, 3], "axes": "ZYX"}\0')] },
      { tag: 273, type: "offset", values: strips.map((strip) => offsets[strip]) },
      { tag: 278, type: "long", values: [1] },
      { tag: 279, type: "long", values: strips.map((strip) => rows[strip].length) },
      { tag: 282, type: "rational", values: [40_000, 1] },
      { tag: 283, type: "rational", values: [80_000, 4] },
      { tag: 296, type: "short", values: [3] },
    ];
    parts.push(encodeDirectory(entries, length, big, first === 2));
    length += parts[parts.length - 1].length;
  }
  return new Uint8Array(Buffer.concat(parts));
}

for (const [name, big] of [
  ["TIFF", false],
  ["BigTIFF", true],
] as const) {
  test(`encodeDirectory() makes the pages of a ${name}`, async () => {
    const image = await imread(file(big));
    expect(image.toArray()).toEqual([
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      [
        [7, 8, 9],
        [10, 11, 12],
      ],
    ]);
    expect(image.at(0).spacing).toEqual([0.5, 0.25]);
    expect(image.axes).toBe("ZYX");
  });
}
