import { padded } from "../border";

// The 3 × 3 × 3 voxels around one are the bits of a number, x being fastest; this is the middle one.
const middle = 13;

/** Of each 2 × 2 block of a plane of 3 × 3 voxels its four bits, block by block. */
const blocks = Int32Array.from({ length: 512 }, (_, plane) => {
  const pair = (at: number) => (plane >> at) & 3;
  const block = (at: number) => pair(at) | (pair(at + 3) << 2);
  return block(0) | (block(1) << 4) | (block(3) << 8) | (block(4) << 12);
});

/** Eight times what the eight voxels around a corner add to the Euler characteristic, as closed cubes. */
function eulerShare(voxels: number): number {
  const filled = (wanted: (at: number) => boolean) =>
    [0, 1, 2, 3, 4, 5, 6, 7].some((at) => ((voxels >> at) & 1) === 1 && wanted(at));
  let share = 0;
  // A corner, edges, faces and cubes are those voxels that agree in none, one, two or all directions.
  for (let directions = 0; directions < 8; directions++) {
    const known = [1, 2, 4].filter((direction) => (directions & direction) !== 0).length;
    const part = (1 - 2 * (known % 2)) * 2 ** (3 - known);
    for (let side = 0; side < 8; side++) {
      if ((side & ~directions) === 0 && filled((at) => (at & directions) === side)) share += part;
    }
  }
  return share;
}

/** For the octants of each corner of the middle voxel how their shares change when it goes. */
const changes: readonly Int8Array[] = Array.from({ length: 8 }, (_, octant) => {
  const own = 1 << (7 - octant);
  return Int8Array.from({ length: 256 }, (_, voxels) => eulerShare(voxels | own) - eulerShare(voxels & ~own));
});

/** Whether the Euler characteristic stays when the middle voxel goes. */
function isInvariant(around: number): boolean {
  const low = blocks[around & 511];
  const same = blocks[(around >> 9) & 511];
  const high = blocks[(around >> 18) & 511];
  let change = 0;
  for (let block = 0; block < 4; block++) {
    const shift = 4 * block;
    const between = (same >> shift) & 15;
    change += changes[block][((low >> shift) & 15) | (between << 4)];
    change += changes[4 + block][between | (((high >> shift) & 15) << 4)];
  }
  return change === 0;
}

/** The voxels of each octant but the middle one. */
const octants = Int32Array.from([0, 1, 3, 4, 9, 10, 12, 13], (first) =>
  [0, 1, 3, 4, 9, 10, 12, 13].reduce(
    (voxels, step) => (first + step === middle ? voxels : voxels | (1 << (first + step))),
    0,
  ),
);

/** Whether the voxels around the middle one hang together: any two that touch are in one octant. */
function isConnected(around: number): boolean {
  let part = around & -around;
  for (let before = 0; before !== part; ) {
    before = part;
    for (let i = 0; i < 8; i++) if ((part & octants[i]) !== 0) part |= around & octants[i];
  }
  return part === around;
}

/**
 * Thin a volume to lines one voxel wide (Lee, Kashyap & Chu 1994), layer by layer from six sides in turn.
 *
 * @param binary `[z, y, x]`, 0 and 1; not modified
 * @returns the same for the lines
 */
export function volumeSkeleton(binary: Uint8Array, shape: readonly [number, number, number]): Uint8Array {
  const { data, row, plane } = padded(Int32Array.from(binary), shape, [1, 1, 1], "constant", 0);
  const voxels = Uint8Array.from(data);
  const threeAt = (voxel: number): number =>
    voxels[voxel - 1] | (voxels[voxel] << 1) | (voxels[(voxel + 1) | 0] << 2);
  const nineAt = (voxel: number): number =>
    threeAt(voxel - row) | (threeAt(voxel) << 3) | (threeAt(voxel + row) << 6);
  const aroundOf = (voxel: number): number =>
    (nineAt(voxel - plane) | (nineAt(voxel) << 9) | (nineAt(voxel + plane) << 18)) & ~(1 << middle);
  // Voxels that stay as long as none around them goes.
  const settled = new Uint8Array(voxels.length);
  const remove = (voxel: number) => {
    voxels[voxel] = 0;
    for (let z = voxel - plane; z <= voxel + plane; z += plane) {
      for (let y = z - row; y <= z + row; y += row) {
        settled[y - 1] = 0;
        settled[y] = 0;
        settled[y + 1] = 0;
      }
    }
  };
  const left = new Int32Array(binary.length);
  let count = 0;
  for (let voxel = 0; voxel < voxels.length; voxel++) if (voxels[voxel] === 1) left[count++] = voxel;
  const candidates = new Int32Array(count);
  // Sides in scikit-image's order; a single plane is thinned from its edges alone.
  const sides = [-row, row, 1, -1, ...(shape[0] > 1 ? [plane, -plane] : [])];
  for (let unchanged = 0; unchanged < sides.length; ) {
    unchanged = 0;
    for (const side of sides) {
      let found = 0;
      for (let i = 0; i < count; i++) {
        const voxel = left[i];
        if (settled[voxel] === 1 || voxels[voxel + side] === 1) continue;
        const around = aroundOf(voxel);
        // With one neighbour it is the end of a line.
        const isEnd = around !== 0 && (around & (around - 1)) === 0;
        if (!isEnd && isInvariant(around) && isConnected(around)) candidates[found++] = voxel;
        else settled[voxel] = 1;
      }
      let gone = 0;
      for (let i = 0; i < found; i++) {
        if (!isConnected(aroundOf(candidates[i]))) continue;
        remove(candidates[i]);
        gone++;
      }
      if (gone === 0) {
        unchanged++;
        continue;
      }
      const before = count;
      count = 0;
      for (let i = 0; i < before; i++) if (voxels[left[i]] === 1) left[count++] = left[i];
    }
  }
  const [depth, height, width] = shape;
  const result = new Uint8Array(binary.length);
  for (let z = 0, at = 0; z < depth; z++) {
    for (let y = 0; y < height; y++, at += width) {
      const from = (z + 1) * plane + (y + 1) * row + 1;
      result.set(voxels.subarray(from, from + width), at);
    }
  }
  return result;
}
