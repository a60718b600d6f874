/** The number of elements before, between and after the axes of any length. */
function sections(shape: readonly number[]): number[] {
  const counts = [1];
  for (const length of shape) {
    if (length === -1) counts.push(1);
    else counts[counts.length - 1] *= length;
  }
  return counts;
}

/** Whether a tensor of one shape can be given the other, -1 being any length: the same axis in both. */
export function sameElements(from: readonly number[], to: readonly number[]): boolean {
  const [a, b] = [sections(from), sections(to)];
  return a.length === b.length && a.every((count, index) => count === b[index]);
}

/**
 * The shape of a tensor after a reshape.
 *
 * @param shape the tensor's own, of the form `from`
 * @param to the form to give it; its axes of any length are those of `from`, in order
 */
export function reshaped(shape: readonly number[], from: readonly number[], to: readonly number[]): number[] {
  const free = shape.filter((_, axis) => from[axis] === -1);
  let next = 0;
  return to.map((length) => (length === -1 ? free[next++] : length));
}
