import { farthest, patchBits, patchUnits } from "./patchweight";

/** One for each of four steps that follow each other along x. */
export type Four<N> = readonly [N, N, N, N];

/** A row of pixels that comes into sums of squared differences, and one that goes out of them. */
export interface Slide {
  readonly come: number;
  readonly gone: number;
  /** What squared differences are multiplied with. */
  readonly scale: number;
  /** The same for the row that goes; 0: none does. */
  readonly goneScale: number;
}

/** Bring sums of how pixels differ from those one to four steps on, squared, from one row to the next. */
export function slideSums(
  values: Float64Array,
  { come, gone, scale, goneScale }: Slide,
  step: number,
  [s0, s1, s2, s3]: Four<Float64Array>,
  at: number,
  length: number,
): void {
  const [onCome, onGone] = [come + step, gone + step];
  let [come0, come1, come2] = [values[onCome], values[onCome + 1], values[onCome + 2]];
  let [gone0, gone1, gone2] = [values[onGone], values[onGone + 1], values[onGone + 2]];
  for (let x = 0; x < length; x++) {
    const near = values[(come + x) | 0];
    const far = values[(gone + x) | 0];
    const come3 = values[(onCome + x + 3) | 0];
    const gone3 = values[(onGone + x + 3) | 0];
    const sum = (at + x) | 0;
    s0[sum] += scale * (near - come0) * (near - come0) - goneScale * (far - gone0) * (far - gone0);
    s1[sum] += scale * (near - come1) * (near - come1) - goneScale * (far - gone1) * (far - gone1);
    s2[sum] += scale * (near - come2) * (near - come2) - goneScale * (far - gone2) * (far - gone2);
    s3[sum] += scale * (near - come3) * (near - come3) - goneScale * (far - gone3) * (far - gone3);
    come0 = come1;
    come1 = come2;
    come2 = come3;
    gone0 = gone1;
    gone1 = gone2;
    gone2 = gone3;
  }
}

const limit = Math.ceil(farthest * patchUnits);

/** The upper half of a weight, without branches, which noise makes unpredictable. */
const upperHalf = (distance: number): number => {
  const less = Math.max(0, Math.min(distance, limit)) | 0;
  return (patchBits - less) & ((less - limit) >> 31);
};

/** The upper halves of the weights of a row's boxes, from the sums over their columns. */
export function weighBoxes(
  [s0, s1, s2, s3]: Four<Float64Array>,
  side: number,
  noise: number,
  [b0, b1, b2, b3]: Four<Int32Array>,
  length: number,
): void {
  let [box0, box1, box2, box3] = [-noise, -noise, -noise, -noise];
  for (let x = 0; x < side - 1; x++) {
    box0 += s0[x];
    box1 += s1[x];
    box2 += s2[x];
    box3 += s3[x];
  }
  for (let x = 0, end = side - 1; x < length; x++, end++) {
    const at = (2 * x + 7) | 0;
    box0 += s0[end];
    box1 += s1[end];
    box2 += s2[end];
    box3 += s3[end];
    b0[at] = upperHalf(box0);
    b1[at] = upperHalf(box1);
    b2[at] = upperHalf(box2);
    b3[at] = upperHalf(box3);
    box0 -= s0[x];
    box1 -= s1[x];
    box2 -= s2[x];
    box3 -= s3[x];
  }
}

/** Add a line times a sign. */
export function addLine(sums: Float64Array, lines: Float64Array, from: number, sign: number): void {
  for (let x = 0; x < sums.length; x++) sums[x] += sign * lines[(from + x) | 0];
}
