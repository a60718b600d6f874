import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { type NdArray, ndarray } from "@bioengine/ndarray";

/** A float16 from its bits. */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
}

/** Read a file of `fixtures/make.py` or `nuclei.py`: arrays by name; those that hold float16 bits as float32. */
export function fixture(name: string, halves: readonly string[]): Record<string, NdArray> {
  const bytes = gunzipSync(readFileSync(join(__dirname, "fixtures", name)));
  const end = bytes.indexOf("\n");
  const header: Record<string, { dtype: string; shape: number[] }> = JSON.parse(
    bytes.toString("utf8", 0, end),
  );
  let offset = end + 1;
  const arrays: Record<string, NdArray> = {};
  const take = (length: number) => {
    offset += length;
    return bytes.buffer.slice(bytes.byteOffset + offset - length, bytes.byteOffset + offset);
  };
  for (const [key, { dtype, shape }] of Object.entries(header)) {
    const size = shape.reduce((product, length) => product * length, 1);
    const values = dtype === "float32" ? new Float32Array(take(4 * size)) : new Uint16Array(take(2 * size));
    arrays[key] = ndarray(halves.includes(key) ? Float32Array.from(values, half) : values, shape);
  }
  return arrays;
}

/** How well two label images agree: their counts, and the mean and least IoU of expected labels with their best partners. */
export function agreement(
  expected: NdArray,
  found: NdArray,
): { expected: number; found: number; iou: number; least: number } {
  const [a, b] = [expected.data, found.data].map((data) => Array.from(data as Uint16Array));
  const areas = (labels: number[]) =>
    labels.reduce((map, label) => map.set(label, (map.get(label) ?? 0) + 1), new Map<number, number>());
  const [areaA, areaB] = [areas(a), areas(b)];
  const shared = new Map<string, number>();
  for (let i = 0; i < a.length; i++)
    if (a[i] && b[i]) shared.set(`${a[i]} ${b[i]}`, (shared.get(`${a[i]} ${b[i]}`) ?? 0) + 1);
  const best = new Map<number, number>();
  for (const [pair, area] of shared) {
    const [x, y] = pair.split(" ").map(Number);
    const iou = area / ((areaA.get(x) ?? 0) + (areaB.get(y) ?? 0) - area);
    best.set(x, Math.max(best.get(x) ?? 0, iou));
  }
  areaA.delete(0);
  areaB.delete(0);
  const ious = [...areaA.keys()].map((label) => best.get(label) ?? 0);
  return {
    expected: areaA.size,
    found: areaB.size,
    iou: ious.reduce((sum, iou) => sum + iou, 0) / ious.length,
    least: Math.min(...ious),
  };
}
