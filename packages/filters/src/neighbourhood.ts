import { solidShape } from "./border";
import { checkNumber } from "./option";

/** An image's pixels with a frame one pixel wide around them, so that every pixel has all its neighbours. */
export interface Frame {
  /** Length of the framed image in pixels. */
  readonly size: number;
  /** Steps to the neighbours, the nearest first and else in C order. */
  readonly steps: Int32Array;
  /** The distance of two framed pixels. */
  distance(pixel: number, other: number): number;
  /** Copy an image's values into a framed array. */
  fill<A extends Float64Array | Int32Array | Uint8Array>(target: A, data: A): A;
  /** Copy a framed array's values back. */
  take<A extends Float64Array | Int32Array | Uint8Array>(data: A, target: A): A;
}

/**
 * Frame an image; axes that it doesn't have get no frame.
 *
 * @param connectivity how many axes neighbours may differ in
 */
export function frameOf(shape: readonly number[], connectivity: number): Frame {
  const [depth, height, width] = solidShape(shape);
  const [front, top] = [shape.length > 2 ? 1 : 0, shape.length > 1 ? 1 : 0];
  const row = width + 2;
  const plane = row * (height + 2 * top);
  const steps: { axes: number; step: number }[] = [];
  for (let z = -front; z <= front; z++) {
    for (let y = -top; y <= top; y++) {
      for (let x = -1; x <= 1; x++) {
        const axes = Math.abs(z) + Math.abs(y) + Math.abs(x);
        if (axes > 0 && axes <= connectivity) steps.push({ axes, step: z * plane + y * row + x });
      }
    }
  }
  steps.sort((a, b) => a.axes - b.axes);
  const eachRow = (visit: (framed: number, plain: number) => void) => {
    for (let z = 0, plain = 0; z < depth; z++) {
      for (let y = 0; y < height; y++, plain += width)
        visit((z + front) * plane + (y + top) * row + 1, plain);
    }
  };
  return {
    size: plane * (depth + 2 * front),
    steps: Int32Array.from(steps, ({ step }) => step),
    distance(pixel, other) {
      const z = Math.floor(pixel / plane) - Math.floor(other / plane);
      const [rest, otherRest] = [pixel % plane, other % plane];
      const y = Math.floor(rest / row) - Math.floor(otherRest / row);
      const x = (rest % row) - (otherRest % row);
      return Math.sqrt(z * z + y * y + x * x);
    },
    fill(target, data) {
      eachRow((framed, plain) => target.set(data.subarray(plain, plain + width), framed));
      return target;
    },
    take(data, target) {
      eachRow((framed, plain) => target.set(data.subarray(framed, framed + width), plain));
      return target;
    },
  };
}

/**
 * Check a connectivity at a public door.
 *
 * @throws {RangeError} if it is none from 1 to the number of axes
 */
export function checkConnectivity(action: string, connectivity: number, ndim: number): void {
  const isRight = Number.isInteger(connectivity) && connectivity >= 1 && connectivity <= ndim;
  checkNumber(action, "connectivity", connectivity, `a whole number from 1 to ${ndim}`, isRight);
}
