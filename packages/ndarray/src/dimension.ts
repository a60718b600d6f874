/** What an axis of an image stands for. */
export interface Dimension {
  /** One letter: T time, C channel, Z, Y, X, S sample (red, green, blue), I image of a file, Q not known. */
  readonly name: string;
  /** µm from one element to the next; only of Z, Y and X, and only if it is known. */
  readonly spacing?: number | undefined;
}

/** Whether an axis is one of Z, Y and X. */
export const isSpatial = ({ name }: Dimension): boolean => /^[ZYX]$/.test(name);

/** The letters of the axes. */
export const axesOf = (dimensions: readonly Dimension[]): string =>
  dimensions.map(({ name }) => name).join("");

/** µm per pixel along Z, Y and X, as far as they are there; undefined unless all of them are known. */
export function spacingOf(dimensions: readonly Dimension[]): number[] | undefined {
  const known = dimensions
    .filter(isSpatial)
    .map(({ spacing }) => spacing)
    .filter((spacing) => spacing !== undefined);
  return known.length > 0 && known.length === dimensions.filter(isSpatial).length ? known : undefined;
}

/** The axes that a slice keeps; a step of 2 doubles the spacing. */
export function sliceDimensions(
  dimensions: readonly Dimension[],
  ranges: readonly (number | readonly (number | null | undefined)[] | null | undefined)[],
): Dimension[] {
  return dimensions.flatMap((dimension, axis) => {
    const range = ranges[axis];
    if (typeof range === "number") return [];
    const step = Math.abs(range?.[2] ?? 1);
    const { name, spacing } = dimension;
    return [step === 1 || spacing === undefined ? dimension : { name, spacing: spacing * step }];
  });
}

/** What the axes of an operation's result stand for: those of the first operand that has its shape. */
export function sharedDimensions(
  operands: readonly (number | { shape: readonly number[]; dimensions: readonly Dimension[] | undefined })[],
  shape: readonly number[],
): readonly Dimension[] | undefined {
  for (const operand of operands) {
    if (typeof operand === "number" || operand.dimensions?.length !== shape.length) continue;
    if (operand.shape.every((length, axis) => length === shape[axis])) return operand.dimensions;
  }
  return undefined;
}
