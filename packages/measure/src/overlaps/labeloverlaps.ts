import { type NdArray, Table } from "@bioengine/ndarray";
import { labelImage } from "../labelimage";
import { findOverlaps } from "./overlaps";

const action = "find overlaps";

/**
 * Find which objects of two label images overlap, and how much: the spots in each cell, say, or the nucleus of each.
 *
 * @param a labels, `[y, x]` or `[z, y, x]` integers, 0 = background; not modified
 * @param b labels of the same shape
 * @returns a row for each pair that shares pixels: label_a, label_b, pixels (how many they share), share_a and share_b
 *   (of the pixels of each, above 0 up to 1), and iou (intersection over union)
 * @throws {TypeError} if the labels are no integers
 * @throws {RangeError} if the shapes differ
 * @example
 * labelOverlaps(cells, spots).filter((row) => row.share_b > 0.5).groupBy("label_a").count();
 */
export function labelOverlaps(a: NdArray, b: NdArray): Table {
  const images = [labelImage(a, action), labelImage(b, action)];
  if (a.shape.join() !== b.shape.join()) {
    throw new RangeError(
      `Cannot ${action}: both must have one shape, got [${a.shape.join(", ")}] and [${b.shape.join(", ")}]`,
    );
  }
  const { labelsA, labelsB, areasA, areasB, pairs } = findOverlaps(images[0], images[1], action);
  return new Table({
    label_a: Int32Array.from(pairs, (pair) => labelsA[pair.a]),
    label_b: Int32Array.from(pairs, (pair) => labelsB[pair.b]),
    pixels: Int32Array.from(pairs, ({ pixels }) => pixels),
    share_a: Float64Array.from(pairs, (pair) => pair.pixels / areasA[pair.a]),
    share_b: Float64Array.from(pairs, (pair) => pair.pixels / areasB[pair.b]),
    iou: Float64Array.from(pairs, ({ iou }) => iou),
  });
}
