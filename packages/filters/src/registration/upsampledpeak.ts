import { axisLayout } from "../axislayout";
import { type Complex, complexOf } from "../fourier/linetransform";

/** The largest of complex numbers by their magnitude, the first of equal ones. */
export function firstPeak({ real, imaginary }: Complex): number {
  let [best, largest] = [0, -1];
  for (let i = 0; i < real.length; i++) {
    const square = real[i] * real[i] + imaginary[i] * imaginary[i];
    if (square > largest) [best, largest] = [i, square];
  }
  return best;
}

/** The inverse transform along an axis at `count` places from `start`, `step` pixels apart. */
function sampleAxis(
  spectrum: Complex,
  shape: readonly number[],
  axis: number,
  { count, start, step }: { count: number; start: number; step: number },
): Complex {
  const { outer, length, inner } = axisLayout(shape, axis);
  const size = outer * count * inner;
  const result = complexOf(size);
  const { real, imaginary } = spectrum;
  const { real: targetReal, imaginary: targetImaginary } = result;
  for (let index = 0; index < length; index++) {
    // What is above half of the frequencies are the negative ones.
    const frequency = (index < length / 2 ? index : index - length) / length;
    for (let sample = 0; sample < count; sample++) {
      const angle = 2 * Math.PI * frequency * (start + sample * step);
      const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
      for (let block = 0; block < outer; block++) {
        const from = (block * length + index) * inner;
        const to = (block * count + sample) * inner;
        for (let i = 0; i < inner; i++) {
          const x = real[from + i];
          const y = imaginary[from + i];
          targetReal[to + i] += x * cosine - y * sine;
          targetImaginary[to + i] += x * sine + y * cosine;
        }
      }
    }
  }
  return result;
}

/**
 * The peak of a correlation between pixels, near one at a pixel, from the inverse transform at places around it (Guizar
 * 2008).
 *
 * @param spectrum of the correlation
 * @param near where the peak is about, in pixels
 * @param factor places in a pixel
 * @returns where it is, and the correlation there, times the spectrum's size
 */
export function upsampledPeak(
  spectrum: Complex,
  shape: readonly number[],
  near: readonly number[],
  factor: number,
): { place: number[]; value: [real: number, imaginary: number] } {
  const count = Math.ceil(factor * 1.5);
  const before = Math.trunc(count / 2);
  const step = 1 / factor;
  let samples = spectrum;
  const lengths = [...shape];
  for (let axis = 0; axis < shape.length; axis++) {
    samples = sampleAxis(samples, lengths, axis, { count, start: near[axis] - before * step, step });
    lengths[axis] = count;
  }
  const peak = firstPeak(samples);
  const place = near.map((middle, axis) => {
    const sample = Math.floor(peak / count ** (shape.length - 1 - axis)) % count;
    return middle + (sample - before) * step;
  });
  return { place, value: [samples.real[peak], samples.imaginary[peak]] };
}
