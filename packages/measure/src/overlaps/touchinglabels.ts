import { checkOptions, checkSpace, type NdArray, Table } from "@bioengine/ndarray";
import { labelImage } from "../labelimage";
import { compareNeighbours } from "../neighbourpairs";
import { labelRuns } from "../runs";

/** When labels touch. */
export interface TouchingLabelsOptions {
  /** 1 (default): where pixels share an edge (in 3-D a face); up to the number of axes: a corner too. */
  connectivity?: number;
}

const action = "find touching labels";

/**
 * Find which labels touch, and over how many pairs of neighbouring pixels: with connectivity 1 the length of their
 * border in pixels.
 *
 * @param labels `[y, x]` or `[z, y, x]` integers, 0 = background; not modified. Labels that stand apart touch after
 *   `expandLabels(mask, { distance: 2 })`
 * @param options.connectivity 1 (default) to the number of axes
 * @returns columns label, neighbour and contacts; each pair twice, from both sides, ascending
 * @throws {TypeError} if the labels are no integers
 * @throws {RangeError} if they have not 2 or 3 axes, or the connectivity is out of range
 * @example
 * touchingLabels(mask).groupBy("label").count();
 */
export function touchingLabels(labels: NdArray, options: TouchingLabelsOptions = {}): Table {
  checkOptions({ name: "touchingLabels", action, options: ["connectivity"] }, options);
  const { connectivity = 1 } = options;
  const image = labelImage(labels, action);
  checkSpace(labels, { name: "touchingLabels", action, subject: "mask", isList: true });
  if (!Number.isInteger(connectivity) || connectivity < 1 || connectivity > image.ndim) {
    throw new RangeError(
      `Cannot ${action}: connectivity must be from 1 to ${image.ndim}, got ${connectivity}`,
    );
  }
  const contacts = new Map<number, Map<number, number>>();
  const add = (label: number, neighbour: number, count: number) => {
    const own = contacts.get(label) ?? new Map<number, number>();
    contacts.set(label, own.set(neighbour, (own.get(neighbour) ?? 0) + count));
  };
  compareNeighbours(
    labelRuns(image, action),
    image,
    connectivity,
    (_pixel, _other, length, value, neighbour) => {
      if (value <= 0 || neighbour <= 0) return;
      add(value, neighbour, length);
      add(neighbour, value, length);
    },
  );
  const rows = [...contacts]
    .sort(([a], [b]) => a - b)
    .flatMap(([label, own]) =>
      [...own].sort(([a], [b]) => a - b).map(([neighbour, count]) => [label, neighbour, count] as const),
    );
  return new Table({
    label: Int32Array.from(rows, ([label]) => label),
    neighbour: Int32Array.from(rows, ([, neighbour]) => neighbour),
    contacts: Int32Array.from(rows, ([, , count]) => count),
  });
}
