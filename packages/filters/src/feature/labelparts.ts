/** Lengths along z, y, x. */
type Solid = [number, number, number];

/** A part of an image in which peaks are searched for. */
export interface Part {
  readonly data: Float64Array;
  readonly shape: Solid;
  /** Its first pixel in the image. */
  readonly start: Solid;
  /** 1 = the label's pixels; undefined: all. */
  readonly mask?: Uint8Array;
}

/** The box of each label, cut out, with the rest at the lowest value; labels ascending. */
export function* labelParts(
  data: Float64Array,
  labels: Int32Array,
  edged: Int32Array,
  shape: Solid,
): Generator<Part> {
  const [, height, width] = shape;
  const boxes = new Map<number, [first: Solid, last: Solid]>();
  for (let i = 0; i < edged.length; i++) {
    if (edged[i] <= 0) continue;
    const at: Solid = [Math.floor(i / (height * width)), Math.floor(i / width) % height, i % width];
    const box = boxes.get(edged[i]);
    if (!box) boxes.set(edged[i], [[...at], [...at]]);
    else {
      for (let axis = 0; axis < 3; axis++) {
        box[0][axis] = Math.min(box[0][axis], at[axis]);
        box[1][axis] = Math.max(box[1][axis], at[axis]);
      }
    }
  }
  for (const [label, [start, last]] of [...boxes].sort(([a], [b]) => a - b)) {
    const size: Solid = [last[0] - start[0] + 1, last[1] - start[1] + 1, last[2] - start[2] + 1];
    const values = new Float64Array(size[0] * size[1] * size[2]).fill(Number.NEGATIVE_INFINITY);
    const mask = new Uint8Array(values.length);
    for (let i = 0; i < values.length; i++) {
      const z = Math.floor(i / (size[1] * size[2])) + start[0];
      const y = (Math.floor(i / size[2]) % size[1]) + start[1];
      const pixel = (z * height + y) * width + (i % size[2]) + start[2];
      if (labels[pixel] !== label) continue;
      values[i] = data[pixel];
      mask[i] = 1;
    }
    yield { data: values, shape: size, start, mask };
  }
}
