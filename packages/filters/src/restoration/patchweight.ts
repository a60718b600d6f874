/** Grey values of an image with borders, channel by channel, and where its patches are looked for. */
export interface PatchSearch {
  /** The padded values of each channel, `[z, y, x]`. */
  readonly channels: readonly Float64Array[];
  /** Lengths of the image without its borders: `[z, y, x]`. */
  readonly shape: readonly [number, number, number];
  /** Lengths of a row and of a plane of the padded values. */
  readonly row: number;
  readonly plane: number;
  /** Width of the borders along z, y, x. */
  readonly borders: readonly [number, number, number];
  /** Half a patch's side along z, y, x. */
  readonly radii: readonly [number, number, number];
  /** How far patches may be apart along z, y, x. */
  readonly reach: readonly [number, number, number];
  /** The mean squared difference that is a distance of 1. */
  readonly cutoff: number;
  /** How much noise alone adds to a squared difference. */
  readonly noise: number;
}

/** Sums for each of a channel's padded pixels: of weights, and of the values they weigh. */
export interface PatchSums {
  readonly weights: Float64Array;
  readonly weighted: Float64Array;
}

/** Distances beyond it weigh nothing. */
export const farthest = 5;

/** The upper half of the largest weight. */
export const patchBits = 1072632447;

/** How much less that becomes with a distance of 1. */
export const patchUnits: number = 2 ** 20 / Math.LN2;

const exponents = Float64Array.from({ length: 1024 }, (_, bits) => 2 ** (bits - 1043));

/**
 * The weight of a distance up to 700: exp(-distance) within 4 %, by the upper half of a float's bits (Schraudolph 1999),
 * with the constants of scikit-image.
 */
export function patchWeight(distance: number): number {
  const bits = patchBits - ((distance * patchUnits) | 0);
  return exponents[bits >> 20] * ((bits & 0xfffff) | 0x100000);
}

/** The steps along z, y, x from a patch to all others, of each pair of opposite ones the one that leads on. */
export function stepsOnward([deep, high, wide]: readonly [number, number, number]): [
  number,
  number,
  number,
][] {
  const steps: [number, number, number][] = [];
  for (let z = 0; z <= deep; z++) {
    for (let y = z === 0 ? 0 : -high; y <= high; y++) {
      for (let x = z === 0 && y === 0 ? 1 : -wide; x <= wide; x++) steps.push([z, y, x]);
    }
  }
  return steps;
}

/** Sums of each channel with but each pixel's own patch in them. */
export function ownPatches({ channels }: PatchSearch): PatchSums[] {
  const own = patchWeight(0);
  return channels.map((values) => ({
    weights: new Float64Array(values.length).fill(own),
    weighted: values.map((value) => own * value),
  }));
}
