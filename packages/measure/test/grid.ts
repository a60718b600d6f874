import { type NdArray, ndarray } from "@bioengine/ndarray";

/** A picture of labels: a line a row, a sign a pixel, `.` = background. */
export function drawn(...lines: string[]): NdArray {
  const labels = lines.flatMap((line) =>
    [...line].map((sign) => (sign === "." ? 0 : Number.parseInt(sign, 36))),
  );
  return ndarray(Int32Array.from(labels), [lines.length, lines[0].length]);
}

/** The picture of a plane of labels. */
export const picture = (labels: NdArray): string[] =>
  [...labels].map((row) =>
    Array.from(row.data, (label) => (Number(label) === 0 ? "." : label.toString(36))).join(""),
  );
