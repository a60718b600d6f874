import { solidShape } from "../border";
import { roundEven } from "../roundeven";

/** The first place of seeds along an axis, and the step from one to the next. */
interface Places {
  readonly start: number;
  readonly step: number;
}

/** Places for so many seeds, as far from each other along all axes, but for those too short for a whole step. */
function placesOf(shape: readonly number[], count: number): Places[] {
  const size = shape.reduce((product, length) => product * length, 1);
  if (size <= count) return shape.map(() => ({ start: 0, step: 1 }));
  const places: Places[] = [];
  const shortestFirst = [...shape.keys()].sort((a, b) => shape[a] - shape[b]);
  let space = size;
  let even = (space / count) ** (1 / shape.length);
  for (const [done, axis] of shortestFirst.entries()) {
    const length = shape[axis];
    const step = Math.min(length, even);
    places[axis] = { start: Math.floor(step / 2), step: roundEven(step) };
    if (length >= even) continue;
    space /= length;
    even = (space / count) ** (1 / (shape.length - done - 1));
  }
  return places;
}

/**
 * About so many single pixels at regular places, numbered in C order (scikit-image's `regular_seeds`).
 *
 * @param shape of the image; the result is its pixels in C order, 0 = none
 */
export function regularSeeds(shape: readonly number[], count: number): Int32Array {
  const [, height, width] = solidShape(shape);
  const places = placesOf(shape, count);
  while (places.length < 3) places.unshift({ start: 0, step: 1 });
  const [planes, rows, columns] = places;
  const seeds = new Int32Array(shape.reduce((product, length) => product * length, 1));
  let last = 0;
  for (let plane = planes.start; plane * height * width < seeds.length; plane += planes.step) {
    for (let y = rows.start; y < height; y += rows.step) {
      for (let x = columns.start; x < width; x += columns.step)
        seeds[(plane * height + y) * width + x] = ++last;
    }
  }
  return seeds;
}
