/** Complex numbers. */
export interface Complex {
  readonly real: Float64Array;
  readonly imaginary: Float64Array;
}

/** Transforms lines that lie side by side, `[place, line]`, in place. */
export type LineTransform = (lines: Complex) => void;

/** A step of a transform: makes of lines in `radix` parts as many more lines, `radix` times as short. */
interface Stage {
  readonly radix: number;
  /** Numbers side by side that are treated alike. */
  readonly side: number;
  /** Length of a part. */
  readonly part: number;
  /** By what results are turned: for each place in a part the results after the first. */
  readonly turns: Complex;
}

// Larger prime factors are transformed as a convolution.
const LARGEST_RADIX = 13;

/** New zeros. */
export const complexOf = (length: number): Complex => ({
  real: new Float64Array(length),
  imaginary: new Float64Array(length),
});

/** The roots of unity `exp(-2πi · steps / count)`. */
function unitRoots(steps: readonly number[], count: number): Complex {
  const angles = steps.map((step) => (-2 * Math.PI * (step % count)) / count);
  return { real: Float64Array.from(angles, Math.cos), imaginary: Float64Array.from(angles, Math.sin) };
}

/** The factors of a length: fours, a two, and odd ones. */
function radicesOf(length: number): number[] {
  const radices: number[] = [];
  for (let radix = 4, rest = length; rest > 1; radix = radix === 4 ? 2 : radix === 2 ? 3 : radix + 2) {
    while (rest % radix === 0) {
      radices.push(radix);
      rest /= radix;
    }
  }
  return radices;
}

function stagesOf(length: number, side: number): Stage[] {
  let [part, beside] = [length, side];
  return radicesOf(length).map((radix) => {
    const whole = part;
    part /= radix;
    const steps = Array.from({ length: part * (radix - 1) }, (_, i) => {
      const place = Math.floor(i / (radix - 1));
      return place * (1 + (i % (radix - 1)));
    });
    const stage = { radix, side: beside, part, turns: unitRoots(steps, whole) };
    beside *= radix;
    return stage;
  });
}

function passTwo({ real, imaginary }: Complex, to: Complex, { side, part, turns }: Stage): void {
  const { real: targetReal, imaginary: targetImaginary } = to;
  const step = side * part;
  for (let place = 0; place < part; place++) {
    const cosine = turns.real[place];
    const sine = turns.imaginary[place];
    const start = side * place;
    for (let i = 0; i < side; i++) {
      const at0 = (start + i) | 0;
      const at1 = (at0 + step) | 0;
      const to0 = (at0 + start) | 0;
      const to1 = (to0 + side) | 0;
      const x = real[at0] - real[at1];
      const y = imaginary[at0] - imaginary[at1];
      targetReal[to0] = real[at0] + real[at1];
      targetImaginary[to0] = imaginary[at0] + imaginary[at1];
      targetReal[to1] = x * cosine - y * sine;
      targetImaginary[to1] = x * sine + y * cosine;
    }
  }
}

function passFour({ real, imaginary }: Complex, to: Complex, { side, part, turns }: Stage): void {
  const { real: targetReal, imaginary: targetImaginary } = to;
  const step = side * part;
  for (let place = 0; place < part; place++) {
    const turn = 3 * place;
    const [c1, c2, c3] = [turns.real[turn], turns.real[turn + 1], turns.real[turn + 2]];
    const [s1, s2, s3] = [turns.imaginary[turn], turns.imaginary[turn + 1], turns.imaginary[turn + 2]];
    const start = side * place;
    const target = 4 * start;
    for (let i = 0; i < side; i++) {
      // Whole numbers of 32 bits are added without a check for more.
      const at0 = (start + i) | 0;
      const at1 = (at0 + step) | 0;
      const at2 = (at1 + step) | 0;
      const at3 = (at2 + step) | 0;
      const sumReal = real[at0] + real[at2];
      const sumImaginary = imaginary[at0] + imaginary[at2];
      const restReal = real[at0] - real[at2];
      const restImaginary = imaginary[at0] - imaginary[at2];
      const oddReal = real[at1] + real[at3];
      const oddImaginary = imaginary[at1] + imaginary[at3];
      const turnedReal = imaginary[at1] - imaginary[at3];
      const turnedImaginary = real[at3] - real[at1];
      const x1 = restReal + turnedReal;
      const y1 = restImaginary + turnedImaginary;
      const x2 = sumReal - oddReal;
      const y2 = sumImaginary - oddImaginary;
      const x3 = restReal - turnedReal;
      const y3 = restImaginary - turnedImaginary;
      const to0 = (target + i) | 0;
      const to1 = (to0 + side) | 0;
      const to2 = (to1 + side) | 0;
      const to3 = (to2 + side) | 0;
      targetReal[to0] = sumReal + oddReal;
      targetImaginary[to0] = sumImaginary + oddImaginary;
      targetReal[to1] = x1 * c1 - y1 * s1;
      targetImaginary[to1] = x1 * s1 + y1 * c1;
      targetReal[to2] = x2 * c2 - y2 * s2;
      targetImaginary[to2] = x2 * s2 + y2 * c2;
      targetReal[to3] = x3 * c3 - y3 * s3;
      targetImaginary[to3] = x3 * s3 + y3 * c3;
    }
  }
}

