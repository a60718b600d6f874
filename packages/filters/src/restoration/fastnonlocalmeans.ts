import { addLine, type Four, slideSums, weighBoxes } from "./patchsums";
import { ownPatches, type PatchSearch, type PatchSums, patchUnits, stepsOnward } from "./patchweight";

/** How many more pixels the borders along x need. */
export const fastMargin = 3;

// What all steps of so many rows read stays in the processor's cache.
const bandRows = 64;
// So many steps that follow each other along x are taken at once, which saves as many sums.
const together = fastMargin + 1;

/** Add to a row's patches what those one to four steps on weigh, and their weighted values. */
function addOnward(
  [w0, w1, w2, w3]: Four<Float64Array>,
  values: Float64Array,
  weights: Float64Array,
  sums: Float64Array,
  from: number,
  step: number,
  length: number,
): void {
  const to = from + step;
  for (let x = 0; x < length; x++) {
    const here = (from + x) | 0;
    const on = (to + x) | 0;
    const at = (x + 3) | 0;
    const a = w0[at];
    const b = w1[at];
    const c = w2[at];
    const d = w3[at];
    weights[here] += a + b + c + d;
    sums[here] +=
      a * values[on] + b * values[(on + 1) | 0] + c * values[(on + 2) | 0] + d * values[(on + 3) | 0];
  }
}

/** Add to the patches that lie on what the row's weigh, and their weighted values. */
function addBackward(
  [w0, w1, w2, w3]: Four<Float64Array>,
  values: Float64Array,
  weights: Float64Array,
  sums: Float64Array,
  from: number,
  step: number,
  length: number,
): void {
  const to = from + step;
  for (let x = 0; x < length + 3; x++) {
    const here = (from + x) | 0;
    const on = (to + x) | 0;
    const a = w0[(x + 3) | 0];
    const b = w1[(x + 2) | 0];
    const c = w2[(x + 1) | 0];
    const d = w3[x];
    weights[on] += a + b + c + d;
    sums[on] +=
      a * values[here] + b * values[(here - 1) | 0] + c * values[(here - 2) | 0] + d * values[(here - 3) | 0];
  }
}

type Triple = readonly [number, number, number];

/** Steps that follow each other along x: the first of each run, and how many they are. */
function runsOf(steps: readonly Triple[]): { first: Triple; count: number }[] {
  const runs: { first: Triple; count: number }[] = [];
  for (const step of steps) {
    const last = runs.at(-1);
    if (last && last.count < together && last.first[0] === step[0] && last.first[1] === step[1]) last.count++;
    else runs.push({ first: step, count: 1 });
  }
  return runs;
}

/**
 * Sums over patches whose pixels all weigh the same, so that distances are sums over boxes (Darbon et al. 2008), looked
 * for beyond the image's edge too. As in scikit-image a box has an even side, one pixel less than its patch.
 */
export function fastNonLocalMeans(search: PatchSearch): PatchSums[] {
  const { channels, shape, row, plane, borders, radii, reach, cutoff } = search;
  const sums = ownPatches(search);
  const [depth, height, width] = shape;
  const [deep, high, wide] = radii.map((radius) => Math.max(1, 2 * radius));
  const [front, above, left] = radii.map((radius) => Math.min(0, 1 - radius));
  const patchPixels = radii.reduce((size, radius) => size * (2 * radius + 1), 1);
  // A box of a patch of one pixel is empty.
  const scale = radii[2] === 0 ? 0 : patchUnits / (channels.length * cutoff * patchPixels);
  const noise = scale * search.noise * channels.length * deep * high * wide;
  const widest = width + reach[2] + fastMargin + wide;
  const four = <N>(make: () => N): Four<N> => [make(), make(), make(), make()];
  const planes = four(() => new Float64Array(depth > 1 ? (bandRows + high) * widest : 0));
  const columns = four(() => new Float64Array(widest));
  const rows = four(() => new Float64Array(widest + 2 * fastMargin));
  const bits: Four<Int32Array> = [
    new Int32Array(rows[0].buffer),
    new Int32Array(rows[1].buffer),
    new Int32Array(rows[2].buffer),
    new Int32Array(rows[3].buffer),
  ];
  const placeOf = (z: number, y: number, x: number) =>
    (z + borders[0]) * plane + (y + borders[1]) * row + x + borders[2];

  const weighBand = ([stepZ, stepY, stepX]: Triple, count: number, top: number) => {
    const step = stepZ * plane + stepY * row + stepX;
    const [firstZ, firstX] = [-stepZ, Math.min(0, 1 - stepX - count)];
    const firstY = Math.max(top, Math.min(0, -stepY));
    const lastY = Math.min(top + bandRows, height + Math.max(0, -stepY));
    const length = width + Math.max(0, -stepX) - firstX;
    const spread = length + wide - 1;
    const boxRow = (z: number, y: number) => placeOf(z + front, firstY + y + above, firstX + left);
    for (const weights of rows) weights.fill(0);
    for (const sums of planes) sums.fill(0);

    const slideRow = (into: Four<Float64Array>, at: number, come: number, gone?: number) => {
      const slide = { come, gone: gone ?? come, scale, goneScale: gone === undefined ? 0 : scale };
      for (const values of channels) slideSums(values, slide, step, into, at, spread);
    };

    /** Bring the sums over a row's depth from the plane before to this one. */
    const slidePlanes = (z: number, y: number) => {
      if (z > firstZ) slideRow(planes, y * widest, boxRow(z + deep - 1, y), boxRow(z - 1, y));
      else for (let ahead = z; ahead < z + deep; ahead++) slideRow(planes, y * widest, boxRow(ahead, y));
    };

    /** Bring the sums over columns from the row before to this one. */
    const slideColumns = (z: number, y: number) => {
      if (y === 0) for (const sums of columns) sums.fill(0);
      if (depth === 1) {
        if (y > 0) slideRow(columns, 0, boxRow(z, y + high - 1), boxRow(z, y - 1));
        else for (let ahead = 0; ahead < high; ahead++) slideRow(columns, 0, boxRow(z, ahead));
        return;
      }
      for (let ahead = y === 0 ? 0 : high - 1; ahead < high; ahead++) {
        slidePlanes(z, y + ahead);
        for (const [more, sums] of columns.entries()) addLine(sums, planes[more], (y + ahead) * widest, 1);
      }
      if (y > 0)
        for (const [more, sums] of columns.entries()) addLine(sums, planes[more], (y - 1) * widest, -1);
    };

    for (let z = firstZ; z < depth; z++) {
      for (let y = 0; y < lastY - firstY; y++) {
        slideColumns(z, y);
        weighBoxes(columns, wide, noise, bits, length);
        for (let more = count; more < together; more++) rows[more].fill(0);
        const from = placeOf(z, firstY + y, firstX);
        for (const [channel, values] of channels.entries()) {
          const { weights, weighted } = sums[channel];
          addOnward(rows, values, weights, weighted, from, step, length);
          addBackward(rows, values, weights, weighted, from, step, length);
        }
      }
    }
  };

  const runs = runsOf(stepsOnward(reach));
  for (let top = -reach[1]; top < height + reach[1]; top += bandRows) {
    for (const { first, count } of runs) weighBand(first, count, top);
  }
  return sums;
}
