import { type Border, borderIndices, solidShape } from "../border";
import type { Scaled } from "../image";
import { strideOf } from "../rowstride";
import { bringStrip, columnsOf } from "../strip";
import { CACHE, type RowSums, rowSums } from "./rowsums";

/** What is summed: values, or their squares. */
export interface Summand {
  readonly values: Scaled["values"];
  readonly squared: boolean;
}

/** Takes the sums of some pixels of a row, the first of which is at `at` in the image; the next ones overwrite them. */
type SumVisitor = (at: number, sums: readonly Float64Array[]) => void;

/** Sums along a row by doubling: sums of 2, 4, 8 … values, of which those that together have `side` values are added. */
function sumAlong(
  { setTerm, sum }: RowSums,
  row: number,
  stride: number,
  side: number,
  count: number,
  result: number,
): void {
  const parts: number[] = [];
  let ahead = 0;
  for (let bit = 1, level = row; bit <= side; bit *= 2, level += stride) {
    if (bit > 1) {
      setTerm(0, level - stride, level - stride + bit / 2, 1);
      sum(level, count + side - bit, 1);
    }
    if (side & bit) {
      parts.push(level + ahead);
      ahead += bit;
    }
  }
  const terms = Math.ceil(parts.length / 2);
  for (let index = 0; index < terms; index++) {
    const [first, second] = [parts[2 * index], parts[2 * index + 1]];
    if (second === undefined) setTerm(index, first, first, 0.5);
    else setTerm(index, first, second, 1);
  }
  sum(result, count, terms);
}

/**
 * Visit the sums of boxes in planes, strip by strip, so that the rows of a box stay in the cache. Down the columns, sums up
 * to each block's end and on from its start add up to any, so that the number of rows costs nothing, and none but theirs
 * are in a sum.
 */
function visitPlanes(
  summands: readonly Summand[],
  [planes, rows, width]: readonly [number, number, number],
  [high, wide]: readonly [number, number],
  border: Border,
  visit: SumVisitor,
): void {
  const columns = columnsOf(width, wide >> 1, 1, border);
  const { margin } = columns;
  const lines = borderIndices(rows, high >> 1, high >> 1, border.mode);
  const levels = Math.floor(Math.log2(wide)) + 1;
  const across = Math.min(width, Math.max(4 * margin, Math.floor(CACHE / (high * summands.length))));
  const stride = strideOf(across + 2 * margin, 8);
  // For each summand the rows of a box, the sum of those of the next one, and the result.
  const own = high + 2;
  const room = rowSums((own * summands.length + levels) * stride, 32, "float64");
  const { values, setTerm, sum } = room;
  const between = own * summands.length * stride;
  const add = (target: number, other: number, count: number) => {
    setTerm(0, target, other, 1);
    sum(target, count, 1);
  };
  for (let plane = 0; plane < planes; plane++) {
    for (let start = 0; start < width; start += across) {
      const strip = { start, end: Math.min(width, start + across) };
      const count = strip.end - start;
      const reach = count + 2 * margin;
      const bring = ({ values: source, squared }: Summand, line: number, at: number) => {
        const row = lines[line] < 0 ? -1 : (plane * rows + lines[line]) * width;
        bringStrip(values, at, source, row, strip, columns, border.cval);
        if (squared) for (let i = at; i < at + reach; i++) values[i] *= values[i];
      };
      const results = summands.map((_, index) => {
        const at = (index * own + high + 1) * stride;
        return values.subarray(at, at + count);
      });
      for (let y = 0; y < rows; y++) {
        for (const [index, summand] of summands.entries()) {
          const first = index * own * stride;
          const head = first + high * stride;
          const here = first + (y % high) * stride;
          if (y === 0) for (let line = 0; line < high; line++) bring(summand, line, first + line * stride);
          if (here === first) {
            // From here to the block's end in each row, and from the next block's start on in the head.
            for (let at = head - 2 * stride; at >= first; at -= stride) add(at, at + stride, reach);
            values.fill(0, head, head + reach);
          }
          setTerm(0, here, head, 1);
          sum(between, reach, 1);
          sumAlong(room, between, stride, wide, count, head + stride);
          if (y + high >= lines.length) continue;
          bring(summand, y + high, here);
          add(head, here, reach);
        }
        visit((plane * rows + y) * width + start, results);
      }
    }
  }
}

/**
 * Visit an image's sums of boxes around each pixel; they are float64, and exact for whole numbers.
 *
 * @param sides odd, one for each axis
 */
export function visitBoxSums(
  summands: readonly Summand[],
  shape: readonly number[],
  sides: readonly number[],
  border: Border,
  visit: SumVisitor,
): void {
  const [depth, height, width] = solidShape(shape);
  const [deep, high, wide] = solidShape(sides);
  if (deep === 1) {
    visitPlanes(summands, [depth, height, width], [high, wide], border, visit);
    return;
  }
  const columns = summands.map(({ values }) => new Float64Array(values.length));
  visitPlanes(summands, [1, depth, height * width], [deep, 1], border, (at, sums) => {
    for (const [index, column] of columns.entries()) column.set(sums[index], at);
  });
  const summed = columns.map((values) => ({ values, squared: false }));
  visitPlanes(summed, [depth, height, width], [high, wide], { ...border, cval: border.cval * deep }, visit);
}
