/** Calls `visit` with the index of each element, in C order, and that of its group. */
export interface AxisGroups {
  /** How many groups there are. */
  readonly count: number;
  /** Elements of each group. */
  readonly size: number;
  forEach(visit: (index: number, group: number) => void): void;
}

/**
 * Groups of elements that differ only in their position along some axes.
 *
 * @param shape of an array in C order
 * @param joined for each axis, whether elements along it are of one group
 */
export function axisGroups(shape: readonly number[], joined: readonly boolean[]): AxisGroups {
  const steps: number[] = new Array(shape.length);
  let count = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    steps[axis] = joined[axis] ? 0 : count;
    if (!joined[axis]) count *= shape[axis];
  }
  const total = shape.reduce((product, length) => product * length, 1);
  return {
    count,
    size: total / Math.max(1, count),
    forEach(visit) {
      const position: number[] = new Array(shape.length).fill(0);
      let group = 0;
      for (let index = 0; index < total; index++) {
        visit(index, group);
        for (let axis = shape.length - 1; axis >= 0; axis--) {
          group += steps[axis];
          if (++position[axis] < shape[axis]) break;
          group -= steps[axis] * shape[axis];
          position[axis] = 0;
        }
      }
    },
  };
}