function passThree({ real, imaginary }: Complex, to: Complex, { side, part, turns }: Stage): void {
  const { real: targetReal, imaginary: targetImaginary } = to;
  const step = side * part;
  const height = Math.sin(Math.PI / 3);
  for (let place = 0; place < part; place++) {
    const [c1, c2] = [turns.real[2 * place], turns.real[2 * place + 1]];
    const [s1, s2] = [turns.imaginary[2 * place], turns.imaginary[2 * place + 1]];
    const target = 3 * side * place;
    for (let i = 0; i < side; i++) {
      const at = side * place + i;
      const sumReal = real[at + step] + real[at + 2 * step];
      const sumImaginary = imaginary[at + step] + imaginary[at + 2 * step];
      const middleReal = real[at] - sumReal / 2;
      const middleImaginary = imaginary[at] - sumImaginary / 2;
      const turnedReal = height * (imaginary[at + step] - imaginary[at + 2 * step]);
      const turnedImaginary = height * (real[at + 2 * step] - real[at + step]);
      const [x1, y1] = [middleReal + turnedReal, middleImaginary + turnedImaginary];
      const [x2, y2] = [middleReal - turnedReal, middleImaginary - turnedImaginary];
      const to0 = target + i;
      targetReal[to0] = real[at] + sumReal;
      targetImaginary[to0] = imaginary[at] + sumImaginary;
      targetReal[to0 + side] = x1 * c1 - y1 * s1;
      targetImaginary[to0 + side] = x1 * s1 + y1 * c1;
      targetReal[to0 + 2 * side] = x2 * c2 - y2 * s2;
      targetImaginary[to0 + 2 * side] = x2 * s2 + y2 * c2;
    }
  }
}

function passAny({ real, imaginary }: Complex, to: Complex, { radix, side, part, turns }: Stage): void {
  const { real: targetReal, imaginary: targetImaginary } = to;
  const steps = Array.from({ length: radix }, (_, step) => step);
  const roots = unitRoots(steps, radix);
  const step = side * part;
  const [cosines, sines] = [new Float64Array(radix), new Float64Array(radix)];
  for (let place = 0; place < part; place++) {
    for (let index = 0; index < radix; index++) {
      const turn = place * (radix - 1) + index - 1;
      const cosine = index === 0 ? 1 : turns.real[turn];
      const sine = index === 0 ? 0 : turns.imaginary[turn];
      for (let k = 0; k < radix; k++) {
        const root = (k * index) % radix;
        cosines[k] = roots.real[root] * cosine - roots.imaginary[root] * sine;
        sines[k] = roots.real[root] * sine + roots.imaginary[root] * cosine;
      }
      const target = side * (radix * place + index);
      for (let i = 0; i < side; i++) {
        let sumReal = 0;
        let sumImaginary = 0;
        for (let k = 0, at = side * place + i; k < radix; k++, at += step) {
          sumReal += real[at] * cosines[k] - imaginary[at] * sines[k];
          sumImaginary += real[at] * sines[k] + imaginary[at] * cosines[k];
        }
        targetReal[target + i] = sumReal;
        targetImaginary[target + i] = sumImaginary;
      }
    }
  }
}

const passes: Readonly<Record<number, typeof passAny>> = { 2: passTwo, 3: passThree, 4: passFour };

/** By the factors of the length, from one memory to another and back (Stockham's order). */
function byFactors(length: number, side: number): LineTransform {
  const stages = stagesOf(length, side);
  const spare = complexOf(length * side);
  return (lines) => {
    let [from, to] = [lines, spare];
    for (const stage of stages) {
      (passes[stage.radix] ?? passAny)(from, to, stage);
      [from, to] = [to, from];
    }
    if (from === lines) return;
    lines.real.set(spare.real);
    lines.imaginary.set(spare.imaginary);
  };
}

/** Multiply each line, place by place, with a line. */
function multiplyLines({ real, imaginary }: Complex, line: Complex, side: number): void {
  for (let place = 0, at = 0; place < line.real.length; place++) {
    const [c, s] = [line.real[place], line.imaginary[place]];
    for (let i = 0; i < side; i++, at++) {
      const [x, y] = [real[at], imaginary[at]];
      real[at] = x * c - y * s;
      imaginary[at] = x * s + y * c;
    }
  }
}

const swapped = ({ real, imaginary }: Complex): Complex => ({ real: imaginary, imaginary: real });

/** As a convolution with a chirp, by a transform of a length that is a power of 2 (Bluestein 1970). */
function byChirp(length: number, side: number): LineTransform {
  const size = 2 ** Math.ceil(Math.log2(2 * length - 1));
  const transform = byFactors(size, side);
  const squares = Array.from({ length }, (_, place) => (place * place) % (2 * length));
  const chirp = unitRoots(squares, 2 * length);
  const spectrum = complexOf(size);
  for (let place = 0; place < length; place++) {
    for (const at of [place, (size - place) % size]) {
      spectrum.real[at] = chirp.real[place] / size;
      spectrum.imaginary[at] = -chirp.imaginary[place] / size;
    }
  }
  byFactors(size, 1)(spectrum);
  const padded = complexOf(size * side);
  return (lines) => {
    multiplyLines(lines, chirp, side);
    padded.real.fill(0).set(lines.real);
    padded.imaginary.fill(0).set(lines.imaginary);
    transform(padded);
    multiplyLines(padded, spectrum, side);
    transform(swapped(padded));
    lines.real.set(padded.real.subarray(0, lines.real.length));
    lines.imaginary.set(padded.imaginary.subarray(0, lines.imaginary.length));
    multiplyLines(lines, chirp, side);
  };
}

/** What transforms so many lines of a length at a time. */
export function lineTransform(length: number, side: number): LineTransform {
  const transform = Math.max(...radicesOf(length)) > LARGEST_RADIX ? byChirp : byFactors;
  return transform(length, side);
}
